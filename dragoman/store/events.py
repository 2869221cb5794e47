"""Events by day, and the writing of a changed few.

Lists leave out events that no standing report tells; `event` still finds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, select

from dragoman.model import Event
from dragoman.store.keeping_events import current_id, write_events
from dragoman.store.records import EVENT, load
from dragoman.store.schema import events
from dragoman.store.told import IS_TOLD
from dragoman.store.transactions import Transactions

_NEWEST = (events.c.start_day.desc().nulls_last(), events.c.id)


class Events(Transactions):
    def keep_events(
        self, changed: Sequence[Event], redirects: Mapping[str, str] | None = None
    ) -> None:
        """Keep events as they are now, and redirects from ids merged away to those they joined."""
        if not (changed or redirects):
            return
        with self._writing_along() as connection:
            write_events(connection, changed, redirects or {}, now=self._clock())

    def event(self, event_id: str) -> Event | None:
        """The event with this id, or the one it was merged into."""
        with self._reading() as connection:
            query = select(events.c.json).where(events.c.id == current_id(connection, event_id))
            text = connection.execute(query).scalar()
        return None if text is None else load(EVENT, text)

    def events(
        self,
        *,
        start: str | None = None,
        end: str | None = None,
        told_as: str | None = None,
        statuses: Sequence[str] | None = None,
        category: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Event]:
        """Newest day first, undated last; `start` and `end` keep those whose days overlap."""
        query = _told().where(*_within(start, end))
        if told_as is not None:
            query = query.where(events.c.told_as == told_as)
        if statuses is not None:
            query = query.where(events.c.status.in_(statuses))
        if category is not None:
            query = query.where(events.c.category == category)
        return self._events(query.order_by(*_NEWEST).limit(limit).offset(offset))

    def _events(self, query: Select[str]) -> list[Event]:
        with self._reading() as connection:
            return [load(EVENT, text) for text in connection.execute(query).scalars()]


def _told() -> Select[str]:
    return select(events.c.json).where(IS_TOLD)


def _within(start: str | None, end: str | None) -> list[ColumnElement[bool]]:
    """Days that overlap those from `start` to `end`; undated events overlap nothing."""
    conditions: list[ColumnElement[bool]] = []
    if start is not None:
        conditions.append(events.c.end_day >= start)
    if end is not None:
        conditions.append(events.c.start_day <= end)
    return conditions
