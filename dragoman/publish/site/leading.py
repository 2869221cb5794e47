"""Addresses that lead on for good: of pages that have another name now, and of what was merged."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dragoman.publish.site.addresses import RENAMED
from dragoman.publish.site.languages import PREFIX


def led_to(path: str, request: Request) -> Response:
    """In the same language and with the same question."""
    query = f"?{request.url.query}" if request.url.query else ""
    prefix = request.scope.get(PREFIX)
    start = f"/{prefix}" if prefix else ""
    return RedirectResponse(f"{start}{path}{query}", 308)


def renamed() -> Iterable[Route]:
    for old, new in RENAMED.items():
        for suffix in ("", ".json"):
            path = f"/{new}{suffix}"
            yield Route(f"/{old}{suffix}", lambda request, path=path: led_to(path, request))
