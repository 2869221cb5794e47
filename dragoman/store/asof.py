"""The desk as it was at the end of a day: the same store, in which later rows can't be seen.

In: an open desk and a day. Out: a `Store` to read from. Tables are hidden behind others of their
names on one connection, so that each query of the store, whoever wrote it, sees only the articles
and reports that the desk had by then. What was changed or forgotten since is not brought back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from sqlalchemy import Connection, Table, bindparam, text

from dragoman.errors import StoreError
from dragoman.model import Event, Report
from dragoman.store.findable import findable
from dragoman.store.keeping_events import columns_of
from dragoman.store.records import REPORT, load
from dragoman.store.schema import (
    articles,
    event_numbers,
    event_reports,
    events,
    judgements,
    metadata,
    reports,
)
from dragoman.store.schema_joins import stories
from dragoman.store.showing import REPORT_IS_SHOWN
from dragoman.store.transactions import Transactions

_RULED = (articles, reports, event_reports, events, event_numbers, judgements)
"""Tables with a rule of their own. Of others a row is seen if all that it names of these is."""
FOR_SEARCH = frozenset({"newest", "seq", "x"})
"""Columns whose indices only search needs, which has no view as of a day."""
UNSETTLED = "ix_events_unsettled"
_CAME = (
    "SELECT a.id, CASE WHEN c.fetched > a.first_kept THEN c.fetched "
    "ELSE coalesce(a.first_kept, c.fetched) END AS at "
    "FROM main.articles a LEFT JOIN (SELECT article_id, min(fetched) AS fetched "
    "FROM main.captures GROUP BY article_id) c ON c.article_id = a.id"
)
"""When each article came: fetched, and kept where that was noted; null where neither was."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a desk held at the end of a day, and how sure that is."""

    articles: int
    reports: int
    reread: int
    """Articles that were made anew at some time since they came, and are shown as they are now."""
    unnoted: int
    """Reports of which nobody noted when they were made; taken as made when their article came."""
    undated: int
    """Articles of which it is not known when they came; they are left out."""
    first: str | None
    """When the desk's first article came."""


@dataclass(frozen=True, slots=True)
class Retelling:
    """An event that was told by other reports then."""

    id: str
    reports: tuple[Report, ...]
    """Those that stood, the oldest article first."""


class AsOf(Transactions):
    @contextmanager
    def as_of(self, day: str) -> Iterator[Self]:
        """The desk at the end of a day (ISO, in UTC), to be read by one thread.

        Events that other reports told then are in it only once they are given to `retell`.
        """
        after = _after(day)
        database = self._database.alone()
        try:
            with self._in_words(), database.engine.connect() as connection, connection.begin():
                for statement in _hiding(after, is_public=self._public):
                    connection.execute(text(database.said(statement)))
            yield type(self)(database, read_only=True, clock=self._clock, public=self._public)
        finally:
            database.close()

    def retellings(self) -> list[Retelling]:
        """Of a desk as of a day, the events whose reports are not the same now."""
        with self._reading() as connection:
            pairs = connection.execute(text(self._database.said(_MEMBERS_THEN))).all()
            ids = sorted({str(row.report_id) for row in pairs})
            found = _reports(connection, ids)
        members: dict[str, list[str]] = {}
        for row in pairs:
            members.setdefault(str(row.event_id), []).append(str(row.report_id))
        return [
            Retelling(event, tuple(found[one] for one in ids)) for event, ids in members.items()
        ]

    def retell(self, retold: Sequence[Event]) -> None:
        """Put these events in place of what they are now."""
        with self._in_words(), self._engine.connect() as connection, connection.begin():
            for event in retold:
                _retell(connection, event, self._database.said)

    def holding(self) -> Holding:
        """Counts over a desk as of a day."""
        with self._reading() as connection:
            row = connection.execute(text(self._database.said(_HOLDING))).one()
        return Holding(**row._mapping)


def _after(day: str) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError) as error:
        raise StoreError(f"{day!r} is not a day; write it as 2024-03-17") from error


