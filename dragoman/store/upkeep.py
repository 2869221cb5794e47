"""How the desk itself stands: its tables, its size, and what waits in it, for those who run it.

In: the instant. Out: numbers. Nothing of what an article says, of an address or of a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import Select, func, literal_column, select, table

from dragoman.errors import StoreError
from dragoman.store.alerts import AWAKE
from dragoman.store.health import instant
from dragoman.store.schema import MIGRATIONS, entries, failures
from dragoman.store.schema_accounts import members
from dragoman.store.schema_joins import stories
from dragoman.store.schema_searches import alerts, messages, searches
from dragoman.store.transactions import Transactions

NEWEST = 500
"""Entries over which it is counted how long they take to come here."""
PATIENCE = timedelta(minutes=15)
"""How long a message may be due before it is overdue: a round of `dragoman watch` takes less."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    stories: int
    set_aside: Mapping[str, int]
    """By the step that could not use it."""
    waiting: int
    """Entries whose page is still to be fetched."""
    lag_seconds: float | None
    """Median from publication to our first sight, of the newest entries that say when; those of a
    first visit, which are days old, are left out."""
    overdue: int
    """Messages to members that should have gone out."""
    size: int
    """Bytes of the store."""


class Upkeeping(Transactions):
    def require_current(self) -> None:
        """Raises StoreError where the store does not answer, or has other tables than this version
        of the program knows. The words name no path, address or account."""
        query: Select[str] = select(literal_column("version_num")).select_from(
            table("alembic_version")
        )
        try:
            with self._reading() as connection:
                found = connection.execute(query).scalar()
        except StoreError as error:
            raise StoreError("the store does not answer") from error
        if found != MIGRATIONS[-1]:
            raise StoreError(f"the tables are {found}, and this version needs {MIGRATIONS[-1]}")

    def upkeep(self, now: str) -> Upkeep:
        late = (instant(now) - PATIENCE).isoformat(timespec="seconds")
        number = func.count()
        by_step = select(failures.c.step, number).group_by(failures.c.step)
        waits = select(number).select_from(entries).where(entries.c.state == "waiting")
        due = (
            select(number)
            .select_from(messages)
            .join(alerts, alerts.c.id == messages.c.alert_id)
            .join(searches, searches.c.id == alerts.c.search_id)
            .join(members, members.c.id == searches.c.member_id)
            .where(messages.c.next_try < late, AWAKE)
        )
        with self._reading() as connection:
            return Upkeep(
                stories=connection.execute(select(number).select_from(stories)).scalar_one(),
                set_aside={row.step: row[1] for row in connection.execute(by_step)},
                waiting=connection.execute(waits).scalar_one(),
                lag_seconds=self._lag_seconds(),
                overdue=connection.execute(due).scalar_one(),
                size=self._database.size(),
            )

    def _lag_seconds(self) -> float | None:
        newest = select(entries.c.seq).order_by(entries.c.seq.desc()).limit(NEWEST)
        before = entries.alias()
        # Any earlier one will do: the first that is found ends the search.
        is_later = (
            select(before.c.seq)
            .where(
                before.c.source_id == entries.c.source_id,
                before.c.first_seen < entries.c.first_seen,
            )
            .exists()
        )
        query = select(entries.c.dated, entries.c.first_seen).where(
            entries.c.seq.in_(newest),
            func.length(entries.c.dated) > len("2024-03-17"),
            entries.c.dated < entries.c.first_seen,
            is_later,
        )
        with self._reading() as connection:
            found = [_between(row.dated, row.first_seen) for row in connection.execute(query)]
        return median(found) if found else None


def _between(first: str, then: str) -> float:
    begun: datetime = instant(first)
    return max((instant(then) - begun).total_seconds(), 0.0)
