"""A strip of bars, one for each month (or year): how many of the hits of a query lie in it.

In: numbers by month and by year. Out: bars for an SVG, each a link, and the same as a table. It
looks nothing up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.publish.charts.months import DRAWN
from dragoman.publish.words import month_words

WIDTH, BODY, LABEL = 640, 64, 20
MOST = 48
"""Bars. Over more months the years are drawn, and of more years the last ones."""
WIDEST = 24
LEAST = 2.0
"""Height of a bar for one event beside a thousand."""
EDGE = 46
"""Room for half a label at either end."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month or year with its number of hits; `address`: of the search narrowed down to it."""

    period: str
    words: str
    count: int
    address: str
    x: float = field(metadata=DRAWN)
    y: float = field(metadata=DRAWN)
    width: float = field(metadata=DRAWN)
    height: float = field(metadata=DRAWN)
    step: float = field(metadata=DRAWN)
    """Width of the column, bar and gap together."""
    left: float = field(metadata=DRAWN)


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    unit: str
    periods: tuple[Period, ...]
    """With those between them in which nothing lies."""
    earlier: int
    """Hits before the first bar."""
    ticks: tuple[Tick, ...] = field(metadata=DRAWN)
    width: int = field(default=WIDTH, metadata=DRAWN)
    body: int = field(default=BODY, metadata=DRAWN)
    height: int = field(default=BODY + LABEL, metadata=DRAWN)


def strip(
    months: Mapping[str, int], years: Mapping[str, int], to: Callable[[str], str]
) -> Strip | None:
    """`to`: from a month or year to an address. None where there are not two periods to compare."""
    names, unit, counts = _months(months), "month", months
    if len(names) > MOST:
        names, unit, counts = _years(years), "year", years
    shown = names[-MOST:]
    if len(shown) < 2:
        return None
    step = WIDTH / len(shown)
    most = max(counts.get(name, 0) for name in shown)
    return Strip(
        unit,
        tuple(
            _period(name, counts.get(name, 0), i, step, most, to) for i, name in enumerate(shown)
        ),
        earlier=sum(number for name, number in counts.items() if name < shown[0]),
        ticks=tuple(_ticks(shown, step)),
    )


def _period(
    name: str, number: int, index: int, step: float, most: int, to: Callable[[str], str]
) -> Period:
    width = min(step * 0.76, WIDEST)
    height = max(BODY * number / most, LEAST) if number else 0.0
    return Period(
        name,
        month_words(name),
        number,
        to(name),
        x=round(step * index + (step - width) / 2, 1),
        y=round(BODY - height, 1),
        width=round(width, 1),
        height=round(height, 1),
        step=round(step, 1),
        left=round(step * index, 1),
    )


def _months(counts: Mapping[str, int]) -> list[str]:
    """All from the first to the last."""
    if not counts:
        return []
    first, last = (int(one[:4]) * 12 + int(one[5:7]) - 1 for one in (min(counts), max(counts)))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]


def _years(counts: Mapping[str, int]) -> list[str]:
    return [f"{year:04}" for year in range(int(min(counts)), int(max(counts)) + 1)]


def _ticks(names: Sequence[str], step: float) -> Iterator[Tick]:
    """A label for the first month of each year, or for some of the months or years."""
    starts = [i for i, name in enumerate(names) if name.endswith("-01")]
    every = max(1, -(-len(names) // 6))
    marked = starts if len(starts) > 1 else range(0, len(names), every)
    for i in marked:
        x = min(max(step * (i + 0.5), EDGE), WIDTH - EDGE)
        yield Tick(round(x, 1), names[i][:4] if len(starts) > 1 else month_words(names[i]))
