"""Searches that a member keeps under a name, and what is new in each since it was looked at.

A search is its member's alone: whoever asks under another number finds nothing. New is what came
to the desk since, in the order in which events arrive.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from dragoman.errors import StoreError
from dragoman.model.following import LONGEST_NAME, LONGEST_QUERY, Search
from dragoman.model.query import Query
from dragoman.store.finding import Selected, came_after, hits
from dragoman.store.schema import events
from dragoman.store.schema_searches import alert_events, alerts, messages, searches
from dragoman.store.transactions import Transactions

MOST_SEARCHES = 100
"""Of one member."""
COUNTED = 100
"""New events that are counted exactly; more are "more than"."""
FEW = 10_000
"""So many that came since are looked at one by one: what a common category has is far more."""
_SHOWN = select(*(c for c in searches.c if c.name != "nonce"))


class Searches(Transactions):
    def save_search(self, member: int, name: str, query: str, nonce: str | None = None) -> Search:
        """A new one, all looked at; the one that is there where the form of this nonce, or this
        member under this name, saved the same query before. Raises StoreError for a name that is
        none, and for too many."""
        written = _require_name(name)
        if len(query) > LONGEST_QUERY:
            raise StoreError(f"a query that is saved has at most {LONGEST_QUERY} characters")
        same = (searches.c.member_id == member) & (searches.c.name == written)
        same &= searches.c.query == query
        with self._writing() as connection:
            known = connection.execute(_SHOWN.where(same)).first()
            if known is not None:
                return Search(**known._mapping)
            count = select(func.count()).where(searches.c.member_id == member)
            if connection.execute(count).scalar_one() >= MOST_SEARCHES:
                raise StoreError(f"a member keeps at most {MOST_SEARCHES} searches; delete one")
            now = self._clock()
            row = {
                "member_id": member,
                "name": written,
                "query": query,
                "seen": _newest(connection),
                "seen_at": now,
                "made_at": now,
                "nonce": nonce,
            }
            try:
                with connection.begin_nested():
                    connection.execute(insert(searches).values(row))
            except IntegrityError:  # the same form again
                same = (searches.c.member_id == member) & (searches.c.nonce == nonce)
            return Search(**connection.execute(_SHOWN.where(same)).one()._mapping)

    def searches(self, member: int) -> list[Search]:
        """By name."""
        query = _SHOWN.where(searches.c.member_id == member)
        query = query.order_by(func.lower(searches.c.name), searches.c.id)
        with self._reading() as connection:
            return [Search(**row._mapping) for row in connection.execute(query)]

    def search_of(self, member: int, number: int) -> Search | None:
        """None where there is none, or it is somebody else's."""
        with self._reading() as connection:
            row = connection.execute(_SHOWN.where(_mine(member, number))).first()
        return Search(**row._mapping) if row is not None else None

    def rename_search(self, member: int, number: int, name: str) -> None:
        """Raises StoreError for a name that is none, and where this member has no such search."""
        self._set_search(member, number, name=_require_name(name))

    def look_at_search(self, member: int, number: int) -> None:
        """All that it finds by now is known. Raises StoreError as above."""
        with self._writing() as connection:
            self._set_search(member, number, seen=_newest(connection), seen_at=self._clock())

    def drop_search(self, member: int, number: int) -> None:
        """With its alerts. Raises StoreError as above."""
        own = select(alerts.c.id).where(alerts.c.search_id == number)
        with self._writing() as connection:
            if not connection.execute(delete(searches).where(_mine(member, number))).rowcount:
                raise StoreError(f"there is no search {number} of this member")
            for table in (alert_events, messages):
                connection.execute(delete(table).where(table.c.alert_id.in_(own)))
            connection.execute(delete(alerts).where(alerts.c.search_id == number))

    def count_since(self, query: Query, seen: int) -> tuple[int, bool]:
        """How many events that came after a number it finds, up to `COUNTED`; whether more."""
        with self._reading() as connection:
            newest = _newest(connection)
            if newest <= seen:
                return 0, False
            if newest - seen <= FEW:
                some: Selected = came_after(connection, query, seen)
            else:
                found = hits(connection, "events", query)
                some = found.select(found.id.label("id"), also=events.c.seq > seen)
            counted = select(func.count()).select_from(some.limit(COUNTED + 1).subquery())
            number = connection.execute(counted).scalar_one()
        return min(number, COUNTED), number > COUNTED

    def _set_search(self, member: int, number: int, **values: object) -> None:
        with self._writing() as connection:
            mine = update(searches).where(_mine(member, number))
            if not connection.execute(mine.values(**values)).rowcount:
                raise StoreError(f"there is no search {number} of this member")


def _mine(member: int, number: int) -> ColumnElement[bool]:
    return (searches.c.member_id == member) & (searches.c.id == number)


def _newest(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(events.c.seq), 0))).scalar_one())


def _require_name(name: str) -> str:
    written = " ".join(name.split())
    if not 0 < len(written) <= LONGEST_NAME or not written.isprintable():
        raise StoreError(f"a search has a name of 1 to {LONGEST_NAME} characters, on one line")
    return written
