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
    """The captures of these rows. A table that can't be read, and what of its rows can't, comes as
    the error that says so; what stands in other groups of rows is read."""
    try:
        table = _table(file, name)
    except Unreadable as fault:
        yield fault
        return
    columns = [column for column in COLUMNS if column in table.schema_arrow.names]
    end = stretch.offset + (stretch.records or 0)
    first = 0
    for group in range(table.metadata.num_row_groups):
        rows = table.metadata.row_group(group).num_rows
        if first < end and first + rows > stretch.offset:
            number = first
            try:
                for batch in table.iter_batches(AT_ONCE, [group], columns):
                    for row in _rows(batch):
                        if stretch.offset <= number < end:
                            yield _capture(row, name, number)
                        number += 1
            except (needed("pyarrow").ArrowException, OSError) as fault:
                if getattr(fault, "errno", None) is not None:
                    raise  # the disk or the network, not what stands there
                last = min(first + rows, end) - 1
                yield Unreadable(
                    f"{name}#{max(number, stretch.offset)}",
                    f"the rows from here to {last} can't be read ({_line(fault)})",
                )
        first += rows


def _rows(batch: Any) -> Iterator[Mapping[str, object] | Exception]:
    """Each row of a batch, or why it can't be had: text that is no UTF-8, a day that no calendar
    has, a time zone that nobody knows."""
    faults = (ValueError, OverflowError, LookupError)
    try:
        yield from batch.to_pylist()
        return
    except faults:
        pass
    for number in range(batch.num_rows):
        try:
            yield from batch.slice(number, 1).to_pylist()
        except faults as fault:
            yield fault


def _line(fault: Exception) -> str:
    return " ".join(str(fault).split())[:200]


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
    for column in COLUMNS:
        if table.schema_arrow.names.count(column) > 1:
            raise Unreadable(name, f"it has several columns that are called {column}")
        if column in table.schema_arrow.names:
            _require_kind(name, column, table.schema_arrow.field(column).type)
    return table


def _require_kind(name: str, column: str, kind: Any) -> None:
    """Raises Unreadable for a column of another kind than docs/scale.md tells."""
    types = needed("pyarrow").types
    kind = kind.value_type if types.is_dictionary(kind) else kind
    is_text = any(
        test(kind) for test in (types.is_string, types.is_large_string, types.is_string_view)
    )
    is_bytes = any(
        test(kind)
        for test in (types.is_binary, types.is_large_binary, types.is_binary_view,
                     types.is_fixed_size_binary)
    )  # fmt: skip
    is_time = types.is_timestamp(kind) or types.is_date(kind)
    fits = {"body": is_text or is_bytes, "fetched": is_text or is_time,
            "published": is_text or is_time}  # fmt: skip
    if not (types.is_null(kind) or fits.get(column, is_text)):
        raise Unreadable(
            name, f"the column {column} is {kind}; see docs/scale.md for what it holds"
        )


def _capture(
    row: Mapping[str, object] | Exception, name: str, number: int
) -> Capture | DragomanError:
    if isinstance(row, Exception):
        return Unreadable(f"{name}#{number}", f"the row can't be read ({_line(row)})")
    said = {column: _text(row.get(column)) for column in COLUMNS if column not in CONTENT}
    url, body, text = said["url"], row.get("body"), row.get("text")
    origin = url or f"{name}#{number}"
    try:
        fetched = _instant(said["fetched"])
    except (ValueError, OverflowError):
        why = f"its column fetched, {said['fetched']!r:.60}, is no day or instant of ISO 8601"
        return Unreadable(f"{name}#{number}", why)
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
        fetched=fetched,
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
    """ISO in UTC; an instant without a zone is taken for UTC. Raises ValueError for none,
    OverflowError for one at either end of the calendar."""
    if stated is None:
        return None
    found = datetime.fromisoformat(stated)
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")