def _hiding(after: str, *, is_public: bool) -> Iterator[str]:
    """What hides the tables. `after` is the first day that is not seen: a checked date, written out
    because a view takes no parameters. To the public a report is one of an event that it is shown
    now."""
    yield "CREATE TEMP TABLE seen_articles (id TEXT PRIMARY KEY)"
    yield f"INSERT INTO temp.seen_articles SELECT id FROM ({_CAME}) x WHERE at < '{after}'"
    yield """CREATE TEMP VIEW articles AS SELECT a.* FROM main.articles a
        WHERE a.id IN (SELECT id FROM temp.seen_articles)"""
    withdrawn = f"CASE WHEN r.retracted_at < '{after}' THEN r.retracted_at END"
    yield f"""CREATE TEMP VIEW reports AS SELECT {_columns(reports, "r", retracted_at=withdrawn)}
        FROM main.reports r WHERE coalesce(r.first_made, '') < '{after}'
        AND {REPORT_IS_SHOWN if is_public else "true"}
        AND r.article_id IN (SELECT id FROM temp.seen_articles)"""
    yield (
        f"CREATE TEMP TABLE event_reports AS SELECT {_columns(event_reports, 'x')} "
        "FROM main.event_reports x JOIN reports r ON r.id = x.report_id"
    )
    yield _REJOIN
    yield "CREATE UNIQUE INDEX seen_reports ON event_reports (report_id)"
    yield "CREATE INDEX seen_members ON event_reports (event_id)"
    # What is seen was told then. Records are large: only events told anew have theirs here.
    seen = _columns(events, "e", json="NULL", retracted_at="NULL")
    yield f"""CREATE TEMP TABLE seen_events AS SELECT {seen}
        FROM main.events e WHERE e.id IN (SELECT x.event_id FROM event_reports x
        JOIN reports r ON r.id = x.report_id WHERE r.retracted_at IS NULL)"""
    yield "CREATE UNIQUE INDEX seen_id ON seen_events (id)"
    for index in sorted(events.indexes, key=lambda one: str(one.name)):
        if index.name == UNSETTLED or FOR_SEARCH & set(index.columns.keys()):
            continue
        names = ", ".join(column.name for column in index.columns)
        yield f"CREATE INDEX seen_{index.name} ON seen_events ({names})"
    kept = "coalesce(e.json, (SELECT m.json FROM main.events m WHERE m.id = e.id))"
    yield (
        f"CREATE TEMP VIEW events AS SELECT {_columns(events, 'e', json=kept)} "
        "FROM temp.seen_events e"
    )
    yield _NUMBERS
    undone = f"CASE WHEN j.undone_at < '{after}' THEN j.undone_at END"
    yield (
        f"CREATE TEMP VIEW judgements AS SELECT {_columns(judgements, 'j', undone_at=undone)} "
        f"FROM main.judgements j WHERE j.at < '{after}'"
    )
    for table in metadata.sorted_tables:
        if table not in _RULED and (seen := _seen(table)):
            yield f"CREATE TEMP VIEW {table.name} AS SELECT * FROM main.{table.name} t WHERE {seen}"
    of_members = {
        "id": "m.story_id",
        "start_day": "min(nullif(m.day, ''))",
        "end_day": "max(nullif(m.day, ''))",
        "size": "count(*)",
    }
    yield (
        f"CREATE TEMP TABLE stories AS SELECT {_columns(stories, 'm', **of_members)} "
        "FROM story_members m GROUP BY m.story_id"
    )
    yield "CREATE UNIQUE INDEX seen_stories ON stories (id)"
    yield "CREATE INDEX seen_stories_newest ON stories (end_day, id)"


_REJOIN = """INSERT INTO temp.event_reports (report_id, event_id)
    SELECT r.id, coalesce((SELECT d.event_id FROM main.event_redirects d
    WHERE d.old_id = w.last_event), w.last_event)
    FROM main.reports w JOIN reports r ON r.id = w.id
    WHERE w.retracted_at IS NOT NULL AND r.retracted_at IS NULL AND w.last_event IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM main.event_reports x WHERE x.report_id = w.id)"""
"""Reports that were withdrawn since, back to the event they told then."""

