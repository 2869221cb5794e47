"""When something happened: days of up to twelve months, or months of a longer record, as cells.

In: events by day or month and quad class. Out: `Calendar`, blocks of cells for SVGs drawn by a
template, each cell with the query that lists its events, and the same numbers for a table. A cell
has the colour of its leading class, of two equal ones the graver; how strong it is says how many.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from babel.dates import get_day_names, get_month_names

from dragoman.publish.charts.months import DRAWN
from dragoman.publish.wording import gettext, spoken_language
from dragoman.publish.words import QUADS, counted, day_words, month_words

Quads = tuple[int, int, int, int]
Unit = Literal["day", "month"]
LONGEST = 12
"""Months that are drawn day by day."""
YEARS = 16
"""The latest years with events that are drawn of a longer record."""
CELL, GAP = 20, 4
STEP = CELL + GAP
WIDE, LOW = 36, 20
"""A month in a year's row."""
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    period: str
    """An ISO day or month."""
    words: str
    quads: Quads
    address: str = field(metadata=DRAWN)
    """The query that lists its events."""
    x: int = field(metadata=DRAWN)
    y: int = field(metadata=DRAWN)
    lead: int = field(metadata=DRAWN)
    """The quad class that most of its events have; 0 in an empty cell."""
    level: int = field(metadata=DRAWN)
    """1 to 4, by the number of events beside the fullest cell; 0 in an empty one."""

    @property
    def count(self) -> int:
        return sum(self.quads)

    @property
    def title(self) -> str:
        parts = [f"{n} {gettext(QUADS[i])}" for i, n in enumerate(self.quads, 1) if n]
        return gettext("%(when)s: %(what)s") % {"when": self.words, "what": ", ".join(parts)}


@dataclass(frozen=True, slots=True)
class Block:
    """A month with its days, or a year with its months."""

    period: str
    words: str
    address: str = field(metadata=DRAWN)
    cells: tuple[Cell, ...]
    """Empty ones too."""
    height: int = field(metadata=DRAWN)

    @property
    def count(self) -> int:
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Calendar:
    unit: Unit
    blocks: tuple[Block, ...]
    most: int
    """Events of the fullest cell."""
    earlier: int
    """Events in years before those that are drawn."""
    coarser: int
    """Events of these months that lie on no one day, where days are drawn."""
    heads: tuple[str, ...] = field(metadata=DRAWN)
    """Initials of the days of a week, or of the months of a year."""
    width: int = field(metadata=DRAWN)

    @property
    def filled(self) -> Iterator[Cell]:
        return (cell for block in self.blocks for cell in block.cells if cell.count)

    @property
    def description(self) -> str:
        cells = sorted(self.filled, key=lambda cell: cell.period)
        fullest = max(cells, key=lambda cell: cell.count)
        return gettext("%(events)s from %(first)s to %(last)s; the most: %(when)s (%(most)s).") % {
            "events": counted(sum(cell.count for cell in cells), "event"),
            "first": cells[0].words,
            "last": cells[-1].words,
            "when": fullest.words,
            "most": self.most,
        }


Address = Callable[[str], str]
"""ISO day, month or year → the query that lists its events."""


def by_day(
    months: Mapping[str, Quads], days: Mapping[str, Quads], address: Address
) -> Calendar | None:
    """These ISO months with all their days; None where no day has an event."""
    most = max((sum(quads) for quads in days.values()), default=0)
    if not most:
        return None
    drawn = [_month(month, days, most, address) for month in months]
    names = get_day_names("narrow", locale=spoken_language())
    return Calendar(
        "day",
        tuple(drawn),
        most,
        earlier=0,
        coarser=sum(map(sum, months.values())) - sum(map(sum, days.values())),
        heads=tuple(names[i] for i in range(7)),
        width=7 * STEP - GAP,
    )


def by_month(months: Mapping[str, Quads], address: Address) -> Calendar | None:
    """Every year that has an event with its months; the latest years of a very long record."""
    years = sorted({month[:4] for month, quads in months.items() if sum(quads)})
    if not years:
        return None
    drawn = years[-YEARS:]
    shown = {month: quads for month, quads in months.items() if month[:4] in drawn}
    most = max(sum(quads) for quads in shown.values())
    names = get_month_names("narrow", locale=spoken_language())
    return Calendar(
        "month",
        tuple(_year(year, shown, most, address) for year in reversed(drawn)),
        most,
        earlier=sum(sum(quads) for month, quads in months.items() if month[:4] not in drawn),
        coarser=0,
        heads=tuple(names[i] for i in range(1, 13)),
        width=12 * (WIDE + GAP) - GAP,
    )


def _month(month: str, days: Mapping[str, Quads], most: int, address: Address) -> Block:
    first = date.fromisoformat(f"{month}-01")
    length = monthrange(first.year, first.month)[1]
    cells = []
    for number in range(length):
        day = (first + timedelta(days=number)).isoformat()
        week, weekday = divmod(first.weekday() + number, 7)
        at = weekday * STEP, week * STEP
        cells.append(_cell(day, day_words(day), days.get(day), at, most, address))
    weeks = -(-(first.weekday() + length) // 7)
    return Block(month, month_words(month), address(month), tuple(cells), weeks * STEP - GAP)


def _year(year: str, months: Mapping[str, Quads], most: int, address: Address) -> Block:
    cells = []
    for number in range(12):
        month = f"{year}-{number + 1:02}"
        at = number * (WIDE + GAP), 0
        cells.append(_cell(month, month_words(month), months.get(month), at, most, address))
    return Block(year, year, address(year), tuple(cells), LOW)


def _cell(
    period: str,
    words: str,
    quads: Quads | None,
    at: tuple[int, int],
    most: int,
    address: Address,
) -> Cell:
    quads = quads or (0, 0, 0, 0)
    count = sum(quads)
    lead = max(range(4), key=lambda i: (quads[i], i)) + 1 if count else 0
    level = -(-count * LEVELS // most)
    return Cell(period, words, quads, address(period), *at, lead, level)
