"""Events as a Parquet file: the columns of CSV with proper types, written by row groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.extras import needed
from dragoman.publish.formats import Format
from dragoman.publish.formats.arrow import batches, schema
from dragoman.publish.formats.event_columns import COLUMNS
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_


def _write(items: Iterable[EventItem], about: About, out: BinaryIO) -> int:
    said = {"title": about.title, "query": about.query, "made_at": about.made_at}
    shape = schema(COLUMNS, said)
    count = 0
    with needed("pyarrow.parquet").ParquetWriter(out, shape, compression="zstd") as writer:
        for batch in batches(COLUMNS, items, shape):
            writer.write_batch(batch)
            count += batch.num_rows
    return count


FORMAT = Format(
    "parquet",
    ".parquet",
    "application/vnd.apache.parquet",
    "events",
    N_(
        "The columns of `csv` with proper types (days, numbers, lists), for pandas, polars "
        "and DuckDB."
    ),
    _write,
    COLUMNS,
    needs="data",
)
