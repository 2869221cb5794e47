"""How each source does: lag, rhythm, silence, copies, failures; counted, never judged in words.

Rows for `sources check` and the site's Sources page; all figures come from the entries kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

from sqlalchemy import Connection, Row, ScalarSelect, bindparam, func, select

from dragoman.model import HALF, EntryState
from dragoman.store.entries import entry_dates
from dragoman.store.rows import SourceHealth
from dragoman.store.schema import captures, entries, sources
from dragoman.store.schema_joins import copies
from dragoman.store.sources import Sources

RHYTHM_DAYS = 28
"""How far before its newest entry a source's rhythm is looked for."""
RHYTHM_ENTRIES = 500
LATELY = 100
"""Newest entries of a source over which its lag is counted, and newest pages, for its copies."""
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
_STATES = select(
    entries.c.source_id,
    entries.c.state,
    func.count(),
    func.count(entries.c.capture_id),
    func.min(entries.c.first_seen),
).group_by(entries.c.source_id, entries.c.state)
"""All of it stands in one index."""
_UNREAD = select(entries.c.source_id).where(
    entries.c.capture_id.in_(select(captures.c.id).where(captures.c.article_id.is_(None)))
)
"""Of the captures that no article was made of, which are few, where they came from."""
_SEEN = (
    select(entries.c.dated, entries.c.first_seen)
    .where(entries.c.source_id == bindparam("source"))
    .order_by(entries.c.dated.desc())
    .limit(LATELY)
)
_TAKEN = (
    select(entries.c.capture_id)
    .where(entries.c.source_id == bindparam("source"), entries.c.state == "taken")
    .order_by(entries.c.first_seen.desc(), entries.c.seq.desc())
    .limit(LATELY)
    .subquery()
)
_COPIES = (
    select(func.count(captures.c.article_id.distinct()), func.count(copies.c.article_id.distinct()))
    .select_from(_TAKEN)
    .join(captures, captures.c.id == _TAKEN.c.capture_id)
    .outerjoin(
        copies,
        (copies.c.article_id == captures.c.article_id)
        & (copies.c.position == 0)
        & (copies.c.share >= HALF),
    )
)
"""Of a source's newest pages, how many articles were made and how many are copies."""


def _last_reason(state: EntryState) -> ScalarSelect[str]:
    """What is noted of a source's last entry in a state."""
    return (
        select(entries.c.reason)
        .where(
            entries.c.source_id == sources.c.id,
            entries.c.state == state,
            entries.c.reason.is_not(None),
        )
        .order_by(entries.c.first_seen.desc(), entries.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )


_REASONS = select(
    sources.c.id,
    func.coalesce(_last_reason("failed"), _last_reason("waiting")),
    _last_reason("passed"),
)
"""Of each source why the last page that could not be fetched could not, one given up if any was;
and why the last entry that was passed over was."""


class Health(Sources):
    def source_health(self, now: str) -> list[SourceHealth]:
        """A row for each source, in the order in which they were added; `now` is an instant.

        Entries are counted in an index; all else is of the newest ones, however many there are.
        """
        at = instant(now)
        with self._reading() as connection:
            states: dict[str, dict[str, int]] = {}
            first: dict[str, str] = {}
            articles: Counter[str] = Counter()
            for source_id, state, number, had, seen in connection.execute(_STATES):
                states.setdefault(source_id, {})[state] = number
                articles[source_id] += had
                first[source_id] = min(seen, first.get(source_id, seen))
            articles.subtract(connection.execute(_UNREAD).scalars())
            reasons = {one: reasons for one, *reasons in connection.execute(_REASONS)}
            found = []
            for source in self.sources():
                dates = entry_dates(connection, source.id, RHYTHM_ENTRIES)
                per_day, newest = rhythm([instant(date) for date in dates])
                own = {"source": source.id}
                seen = connection.execute(_SEEN, own).all()
                of, copied = connection.execute(_COPIES, own).one()
                held = states.get(source.id, {})
                fault, passed = reasons.get(source.id, (None, None))
                found.append(
                    SourceHealth(
                        source=source,
                        entries=sum(held.values()),
                        articles=articles[source.id],
                        copies=copied,
                        copies_of=of,
                        known=held.get("known", 0),
                        passed=held.get("passed", 0),
                        waiting=held.get("waiting", 0),
                        failed=held.get("failed", 0),
                        lag_minutes=_lag(seen, first.get(source.id, "")),
                        per_day=per_day,
                        newest=newest.isoformat(timespec="seconds") if newest else None,
                        silent_days=silence(per_day, newest, at),
                        last_fault=fault,
                        last_passed=passed,
                    )
                )
            return found

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


def _lag(seen: Sequence[Row[str, str]], first: str) -> float | None:
    """Median minutes from publication to our first sight of it, of the newest entries.

    `first`: when the source was first visited. That visit finds entries of days ago: it says
    nothing of how quick we are.
    """
    lags = [
        (instant(row.first_seen) - instant(row.dated)).total_seconds() / 60
        for row in seen
        if first < row.first_seen and len("2024-03-17") < len(row.dated)
        if row.dated < row.first_seen
    ]
    return median(lags) if lags else None


def instant(text: str) -> datetime:
    """An ISO instant or day; a day begins at midnight, and what names no zone is in UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
