"""The outlets of a made-up day as one server on this machine, told apart by their names.

    python -m benchmarks.load_outlets PORT SETTINGS

A process of `benchmarks.load`: feeds with ETags that grow as the day goes on, pages, robots.txt.
"""

from __future__ import annotations

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from benchmarks.load_clock import Replay


def outlets(replay: Replay, port: int) -> Starlette:
    day = replay.day

    async def feed(request: Request) -> Response:
        body = day.feed(_outlet(request), port, replay.now())
        tag = f'"{hash(body)}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(body, media_type="application/rss+xml", headers={"ETag": tag})

    async def page(request: Request) -> Response:
        number = request.path_params["number"]
        one = day.printed[number] if number < len(day.printed) else None
        if one is None or one.outlet != _outlet(request) or one.moment > replay.now():
            return PlainTextResponse("there is no such page", 404)
        return Response(day.page(number), media_type="text/html")

    async def robots(_request: Request) -> Response:
        return PlainTextResponse("User-agent: *\nAllow: /\n")

    return Starlette(
        routes=[
            Route("/feed.xml", feed),
            Route("/news/{number:int}.html", page),
            Route("/robots.txt", robots),
        ]
    )


def _outlet(request: Request) -> int:
    """By the name that it is asked for by."""
    host = request.headers["host"].partition(".")[0]
    return int(host.removeprefix("outlet"))


def main() -> None:
    port, settings = int(sys.argv[1]), sys.argv[2]
    app = outlets(Replay.of(settings), port)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


if __name__ == "__main__":
    main()
