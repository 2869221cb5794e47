"""The language of an answer: what the address begins with, else what the reader's browser asks for.

In: requests to /fr/today and to /today. Out: requests for /today with the language beside them.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.publish.wording import LANGUAGES, chosen

PREFIX = "interface language"
"""Under this, a request's scope has the language that its address began with."""


class Refused(HTTPException):
    """Said in the reader's language; what its parent says is in English."""


def language_of(request: Request, *, as_json: bool = False) -> str:
    """What the address says; a page without it follows the browser, its JSON is in English."""
    return chosen(
        request.scope.get(PREFIX), "" if as_json else request.headers.get("accept-language", "")
    )


def wants_json(request: Request) -> bool:
    """Whether it asks for JSON where people would get a page."""
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


class InLanguages:
    """Takes the language that an address begins with, as /fr/today, off before it is routed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        first, _, rest = scope.get("path", "").removeprefix("/").partition("/")
        if scope["type"] == "http" and first in LANGUAGES:
            scope = {**scope, "path": f"/{rest}", PREFIX: first}
        await self._app(scope, receive, send)
