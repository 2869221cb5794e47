"""A line of small bars, one for each day: how many articles a story got.

In: days and the last one to draw. Out: bars for an SVG, and the same in words. It looks nothing up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.publish.charts.months import DRAWN
from dragoman.publish.wording import gettext
from dragoman.publish.words import counted, day_words

DAYS = 14
STEP, GAP, HEIGHT = 6, 1, 18
LEAST = 1.5
"""Height of a day without articles, so that days can be counted."""


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: float
    height: float
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Sparkline:
    """`numbers`: articles on each day, the last one being `end`."""

    end: str
    numbers: tuple[int, ...]
    bars: tuple[Bar, ...] = field(metadata=DRAWN)
    width: int = field(default=DAYS * STEP, metadata=DRAWN)
    height: int = field(default=HEIGHT, metadata=DRAWN)

    @property
    def description(self) -> str:
        total, busiest = sum(self.numbers), max(self.numbers)
        ago = len(self.numbers) - 1 - self.numbers.index(busiest)
        peak = date.fromisoformat(self.end) - timedelta(days=ago)
        return gettext("%(articles)s in %(days)s to %(last)s, most on %(peak)s (%(most)s)") % {
            "articles": counted(total, "article"),
            "days": counted(len(self.numbers), "day"),
            "last": day_words(self.end),
            "peak": day_words(peak.isoformat()),
            "most": busiest,
        }


def sparkline(days: Iterable[str], end: str) -> Sparkline | None:
    """Of the `DAYS` days up to `end` (ISO days); None where none of them has an article."""
    last = date.fromisoformat(end)
    counts = Counter(days)
    names = [(last - timedelta(days=DAYS - 1 - i)).isoformat() for i in range(DAYS)]
    numbers = tuple(counts[name] for name in names)
    most = max(numbers)
    return Sparkline(end, numbers, tuple(_bars(numbers, most))) if most else None


def _bars(numbers: Iterable[int], most: int) -> Iterable[Bar]:
    for i, number in enumerate(numbers):
        height = round(max(HEIGHT * number / most, LEAST), 1)
        yield Bar(i * STEP, round(HEIGHT - height, 1), height, not number)
