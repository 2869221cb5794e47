"""Bars of events by month (or year) and quad class: geometry for an SVG drawn by a template.

In: the months of a record, and its turning points. Out: `Chart` with bars, axis labels, the share
of the desk's events below them, and the same numbers as a table. Cooperation stands above the axis,
conflict below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from babel.dates import format_date

from dragoman.publish.wording import gettext, spoken_language
from dragoman.publish.words import QUADS, counted, month_words, percent
from dragoman.record.dossier import Month

MOST_MONTHS = 36
WIDTH, BODY, LABEL = 720, 150, 28
STRIP, GAP = 30, 8
"""The shares below the bars."""
FEW = 10
"""Events of the desk in a month, below which a share says nothing: one of one is all of them."""
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
    """0 for a share."""
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
    total: int
    """Events of the whole desk."""
    ratio: float | None

    @property
    def count(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True, slots=True)
class Chart:
    unit: str
    columns: tuple[Column, ...]
    bars: tuple[Bar, ...] = field(metadata=DRAWN)
    shares: tuple[Bar, ...] = field(metadata=DRAWN)
    ticks: tuple[Tick, ...] = field(metadata=DRAWN)
    turns: tuple[Tick, ...] = field(metadata=DRAWN)
    """Where the record turns, between two columns."""
    most: int
    most_share: float | None
    """The greatest that is drawn."""
    few: int | None = field(metadata=DRAWN)
    """Where a share is left out: it is drawn only of at least so many events of the desk."""
    axis: float = field(metadata=DRAWN)
    width: int = field(default=WIDTH, metadata=DRAWN)
    body: int = field(default=BODY, metadata=DRAWN)
    floor: int = field(default=BODY + GAP + STRIP, metadata=DRAWN)
    height: int = field(default=BODY + GAP + STRIP + LABEL, metadata=DRAWN)

    @property
    def description(self) -> str:
        total = [sum(column.numbers[i] for column in self.columns) for i in range(4)]
        first, last = self.columns[0].words, self.columns[-1].words
        words = (
            gettext("%(events)s in %(first)s: %(parts)s.")
            if first == last
            else gettext("%(events)s by month from %(first)s to %(last)s: %(parts)s.")
            if self.unit == "month"
            else gettext("%(events)s by year from %(first)s to %(last)s: %(parts)s.")
        )
        return words % {
            "events": counted(sum(total), "event"),
            "first": first,
            "last": last,
            "parts": ", ".join(f"{n} {gettext(QUADS[i])}" for i, n in enumerate(total, 1) if n),
        }


def chart(months: Sequence[Month], turns: Iterable[str] = ()) -> Chart | None:
    """None where there is no month. `turns`: ISO months with which something new begins."""
    if not months:
        return None
    unit = "month" if len(months) <= MOST_MONTHS else "year"
    columns = _columns(months, 7 if unit == "month" else 4)
    above = max(sum(column.numbers[:2]) for column in columns)
    below = max(sum(column.numbers[2:]) for column in columns)
    ratios = [column.ratio for column in columns if column.ratio and column.total >= FEW]
    scale = _Scale(
        WIDTH / len(columns),
        BODY / (above + below),
        BODY * above / (above + below),
        STRIP / (max(ratios, default=0) or 1),
    )
    return Chart(
        unit,
        columns,
        bars=tuple(bar for i, column in enumerate(columns) for bar in _bars(column, i, scale)),
        shares=tuple(
            _share(c, i, scale) for i, c in enumerate(columns) if c.total >= FEW and c.ratio
        ),
        ticks=_ticks(columns, scale.step),
        turns=tuple(_turn(month, columns, scale.step) for month in dict.fromkeys(turns)),
        most=max(above, below),
        most_share=max(ratios, default=None),
        few=FEW if any(0 < column.total < FEW for column in columns) else None,
        axis=round(scale.axis, 1),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    step: float
    """Width of one column."""
    unit: float
    """Height of one event."""
    axis: float
    """Distance of the axis from the top."""
    share: float
    """Height of all of the desk's events."""

    @property
    def width(self) -> float:
        return min(self.step * 0.72, WIDEST)

    def left(self, index: int) -> float:
        return round(self.step * index + (self.step - self.width) / 2, 1)


def _columns(months: Sequence[Month], digits: int) -> tuple[Column, ...]:
    """Months put together by the first digits of their name."""
    made = []
    for period, group in groupby(months, key=lambda month: month.month[:digits]):
        found = list(group)
        one, two, three, four = (sum(month.quads[i] for month in found) for i in range(4))
        count, total = one + two + three + four, sum(month.total for month in found)
        ratio = round(count / total, 4) if total else None
        made.append(Column(period, month_words(period), (one, two, three, four), total, ratio))
    return tuple(made)


def _bars(column: Column, index: int, scale: _Scale) -> Iterable[Bar]:
    for quads, upward in (((1, 2), True), ((3, 4), False)):
        edge = scale.axis
        for quad in quads:
            number = column.numbers[quad - 1]
            if not number:
                continue
            height = number * scale.unit
            y = edge - height if upward else edge
            edge = y if upward else edge + height
            title = f"{_colon(column.words)} {number} {gettext(QUADS[quad])}"
            yield Bar(
                scale.left(index), round(y, 1), round(scale.width, 1), round(height, 1), quad, title
            )


def _share(column: Column, index: int, scale: _Scale) -> Bar:
    ratio = column.ratio or 0.0
    height = round(ratio * scale.share, 1)
    floor = BODY + GAP + STRIP
    of_all = gettext("%(part)s of %(events)s of the desk") % {
        "part": column.count,
        "events": counted(column.total, "event"),
    }
    return Bar(
        scale.left(index),
        round(floor - height, 1),
        round(scale.width, 1),
        height,
        0,
        f"{_colon(column.words)} {of_all}, {percent(ratio)}",
    )


def _colon(words: str) -> str:
    return gettext("%s:") % words


def _turn(month: str, columns: Sequence[Column], step: float) -> Tick:
    """At the left of the month's column; in a chart of years, as far into its year."""
    digits = len(columns[0].period)
    at = next(i for i, column in enumerate(columns) if column.period == month[:digits])
    within = (int(month[5:7]) - 1) / 12 if digits == 4 else 0.0
    return Tick(round((at + within) * step, 1), month_words(month))


def _ticks(columns: Sequence[Column], step: float) -> tuple[Tick, ...]:
    """A label for every year's first column; for a short chart, for some months too."""
    every = max(1, -(-len(columns) // 6))
    return tuple(
        Tick(round(min(max(step * (i + 0.5), EDGE), WIDTH - EDGE), 1), _short(column))
        for i, column in enumerate(columns)
        if i % every == 0
    )


def _short(column: Column) -> str:
    """ "Mar 2024"; a year as it is."""
    if len(column.period) == 4:
        return column.period
    first = date.fromisoformat(f"{column.period}-01")
    return format_date(first, "MMM y", locale=spoken_language())
