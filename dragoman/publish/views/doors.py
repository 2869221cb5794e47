"""Pages of the actors whose names a query has: who writes two states' names looks for their pair.

In: a room and a query as it was understood. Out: links, the pair first. Only names that are asked
for count, not those that are excluded; a pair of which the record holds nothing has no link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote

from dragoman.model.query import And, OfActor, OfPair, Query, Words
from dragoman.publish.room import ReadingRoom
from dragoman.publish.wording import gettext
from dragoman.query.actors import actors_named

MOST = 6
"""Links; more would be a directory."""
PAIRS = 4
"""Pairs that are looked up: two names may each be those of several."""


@dataclass(frozen=True, slots=True)
class Door:
    name: str
    address: str
    events: int | None
    """Of a pair."""
    is_more: bool = False
    """Whether there are more than are counted."""


def doors(room: ReadingRoom, query: Query) -> tuple[Door, ...]:
    named = list(dict.fromkeys(_named(room, query)))
    pairs = _pairs(room, named[0], named[1]) if len(named) == 2 else ()
    return (*pairs, *(_actor(room, one) for ids in named for one in ids))[:MOST]


def _named(room: ReadingRoom, query: Query) -> Iterator[tuple[str, ...]]:
    """What stands for one actor each; words that follow one another may make one name."""
    row: list[str] = []
    for part in query.parts if isinstance(query, And) else (query,):
        if isinstance(part, Words) and not part.is_begun:
            row += part.words
            continue
        yield from actors_named(room.knowledge, row)
        row = []
        if isinstance(part, OfActor):
            yield part.actors
        elif isinstance(part, OfPair):
            yield (part.one,)
            yield (part.other,)
    yield from actors_named(room.knowledge, row)


def _pairs(room: ReadingRoom, ones: tuple[str, ...], others: tuple[str, ...]) -> Iterator[Door]:
    told = [(one, other) for one, other in product(ones, others) if one != other]
    for one, other in told[:PAIRS]:
        events, is_more = room.store.count_found("events", OfPair(one, other))
        if events:
            both = {"one": room.actor_name(one), "other": room.actor_name(other)}
            yield Door(
                gettext("%(one)s and %(other)s") % both, f"/pair/{_part(one)}/{_part(other)}",
                events, is_more,
            )  # fmt: skip


def _actor(room: ReadingRoom, identity: str) -> Door:
    return Door(room.actor_name(identity), f"/actor/{_part(identity)}", None)


def _part(identity: str) -> str:
    return quote(identity, safe="")
