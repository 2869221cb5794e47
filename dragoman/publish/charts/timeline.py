"""A line of time for charts: periods of one length, places of days on it, and its ticks.

In: ISO days. Out: periods with the words and bounds they are asked for by, distances from the left,
labels. A date that lies in no one period has none; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date

from dragoman.publish.wording import gettext, spoken_language
from dragoman.publish.words import day_words, month_words

DAY = 0
"""A length of less than a month; other lengths are months."""
LENGTHS = (1, 3, 6, 12, 24, 60, 120, 600, 1200)
MOST_TICKS = 7
_STEPS = (*LENGTHS[:4], 24, 60, 120, 240, 600, 1200)
"""Months between two ticks."""
_DAYS = (1, 2, 7)
"""Days between two ticks of a short time."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    start: date
    end: date
    """The day after its last."""

    @property
    def first(self) -> str:
        """As an address asks for it: a day, month or year."""
        return _bound(self.start, self._length)

    @property
    def last(self) -> str:
        return _bound(self.end - timedelta(days=1), self._length)

    @property
    def words(self) -> str:
        """ "3 March 2024", "March 2024", "January to March 2024", "2024", "2020 to 2029"."""
        if self._length == DAY:
            return day_words(self.first)
        if self._length == 1 or self.first == self.last:
            return month_words(self.first)
        first, last = month_words(self.first), month_words(self.last)
        if self._length < 12:
            first = first.removesuffix(f" {self.start.year}")
        return gettext("%(first)s to %(last)s") % {"first": first, "last": last}

    @property
    def _length(self) -> int:
        """In months."""
        if (self.end - self.start).days == 1:
            return DAY
        return 12 * (self.end.year - self.start.year) + self.end.month - self.start.month


def _bound(day: date, length: int) -> str:
    if length == DAY:
        return day.isoformat()
    return f"{day.year:04}" if length % 12 == 0 else day.isoformat()[:7]


@lru_cache(maxsize=4096)
def period(length: int, start: str, end: str) -> Period | None:
    """The period of a length in which two days lie; None where it is not one and the same."""
    number = number_of(length, start)
    if number != number_of(length, end):
        return None
    if length == DAY:
        after = min(number + 1, date.max.toordinal())
        return Period(date.fromordinal(number), date.fromordinal(after))
    return Period(_first_of(number * length), _first_of((number + 1) * length))


def number_of(length: int, day: str) -> int:
    """Of the period in which a day lies; the next one has the next number."""
    return date.fromisoformat(day).toordinal() if length == DAY else _month(day) // length


def periods(length: int, span: Period) -> int:
    """How many of a length a span takes."""
    if length == DAY:
        return (span.end - span.start).days
    last = (span.end - timedelta(days=1)).isoformat()
    return _month(last) // length - _month(span.start.isoformat()) // length + 1


def _month(day: str) -> int:
    """Number of a month since the year 0."""
    return 12 * int(day[:4]) + int(day[5:7]) - 1


def _first_of(month: int) -> date:
    """Of its first day; before the calendar's beginning and after its end the nearest there is."""
    year = month // 12
    if year < 1:
        return date.min
    return date(year, month % 12 + 1, 1) if year <= date.max.year else date.max


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str
    is_minor: bool
    """Left out where there is little room."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """From the first day of a span to its last, over a width."""

    span: Period
    width: float

    def x(self, day: date) -> float:
        whole = (self.span.end - self.span.start).days
        return self.width * (day - self.span.start).days / whole

    def ticks(self) -> tuple[Tick, ...]:
        """At most `MOST_TICKS` and one, at the beginnings of years, months or days."""
        days, words = self._marks()
        return tuple(
            Tick(
                round(self.x(day), 1), format_date(day, words, locale=spoken_language()), i % 2 == 1
            )
            for i, day in enumerate(days)
        )

    def _marks(self) -> tuple[list[date], str]:
        whole = (self.span.end - self.span.start).days
        for step in _DAYS:
            if whole <= step * MOST_TICKS:
                return list(self._days(step)), "d MMM y" if step == 1 else "d MMM"
        step = next(
            (one for one in _STEPS if periods(one, self.span) <= MOST_TICKS + 1), _STEPS[-1]
        )
        return list(self._months(step)), "y" if step % 12 == 0 else "MMM y"

    def _days(self, step: int) -> Iterator[date]:
        for number in range(self.span.start.toordinal(), self.span.end.toordinal(), step):
            yield date.fromordinal(number)

    def _months(self, step: int) -> Iterator[date]:
        month = -(-_month(self.span.start.isoformat()) // step) * step
        while (day := _first_of(month)) < self.span.end:
            yield day
            month += step
