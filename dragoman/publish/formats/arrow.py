"""Columns as Arrow tables, with proper types; for Parquet files and data frames.

In: columns and rows. Out: record batches of a few thousand rows, one after the other. It needs the
extra `data`, and says so where it is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from dragoman.extras import needed
from dragoman.publish.formats.columns import CODES, LINES, Column, Row, Value, clean
from dragoman.publish.formats.done import day_of

if TYPE_CHECKING:
    import pyarrow

SIZE = 4096
"""Rows in a batch, and in a row group of a file."""


def pyarrow_module() -> Any:
    """Raises MissingPart where it isn't installed."""
    return needed("pyarrow")


def schema(
    columns: Sequence[Column[Row]], about: Mapping[str, str] | None = None
) -> pyarrow.Schema:
    """Days are date32, instants microseconds of UTC, codes dictionary-encoded text."""
    pa = pyarrow_module()
    types = {
        "code": pa.dictionary(pa.int32(), pa.string()),
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
        "instant": pa.timestamp("us", tz="UTC"),
        CODES: pa.list_(pa.string()),
        LINES: pa.list_(pa.string()),
    }
    fields = [
        pa.field(one.name, types.get(one.type, pa.string()), metadata={"means": one.means})
        for one in columns
    ]
    return pa.schema(fields, metadata=dict(about or {}))


def batches(
    columns: Sequence[Column[Row]], rows: Iterable[Row], shape: pyarrow.Schema, size: int = SIZE
) -> Iterator[pyarrow.RecordBatch]:
    """As many rows at a time as a batch holds; none are read ahead of it."""
    pa = pyarrow_module()
    waiting = iter(rows)
    while some := list(islice(waiting, size)):
        arrays = [
            pa.array(
                [_native(column.value(row), column.type) for row in some], shape.field(at).type
            )
            for at, column in enumerate(columns)
        ]
        yield pa.record_batch(arrays, schema=shape)


def table(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> pyarrow.Table:
    shape = schema(columns)
    return pyarrow_module().Table.from_batches(batches(columns, rows, shape), shape)


def _native(value: Value, type_: str) -> object:
    """As Arrow takes it; a day or instant that is none of the calendar is null."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return [clean(one) for one in value]
    if isinstance(value, str):
        return _FROM_TEXT.get(type_, clean)(value)
    return value


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


_FROM_TEXT: Mapping[str, Callable[[str], object]] = {"date": day_of, "instant": _instant}
