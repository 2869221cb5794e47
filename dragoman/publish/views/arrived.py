"""Which events a window of time brought: new ones, and ones that more origins tell, or otherwise.

In: a room, a query's tree and a window. Out: `Arrived`, events with what is new about them. A copy
of what was known brings nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.desk.origins import OriginCounter, by_article
from dragoman.model import Correction, Event, Turn, Verdict
from dragoman.model.query import And, Every, OfEvent, Query
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.window import Window, came
from dragoman.store.arrivals import ToldAt
from dragoman.store.rows import Judgement

COUNTED_AGAIN = 300
"""Events told before whose origins are counted anew, those of most outlets first."""


@dataclass(frozen=True, slots=True)
class Arrival:
    event: Event
    reports: frozenset[str]
    """Those that came within the window."""
    gained: int | None
    """By how many independent origins it grew; None where it was not told before."""
    turn: Turn | None
    """The status that it is told with now, where it was told with another one before."""


class Arrived:
    """What came within a window, of all that a query finds."""

    def __init__(self, room: ReadingRoom, query: Query, window: Window) -> None:
        self._room = room
        self._query = query
        self._window = window
        self._counter = OriginCounter(room.store, room.knowledge)
        found = self._asked(room.store.told_around(window.since, window.until))
        self._told: Mapping[str, list[ToldAt]] = _by_event(room.store.told_when(found))

    @property
    def articles(self) -> frozenset[str]:
        """Those that tell something and came within the window."""
        return frozenset(t.article_id for told in self._told.values() for t in self._within(told))

    def events(self) -> list[Arrival]:
        """All that is new, or told by more origins, or otherwise, than before."""
        ids = [identity for identity, told in self._told.items() if self._within(told)]
        found = self._events(ids)
        again = [event for event in found if self._before(self._told[event.id])]
        again.sort(key=lambda event: (-event.outlets, event.id))
        fresh = {event.id for event in found} - {event.id for event in again}
        made = [self._arrival(event, None) for event in found if event.id in fresh]
        for event in again[:COUNTED_AGAIN]:
            one = self._arrival(event, self._gain(self._told[event.id]))
            if one.gained or one.turn is not None:
                made.append(one)
        return made

    def known_by_then(self, ids: Sequence[str]) -> list[Event]:
        """Of these events those that were told before the window ended."""
        told = _by_event(self._room.store.told_when(ids))
        known = {one for one, some in told.items() if self._within(some) or self._before(some)}
        return self._events([one for one in ids if one in known])

    def withdrawn(self) -> list[Event]:
        """Events that nothing tells any more."""
        low, high = self._instants
        return self._events(self._asked(self._room.store.withdrawn_between(low, high)))

    def judged(self) -> Iterator[tuple[Event, Judgement]]:
        """What people rejected or corrected: events, or reports of them."""
        low, high = self._instants
        said = [
            one
            for one in self._room.store.judgements()
            if low <= one.at < high and isinstance(one.word, Verdict | Correction)
            if one.kind in {"reject", "correct"}
        ]
        rows = self._room.store.reports_called(one.target_id for one in said)
        of = [(rows[s.target_id].event_id if s.target_id in rows else s.target_id, s) for s in said]
        events = {one: self._room.store.event(one) for one, _ in of if one is not None}
        asked = set(self._asked({event.id for event in events.values() if event is not None}))
        for identity, one in of:
            event = events.get(identity or "")
            if event is not None and event.id in asked:
                yield event, one

    @property
    def _instants(self) -> tuple[str, str]:
        """As the store writes them."""
        since, until = self._window.since, self._window.until
        return since.isoformat(timespec="seconds"), until.isoformat(timespec="seconds")

    def _asked(self, ids: Iterable[str]) -> list[str]:
        """Those that the query finds, also where they were withdrawn."""
        if isinstance(self._query, Every):
            return sorted(ids)
        return [
            found
            for some in self._room.store.in_parts(sorted(ids))
            for found in self._room.store.each_event(
                And((self._query, OfEvent(tuple(some)))), with_retracted=True
            )
        ]

    def _events(self, ids: Sequence[str]) -> list[Event]:
        in_parts = self._room.store.in_parts(ids)
        return [event for some in in_parts for event in self._room.store.events_called(some)]

    def _within(self, told: Sequence[ToldAt]) -> list[ToldAt]:
        return [one for one in told if self._window.holds(came(one))]

    def _before(self, told: Sequence[ToldAt]) -> list[ToldAt]:
        since = self._window.since
        return [one for one in told if (moment := came(one)) is not None and moment < since]

    def _arrival(self, event: Event, gained: int | None) -> Arrival:
        reports = frozenset(one.report_id for one in self._within(self._told[event.id]))
        turns = [turn for turn in event.history[1:] if turn.report_id in reports]
        turn = turns[-1] if turns and gained is not None else None
        return Arrival(event, reports, gained, turn)

    def _gain(self, told: Sequence[ToldAt]) -> int:
        before = self._before(told)
        return self._origins([*before, *self._within(told)]) - self._origins(before)

    def _origins(self, told: Sequence[ToldAt]) -> int:
        reports = by_article((one.report_id, one.article_id) for one in told)
        return self._counter.of_reports(reports).independent


def _by_event(tellings: Iterable[ToldAt]) -> dict[str, list[ToldAt]]:
    made: dict[str, list[ToldAt]] = defaultdict(list)
    for one in tellings:
        made[one.event_id].append(one)
    return made
