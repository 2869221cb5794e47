"""The desk as a site: the addresses, their handlers, and the headers of every answer.

In: a desk's folder and settings. Out: an ASGI application. A handler reads the request, asks a
view and renders it; every page has its JSON at the same address plus ".json", or by Accept.
What people leave at the desk is taken by `site.posting`; nothing else changes anything.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from dragoman.config import Config
from dragoman.errors import DragomanError, QueryError, StoreError
from dragoman.knowledge import Knowledge
from dragoman.publish import republishing
from dragoman.publish.comments.keeping import daily, purge
from dragoman.publish.exporting import format_named
from dragoman.publish.formats import Format
from dragoman.publish.formats.view_json import view_json
from dragoman.publish.formats.xml_stream import xml_text
from dragoman.publish.forms import forms_of, sign_in
from dragoman.publish.metrics.serving import Counting
from dragoman.publish.pages import api, explore
from dragoman.publish.pages.own import written
from dragoman.publish.room import ReadingRoom, room_over
from dragoman.publish.site import following, guarding, measuring, watching
from dragoman.publish.site.addresses import (
    PAGES,
    PAIR_CHART,
    Page,
    day_asked,
    is_over,
    missing,
    seen,
    twin,
)
from dragoman.publish.site.astray import astray
from dragoman.publish.site.cache import Pages, Stamp
from dragoman.publish.site.downloads import ANY_TIME, download, unless_known, wish
from dragoman.publish.site.entrance import Entrance
from dragoman.publish.site.files import canonical_of, files_of, suffixes
from dragoman.publish.site.framing import HEADERS
from dragoman.publish.site.guards import guards
from dragoman.publish.site.languages import InLanguages, Refused, language_of, wants_json
from dragoman.publish.site.leading import led_to, renamed
from dragoman.publish.site.openapi import document
from dragoman.publish.site.posting import Posting
from dragoman.publish.site.render import HERE, Place, Renderer
from dragoman.publish.site.tokens import Tokens
from dragoman.publish.site.unkept import unkept
from dragoman.publish.views.asking import Unanswerable
from dragoman.publish.views.wanted import wanted_of
from dragoman.publish.wording import gettext, speaking
from dragoman.store import Store, open_store

NOT_AS_OF = "files and feeds hold the desk as it is now; `dragoman freeze` keeps it as of a day"


def site(
    home: Path,
    config: Config,
    knowledge: Knowledge | None = None,
    *,
    public: bool = False,
    names: Iterable[str] = (),
) -> Starlette:
    """The application; it holds the desk open until it is shut down.

    `public`: others than the desk's own people look at it; see `publish.display`. A private one
    answers to the names of this machine, to `names` and to those in the settings alone.
    """
    store = open_store(config.store or home)
    known = knowledge or Knowledge()
    room = room_over(store, known, config, public=public)

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        guarding.few_threads()
        async with daily(lambda: purge(store, config.comments)):
            yield
        store.close()

    counting = Counting(store)
    answers = _Answers(room, store, counting)
    application = Starlette(
        routes=[*_routes(answers), measuring.route(counting, public=public)],
        exception_handlers={
            HTTPException: answers.refused,
            StoreError: answers.unreachable,
            Exception: answers.failed,
        },
        lifespan=life,
    )

    for guard in guards(room, store, answers.error, public=public, names=names):
        application.add_middleware(BaseHTTPMiddleware, dispatch=guard)
    application.add_middleware(watching.Watched, count=counting)
    application.add_middleware(InLanguages)
    return application


def _routes(answers: _Answers) -> Sequence[BaseRoute]:
    pages = [
        Route("/", answers.to(PAGES[0])),
        Route("/pair/{actor}/{other}.svg", answers.pair_drawing),
    ]
    for page in PAGES:
        if page.stands_for is not None:
            for suffix, format_ in suffixes().items():
                pages.append(Route(f"{page.address}{suffix}", answers.taken(page, format_)))
        pages.append(Route(f"{page.address}.json", answers.to(page, as_json=True)))
        if page.stands_for is not None:
            pages.append(Route(f"{page.address}.{{suffix}}", answers.no_such_form))
        pages.append(Route(page.address, answers.to(page)))
    return (
        *pages,
        *renamed(),
        Route("/export/{format}", answers.download),
        Route("/api", answers.api),
        Route("/openapi.json", answers.openapi),
        Route(republishing.PATH, answers.republished),
        Route(following.ADDRESS, answers.alert_feed),
        *answers.posting.routes(),
        Route("/robots.txt", _robots),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
    )


class _Answers:
    """From requests to responses."""

    def __init__(self, room: ReadingRoom, whole: Store, counting: Counting) -> None:
        """`whole`: the desk with what a public room does not show."""
        self._room = room
        self._whole = whole
        self.alert_feed = following.feed_of(room, whole)
        self._renderer = Renderer(room.config.title, written(room.config))
        tokens = Tokens(whole.key("forms"))
        self._entrance = Entrance(room, whole, tokens)
        self.posting = Posting(
            self._entrance.sitting,
            self._entrance.place,
            self._renderer,
            tokens,
            forms_of(room.config),
            sign_in.FORM,
            is_secure=room.config.is_secure,
        )
        # As far as what a page says changes without a write: by the days that a source is silent.
        stamp = lambda: Stamp(whole.stamp(), whole.word(), (room.now[:13], room.today))  # noqa: E731
        seconds = room.config.page_seconds
        self._pages = Pages(
            stamp, fresh=self.posting.fresh, looked_up=counting.looked_up, seconds=seconds
        )

    def to(self, page: Page, *, as_json: bool = False) -> Callable[[Request], Awaitable[Response]]:
        async def handler(request: Request) -> Response:
            is_past = is_over(page, request.query_params.multi_items(), self._room.today)
            return await self._pages.answer(request, partial(answer, request), is_past=is_past)

        def answer(request: Request) -> Response:
            with speaking(language_of(request, as_json=as_json or wants_json(request))):
                return made(request)

        def made(request: Request) -> Response:
            ids = tuple(request.path_params.values())
            parameters = request.query_params.multi_items()
            try:
                with (
                    self._entrance.room(request).at(day_asked(page, parameters)) as room,
                    room.store.standing_still(),
                ):
                    return self._shown(request, room, page, ids, as_json=as_json)
            except QueryError as error:
                return self._misread(request, parameters, error, as_json=as_json)
            except Unanswerable as error:
                raise HTTPException(400, str(error)) from error

        return handler

    def taken(self, page: Page, format_: Format) -> Callable[[Request], Response]:
        """What a page lists, in one form."""

        def handler(request: Request) -> Response:
            ids = tuple(request.path_params.values())
            parameters = request.query_params.multi_items()
            assert page.stands_for is not None  # else it has no such address
            if request.query_params.get("asof"):
                raise HTTPException(400, NOT_AS_OF)
            room = self._entrance.room(request)
            try:
                query = page.stands_for(room, ids, parameters)
            except DragomanError as error:
                raise HTTPException(400, str(error)) from error
            if query is None:
                raise self._absent(room, page, ids)
            return self._sent(request, format_, query, (page.name, *ids))

        return handler

    def no_such_form(self, request: Request) -> Response:
        known = ", ".join((".json", *sorted(suffixes())))
        suffix = request.path_params["suffix"]
        raise HTTPException(404, f"there is no .{suffix[:40]} of a page; there are {known}")

    def download(self, request: Request) -> Response:
        """What a query finds: the parameters are `q`, `retracted=1` and `limit`."""
        try:
            format_ = format_named(request.path_params["format"])
        except DragomanError as fault:
            raise HTTPException(404, str(fault)) from fault
        return self._sent(request, format_, request.query_params.get("q", ""))

    def api(self, request: Request) -> Response:
        sitting = self._entrance.sitting(request)
        config = sitting.room.config
        is_own = config.address or self._room.public
        base = config.base if is_own else str(request.base_url).rstrip("/")
        with speaking(language_of(request)):
            page = api.view(sitting.room, base)
            return HTMLResponse(
                self._renderer.page("api.html", page, self._entrance.place(request))
            )

    def openapi(self, _request: Request) -> Response:
        config = self._room.config
        info = {**document()["info"], "title": config.title}
        return _json({**document(), "info": info, "servers": [{"url": config.base}]})

    def republished(self, request: Request) -> Response:
        """Whole articles for sites that may print them."""
        room = self._entrance.room(request)
        articles = republishing.licensed(room)
        if republishing.is_off(room, articles):
            raise HTTPException(404, republishing.NOTHING_LICENSED)
        return unless_known(
            republishing.republished(room, articles, made_at=room.now),
            republishing.republished(room, articles, made_at=ANY_TIME),
            republishing.MEDIA_TYPE,
            republishing.moments(articles),
            is_head=request.method == "HEAD",
            known=request.headers.get("if-none-match", ""),
        )

    def _sent(
        self, request: Request, format_: Format, query: str, page: tuple[str, ...] = ()
    ) -> Response:
        try:
            asked = replace(wish(query, request.query_params), page=page)
        except Unanswerable as fault:
            raise HTTPException(400, str(fault)) from fault
        return download(
            self._entrance.room(request),
            format_,
            asked,
            is_head=request.method == "HEAD",
            known=request.headers.get("if-none-match", ""),
        )

    def pair_drawing(self, request: Request) -> Response:
        """The chart of a pair as a file that keeps its looks elsewhere."""
        ids = tuple(request.path_params.values())
        parameters = request.query_params.multi_items()
        try:
            with (
                speaking(language_of(request)),
                self._entrance.room(request).at(day_asked(PAIR_CHART, parameters)) as room,
            ):
                view = seen(room, PAIR_CHART, ids, parameters)
                if getattr(view, "lanes", None) is None:
                    raise HTTPException(404, "there is nothing to draw of this pair")
                drawing = self._renderer.page(
                    "pair_svg.html", view, self._entrance.place(request, room.known)
                )
        except Unanswerable as error:
            raise HTTPException(400, str(error)) from error
        return Response(xml_text(drawing), media_type="image/svg+xml")

    def _absent(self, room: ReadingRoom, page: Page, ids: Sequence[str]) -> HTTPException:
        status = 410 if page.ids == 1 and self._room.store.tombstone(ids[0]) else 404
        hidden = self._hidden(page, ids)
        return (
            Refused(status, hidden) if hidden else HTTPException(status, missing(room, page, ids))
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
        page = explore.refused(wanted_of(parameters), error)
        if as_json or wants_json(request):
            return _json({"error": error.reason, "fault": view_json(page.fault)}, 400)
        return HTMLResponse(
            self._renderer.page("explore.html", page, self._entrance.place(request)), 400
        )

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
            raise self._absent(room, page, ids)
        current = getattr(view, "id", None)
        if page.ids == 1 and current is not None and current != ids[0]:
            # An event that was merged into another one: its old address leads there.
            suffix = ".json" if as_json else ""
            return led_to(f"/{page.name}/{current}{suffix}", request)
        if as_json or wants_json(request):
            return _json(twin(view, room))
        place = self._place(request, room, page, ids)
        headers = {"Cache-Control": "no-store"} if place.token is not None else None
        return HTMLResponse(self._renderer.page(page.template, view, place), headers=headers)

    def _place(self, request: Request, room: ReadingRoom, page: Page, ids: Sequence[str]) -> Place:
        parameters = request.query_params.multi_items()
        base = room.config.base if room.config.address is not None else None
        return replace(
            self._entrance.place(request, room.known),
            # What is taken away is the desk as it is now.
            files=files_of(page, ids, parameters) if room.known is None else (),
            canonical=base + canonical_of(page, ids, parameters) if base is not None else None,
            searches=self._entrance.searches(request) if page.name == "today" else None,
            token=self.posting.token(request, page.form_at(ids)) if page.form else None,
        )

    def _hidden(self, page: Page, ids: Sequence[str]) -> str | None:
        """The desk has the event, and shows it to its own people alone."""
        if page.name != "event" or not self._room.public or self._whole.event(ids[0]) is None:
            return None
        return gettext(guarding.HIDDEN)

    async def refused(self, request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        words = fault.detail if isinstance(fault, HTTPException) else ""
        if words == HTTPStatus(status).phrase:
            words = "there is no page at this address" if status == 404 else words.lower()
        language = None if isinstance(fault, Refused) else "en"
        response = self.error(request, status, words, language)
        if isinstance(fault, HTTPException):
            response.headers.update(fault.headers or {})
        return response

    async def unreachable(self, request: Request, fault: Exception) -> Response:
        with speaking(language_of(request)):
            return self.error(request, *unkept(fault), None)

    async def failed(self, request: Request, fault: Exception) -> Response:
        """The reason goes to the log, never to the reader."""
        response = self.error(request, 500, "this page could not be made")
        response.headers.update(HEADERS)
        return response

    def error(
        self, request: Request, status: int, words: str, language: str | None = "en"
    ) -> Response:
        """`language`: of the words; None where they are in the reader's."""
        if request.url.path.endswith(".json") or wants_json(request):
            return _json({"error": words}, status)
        with speaking(language_of(request)):
            found = astray(self._room, status, request.url.path, words, language)
            shown = self._renderer.error(found, self._entrance.place(request))
        return HTMLResponse(shown, status)


def _robots(_request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


def _json(value: object, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False, indent=1)
    return Response(body, status, media_type="application/json")
