"""A pair of actors: the chronology of what each did to the other, by month, with a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dragoman.model import Event
from dragoman.publish.chart import Chart, chart
from dragoman.publish.lines import EventLine, Lines
from dragoman.publish.room import ReadingRoom
from dragoman.publish.words import YEAR_LIKE, month_words

MOST = 300
"""Events shown; of more the newest."""


@dataclass(frozen=True, slots=True)
class Entry:
    direction: str
    """ab, ba or both."""
    line: EventLine


@dataclass(frozen=True, slots=True)
class Month:
    key: str
    """ISO month, or year where no month is known; empty without a date."""
    words: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PairPage:
    a: str
    b: str
    a_name: str
    b_name: str
    months: tuple[Month, ...]
    chart: Chart | None
    events: int
    cut: bool
    """True where only the newest events are shown."""


def view(room: ReadingRoom, a: str, b: str, *, start: int = 0) -> PairPage | None:
    found = room.store.events_of_pair(a, b, limit=MOST + 1)
    if a == b or (not found and not (room.is_actor(a) and room.is_actor(b))):
        return None
    cut = len(found) > MOST
    events = found[1:] if cut else found
    lines = Lines(room)
    entries = [_entry(lines, event, a) for event in events]
    return PairPage(
        a=a,
        b=b,
        a_name=room.actor_name(a),
        b_name=room.actor_name(b),
        months=_months(entries),
        chart=chart(entry.line for entry in entries),
        events=len(events),
        cut=cut,
    )


def _entry(lines: Lines, event: Event, a: str) -> Entry:
    line = lines.event(event)
    direction = "both" if line.mutual else "ab" if event.source == a else "ba"
    return Entry(direction, line)


def _months(entries: Sequence[Entry]) -> tuple[Month, ...]:
    ordered = sorted(entries, key=_when)
    groups = groupby(ordered, key=lambda entry: _month(entry.line))
    return tuple(
        Month(key, month_words(key) if key else "No date", tuple(group)) for key, group in groups
    )


def _month(line: EventLine) -> str:
    day = (line.date.start or line.date.end) if line.date is not None else None
    if day is None or line.date is None:
        return ""
    return day[:4] if line.date.precision in YEAR_LIKE else day[:7]


def _when(entry: Entry) -> tuple[bool, str, str]:
    """By month, then by day; a year without month comes before its months; undated last."""
    month = _month(entry.line)
    dated = entry.line.date
    day = (dated.start or dated.end or "") if dated is not None else ""
    return not month, month, day
