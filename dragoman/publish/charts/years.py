"""Small multiples: one panel for each year, all on one scale, with its months as bars.

In: the months of a record. Out: panels, each with a path for every quad class. Cooperation stands
above the line, conflict below. Years without an event are left out; of too many the latest stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dragoman.publish.charts.months import DRAWN
from dragoman.record.dossier import Month

STEP, BODY = 8, 48
WIDTH = 12 * STEP
UNIT = 8
"""An event is no higher than this."""
MOST = 24


@dataclass(frozen=True, slots=True)
class Panel:
    year: str
    cooperation: int
    conflict: int
    paths: tuple[tuple[int, str], ...] = field(metadata=DRAWN)
    """For each quad class that there is."""

    @property
    def count(self) -> int:
        return self.cooperation + self.conflict


@dataclass(frozen=True, slots=True)
class Years:
    panels: tuple[Panel, ...]
    earlier: int
    """Years before them that are not drawn."""
    axis: float = field(metadata=DRAWN)
    width: int = field(default=WIDTH, metadata=DRAWN)
    height: int = field(default=BODY, metadata=DRAWN)


def years(months: Sequence[Month]) -> Years | None:
    """None where there are not two years to compare."""
    by_year = {year: list(some) for year, some in groupby(months, key=lambda one: one.month[:4])}
    full = [year for year, some in by_year.items() if any(month.count for month in some)]
    if len(full) < 2:
        return None
    drawn = [month for year in full[-MOST:] for month in by_year[year]]
    above = max(month.cooperation for month in drawn)
    below = max(month.conflict for month in drawn)
    unit = min(UNIT, BODY / (above + below))
    axis = round((BODY + (above - below) * unit) / 2, 1)
    return Years(
        tuple(_panel(year, by_year[year], unit, axis) for year in full[-MOST:]),
        earlier=max(0, len(full) - MOST),
        axis=axis,
    )


def _panel(year: str, months: Sequence[Month], unit: float, axis: float) -> Panel:
    bars: dict[int, str] = {}
    for quad, path in (bar for month in months for bar in _bars(month, unit, axis)):
        bars[quad] = bars.get(quad, "") + path
    return Panel(
        year,
        sum(month.cooperation for month in months),
        sum(month.conflict for month in months),
        tuple(sorted(bars.items())),
    )


def _bars(month: Month, unit: float, axis: float) -> Iterator[tuple[int, str]]:
    """Material acts nearest to the line."""
    left = (int(month.month[5:7]) - 1) * STEP + 1
    for quads, sign in (((2, 1), -1), ((4, 3), 1)):
        at = axis
        for quad in quads:
            number = month.quads[quad - 1]
            if number:
                height = round(number * unit, 1) * sign
                yield quad, f"M{left} {at:.1f}h{STEP - 2}v{height}h-{STEP - 2}z"
                at += height