_NUMBERS = "CREATE TEMP VIEW event_numbers AS " + " UNION ALL ".join(
    f"""SELECT {actor} AS actor, coalesce(month, '') AS month, status, told_as, category,
    1 AS number, CASE WHEN start_day IS NULL THEN 1 ELSE 0 END AS undated
    FROM temp.seen_events WHERE {where}"""
    for actor, where in (
        ("''", "true"),
        ("source", "source IS NOT NULL"),
        ("target", "target IS NOT NULL AND (source IS NULL OR source <> target)"),
    )
)
"""One row for each event, which is added up like the numbers of many."""

_MEMBERS_THEN = """WITH otherwise AS (
    SELECT event_id AS id FROM main.event_reports x WHERE NOT EXISTS
    (SELECT 1 FROM event_reports y WHERE y.report_id = x.report_id)
    UNION SELECT x.event_id FROM event_reports x WHERE NOT EXISTS
    (SELECT 1 FROM main.event_reports y WHERE y.report_id = x.report_id)
    UNION SELECT x.event_id FROM main.reports w JOIN event_reports x ON x.report_id = w.id
    WHERE w.retracted_at IS NOT NULL)
    SELECT x.event_id, x.report_id FROM otherwise JOIN event_reports x ON x.event_id = otherwise.id
    JOIN reports r ON r.id = x.report_id JOIN articles a ON a.id = r.article_id
    WHERE r.retracted_at IS NULL
    ORDER BY x.event_id, a.published IS NULL, a.published, a.seq, r.position"""
"""The members of events that have others now: later ones, or ones that were withdrawn."""

_TOLD_BY = """SELECT r.json, a.language FROM event_reports x
    JOIN reports r ON r.id = x.report_id JOIN articles a ON a.id = r.article_id
    WHERE x.event_id = :id AND r.retracted_at IS NULL
    ORDER BY a.published IS NULL, a.published, a.seq, r.position"""

_HOLDING = f"""SELECT
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM reports WHERE retracted_at IS NULL) AS reports,
    (SELECT count(*) FROM articles WHERE revision > 1) AS reread,
    (SELECT count(*) FROM reports WHERE retracted_at IS NULL AND first_made IS NULL) AS unnoted,
    (SELECT count(*) FROM ({_CAME}) x WHERE at IS NULL) AS undated,
    (SELECT min(at) FROM ({_CAME}) x) AS first"""


def _columns(table: Table, alias: str, **instead: str) -> str:
    """The table's columns by name, some of them with something instead."""
    return ", ".join(
        f"{instead[name]} AS {name}" if name in instead else f"{alias}.{name}"
        for name in table.columns.keys()  # noqa: SIM118, its values are columns
    )


def _seen(table: Table) -> str:
    """The condition that everything is seen that a row of a table names; empty where it names
    nothing of these tables."""
    named = [
        (key.parent.name, key.column.table.name, key.column.name)
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table in _RULED
    ]
    return " AND ".join(
        f"(t.{own} IS NULL OR EXISTS (SELECT 1 FROM {other} o WHERE o.{column} = t.{own}))"
        for own, other, column in named
    )


def _reports(connection: Connection, ids: Sequence[str]) -> dict[str, Report]:
    query = text("SELECT id, json FROM reports WHERE id IN :ids")
    query = query.bindparams(bindparam("ids", expanding=True))
    found: dict[str, Report] = {}
    for start in range(0, len(ids), 500):
        for row in connection.execute(query, {"ids": ids[start : start + 500]}):
            found[str(row.id)] = load(REPORT, row.json)
    return found


def _retell(connection: Connection, event: Event, said: Callable[[str], str]) -> None:
    """Columns that are not known here stay as they are now."""
    told = columns_of(event)
    rows = connection.execute(text(_TOLD_BY), {"id": event.id}).all()
    known = findable(
        json.loads(str(told["json"])), [(json.loads(row.json), row.language) for row in rows]
    )
    told |= {"languages": known.languages, "is_mutual": known.is_mutual}
    same = {"id": event.id}
    found = connection.execute(text(said("SELECT 1 FROM temp.seen_events WHERE id = :id")), same)
    if found.first() is None:
        connection.execute(text(said("INSERT INTO temp.seen_events (id) VALUES (:id)")), same)
    assigned = ", ".join(f"{name} = :{name}" for name in told)
    put = f"UPDATE temp.seen_events SET {assigned} WHERE id = :id"
    connection.execute(text(said(put)), told | same)
