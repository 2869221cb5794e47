"""The record beside an event file of others: what both have, and what either has alone.

In: events of the desk, rows of the file, and what counts as the same. Out: `Comparison`. That two
machines agree makes neither right; what can't be compared is told apart, with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from dragoman.checking.asked import Quads, kilometres, may_be
from dragoman.checking.assigning import assigned
from dragoman.checking.foreign import ForeignEvent, Odd, Row
from dragoman.model import Status
from dragoman.model.query import EVERYTHING, Query

LONGEST = 7
"""Days that an event of the desk may last, to be laid beside a row of one day."""
ODD_SHOWN = 10
Left = Literal["both", "here", "there", "again"]
WHERE: tuple[Left, ...] = ("both", "here", "there", "again")
"""In both; only on the desk; only in the file; in the file once more, for an event that has a row
already, as copies make them."""
Aside = Literal["malformed", "no category", "no actor", "outside the days", "not asked for"]
Unfit = Literal["no actor", "no day", "outside the file's days"]


@dataclass(frozen=True, slots=True)
class Ours:
    """An event of the desk, as it is compared. `start` and `end` are its first and last day."""

    id: str
    start: date | None
    end: date | None
    source: str | None
    target: str | None
    category: str
    status: Status
    spot: tuple[float, float] | None
    sentence: str
    address: str

    @property
    def days(self) -> tuple[date, date] | None:
        """None where it is not dated to some few days."""
        if self.start is None or self.end is None or (self.end - self.start).days >= LONGEST:
            return None
        return self.start, self.end

    def apart(self, day: date) -> int:
        """Days from the nearest of its own."""
        first, last = self.days or (day, day)
        return max((first - day).days, (day - last).days, 0)


@dataclass(frozen=True, slots=True)
class Alike:
    """What counts as the same happening."""

    days: int = 1
    km: float = 50.0
    by_quad: bool = False
    """The quad class instead of the category."""
    unordered: bool = False
    """Whichever of the two is the source."""


@dataclass(frozen=True, slots=True)
class Pair:
    ours: Ours
    theirs: ForeignEvent
    apart: int
    """Days."""
    km: float | None


@dataclass(slots=True)
class Comparison:
    both: list[Pair] = field(default_factory=list)
    here: list[Ours] = field(default_factory=list)
    there: list[ForeignEvent] = field(default_factory=list)
    again: list[ForeignEvent] = field(default_factory=list)
    unfit: Counter[Unfit] = field(default_factory=Counter)
    """Events of the desk that can't be compared."""
    aside: Counter[Aside] = field(default_factory=Counter)
    """Rows of the file that can't."""
    odd: list[Odd] = field(default_factory=list)
    """The first of the malformed lines."""
    first: date | None = None
    """The first and the last day that the file has rows of."""
    last: date | None = None
    undecided: bool = False
    """Whether the query asks for what rows of the file don't have, such as words."""

    def by_category(self) -> dict[str, Counter[Left]]:
        return self._tallied(lambda ours: ours.category, lambda theirs: theirs.categories[0])

    def by_month(self) -> dict[str, Counter[Left]]:
        return self._tallied(
            lambda ours: f"{ours.start:%Y-%m}", lambda theirs: f"{theirs.day:%Y-%m}"
        )

    def _tallied(
        self, of_ours: Callable[[Ours], str], of_theirs: Callable[[ForeignEvent], str]
    ) -> dict[str, Counter[Left]]:
        found: dict[str, Counter[Left]] = {}
        for pair in self.both:
            found.setdefault(of_ours(pair.ours), Counter())["both"] += 1
        for one in self.here:
            found.setdefault(of_ours(one), Counter())["here"] += 1
        for row in self.there:
            found.setdefault(of_theirs(row), Counter())["there"] += 1
        for row in self.again:
            found.setdefault(of_theirs(row), Counter())["again"] += 1
        return dict(sorted(found.items()))


def compare(
    ours: Iterable[Ours],
    rows: Iterable[Row],
    quads: Quads,
    alike: Alike,
    asked: Query = EVERYTHING,
) -> Comparison:
    """One event to one row: the same pair and category, at most so many days apart, and at most so
    many kilometres where both tell a town. As many pairs as can be; among those the ones nearest in
    time, then those that share a town, a category, a direction."""
    made = Comparison()
    known = sorted(_fit(ours, made), key=lambda one: (one.start, one.id))
    theirs = list(_comparable(rows, known, quads, alike, asked, made))
    fit = list(_within(known, alike.days, made))
    matcher = _Matcher(fit, theirs, quads, alike)
    pairs = assigned(len(fit), matcher.edges)
    made.both = [matcher.pair(left, right) for left, right in sorted(pairs.items())]
    made.here = [one for left, one in enumerate(fit) if left not in pairs]
    taken = set(pairs.values())
    fitting = {right for left in range(len(fit)) for right, _ in matcher.edges(left)}
    for right, row in enumerate(theirs):
        if right not in taken:
            (made.again if right in fitting else made.there).append(row)
    return made


