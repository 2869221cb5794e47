"""Two lanes of time: what one side did to the other, the reverse, and between them what both did.

In: acts with their days, ways and quad classes. Out: `Lanes`, geometry for an SVG that a template
draws, with the same numbers as a table. In each lane cooperation stands above the line and conflict
below; material acts are wide, verbal ones narrow, and what was not done is hollow. Few acts are
marks of their own, many are counted by the shortest period for which the drawing stays small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.publish.charts.columns import (
    FILLED,
    SLOT,
    WIDTH,
    Act,
    Column,
    arranged,
    highest,
    rank,
    unit_of,
)
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.charts.timeline import DAY, Period, Tick, Timeline, period
from dragoman.publish.wording import gettext
from dragoman.publish.words import QUADS, day_words, month_words

HEAD, GAP, FOOT = 20, 10, 26
"""Above each lane (for its name), below it, and below all for the ticks."""
LEAST = 12
"""Height of either side of a lane, also where it is empty."""
WAYS = ("ab", "both", "ba")
"""Lanes from top to bottom; the middle one only where something was done together."""


Link = Callable[[Sequence[Act], str, str], str]
"""Acts, with the first and last day, month or year they are asked for by → where they stand."""


@dataclass(frozen=True, slots=True)
class Cell:
    path: str
    quad: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """What a link is drawn as: one act, or those of one lane, side and period."""

    acts: tuple[Act, ...]
    title: str
    address: str
    cells: tuple[Cell, ...]
    touch: str
    """The path of what can be touched or pointed at, larger than what is drawn."""


@dataclass(frozen=True, slots=True)
class Lane:
    way: str
    words: str
    top: float
    axis: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Row:
    """One period of the table: (cooperation, conflict) in each lane of the drawing."""

    period: str
    words: str
    numbers: tuple[tuple[int, int], ...]
    not_done: int

    @property
    def count(self) -> int:
        return sum(one + other for one, other in self.numbers)


@dataclass(frozen=True, slots=True)
class Lanes:
    ways: tuple[str, ...]
    """Of its lanes."""
    rows: tuple[Row, ...]
    """Periods with an act in them."""
    drawn: int
    not_done: int
    """Of those drawn: planned, demanded, denied, alleged and the like."""
    left_out: int
    """Without a date, or with one that lies in no one period."""
    is_single: bool = field(metadata=DRAWN)
    """Whether each mark is one act."""
    lanes: tuple[Lane, ...] = field(metadata=DRAWN)
    marks: tuple[Mark, ...] = field(metadata=DRAWN)
    ticks: tuple[Tick, ...] = field(metadata=DRAWN)
    turns: tuple[Tick, ...] = field(metadata=DRAWN)
    """Where the record turns."""
    height: int = field(metadata=DRAWN)
    width: int = field(default=WIDTH, metadata=DRAWN)
    foot: int = field(default=FOOT, metadata=DRAWN)


def lanes(
    acts: Iterable[Act], ways: Mapping[str, str], link: Link, turns: Iterable[str] = ()
) -> Lanes | None:
    """None where no act has a date to be drawn by. `ways`: names of the lanes; `turns`: ISO months
    with which something new begins."""
    every = list(acts)
    arrangement = arranged(every)
    if arrangement is None:
        return None
    found, timeline = arrangement.found, arrangement.timeline
    frame = _frame(arrangement.columns, ways)
    made = _singles if arrangement.is_single else _stacks
    shown = tuple(lane.way for lane in frame.lanes)
    return Lanes(
        ways=shown,
        rows=tuple(_rows(found, shown)),
        drawn=len(found),
        not_done=sum(not act.is_done for _, act in found),
        left_out=len(every) - len(found),
        is_single=arrangement.is_single,
        lanes=frame.lanes,
        marks=tuple(mark for column in arrangement.columns for mark in made(column, frame, link)),
        ticks=timeline.ticks(),
        turns=tuple(_turns(turns, timeline)),
        height=round(frame.lanes[-1].bottom + GAP + FOOT),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    lanes: tuple[Lane, ...]
    unit: float
    """Height of one act."""

    def lane(self, column: Column) -> Lane:
        return next(one for one in self.lanes if one.way == column.way)


def _frame(columns: Sequence[Column], ways: Mapping[str, str]) -> _Frame:
    most, unit = highest(columns), unit_of(columns)
    made, y = [], 0.0
    for way in WAYS:
        if way == "both" and not any(most[way, side] for side in (False, True)):
            continue
        up, down = (max(LEAST, most[way, side] * unit) for side in (False, True))
        top = y + HEAD
        made.append(
            Lane(way, ways[way], round(top, 1), round(top + up, 1), round(top + up + down, 1))
        )
        y = top + up + down + GAP
    return _Frame(tuple(made), unit)


def _singles(column: Column, frame: _Frame, link: Link) -> Iterator[Mark]:
    """A mark for each act, one upon the other."""
    lane = frame.lane(column)
    for level, act in enumerate(column.acts):
        cell = _cell(column, lane, level * frame.unit, frame.unit - 1.5, act)
        start, end = act.start or "", act.end or ""
        title = _titled(days_of(start, end), lane, act.words)
        touch = _touch(column, lane, level * frame.unit, frame.unit, SLOT)
        yield Mark((act,), title, link([act], start, end), (cell,), touch)


def _stacks(column: Column, frame: _Frame, link: Link) -> Iterator[Mark]:
    """One mark for all."""
    lane, when = frame.lane(column), column.when
    numbers = Counter(act.quad for act in column.acts)
    parts = [f"{numbers[quad]} {gettext(QUADS[quad])}" for quad in sorted(numbers)]
    undone = sum(not act.is_done for act in column.acts)
    if undone:
        parts.append(gettext("of these not done: %s") % undone)
    yield Mark(
        column.acts,
        _titled(when.words, lane, ", ".join(parts)),
        link(column.acts, when.first, when.last),
        tuple(_stack(column, lane, frame.unit)),
        _touch(column, lane, 0, max(len(column.acts) * frame.unit, LEAST), column.width / FILLED),
    )


def _stack(column: Column, lane: Lane, unit: float) -> Iterator[Cell]:
    """Of the column's acts a cell for each class, done and not done apart."""
    numbers = Counter((act.is_done, act.quad) for act in column.acts)
    one_of = {(act.is_done, act.quad): act for act in column.acts}
    at = 0.0
    for key, act in sorted(one_of.items(), key=lambda one: rank(one[1])[:2]):
        height = numbers[key] * unit
        yield _cell(column, lane, at, height, act)
        at += height


