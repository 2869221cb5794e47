"""Bars of events by month (or year) and quad class: geometry for an SVG drawn by a template.

In: dated event lines. Out: `Chart` with bars, axis labels and the same numbers as a table.
Cooperation stands above the axis, conflict below. Draws nothing that has no day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.publish.lines import EventLine
from dragoman.publish.words import QUADS, YEAR_LIKE, counted, month_words

DONE = frozenset({"happened", "ongoing"})
"""What is planned, demanded, denied or alleged is not counted as done."""
MOST_MONTHS = 36
WIDTH, BODY, LABEL = 720, 150, 28
EDGE = 46
"""Room for half a label at either end, also in the large type of a small screen."""
DRAWN = {"json": False}
"""Marks fields that only a drawing needs."""
WIDEST = 28
"""A bar is no wider than this, so that two months don't fill the page."""


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    quad: int
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """One month or year with its number of events in each quad class, 1 to 4."""

    period: str
    words: str
    numbers: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Chart:
    unit: str
    columns: tuple[Column, ...]
    bars: tuple[Bar, ...] = field(metadata=DRAWN)
    ticks: tuple[Tick, ...] = field(metadata=DRAWN)
    most: int
    axis: float = field(metadata=DRAWN)
    width: int = field(default=WIDTH, metadata=DRAWN)
    height: int = field(default=BODY + LABEL, metadata=DRAWN)

    @property
    def description(self) -> str:
        total = [sum(column.numbers[i] for column in self.columns) for i in range(4)]
        parts = ", ".join(f"{n} {QUADS[i]}" for i, n in enumerate(total, 1) if n)
        first, last = self.columns[0].words, self.columns[-1].words
        span = f"in {first}" if first == last else f"by {self.unit} from {first} to {last}"
        return f"{counted(sum(total), 'event')} {span}: {parts}."


def chart(lines: Iterable[EventLine]) -> Chart | None:
    """None where nothing is both dated and done."""
    months = Counter(
        (line.date.start[:7], line.quad)
        for line in lines
        if line.date is not None
        and line.date.start
        and line.date.precision not in YEAR_LIKE
        and line.status in DONE
        and line.judged != "wrong"
    )
    if not months:
        return None
    periods = _months(min(months)[0], max(months)[0])
    unit = "month"
    if len(periods) > MOST_MONTHS:
        unit = "year"
        years: Counter[tuple[str, int]] = Counter()
        for (month, quad), number in months.items():
            years[month[:4], quad] += number
        months, periods = years, [str(y) for y in range(int(periods[0][:4]), _year(periods) + 1)]
    columns = tuple(_column(period, months) for period in periods)
    above = max(sum(column.numbers[:2]) for column in columns)
    below = max(sum(column.numbers[2:]) for column in columns)
    scale = _Scale(WIDTH / len(columns), BODY / (above + below), BODY * above / (above + below))
    bars = tuple(bar for i, column in enumerate(columns) for bar in _bars(column, i, scale))
    ticks = _ticks(columns, scale.step)
    return Chart(unit, columns, bars, ticks, max(above, below), round(scale.axis, 1))


@dataclass(frozen=True, slots=True)
class _Scale:
    step: float
    """Width of one column."""
    unit: float
    """Height of one event."""
    axis: float
    """Distance of the axis from the top."""


def _year(periods: Sequence[str]) -> int:
    return int(periods[-1][:4])


def _months(first: str, last: str) -> list[str]:
    year, month = int(first[:4]), int(first[5:7])
    found = [first]
    while found[-1] < last:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        found.append(f"{year:04}-{month:02}")
    return found


def _column(period: str, numbers: Counter[tuple[str, int]]) -> Column:
    one, two, three, four = (numbers[period, quad] for quad in (1, 2, 3, 4))
    return Column(period, month_words(period), (one, two, three, four))


def _bars(column: Column, index: int, scale: _Scale) -> Iterable[Bar]:
    width = min(scale.step * 0.72, WIDEST)
    x = scale.step * index + (scale.step - width) / 2
    for quads, upward in (((1, 2), True), ((3, 4), False)):
        edge = scale.axis
        for quad in quads:
            number = column.numbers[quad - 1]
            if not number:
                continue
            height = number * scale.unit
            y = edge - height if upward else edge
            edge = y if upward else edge + height
            title = f"{column.words}: {number} {QUADS[quad]}"
            yield Bar(round(x, 1), round(y, 1), round(width, 1), round(height, 1), quad, title)


def _ticks(columns: Sequence[Column], step: float) -> tuple[Tick, ...]:
    """A label for every year's first column; for a short chart, for some months too."""
    every = max(1, -(-len(columns) // 6))
    return tuple(
        Tick(round(min(max(step * (i + 0.5), EDGE), WIDTH - EDGE), 1), _short(column))
        for i, column in enumerate(columns)
        if i % every == 0
    )


def _short(column: Column) -> str:
    month, _, year = column.words.partition(" ")
    return f"{month[:3]} {year}" if year else month