def _fit(ours: Iterable[Ours], made: Comparison) -> Iterator[Ours]:
    for one in ours:
        if one.source is None or one.target is None:
            made.unfit["no actor"] += 1
        elif one.days is None:
            made.unfit["no day"] += 1
        else:
            yield one


def _within(ours: Iterable[Ours], days: int, made: Comparison) -> Iterator[Ours]:
    """Events of days that the file tells of: of others it can't be missing anything."""
    more = timedelta(days=days)
    for one in ours:
        if made.first and made.last and one.days:
            start, end = one.days
            if end < made.first - more or start > made.last + more:
                made.unfit["outside the file's days"] += 1
                continue
        yield one


def _comparable(
    rows: Iterable[Row],
    ours: Sequence[Ours],
    quads: Quads,
    alike: Alike,
    asked: Query,
    made: Comparison,
) -> Iterator[ForeignEvent]:
    """Rows that something on the desk could be, or that something there should be for."""
    span = _span(ours, alike.days)
    for row in rows:
        if isinstance(row, Odd):
            made.aside["malformed"] += 1
            if len(made.odd) < ODD_SHOWN:
                made.odd.append(row)
            continue
        made.first = min(made.first or row.day, row.day)
        made.last = max(made.last or row.day, row.day)
        answer = may_be(asked, row, quads)
        made.undecided = made.undecided or answer is None
        reason = _aside(row, span, answer)
        if reason is not None:
            made.aside[reason] += 1
        else:
            yield row


def _aside(row: ForeignEvent, span: tuple[date, date] | None, answer: bool | None) -> Aside | None:
    if not row.categories:
        return "no category"
    if not row.sources or not row.targets:
        return "no actor"
    if span is not None and not span[0] <= row.day <= span[1]:
        return "outside the days"
    return "not asked for" if answer is False else None


def _span(ours: Sequence[Ours], days: int) -> tuple[date, date] | None:
    """The days of the events found, and those around them that may still be theirs."""
    known = [one.days for one in ours if one.days is not None]
    if not known:
        return None
    more = timedelta(days=days)
    return min(first for first, _ in known) - more, max(last for _, last in known) + more


class _Matcher:
    """Which rows an event may be, looked up by pair and day."""

    def __init__(
        self, ours: Sequence[Ours], theirs: Sequence[ForeignEvent], quads: Quads, alike: Alike
    ) -> None:
        self._ours = ours
        self._theirs = theirs
        self._quads = quads
        self._alike = alike
        self._at: dict[tuple[str, str], dict[date, list[int]]] = {}
        for number, row in enumerate(theirs):
            for key in {self._key(s, t) for s in row.sources for t in row.targets}:
                self._at.setdefault(key, {}).setdefault(row.day, []).append(number)

    def _key(self, source: str, target: str) -> tuple[str, str]:
        if self._alike.unordered and target < source:
            return target, source
        return source, target

    def edges(self, left: int) -> Iterator[tuple[int, int]]:
        """Rows that an event may be, each with what speaks against it."""
        ours = self._ours[left]
        assert ours.source and ours.target and ours.days  # noqa: PT018  # those that fit have them
        by_day = self._at.get(self._key(ours.source, ours.target))
        if by_day is None:
            return
        first, last = ours.days
        for step in range(-self._alike.days, (last - first).days + self._alike.days + 1):
            for right in by_day.get(first + timedelta(days=step), ()):
                cost = self._cost(ours, self._theirs[right])
                if cost is not None:
                    yield right, cost

    def _cost(self, ours: Ours, theirs: ForeignEvent) -> int | None:
        """None where it is not the same: of days most, then place, category, direction."""
        same_category = ours.category in theirs.categories
        if not same_category:
            same_quad = any(
                self._quads.get(one) == self._quads.get(ours.category) for one in theirs.categories
            )
            if not (self._alike.by_quad and same_quad):
                return None
        km = _km(ours, theirs)
        if km is not None and km > self._alike.km:
            return None
        same_way = ours.source in theirs.sources and ours.target in theirs.targets
        return (
            8 * ours.apart(theirs.day) + 4 * (km is None) + 2 * (not same_category) + (not same_way)
        )

    def pair(self, left: int, right: int) -> Pair:
        ours, theirs = self._ours[left], self._theirs[right]
        return Pair(ours, theirs, ours.apart(theirs.day), _km(ours, theirs))


def _km(ours: Ours, theirs: ForeignEvent) -> float | None:
    if ours.spot is None or theirs.spot is None:
        return None
    return kilometres(ours.spot, theirs.spot)
