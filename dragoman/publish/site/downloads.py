"""Exports over the site: `/export/FORMAT?q=QUERY`, sent as it is made.

In: a room, a format's name and a query. Out: a response that is a file to be kept; 404 for a format
that there isn't, 400 for a query that can't be read, 501 where a part isn't installed.
"""

from __future__ import annotations

from itertools import chain, islice

from fastapi import Response
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException

from dragoman.errors import DragomanError, MissingPart, StoreError
from dragoman.publish.exporting import export, format_named, found, require_parts
from dragoman.publish.formats import Format
from dragoman.publish.piped import blocks
from dragoman.publish.room import ReadingRoom


def download(
    room: ReadingRoom, name: str, query: str, *, with_retracted: bool, is_head: bool
) -> Response:
    try:
        format_ = format_named(name)
    except DragomanError as fault:
        raise HTTPException(404, str(fault)) from fault
    try:
        require_parts(format_)
        items = found(room, query, format_, with_retracted=with_retracted)
        # Faults of the query come with the first item: before it, an answer can still say so.
        first = list(islice(items, 1))
    except StoreError:
        raise
    except MissingPart as fault:
        raise HTTPException(501, str(fault)) from fault
    except DragomanError as fault:
        raise HTTPException(400, str(fault)) from fault
    whole = chain(first, items)
    body = blocks(
        lambda out: export(room, query, format_, out, with_retracted=with_retracted, items=whole)
    )
    return StreamingResponse(
        iter(()) if is_head else body,
        media_type=format_.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file_name(room, format_)}"'},
    )


def file_name(room: ReadingRoom, format_: Format) -> str:
    """Of the day and the format alone: nothing that a reader wrote comes into a header."""
    return f"dragoman-{room.today}{format_.suffix}"
