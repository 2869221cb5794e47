"""The dossier of an actor or a pair: its chronology as it is asked for, its months, its turns.

In: a room, one or two actors, and what a reader asks. Out: `Dossier`. Turning points are those of
the whole record, whatever is asked for: nobody shall find one by filtering until it shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dragoman.publish.charts.months import DRAWN, Chart, chart
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.lines import EventLine, Lines
from dragoman.publish.wording import Table, gettext
from dragoman.publish.words import (
    STATUSES,
    TOLD,
    counted,
    language_words,
    month_words,
    percent,
)
from dragoman.record.dossier import (
    DONE,
    Series,
    done,
    done_by_month,
    less,
    series,
    span,
    tallied,
    way_of,
)
from dragoman.record.turning import TurningPoint, Window, turning_points
from dragoman.store.dossiers import Mark
from dragoman.store.tallies import ALL, MonthTally, Tally, Wanted

PAGE = 60
"""Events of a page."""


@dataclass(frozen=True, slots=True)
class Entry:
    direction: str
    """ab, ba or both."""
    line: EventLine


@dataclass(frozen=True, slots=True)
class Group:
    """Events of one month."""

    key: str
    """ISO month, or year where no month is known; empty without a date."""
    words: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A turning point in words, with what it rests on."""

    point: TurningPoint
    words: str
    numbers: str
    events: tuple[str, ...]
    """Ids of the done events of the months compared, oldest first."""
    address: str = field(metadata=DRAWN)
    """The query that lists them."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that can be asked for, with the number of events that have it."""

    value: str
    words: str
    events: int


@dataclass(frozen=True, slots=True)
class Dossier:
    events: int
    """All events of the record."""
    found: int
    """Those that fit what is asked."""
    start: int
    newest_first: bool
    chronology: tuple[Group, ...]
    previous: str | None = field(metadata=DRAWN)
    """Query of the page before, None on the first."""
    following: str | None = field(metadata=DRAWN)
    next_start: int | None
    series: Series
    """Of the events that fit."""
    chart: Chart | None
    turning_points: tuple[Turn, ...]
    asked: Asked = field(metadata=DRAWN)
    categories: tuple[Facet, ...]
    languages: tuple[tuple[str, str], ...]
    """Those that events can be told in, by code and in words."""
    statuses: tuple[Facet, ...]
    told_as: tuple[Facet, ...]

    @property
    def lines(self) -> Iterator[EventLine]:
        return (entry.line for group in self.chronology for entry in group.entries)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Events as numbers."""

    events: Sequence[Tally]
    right: Sequence[Tally]
    """Without those that people called wrong."""
    by_month: Sequence[MonthTally]
    """Of the right ones those that were done."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The events that fit: in numbers, and those shown."""

    counted: _Counted
    shown: list[Mark]


def dossier(
    room: ReadingRoom, lines: Lines, a: str, b: str | None, question: Asked, *, newest: bool
) -> Dossier:
    """The record of `a`, or of `a` and `b`; `newest` is the order where none is asked for."""
    newest_first = newest if question.newest is None else question.newest
    wrong = lines.wrong()
    record = _counted(room, a, b, ALL, wrong)
    find = _closely if question.choice.looks_closer else _by_columns
    found = find(room, a, b, question, record, wrong, newest_first=newest_first)
    number = _number(found.counted.events)
    end = question.start + len(found.shown)
    months = span(record.by_month)
    desk = room.store.events_by_month(*months, DONE, wrong) if months else {}
    whole, chosen = (
        series(one.right, one.by_month, room.quad, desk) for one in (record, found.counted)
    )
    points = turning_points(whole.months)
    inside = {month.month for month in chosen.months}
    categories, statuses, told_as = _facets(room, record.events)
    return Dossier(
        events=_number(record.events),
        found=number,
        start=question.start,
        newest_first=newest_first,
        chronology=_grouped(room, lines, a, found.shown),
        previous=question.address(max(0, question.start - PAGE)) or "?" if question.start else None,
        following=question.address(end) if end < number else None,
        next_start=end if end < number else None,
        series=chosen,
        chart=chart(chosen.months, (p.month for p in points if p.month in inside)),
        turning_points=tuple(_turn(room, a, b, point, wrong) for point in points),
        asked=question,
        categories=categories,
        languages=tuple((code, language_words(code)) for code in room.knowledge.languages),
        statuses=statuses,
        told_as=told_as,
    )


def _by_columns(
    room: ReadingRoom,
    a: str,
    b: str | None,
    question: Asked,
    record: _Counted,
    wrong: frozenset[str],
    *,
    newest_first: bool,
) -> _Found:
    """What a choice finds that the store's columns tell all of: only events shown are read."""
    store = room.store
    wanted = _wanted(room, question, record)
    fitting = record if question.is_all else _counted(room, a, b, wanted, wrong)
    ids = store.ids_in_order(
        a,
        b,
        wanted,
        newest_first=newest_first,
        start=question.start,
        limit=PAGE,
        dated=sum(one.number - one.undated for one in fitting.events),
    )
    return _Found(fitting, store.marks_called(ids))


def _counted(
    room: ReadingRoom, a: str, b: str | None, wanted: Wanted, wrong: frozenset[str]
) -> _Counted:
    store, was_done = room.store, done(wanted)
    events, by_month = store.tallies(a, b, wanted), store.month_tallies(a, b, was_done)
    return _Counted(
        events,
        less(events, store.tallies(a, b, wanted, among=wrong)),
        less(by_month, store.month_tallies(a, b, was_done, among=wrong)),
    )


