"""A small site on which one reader judges the sentences of an audit, one a page.

In: an open desk, an audit and a reader. Out: an ASGI application for this machine alone. It works
without script; a verdict needs the token of this run, so that no other page can give one.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hmac import compare_digest
from threading import Lock
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dragoman.checking.session import Session
from dragoman.checking.verdicts import ruling
from dragoman.errors import DragomanError
from dragoman.model.audit import AuditItem, Part, Ruling
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.rebinding import THIS_MACHINE, is_asked_for
from dragoman.publish.site.render import HERE, Renderer
from dragoman.publish.terminal.audit_words import PART_WORDS, claim, printed
from dragoman.publish.words import web_address

LARGEST_FORM = 20_000
"""Bytes of an answer; a note is short."""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class ItemPage:
    """What the page of an item shows; `number` counts from 1."""

    audit: str
    reader: str
    number: int
    items: int
    read: int
    sentence: str
    language: str | None
    printed: str
    address: str | None
    claim: tuple[tuple[str, str], ...]
    said: Ruling | None
    parts: Mapping[Part, str]
    token: str
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class DonePage:
    audit: str
    reader: str
    items: int
    read: int


def audit_site(room: ReadingRoom, session: Session) -> Starlette:
    """The application; it closes the desk when it is shut down."""
    desk = _Desk(room, session)

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        yield
        room.store.close()

    application = Starlette(
        routes=[
            Route("/", desk.next),
            Route("/item/{number:int}", desk.item),
            Route("/item/{number:int}", desk.answered, methods=["POST"]),
            Route("/done", desk.done),
            Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
        ],
        exception_handlers={HTTPException: desk.refused},
        lifespan=life,
    )
    application.add_middleware(BaseHTTPMiddleware, _guarded)
    return application


class _Desk:
    """From requests to pages. One at a time: a session has one place."""

    def __init__(self, room: ReadingRoom, session: Session) -> None:
        self._room = room
        self._session = session
        self._token = secrets.token_urlsafe(24)
        self._renderer = Renderer(room.config.title)
        self._lock = Lock()

    def next(self, _request: Request) -> Response:
        return self._to(self._session.first_unread())

    def done(self, _request: Request) -> Response:
        session = self._session
        view = DonePage(session.audit.name, session.reader, len(session.items), session.read)
        return HTMLResponse(self._renderer.page("audit_done.html", view))

    def item(self, request: Request) -> Response:
        return self._page(*self._asked(request))

    async def answered(self, request: Request) -> Response:
        place, item = self._asked(request)
        form = parse_qs((await _body(request)).decode("utf-8", "replace"), max_num_fields=40)
        if not compare_digest(form.get("token", [""])[-1].encode(), self._token.encode()):
            raise HTTPException(403, "this answer did not come from this page; go back and reload")
        return await run_in_threadpool(self._keep, place, item, form)

    def _keep(self, place: int, item: AuditItem, form: dict[str, list[str]]) -> Response:
        with self._lock:
            said = form.get("verdict", [""])[-1]
            if said == "skip":
                return self._to(self._session.first_unread(place + 1))
            try:
                made = ruling(
                    item.report_id,
                    self._session.reader,
                    said,
                    form.get("wrong", []),
                    form.get("note", [""])[-1],
                )
            except DragomanError as fault:
                return self._page(place, item, str(fault))
            self._session.at = place
            self._session.say(made)
            return self._to(self._session.at)

    async def refused(self, _request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        words = fault.detail if isinstance(fault, HTTPException) else ""
        return Response(f"{words}\n", status, media_type="text/plain; charset=utf-8")

    def _asked(self, request: Request) -> tuple[int, AuditItem]:
        number = int(request.path_params["number"])
        if not 0 < number <= len(self._session.items):
            raise HTTPException(404, f"the items are 1 to {len(self._session.items)}")
        return number - 1, self._session.items[number - 1]

    def _to(self, place: int) -> Response:
        is_end = place >= len(self._session.items)
        return RedirectResponse("/done" if is_end else f"/item/{place + 1}", 303)

    def _page(self, place: int, item: AuditItem, fault: str | None = None) -> Response:
        session, shown = self._session, item.shown
        assert shown is not None  # a session has only items that can be shown
        view = ItemPage(
            audit=session.audit.name,
            reader=session.reader,
            number=place + 1,
            items=len(session.items),
            read=session.read,
            sentence=shown.sentence,
            language=shown.language,
            printed=printed(shown),
            address=web_address(shown.url),
            claim=claim(self._room, shown),
            said=session.said(item),
            parts=PART_WORDS,
            token=self._token,
            fault=fault,
        )
        return HTMLResponse(self._renderer.page("audit.html", view), 422 if fault else 200)


async def _body(request: Request) -> bytes:
    made = bytearray()
    async for piece in request.stream():
        made += piece
        if len(made) > LARGEST_FORM:
            raise HTTPException(413, "the answer is too long; shorten the note")
    return bytes(made)


async def _guarded(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    """Answers to the names of this machine alone, see `publish.site.rebinding`."""
    if is_asked_for(request.headers.get("host"), THIS_MACHINE):
        response = await call_next(request)
    else:
        response = Response("open this page as localhost\n", 421, media_type="text/plain")
    response.headers.update(HEADERS)
    return response
