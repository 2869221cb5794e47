"""What stands around every answer: who gets one, how often, and who may read it elsewhere.

In: the settings, and what to say to those who are refused. Out: middlewares. They look at a path
without its language, and at no more of a request than its host, its client and what it accepts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus

from anyio.to_thread import current_default_thread_limiter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import StoreError
from dragoman.publish.site.entrance import is_for_a_member
from dragoman.publish.site.files import is_file
from dragoman.publish.site.framing import headers_of
from dragoman.publish.site.languages import language_of, wants_json
from dragoman.publish.site.rates import Rates, is_dear
from dragoman.publish.site.rebinding import is_asked_for
from dragoman.publish.wording import N_, gettext, speaking

Next = Callable[[Request], Awaitable[Response]]
Guard = Callable[[Request, Next], Awaitable[Response]]
Refusal = Callable[[Request, int, str], Response]
"""The answer with a status and in these words."""
MISDIRECTED = (
    "this desk is private and does not answer to that name; open it as localhost, or give the "
    "name in serve_names in its dragoman.toml"
)
HIDDEN = N_(
    "this event is not shown on a public desk: somebody in it has no public role, or the reading "
    "is not sure enough to say it of a person"
)
TOO_OFTEN = N_("you asked for too much in a short time; wait %(seconds)s seconds and ask again")
VARY = "Accept, Accept-Encoding, Accept-Language, Authorization, Cookie"
"""What of a request decides what is answered."""
OF_MEMBERS = "/alerts/"
"""What is under it shows the whole desk to who has its key."""
THREADS = 8
"""That make pages at the same time. More make none sooner, since one runs at a time, and each holds
memory of its own while it does."""
OPEN: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""On data of a public desk: it is the same for everybody, and no cookie goes with a request."""


def few_threads() -> None:
    """Bounds how many answers are made at once, in the loop that runs."""
    current_default_thread_limiter().total_tokens = THREADS


def to_names(names: frozenset[str], refuse: Refusal) -> Guard:
    """Only those come through who asked for one of these names."""

    async def guard(request: Request, call_next: Next) -> Response:
        if is_asked_for(request.headers.get("host"), names):
            return await call_next(request)
        return refuse(request, HTTPStatus.MISDIRECTED_REQUEST, MISDIRECTED)

    return guard


def at_most(rates: Rates, refuse: Refusal) -> Guard:
    """A reader may ask only so often for what is dear to make."""

    async def guard(request: Request, call_next: Next) -> Response:
        client = request.client.host if request.client is not None else ""
        seconds = rates.wait(client) if is_dear(request.url.path) else 0
        if not seconds:
            return await call_next(request)
        with speaking(language_of(request, as_json=wants_json(request))):
            words = gettext(TOO_OFTEN) % {"seconds": seconds}
        response = refuse(request, HTTPStatus.TOO_MANY_REQUESTS, words)
        response.headers["Retry-After"] = str(seconds)
        return response

    return guard


def settling(decide: Callable[[], None], stamp: Callable[[], Hashable]) -> Guard:
    """What came since the last answer is decided before the next; what can't be stays hidden.
    `stamp`: what changes whenever something came."""
    last: list[Hashable] = [None]

    def at_need() -> None:
        with suppress(StoreError):
            before = stamp()
            if before != last[0]:
                decide()
                last[0] = before

    async def settled(request: Request, call_next: Next) -> Response:
        await run_in_threadpool(at_need)
        return await call_next(request)

    return settled


async def opened(request: Request, call_next: Next) -> Response:
    """Pages elsewhere may read a public desk's data, and nothing else of it, nor what of it is for
    members, or for one reader alone."""
    response = await call_next(request)
    is_kept = response.headers.get("cache-control") != "no-store"
    if is_for_a_member(request) or not is_kept or request.url.path.startswith(OF_MEMBERS):
        return response
    kind = response.headers.get("content-type", "")
    if is_file(request.url.path) or kind.startswith(("application/json", "image/svg+xml")):
        response.headers.update(OPEN)
    return response


def with_headers(framers: Sequence[str]) -> Guard:
    """The headers of every answer; one that has its own for data keeps it.

    What is made for a member is kept by no cache.
    """

    async def headed(request: Request, call_next: Next) -> Response:
        response = await call_next(request)
        for name, value in headers_of(request.url.path, framers).items():
            response.headers.setdefault(name, value)
        if is_for_a_member(request):
            response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = VARY
        return response

    return headed