def _wanted(room: ReadingRoom, question: Asked, record: _Counted) -> Wanted:
    return question.choice.wanted({one.category for one in record.events}, room.quad)


def _closely(
    room: ReadingRoom,
    a: str,
    b: str | None,
    question: Asked,
    record: _Counted,
    wrong: frozenset[str],
    *,
    newest_first: bool,
) -> _Found:
    """What any choice finds, by looking at each event."""
    choice, wanted = question.choice, _wanted(room, question, record)
    marks = [
        mark for mark in room.store.marks(a, b, wanted) if choice.takes(mark, room.quad, _way(a))
    ]
    ordered = in_order(marks, newest_first=newest_first)
    right = [mark for mark in marks if mark.id not in wrong]
    counted = _Counted(tallied(marks), tallied(right), done_by_month(right))
    return _Found(counted, ordered[question.start : question.start + PAGE])


def _number(tallies: Sequence[Tally]) -> int:
    return sum(one.number for one in tallies)


def _way(a: str) -> Callable[[Mark], str]:
    return lambda mark: way_of(mark, a)


def in_order(marks: Sequence[Mark], *, newest_first: bool) -> list[Mark]:
    """By month, then by day. A year comes before its months, or after them where the newest comes
    first; undated events come last."""
    dated = [mark for mark in marks if mark.start or mark.end]
    undated = [mark for mark in marks if not (mark.start or mark.end)]
    return sorted(dated, key=_when, reverse=newest_first) + undated


def _when(mark: Mark) -> tuple[str, str, str]:
    return _period(mark), mark.start or mark.end or "", mark.id


def _period(mark: Mark) -> str:
    """The month it is shown under: that of its first day, or the year where it fills one."""
    start, end = mark.start or mark.end or "", mark.end or mark.start or ""
    is_years = start[5:] == "01-01" and end[5:] == "12-31"
    return start[:4] if is_years else start[:7]


def _grouped(room: ReadingRoom, lines: Lines, a: str, marks: Sequence[Mark]) -> tuple[Group, ...]:
    by_id = {event.id: event for event in room.store.events_called([mark.id for mark in marks])}
    lines.read_ahead(by_id.values())
    shown = [mark for mark in marks if mark.id in by_id]
    return tuple(
        Group(
            key,
            month_words(key) if key else gettext("No date"),
            tuple(_entry(lines.event(by_id[mark.id]), mark, a) for mark in group),
        )
        for key, group in groupby(shown, key=_period)
    )


def _entry(line: EventLine, mark: Mark, a: str) -> Entry:
    return Entry("both" if line.mutual else way_of(mark, a), line)


def _turn(
    room: ReadingRoom, a: str, b: str | None, point: TurningPoint, wrong: frozenset[str]
) -> Turn:
    before, after = point.before, point.after
    rising, falling = {
        "share": (
            gettext("more of what the desk holds is about this"),
            gettext("less of what the desk holds is about this"),
        ),
        "months": (gettext("more events a month"), gettext("fewer events a month")),
        "conflict": (gettext("more of it is conflict"), gettext("less of it is conflict")),
    }[point.by]
    behind = room.store.ids_of_months(a, b, (before.first, after.last), DONE)
    return Turn(
        point,
        gettext("From %(month)s on, %(change)s")
        % {"month": month_words(point.month), "change": rising if point.rises else falling},
        f"{_told_in(point, before)}; {_told_in(point, after)}",
        tuple(identity for identity in behind if identity not in wrong),
        f"?from={before.first}&until={after.last}&status=happened,ongoing",
    )


def left_out(found: Series) -> str:
    """What stands in no month of a series, in words; empty where that is nothing."""
    parts = (
        (found.coarse, gettext("%s dated no finer than a season or year")),
        (found.undated, gettext("%s without a date")),
        (
            found.not_done,
            gettext("%s not done (planned, demanded, denied, alleged and the like)"),
        ),
    )
    return "; ".join(words % number for number, words in parts if number)


def _told_in(point: TurningPoint, window: Window) -> str:
    return gettext("%(numbers)s from %(first)s to %(last)s") % {
        "numbers": _numbers(point, window),
        "first": month_words(window.first),
        "last": month_words(window.last),
    }


def _numbers(point: TurningPoint, window: Window) -> str:
    if point.by == "conflict":
        return gettext("%(part)s of %(events)s were conflict") % {
            "part": window.conflict,
            "events": counted(window.count, "event"),
        }
    if point.by == "months":
        return counted(window.count, "event")
    everything = window.count + window.others
    numbers = gettext("%(part)s of %(events)s of the desk") % {
        "part": window.count,
        "events": counted(everything, "event"),
    }
    return f"{numbers}, {percent(window.count / everything)}" if everything else numbers


def _facets(room: ReadingRoom, record: Iterable[Tally]) -> tuple[tuple[Facet, ...], ...]:
    """Categories, statuses and ways of telling, each with the most frequent first."""
    categories, statuses, told_as = Counter[str](), Counter[str](), Counter[str]()
    for category, status, told, number, _ in record:
        categories[category] += number
        statuses[status] += number
        told_as[told] += number
    return tuple(
        tuple(
            Facet(value, words(value), number)
            for value, number in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        )
        for counts, words in (
            (categories, room.category),
            (statuses, STATUSES.__getitem__),
            (told_as, Table(TOLD).__getitem__),
        )
    )
