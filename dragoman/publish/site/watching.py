"""What is seen of every answer: it is counted, and told as a line of the log.

In: the application that answers. Out: the same answers. Of a request it tells the method and the
pattern of its route; neither the path, which may be somebody's private link, nor what was searched
for, nor who asked.
"""

from __future__ import annotations

import time
from typing import Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.logs import note
from dragoman.publish.site.files import suffixes
from dragoman.publish.site.health import PATH as HEALTH

NOWHERE = "none"
"""The route of what has no page."""


class Count(Protocol):
    def answered(self, method: str, route: str, status: int, seconds: float) -> None: ...


class Watched:
    def __init__(self, app: ASGIApp, count: Count) -> None:
        self._app = app
        self._count = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, size = time.perf_counter(), 500, 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as fault:
            note("error", level="error", fault=fault, method=scope["method"], route=route_of(scope))
            raise
        finally:
            self._tell(scope, status, size, time.perf_counter() - begun)

    def _tell(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        method, route = scope["method"], route_of(scope)
        self._count.answered(method, route, status, seconds)
        note(
            "request",
            level="debug" if route == HEALTH and status == 200 else "info",
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            bytes=size,
        )


def route_of(scope: Scope) -> str:
    """The pattern of the route that answered, with one for all forms of a page's file."""
    path = str(getattr(scope.get("route"), "path", NOWHERE))
    page, dot, rest = path.partition(".")
    return f"{page}.{{form}}" if f"{dot}{rest}" in suffixes() else path
