"""The desk as a site: the addresses, their handlers, and the headers of every answer.

In: a desk's folder and settings. Out: an ASGI application. A handler reads the request, asks a
view and renders it; every page has its JSON at the same address plus ".json", or by Accept.
It takes no input but addresses, and changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from dragoman.config import Config
from dragoman.errors import QueryError, StoreError
from dragoman.knowledge import Knowledge
from dragoman.publish.formats.view_json import view_json
from dragoman.publish.pages import (
    search,
)
from dragoman.publish.room import ReadingRoom, room_over, settle
from dragoman.publish.site.addresses import PAGES, Page, day_asked, missing, seen, twin
from dragoman.publish.site.downloads import download
from dragoman.publish.site.languages import PREFIX, InLanguages, language_of
from dragoman.publish.site.rates import Rates, is_dear
from dragoman.publish.site.rebinding import is_asked_for, own_names
from dragoman.publish.site.render import HERE, Place, Renderer
from dragoman.publish.views.asking import Unanswerable
from dragoman.publish.views.asof import Known
from dragoman.publish.wording import N_, gettext, speaking
from dragoman.store import Store, open_store

Next = Callable[[Request], Awaitable[Response]]
MISDIRECTED = (
    "this desk is private and does not answer to that name; open it as localhost, or give the "
    "name in serve_names in its dragoman.toml"
)


HIDDEN = N_(
    "this event is not shown on a public desk: somebody in it has no public role, or the reading "
    "is not sure enough to say it of a person"
)
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""On data of a public desk: it is the same for everybody, and no cookie goes with a request."""
TOO_OFTEN = N_("you asked for too much in a short time; wait %(seconds)s seconds and ask again")


