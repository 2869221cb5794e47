"""The record of an actor or a pair by month: cooperation and conflict as count, total and share.

In: events as numbers, quad classes, and the desk's events by month. Out: a row for every month
from the first to the last, empty ones too. What lies in no single month is counted apart, and what
was not done (planned, demanded, denied, alleged) is not counted at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dragoman.store.dossiers import Act, Mark
from dragoman.store.tallies import ALL, MonthTally, Tally, Wanted

DONE = frozenset({"happened", "ongoing"})
QuadOf = Callable[[str], int]
"""Category → quad class, 1 to 4."""
Tallied = TypeVar("Tallied", Tally, MonthTally)


@dataclass(frozen=True, slots=True)
class Month:
    month: str
    """ISO."""
    quads: tuple[int, int, int, int]
    """Verbal and material cooperation, verbal and material conflict."""
    cooperation: int
    conflict: int
    count: int
    total: int
    """Events of the whole desk in that month."""
    ratio: float | None
    """Count by total; None in a month of which the desk holds nothing."""


@dataclass(frozen=True, slots=True)
class Series:
    months: tuple[Month, ...]
    """Without gaps, from the first month with an event to the last."""
    coarse: int
    """Done, but dated no finer than a season, a year, or with an open end."""
    undated: int
    """Done, without any date."""
    not_done: int
    """Planned, demanded, threatened, denied, alleged, halted, or only thought of."""


def tallied(marks: Iterable[Mark]) -> list[Tally]:
    """Marks as the numbers that the store would give for them."""
    return [
        Tally(one.category, one.status, one.told_as, 1, not (one.start or one.end)) for one in marks
    ]


def done_by_month(marks: Iterable[Mark]) -> list[MonthTally]:
    """The done ones that lie wholly in a month, as the store would count them."""
    return [
        MonthTally(month, one.category, 1)
        for one in marks
        if one.status in DONE and (month := one.month) is not None
    ]


def done(wanted: Wanted = ALL) -> Wanted:
    """Of what is wanted that which was done."""
    asked = DONE if wanted.statuses is None else DONE.intersection(wanted.statuses)
    return replace(wanted, statuses=asked)


def less(tallies: Sequence[Tallied], others: Sequence[Tallied]) -> list[Tallied]:
    """What is left without others that are among them."""
    left = list(tallies)
    left.extend(one.away for one in others)
    return left


def series(
    tallies: Sequence[Tally],
    by_month: Sequence[MonthTally],
    quad_of: QuadOf,
    desk: Mapping[str, int],
) -> Series:
    """The events, and those of them that were done by month; `desk`: the whole desk's of these."""
    counts: Counter[tuple[str, int]] = Counter()
    for one in by_month:
        counts[one.month, quad_of(one.category)] += one.number
    ends = span(by_month)
    months = months_between(*ends) if ends is not None else ()
    all_done = [one for one in tallies if one.status in DONE]
    undated = sum(one.undated for one in all_done)
    return Series(
        months=tuple(_month(month, counts, desk.get(month, 0)) for month in months),
        coarse=sum(one.number for one in all_done) - counts.total() - undated,
        undated=undated,
        not_done=sum(one.number for one in tallies if one.status not in DONE),
    )


def _month(month: str, counts: Counter[tuple[str, int]], total: int) -> Month:
    one, two, three, four = (counts[month, quad] for quad in (1, 2, 3, 4))
    count = one + two + three + four
    return Month(
        month=month,
        quads=(one, two, three, four),
        cooperation=one + two,
        conflict=three + four,
        count=count,
        total=total,
        ratio=round(count / total, 4) if total else None,
    )


def span(by_month: Iterable[MonthTally]) -> tuple[str, str] | None:
    """The first and the last month with an event."""
    numbers: Counter[str] = Counter()
    for one in by_month:
        numbers[one.month] += one.number
    named = sorted(month for month, number in numbers.items() if number)
    return (named[0], named[-1]) if named else None


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every ISO month from one to another, both included."""
    return tuple(_months(first, last))


def _months(first: str, last: str) -> Iterator[str]:
    year, number = int(first[:4]), int(first[5:7])
    while (month := f"{year:04}-{number:02}") <= last:
        yield month
        year, number = (year + 1, 1) if number == 12 else (year, number + 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which events a reader asks for; what is empty or None leaves nothing out."""

    categories: Collection[str] = ()
    quads: Collection[int] = ()
    way: str | None = None
    """ab (did), ba (was done to) or both (in one act)."""
    statuses: Collection[str] = ()
    told_as: Collection[str] = ()
    languages: Collection[str] = ()
    origins: int = 0
    """At least so many."""
    first: str | None = None
    last: str | None = None
    """ISO days, months or years: dates that overlap them."""

    @property
    def looks_closer(self) -> bool:
        """Whether it asks for what only the events and reports themselves tell."""
        return bool(self.way or self.languages or self.origins)

    def wanted(self, categories: Iterable[str], quad_of: QuadOf) -> Wanted:
        """The part of it that the store's columns tell; `categories`: those that there are."""
        asked = [
            one
            for one in categories
            if (not self.categories or one in self.categories)
            and (not self.quads or quad_of(one) in self.quads)
        ]
        return Wanted(
            categories=asked if self.categories or self.quads else None,
            statuses=self.statuses or None,
            told_as=self.told_as or None,
            first=self.first,
            last=self.last,
        )

    def takes(self, mark: Mark, quad_of: QuadOf, way_of: Callable[[Mark], str]) -> bool:
        return (
            (not self.categories or mark.category in self.categories)
            and (not self.quads or quad_of(mark.category) in self.quads)
            and (not self.statuses or mark.status in self.statuses)
            and (not self.told_as or mark.told_as in self.told_as)
            and (not self.languages or any(one in self.languages for one in mark.languages))
            and mark.origins >= self.origins
            and self._overlaps(mark)
            and (self.way is None or way_of(mark) == self.way)
        )

    def _overlaps(self, mark: Mark) -> bool:
        """An undated event overlaps nothing; "2024" covers the year, "2024-03" the month."""
        low, high = mark.start or mark.end, mark.end or mark.start
        if self.first is not None and not (high is not None and high >= self.first):
            return False
        return self.last is None or (low is not None and low[: len(self.last)] <= self.last)


def way_of(mark: Mark | Act, a: str) -> str:
    """How an act goes between `a` and the other side: ab, ba, or both where they do it together."""
    if mark.is_mutual:
        return "both"
    return "ab" if mark.source == a else "ba"
