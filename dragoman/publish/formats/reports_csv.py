"""Reports as a table: a row for each time that an article tells an event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.publish.formats import Format
from dragoman.publish.formats.columns import write_csv
from dragoman.publish.formats.report_columns import COLUMNS
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_


def _write(items: Iterable[EventItem], _about: About, out: BinaryIO) -> int:
    return write_csv(COLUMNS, (row for item in items for row in item.reports), out)


FORMAT = Format(
    "reports-csv",
    ".reports.csv",
    "text/csv",
    "events",
    N_("A row for each report of the events: who told it, when, in which words."),
    _write,
    COLUMNS,
)