def site(
    home: Path,
    config: Config,
    knowledge: Knowledge | None = None,
    *,
    public: bool = False,
    names: Iterable[str] = (),
) -> FastAPI:
    """The application; it holds the desk open until it is shut down.

    `public`: others than the desk's own people look at it; see `publish.display`. A private one
    answers to the names of this machine, to `names` and to those in the settings alone.
    """
    store = open_store(config.store or home)
    known = knowledge or Knowledge()
    room = room_over(store, known, config, public=public)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    answers = _Answers(room, store if public else None)
    application = FastAPI(
        title=config.title,
        routes=list(_routes(answers)),
        exception_handlers={
            HTTPException: answers.refused,
            StoreError: answers.unreachable,
            Exception: answers.failed,
        },
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    if public:
        application.middleware("http")(_settling(lambda: settle(store, known, config)))
        application.middleware("http")(_opened)
        if config.rate:
            application.middleware("http")(answers.at_most(Rates(config.rate)))
    else:
        application.middleware("http")(answers.to_names(own_names(*names, *config.serve_names)))
    application.middleware("http")(_with_headers)
    application.add_middleware(InLanguages)
    return application


def _routes(answers: _Answers) -> Sequence[BaseRoute]:
    pages = [Route("/", answers.to(PAGES[0]))]
    for page in PAGES:
        pages.append(Route(f"{page.address}.json", answers.to(page, as_json=True)))
        pages.append(Route(page.address, answers.to(page)))
    return (
        *pages,
        Route("/export/{format}", answers.download),
        Route("/robots.txt", _robots),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
    )


class _Answers:
    """From requests to responses."""

    def __init__(self, room: ReadingRoom, whole: Store | None = None) -> None:
        """`whole`: behind a public room, the desk with what it does not show."""
        self._room = room
        self._whole = whole
        self._renderer = Renderer(room.config.title)

    def to(self, page: Page, *, as_json: bool = False) -> Callable[[Request], Response]:
        def handler(request: Request) -> Response:
            with speaking(language_of(request, as_json=as_json or _wants_json(request))):
                return answer(request)

        def answer(request: Request) -> Response:
            ids = tuple(request.path_params.values())
            parameters = request.query_params.multi_items()
            try:
                with self._room.at(day_asked(page, parameters)) as room:
                    return self._shown(request, room, page, ids, as_json=as_json)
            except QueryError as error:
                return self._misread(request, parameters, error, as_json=as_json)
            except Unanswerable as error:
                raise HTTPException(400, str(error)) from error

        return handler

    def download(self, request: Request) -> Response:
        """What a query finds as a file: the parameters are `q` and `retracted=1`."""
        asks = request.query_params
        return download(
            self._room,
            request.path_params["format"],
            asks.get("q", ""),
            with_retracted=asks.get("retracted") == "1",
            is_head=request.method == "HEAD",
        )

    def _misread(
        self,
        request: Request,
        parameters: Sequence[tuple[str, str]],
        error: QueryError,
        *,
        as_json: bool,
    ) -> Response:
        """The query to be mended, with the place of the fault."""
        page = search.refused(search.wanted_of(parameters), error)
        if as_json or _wants_json(request):
            return _json({"error": error.reason, "fault": view_json(page.fault)}, 400)
        return HTMLResponse(self._renderer.page("search.html", page, _place(request)), 400)

    def _shown(
        self,
        request: Request,
        room: ReadingRoom,
        page: Page,
        ids: Sequence[str],
        *,
        as_json: bool,
    ) -> Response:
        view = seen(room, page, ids, request.query_params.multi_items())
        if view is None:
            status = 410 if page.ids == 1 and self._room.store.tombstone(ids[0]) else 404
            raise HTTPException(status, self._hidden(page, ids) or missing(room, page, ids))
        current = getattr(view, "id", None)
        if page.ids == 1 and current is not None and current != ids[0]:
            # An event that was merged into another one: its old address leads there.
            suffix = ".json" if as_json else ""
            query = f"?{request.url.query}" if request.url.query else ""
            prefix = request.scope.get(PREFIX)
            start = f"/{prefix}" if prefix else ""
            return RedirectResponse(f"{start}/{page.name}/{current}{suffix}{query}", 308)
        if as_json or _wants_json(request):
            return _json(twin(view, room))
        return HTMLResponse(self._renderer.page(page.template, view, _place(request, room.known)))

    def _hidden(self, page: Page, ids: Sequence[str]) -> str | None:
        """The desk has the event, and shows it to its own people alone."""
        if page.name != "event" or self._whole is None or self._whole.event(ids[0]) is None:
            return None
        return gettext(HIDDEN)

    def to_names(self, names: frozenset[str]) -> Callable[[Request, Next], Awaitable[Response]]:
        """A guard that lets only those through who asked for one of these names."""

        async def guard(request: Request, call_next: Next) -> Response:
            if is_asked_for(request.headers.get("host"), names):
                return await call_next(request)
            return self._error(request, HTTPStatus.MISDIRECTED_REQUEST, MISDIRECTED)

        return guard

    def at_most(self, rates: Rates) -> Callable[[Request, Next], Awaitable[Response]]:
        """A guard that lets a reader ask only so often for what is dear to make."""

        async def guard(request: Request, call_next: Next) -> Response:
            client = request.client.host if request.client is not None else ""
            seconds = rates.wait(client) if is_dear(request.url.path) else 0
            if not seconds:
                return await call_next(request)
            with speaking(language_of(request, as_json=_wants_json(request))):
                words = gettext(TOO_OFTEN) % {"seconds": seconds}
            response = self._error(request, HTTPStatus.TOO_MANY_REQUESTS, words)
            response.headers["Retry-After"] = str(seconds)
            return response

        return guard

    async def refused(self, request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        words = fault.detail if isinstance(fault, HTTPException) else ""
        if words == HTTPStatus(status).phrase:
            words = "there is no page at this address" if status == 404 else words.lower()
        return self._error(request, status, words)

    async def unreachable(self, request: Request, fault: Exception) -> Response:
        return self._error(request, 503, "the desk can't be read just now; try again")

    async def failed(self, request: Request, fault: Exception) -> Response:
        """The reason goes to the log, never to the reader."""
        response = self._error(request, 500, "this page could not be made")
        response.headers.update(HEADERS)
        return response

    def _error(self, request: Request, status: int, words: str) -> Response:
        if request.url.path.endswith(".json") or _wants_json(request):
            return _json({"error": words}, status)
        with speaking(language_of(request)):
            phrase = HTTPStatus(status).phrase
            shown = self._renderer.error(status, phrase, words, _place(request))
        return HTMLResponse(shown, status)


def _place(request: Request, known: Known | None = None) -> Place:
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Place(path, request.scope.get(PREFIX), known)


def _settling(decide: Callable[[], None]) -> Callable[[Request, Next], Awaitable[Response]]:
    """What came since the last answer is decided before the next; what can't be stays hidden."""

    async def settled(request: Request, call_next: Next) -> Response:
        with suppress(StoreError):
            await run_in_threadpool(decide)
        return await call_next(request)

    return settled


async def _opened(request: Request, call_next: Next) -> Response:
    """Pages elsewhere may read a public desk's data, and nothing else of it."""
    response = await call_next(request)
    kind = response.headers.get("content-type", "")
    if request.url.path.startswith("/export/") or kind.startswith("application/json"):
        response.headers.update(OPEN)
    return response


async def _with_headers(request: Request, call_next: Next) -> Response:
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _robots(_request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


def _json(value: object, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False, indent=1)
    return Response(body, status, media_type="application/json")


def _wants_json(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept
