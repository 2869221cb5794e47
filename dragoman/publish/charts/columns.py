"""Acts as columns of a drawing: which stand one upon the other, where, and how wide.

In: acts with their days, ways and quad classes. Out: an `Arrangement`. Few acts stand each at its
own place, many are put together by the shortest period for which the drawing stays small. An act
whose date is open, or lies in no one period, stands nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.publish.charts.timeline import DAY, LENGTHS, Period, Timeline, number_of, period

WIDTH, BODY = 840, 300
UNIT = 14
"""An act is no higher than this."""
SINGLE, SLOT = 90, 14
"""So many acts at most are marks of their own, each in a slot so wide; all must be as high as"""
LOW = 5
WIDEST, FILLED = 24, 0.8
"""Of a column that counts a period; how much of the period it fills."""
FEW_DAYS = 31
"""Acts within so many days are drawn over these days alone, with the one before, and over a week
at the least."""
COLUMNS, BYTES = 120, 34_000
"""What a drawing may have of columns, and about what its marks may take."""
PER_MARK, PER_CELL = 190, 48


@dataclass(frozen=True, slots=True)
class Act:
    id: str
    way: str
    quad: int
    words: str
    """What was done."""
    start: str | None
    end: str | None
    month: str | None
    """Where it lies wholly in one."""
    is_done: bool

    @property
    def is_conflict(self) -> bool:
        return self.quad > 2

    @property
    def is_dated(self) -> bool:
        """Whether it is known from which day to which; one that is open at an end lies in no month,
        though both its days are the one that is known."""
        return self.month is not None or (self.start or "")[:7] != (self.end or "")[:7]


@dataclass(frozen=True, slots=True)
class Column:
    """Acts that stand one upon the other: of one lane and side, at one place."""

    way: str
    is_conflict: bool
    center: float
    width: float
    when: Period
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    found: tuple[tuple[Period, Act], ...]
    """In order of time."""
    columns: tuple[Column, ...]
    timeline: Timeline
    is_single: bool


def arranged(acts: Iterable[Act]) -> Arrangement | None:
    """None where no act has a date to be drawn by."""
    dated = [act for act in acts if act.start and act.end and act.is_dated]
    return _singly(dated) or _by_period(dated)


def _singly(acts: Sequence[Act]) -> Arrangement | None:
    """Each act at its own place, or upon others in its slot; None where they are too many."""
    if not 0 < sum(act.month is not None for act in acts) <= SINGLE:
        return None
    found = _placed(acts, LENGTHS[0])
    timeline = Timeline(_days(found) or _span(found), WIDTH)
    slots: dict[tuple[str, bool, int], list[tuple[Period, Act]]] = {}
    for when, act in found:
        slot = int(_middle(act, timeline) / SLOT)
        slots.setdefault((act.way, act.is_conflict, slot), []).append((when, act))
    columns = tuple(
        Column(
            way, is_conflict, (slot + 0.5) * SLOT, SLOT - 3, some[0][0],
            tuple(sorted((act for _, act in some), key=rank)),
        )
        for (way, is_conflict, slot), some in slots.items()
    )  # fmt: skip
    if unit_of(columns) < LOW:
        return None
    return Arrangement(found, columns, timeline, is_single=True)


def _by_period(acts: Sequence[Act]) -> Arrangement | None:
    """Counted by the shortest period for which the drawing stays small."""
    if not acts:
        return None
    found = _placed(acts, _length(acts))
    if not found:
        return None
    timeline = Timeline(_span(found), WIDTH)
    stacks: dict[tuple[Period, str, bool], list[Act]] = {}
    for when, act in found:
        stacks.setdefault((when, act.way, act.is_conflict), []).append(act)
    columns = []
    for (when, way, is_conflict), stacked in stacks.items():
        left, right = timeline.x(when.start), timeline.x(when.end)
        width = min(FILLED * (right - left), WIDEST)
        columns.append(Column(way, is_conflict, (left + right) / 2, width, when, tuple(stacked)))
    return Arrangement(found, tuple(columns), timeline, is_single=False)


def _length(acts: Sequence[Act]) -> int:
    """The shortest period for which the drawing stays small; a day only where all have one."""
    if all(act.start == act.end for act in acts):
        days = [(number_of(DAY, act.start or ""), act) for act in acts]
        if _is_small(days):
            return DAY
    months = [(number_of(1, act.start or ""), number_of(1, act.end or ""), act) for act in acts]
    for length in LENGTHS:
        inside = [(m // length, act) for m, n, act in months if m // length == n // length]
        if inside and _is_small(inside):
            return length
    return LENGTHS[-1]


def _is_small(numbered: Sequence[tuple[int, Act]]) -> bool:
    """Acts with the numbers of their periods."""
    stacks = {(number, act.way, act.is_conflict) for number, act in numbered}
    cells = {(number, act.way, act.quad, act.is_done) for number, act in numbered}
    numbers = [number for number, *_ in stacks]
    takes = PER_MARK * len(stacks) + PER_CELL * len(cells)
    return takes <= BYTES and max(numbers) - min(numbers) < COLUMNS


def _placed(acts: Iterable[Act], length: int) -> tuple[tuple[Period, Act], ...]:
    """Those that lie in one period of a length, in order of time."""
    placed = ((period(length, act.start or "", act.end or ""), act) for act in acts)
    found = [(when, act) for when, act in placed if when is not None]
    return tuple(sorted(found, key=lambda one: (one[0], *rank(one[1]))))


def _span(found: Sequence[tuple[Period, Act]]) -> Period:
    """From the beginning of the first period to the end of the last."""
    return Period(found[0][0].start, max(when.end for when, _ in found))


def _days(found: Sequence[tuple[Period, Act]]) -> Period | None:
    """To the day of the last act, if they take no more than a month: a desk that is a week old has
    nothing to show of the weeks before. None if they do. A phone shows the last quarter first: the
    last act stands in it."""
    first = min(date.fromisoformat(act.start or "") for _, act in found)
    last = max(date.fromisoformat(act.end or "") for _, act in found)
    if (last - first).days >= FEW_DAYS or first.year == date.min.year or last.year == date.max.year:
        return None
    start = min(first - timedelta(days=1), last - timedelta(days=6))
    return Period(start, last + timedelta(days=1))


def _middle(act: Act, timeline: Timeline) -> float:
    """Of its days: that of one day stands between its beginning and the next one's."""
    start, end = date.fromisoformat(act.start or ""), date.fromisoformat(act.end or "")
    after = end + timedelta(days=1) if end < date.max else end
    return (timeline.x(start) + timeline.x(after)) / 2


def rank(act: Act) -> tuple[bool, int, str]:
    """Done before not done, material (wide) nearest to the line."""
    return not act.is_done, -act.quad, act.id


def unit_of(columns: Sequence[Column]) -> float:
    return min(UNIT, BODY / sum(highest(columns).values()))


def highest(columns: Sequence[Column]) -> Counter[tuple[str, bool]]:
    """Acts of the highest stack on either side of each lane."""
    found = Counter[tuple[str, bool]]()
    for column in columns:
        key = column.way, column.is_conflict
        found[key] = max(found[key], len(column.acts))
    return found
