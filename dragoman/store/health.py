"""How each source does: lag, rhythm, silence, copies, failures; counted, never judged in words.

Rows for `sources check` and the site's Sources page; all figures come from the entries kept.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from dragoman.model import HALF, EntryState, Source
from dragoman.store.entries import entry_dates
from dragoman.store.rows import SourceHealth
from dragoman.store.schema import captures, entries, sources
from dragoman.store.schema_joins import copies
from dragoman.store.sources import Sources

RHYTHM_DAYS = 28
"""How far before its newest entry a source's rhythm is looked for."""
RHYTHM_ENTRIES = 500
MISSED = 10
"""Entries that a source owes by its rhythm before it is called silent: for one that brings them
evenly, a gap of that length comes by chance once in 22,000 times."""
LEAST_SILENCE = timedelta(days=2)
"""Many desks rest on weekends."""
_NEWEST = select(
    sources.c.id,
    select(func.max(entries.c.dated)).where(entries.c.source_id == sources.c.id).scalar_subquery(),
).where(sources.c.active)
"""Of each active source the newest entry, in one statement: a rhythm is read where it is of old."""


class _Counts(NamedTuple):
    entries: dict[str, dict[str, int]]
    articles: dict[str, int]
    copies: dict[str, int]


class Health(Sources):
    def source_health(self, now: str) -> list[SourceHealth]:
        """A row for each source, in the order in which they were added; `now` is an instant."""
        at = instant(now)
        with self._reading() as connection:
            counts = _counts(connection)
            return [_health(connection, source, counts, at) for source in self.sources()]

    def silent_sources(self, now: str) -> frozenset[str]:
        """The active sources that bring nothing for far longer than their own rhythm explains."""
        at = instant(now)
        with self._reading() as connection:
            return frozenset(
                source_id
                for source_id, newest in connection.execute(_NEWEST)
                if newest is not None and at - instant(newest) >= LEAST_SILENCE
                if _is_silent(connection, source_id, at)
            )


def _counts(connection: Connection) -> _Counts:
    states: dict[str, dict[str, int]] = {}
    query = select(entries.c.source_id, entries.c.state, func.count()).group_by(
        entries.c.source_id, entries.c.state
    )
    for source_id, state, number in connection.execute(query):
        states.setdefault(source_id, {})[state] = number
    made = (
        select(
            entries.c.source_id,
            func.count(captures.c.article_id.distinct()).label("articles"),
            func.count(copies.c.article_id.distinct()).label("copies"),
        )
        .join(captures, captures.c.id == entries.c.capture_id)
        .outerjoin(
            copies,
            (copies.c.article_id == captures.c.article_id)
            & (copies.c.position == 0)
            & (copies.c.share >= HALF),
        )
        .group_by(entries.c.source_id)
    )
    rows = connection.execute(made).all()
    return _Counts(
        states,
        {row.source_id: row.articles for row in rows},
        {row.source_id: row.copies for row in rows},
    )


def _health(connection: Connection, source: Source, counts: _Counts, now: datetime) -> SourceHealth:
    states = counts.entries.get(source.id, {})
    dates = entry_dates(connection, source.id, RHYTHM_ENTRIES)
    per_day, newest = rhythm([instant(date) for date in dates])
    return SourceHealth(
        source=source,
        entries=sum(states.values()),
        articles=counts.articles.get(source.id, 0),
        copies=counts.copies.get(source.id, 0),
        known=states.get("known", 0),
        passed=states.get("passed", 0),
        waiting=states.get("waiting", 0),
        failed=states.get("failed", 0),
        lag_minutes=_lag(connection, source.id),
        per_day=per_day,
        newest=newest.isoformat(timespec="seconds") if newest else None,
        silent_days=silence(per_day, newest, now),
        last_fault=_last_reason(connection, source.id, "waiting", "failed"),
        last_passed=_last_reason(connection, source.id, "passed"),
    )


def _is_silent(connection: Connection, source_id: str, now: datetime) -> bool:
    dates = entry_dates(connection, source_id, RHYTHM_ENTRIES)
    return silence(*rhythm([instant(date) for date in dates]), now) is not None


def rhythm(dates: list[datetime]) -> tuple[float | None, datetime | None]:
    """Entries a day in the four weeks before the newest one, and the newest; None from one alone.

    `dates`: newest first.
    """
    if not dates:
        return None, None
    newest = dates[0]
    recent = [date for date in dates if newest - date <= timedelta(days=RHYTHM_DAYS)]
    days = (newest - recent[-1]) / timedelta(days=1)
    if len(recent) < 2 or not days:
        return None, newest
    return (len(recent) - 1) / days, newest


def silence(per_day: float | None, newest: datetime | None, now: datetime) -> int | None:
    """Whole days without anything new, where the source's own rhythm makes that odd; else None."""
    if per_day is None or newest is None:
        return None
    gap = now - newest
    if gap < LEAST_SILENCE or gap / timedelta(days=1) * per_day < MISSED:
        return None
    return gap.days


def _lag(connection: Connection, source_id: str) -> float | None:
    """Median minutes from publication to our first sight of it, of the last entries.

    The first visit finds entries of days ago: it says nothing of how quick we are.
    """
    first = select(func.min(entries.c.first_seen)).where(entries.c.source_id == source_id)
    query = (
        select(entries.c.dated, entries.c.first_seen)
        .where(
            entries.c.source_id == source_id,
            entries.c.first_seen > first.scalar_subquery(),
            func.length(entries.c.dated) > len("2024-03-17"),
            entries.c.dated < entries.c.first_seen,
        )
        .order_by(entries.c.seq.desc())
        .limit(RHYTHM_ENTRIES)
    )
    lags = [
        (instant(row.first_seen) - instant(row.dated)).total_seconds() / 60
        for row in connection.execute(query)
    ]
    return median(lags) if lags else None


def _last_reason(connection: Connection, source_id: str, *states: EntryState) -> str | None:
    """What is noted of the last entry in one of these states."""
    query = (
        select(entries.c.reason)
        .where(
            entries.c.source_id == source_id,
            entries.c.state.in_(states),
            entries.c.reason.is_not(None),
        )
        .order_by(entries.c.seq.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def instant(text: str) -> datetime:
    """An ISO instant or day; a day begins at midnight, and what names no zone is in UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
