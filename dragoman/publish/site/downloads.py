"""What a query finds, as a file or a feed: at `/export/FORMAT?q=QUERY` and at each page's address.

In: a room, a format, a wish. Out: a response that is sent as it is made; 400 for a query that can't
be read, 501 where a part isn't installed. A feed is short, and is not sent again to who has it.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from itertools import chain, islice
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from dragoman.errors import DragomanError, MissingPart, StoreError
from dragoman.publish.exporting import export, found, require_parts
from dragoman.publish.formats import Format
from dragoman.publish.formats.feed_entries import article_entry, event_entry
from dragoman.publish.gathering import about
from dragoman.publish.piped import blocks
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.cache import knows
from dragoman.publish.views.asking import Unanswerable

LONGEST_FEED = 5_000
"""Entries: a feed is made whole before it is sent."""
SAFE = re.compile(r"[A-Za-z0-9-]{1,60}")
ANY_TIME = "1970-01-01T00:00:00+00:00"
"""When a feed was made is no part of what it says."""


@dataclass(frozen=True, slots=True)
class Wish:
    query: str
    with_retracted: bool = False
    limit: int | None = None
    """Only so many of the newest; None: all, or as many as a feed has by itself."""
    page: tuple[str, ...] = ()
    """The page that is taken away: its name and ids."""


def wish(query: str, parameters: Mapping[str, str]) -> Wish:
    """With `retracted=1` and `limit=` of an address. Raises Unanswerable."""
    limit = parameters.get("limit", "")
    if limit and not (limit.isascii() and limit.isdigit() and int(limit[:9]) > 0):
        raise Unanswerable(f"limit takes a number of items from 1 on, not {limit[:40]!r}")
    return Wish(query, parameters.get("retracted") == "1", int(limit[:9]) if limit else None)


def download(
    room: ReadingRoom, format_: Format, asked: Wish, *, is_head: bool = False, known: str = ""
) -> Response:
    """`known`: the tags of what the reader has already (If-None-Match)."""
    try:
        require_parts(format_)
        items = found(room, asked.query, format_, with_retracted=asked.with_retracted)
        if format_.newest is not None:
            return _feed(room, format_, asked, items, is_head=is_head, known=known)
        # Faults of the query come with the first item: before it, an answer can still say so.
        first = list(islice(items, 1))
    except StoreError:
        raise
    except MissingPart as fault:
        raise HTTPException(501, str(fault)) from fault
    except DragomanError as fault:
        raise HTTPException(400, str(fault)) from fault
    whole = islice(chain(first, items), asked.limit)
    body = blocks(
        lambda out: export(
            room,
            asked.query,
            format_,
            out,
            with_retracted=asked.with_retracted,
            limit=asked.limit,
            items=whole,
        )
    )
    return StreamingResponse(
        iter(()) if is_head else body,
        media_type=format_.media_type,
        headers=_named(room, format_, asked),
    )


def _feed(
    room: ReadingRoom,
    format_: Format,
    asked: Wish,
    items: Iterator[Any],
    *,
    is_head: bool,
    known: str,
) -> Response:
    if (asked.limit or 0) > LONGEST_FEED:
        raise Unanswerable(f"a feed has at most {LONGEST_FEED:,} entries; jsonl has no end")
    held = list(islice(items, asked.limit or format_.newest))
    said = about(room, asked.query, asked.limit)
    made, timeless = io.BytesIO(), io.BytesIO()
    format_.write(held, said, made)
    format_.write(held, replace(said, made_at=ANY_TIME), timeless)
    return unless_known(
        made.getvalue(),
        timeless.getvalue(),
        format_.media_type,
        _moments(format_, held),
        headers=_named(room, format_, asked),
        is_head=is_head,
        known=known,
    )


def unless_known(
    body: bytes,
    timeless: bytes,
    media_type: str,
    moments: Sequence[datetime],
    *,
    headers: Mapping[str, str] | None = None,
    is_head: bool = False,
    known: str = "",
) -> Response:
    """A feed, or 304 to who has it; `timeless`: the same, whenever it is made. A reader who tells
    only since when it knows the feed gets all of it: what was withdrawn since has no newer day."""
    tag = f'W/"{hashlib.sha256(timeless).hexdigest()[:32]}"'
    told = dict(headers or {}) | {"ETag": tag}
    if moments:
        told["Last-Modified"] = format_datetime(max(moments), usegmt=True)
    if knows(known, tag):
        return Response(status_code=304, headers=told)
    if is_head:
        told["Content-Length"] = str(len(body))
    return Response(b"" if is_head else body, media_type=media_type, headers=told)


def _moments(format_: Format, items: Sequence[Any]) -> list[datetime]:
    entry = event_entry if format_.takes == "events" else article_entry
    entries = map(entry, items)
    return [moment for one in entries if (moment := one.updated or one.published) is not None]


def _named(room: ReadingRoom, format_: Format, asked: Wish) -> Mapping[str, str]:
    name = file_name(room, format_, asked.page)
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def file_name(room: ReadingRoom, format_: Format, page: Sequence[str] = ()) -> str:
    """Of the page, the day and the format: several that are taken away on a day stay apart. Of what
    a reader wrote nothing comes into a header but what looks like an id."""
    ids = (part for part in page if SAFE.fullmatch(part))
    return "-".join(("dragoman", *ids, f"{room.today}{format_.suffix}"))