def _cell(column: Column, lane: Lane, at: float, height: float, act: Act) -> Cell:
    """A rectangle at a distance from the line; a hollow one is drawn within its border."""
    is_material = act.quad % 2 == 0
    border = 0.0 if act.is_done else min(1.0, height / 2, column.width / 4)
    width = (column.width if is_material else column.width * 0.55) - border
    height = max(height - border, 0.5)
    left = column.center - width / 2
    top = lane.axis + at if column.is_conflict else lane.axis - at - height
    top += border / 2 if column.is_conflict else -border / 2
    path = f"M{_n(left)} {_n(top)}h{_n(width)}v{_n(height)}h-{_n(width)}z"
    return Cell(path, act.quad, act.is_done)


def _touch(column: Column, lane: Lane, at: float, height: float, width: float) -> str:
    """All of a mark's place, up to its neighbours."""
    top = lane.axis + at if column.is_conflict else lane.axis - at - height
    return f"M{_n(column.center - width / 2)} {_n(top)}h{_n(width)}v{_n(height)}h-{_n(width)}z"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _titled(when: str, lane: Lane, what: str) -> str:
    return gettext("%(when)s, %(lane)s: %(what)s") % {
        "when": when,
        "lane": lane.words,
        "what": what,
    }


def days_of(start: str, end: str) -> str:
    """The day, month or year that two days make, in words; else the first of them."""
    when = period(DAY, start, end) or period(1, start, end) or period(12, start, end)
    return when.words if when is not None else day_words(start)


def _rows(found: Sequence[tuple[Period, Act]], ways: Sequence[str]) -> Iterator[Row]:
    by_period: dict[Period, list[Act]] = {}
    for when, act in found:
        by_period.setdefault(when, []).append(act)
    for when, acts in by_period.items():
        numbers = Counter((act.way, act.is_conflict) for act in acts)
        yield Row(
            when.first if when.first == when.last else f"{when.first}/{when.last}",
            when.words,
            tuple((numbers[way, False], numbers[way, True]) for way in ways),
            sum(not act.is_done for act in acts),
        )


def _turns(months: Iterable[str], timeline: Timeline) -> Iterator[Tick]:
    for month in dict.fromkeys(months):
        day = date.fromisoformat(f"{month}-01")
        if timeline.span.start <= day < timeline.span.end:
            yield Tick(round(timeline.x(day), 1), month_words(month), False)
