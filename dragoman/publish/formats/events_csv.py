"""Events as a table that every program opens: a row each, with the sentence and its article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.publish.formats import Format
from dragoman.publish.formats.columns import write_csv
from dragoman.publish.formats.event_columns import COLUMNS
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_


def _write(items: Iterable[EventItem], _about: About, out: BinaryIO) -> int:
    return write_csv(COLUMNS, items, out)


FORMAT = Format(
    "csv",
    ".csv",
    "text/csv",
    "events",
    N_(
        "A row for each event, with the sentence that tells it most fully, for spreadsheets, "
        "R and pandas."
    ),
    _write,
    COLUMNS,
)
