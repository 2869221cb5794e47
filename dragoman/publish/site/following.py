"""The feeds of alerts: what a saved search finds, for whoever has the feed's own address.

In: a key. Out: RSS of the newest events with so many independent origins, from the whole desk, as
its member sees it. A key that is none, of a deleted alert or a closed account, opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import DragomanError
from dragoman.publish.exporting import format_named
from dragoman.publish.followed import asked, number_of
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.downloads import Wish, download
from dragoman.query import written
from dragoman.store import Store

ADDRESS = "/alerts/{key}.rss"
NO_FEED = "there is no feed at this address; its member may have deleted the alert"


def feed_of(room: ReadingRoom, whole: Store) -> Callable[[Request], Response]:
    """`whole`: the desk with what a public room does not show."""
    members_room = replace(room, store=whole, public=False)

    def handler(request: Request) -> Response:
        number = number_of(whole, "feed", request.path_params["key"])
        alert = whole.alert(number) if number is not None else None
        if alert is None or alert.way != "feed":
            raise HTTPException(404, NO_FEED)
        try:
            query = written(asked(alert.search.query, alert.origins, room.knowledge))
        except DragomanError as fault:
            raise HTTPException(400, str(fault)) from fault
        response = download(
            members_room,
            format_named("rss"),
            Wish(query),
            is_head=request.method == "HEAD",
            known=request.headers.get("if-none-match", ""),
        )
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Content-Disposition"] = 'inline; filename="dragoman-alert.rss"'
        return response

    return handler
