"""When an actor was active, and with whom: its calendar, and its counterparts with their bars.

In: a room, an actor, its dossier. Out: a `Calendar` of what the dossier finds, and `Partner`s of
the whole record. Both count what happened or goes on; what people called wrong is in no calendar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from dragoman.publish.charts.calendar import LONGEST, Calendar, Quads, by_day, by_month
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import Dossier
from dragoman.record.dossier import DONE, way_of
from dragoman.store.tallies import DayTally

HALF_WIDTH, AXIS = 100, 104.0
"""Of a counterpart's bars: cooperation to the one side of the axis, conflict to the other."""
LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    quad: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Partner:
    actor: str
    name: str
    events: int
    """All that are told, also those that are planned, denied and the like."""
    quads: Quads
    """Of those that happened or go on, in each quad class."""
    bars: tuple[Bar, ...] = field(metadata=DRAWN)

    @property
    def cooperation(self) -> int:
        return self.quads[0] + self.quads[1]

    @property
    def conflict(self) -> int:
        return self.quads[2] + self.quads[3]


def partners(room: ReadingRoom, actor: str, limit: int) -> tuple[Partner, ...]:
    """The other sides of an actor's events, those with most of them first."""
    found = [
        (one, _quads(room, one.by_category.items()))
        for one in room.store.counterparts(actor, DONE, limit)
    ]
    most = max((max(sum(quads[:2]), sum(quads[2:])) for _, quads in found), default=0) or 1
    return tuple(
        Partner(
            one.actor,
            room.actor_name(one.actor),
            one.events,
            quads,
            tuple(_bars(quads, HALF_WIDTH / most)),
        )
        for one, quads in found
    )


def _bars(quads: Quads, unit: float) -> Iterator[Bar]:
    """From the axis outwards, the verbal before the material."""
    for side in ((1, 2), (3, 4)):
        edge = AXIS
        for quad in side:
            width = max(round(quads[quad - 1] * unit, 1), LEAST) if quads[quad - 1] else 0.0
            if width:
                edge = edge - width if quad < 3 else edge
                yield Bar(quad, round(edge, 1), width)
                edge = edge if quad < 3 else edge + width


def activity(
    room: ReadingRoom, actor: str, found: Dossier, wrong: frozenset[str]
) -> Calendar | None:
    """Days, where what is found lies within a year; else months. None where nothing has a month."""
    months = {month.month: month.quads for month in found.series.months}
    address = _addresses(found.asked)
    if len(months) > LONGEST:
        return by_month(months, address)
    return by_day(months, _days(room, actor, found, wrong), address) if months else None


def _days(room: ReadingRoom, actor: str, found: Dossier, wrong: frozenset[str]) -> dict[str, Quads]:
    """ISO day → events in each quad class, of all that lie wholly on it."""
    first, last = found.series.months[0].month, found.series.months[-1].month
    days, choice = (f"{first}-01", f"{last}-31"), found.asked.choice
    wanted = choice.wanted({one.value for one in found.categories}, room.quad)
    counted: Counter[tuple[str, str]] = Counter()
    if choice.looks_closer:
        marks = room.store.marks(actor, None, wanted)
        for mark in marks:
            inside = mark.start == mark.end and days[0] <= (mark.start or "") <= days[1]
            done = mark.status in DONE and mark.id not in wrong
            if inside and done and choice.takes(mark, room.quad, lambda one: way_of(one, actor)):
                counted[mark.start or "", mark.category] += 1
    else:
        _add(counted, room.store.days(actor, days, DONE, wanted), 1)
        _add(counted, room.store.days(actor, days, DONE, wanted, among=wrong), -1)
    by_date: dict[str, list[tuple[str, int]]] = {}
    for (day, category), number in counted.items():
        if number:
            by_date.setdefault(day, []).append((category, number))
    return {day: _quads(room, numbers) for day, numbers in by_date.items()}


def _add(counted: Counter[tuple[str, str]], found: Sequence[DayTally], sign: int) -> None:
    for day, category, number in found:
        counted[day, category] += sign * number


def _quads(room: ReadingRoom, numbers: Iterable[tuple[str, int]]) -> Quads:
    found = Counter[int]()
    for category, number in numbers:
        found[room.quad(category)] += number
    return found[1], found[2], found[3], found[4]


def _addresses(asked: Asked) -> Callable[[str], str]:
    """The same question of one day, month or year, and of what was done alone."""
    kept = [one for one in asked.given if one[0] not in {"from", "until", "status"}]
    done = [one for one in ("happened", "ongoing") if one in (asked.choice.statuses or DONE)]

    def address(period: str) -> str:
        given = [*kept, ("from", period), ("until", period), ("status", ",".join(done))]
        return f"?{urlencode(given, safe=',')}"

    return address


def whole_time(asked: Asked) -> str | None:
    """The same question of all times; None where that is what is asked."""
    if asked.choice.first is None and asked.choice.last is None:
        return None
    kept = [one for one in asked.given if one[0] not in {"from", "until"}]
    return f"?{urlencode(kept, safe=',')}"
