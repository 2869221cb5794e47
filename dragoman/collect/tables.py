"""Archives as Parquet tables of our own form: rows in, a `Capture` for each out, in their order.

Columns: `url` and one of `body` (a page's bytes, or its mark-up as text) and `text` (an article's
text alone); beside them, where there are any, `fetched`, `published`, `language`, `charset` and
`media_type`. Others are passed over. A row that can't be used comes as the error that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

from dragoman.collect.archives import Stretch
from dragoman.collect.pages import capture_bytes, capture_text
from dragoman.errors import DragomanError, Unreadable
from dragoman.extras import needed
from dragoman.model import Capture, Entry

CONTENT = ("body", "text")
COLUMNS = ("url", *CONTENT, "fetched", "published", "language", "charset", "media_type")
AT_ONCE = 64


def row_stretches(file: BinaryIO, name: str, every: int) -> list[Stretch]:
    """A table in stretches of so many rows; `offset` is the first row of each."""
    rows = int(_table(file, name).metadata.num_rows)
    return [Stretch(at, 0, every) for at in range(0, rows, every)] or [Stretch(0, 0, every)]


def captures_of_rows(
    file: BinaryIO, name: str, stretch: Stretch
) -> Iterator[Capture | DragomanError]:
    """The captures of these rows. Raises Unreadable for a file that is no table of this form."""
    table = _table(file, name)
    columns = [column for column in COLUMNS if column in table.schema_arrow.names]
    end = stretch.offset + (stretch.records or 0)
    first = 0
    for group in range(table.metadata.num_row_groups):
        rows = table.metadata.row_group(group).num_rows
        if first < end and first + rows > stretch.offset:
            number = first
            for batch in table.iter_batches(AT_ONCE, [group], columns):
                for row in batch.to_pylist():
                    if stretch.offset <= number < end:
                        yield _capture(row, name, number)
                    number += 1
        first += rows


def _table(file: BinaryIO, name: str) -> Any:
    pa, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    try:
        table = parquet.ParquetFile(file)
    except pa.ArrowException as fault:
        raise Unreadable(name, f"this is no Parquet file ({fault})") from fault
    if not set(CONTENT) & set(table.schema_arrow.names):
        raise Unreadable(
            name, f"a table of pages has a column {' or '.join(CONTENT)}; see docs/scale.md"
        )
    return table


def _capture(row: Mapping[str, object], name: str, number: int) -> Capture | DragomanError:
    said = {column: _text(row.get(column)) for column in COLUMNS if column not in CONTENT}
    url, body, text = said["url"], row.get("body"), row.get("text")
    origin = url or f"{name}#{number}"
    if isinstance(body, str):
        # What was decoded once is text of one encoding, whatever the page declares.
        body, said["charset"] = body.encode("utf-8", "surrogatepass"), "utf-8"
    try:
        if isinstance(body, bytes):
            made = capture_bytes(
                body, origin, url=url, charset=said["charset"], declared=said["media_type"]
            )
        elif isinstance(text, str):
            made = capture_text(text, origin, url=url)
        else:
            return Unreadable(f"{name}#{number}", "the row has neither body nor text")
    except Unreadable as fault:
        return fault
    return replace(
        made,
        fetched=_instant(said["fetched"]),
        published=said["published"],
        language=said["language"],
        entry=Entry(source=name),
    )


def _text(value: object) -> str | None:
    """A day or an instant in ISO form, too."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value is not None and str(value).strip() else None


def _instant(stated: str | None) -> str | None:
    """ISO in UTC; an instant without a zone is taken for UTC. None for what is none."""
    try:
        found = datetime.fromisoformat(stated) if stated else None
    except ValueError:
        return None
    if found is None:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")
