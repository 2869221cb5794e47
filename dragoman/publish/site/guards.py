"""What every request passes through on its way to a page.

In: the desk, whether it is public, and the names it answers to. Out: the guards, the innermost
first, as they are put around the application.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from dragoman.publish.room import ReadingRoom, settle
from dragoman.publish.site import guarding, health
from dragoman.publish.site.rates import Rates
from dragoman.publish.site.rebinding import own_names
from dragoman.store import Store


class Refusing(Protocol):
    def __call__(
        self, request: Request, status: int, words: str, language: str | None = "en"
    ) -> Response:
        """`language`: of the words; None where they are in the reader's."""
        ...


def guards(
    room: ReadingRoom, store: Store, refuse: Refusing, *, public: bool, names: Iterable[str]
) -> Iterator[guarding.Guard]:
    config = room.config
    if public:
        yield guarding.settling(lambda: settle(store, room.knowledge, config), store.stamp)
        yield guarding.opened
        if config.rate:
            yield guarding.at_most(Rates(config.rate), partial(refuse, language=None))
    else:
        yield guarding.to_names(own_names(*names, *config.serve_names), refuse)
    yield health.guard(store.require_current)
    yield guarding.with_headers(config.embed_sites)
