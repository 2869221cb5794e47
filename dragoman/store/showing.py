"""What a public desk shows of the record: a mark on each event, and a desk that has no others.

In: a rule, as a function that is asked about each event not yet decided. Out: a `Store` to read
from on which whatever is asked, by whichever query, sees shown events alone: tables are hidden
behind views of their names. What is not decided is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dragoman.model import Event, Report
from dragoman.store.records import EVENT, REPORT, load
from dragoman.store.schema import (
    articles,
    event_reports,
    events,
    judged,
    judgements,
    reports,
    showing,
)
from dragoman.store.transactions import Transactions, parts

AT_ONCE = 500
"""Events that are decided in one transaction: others wait for it."""
_IS_SHOWN = "EXISTS (SELECT 1 FROM main.events e WHERE e.id = {} AND e.is_shown)"
REPORT_IS_SHOWN = (
    "EXISTS (SELECT 1 FROM main.event_reports own JOIN main.events e ON e.id = own.event_id "
    "WHERE own.report_id = r.id AND e.is_shown)"
)
"""Of a row r of reports: it tells an event that is shown."""
PUBLIC = {
    "events": "SELECT * FROM main.events WHERE is_shown",
    "event_numbers": "SELECT * FROM main.event_numbers WHERE is_shown",
    "reports": f"SELECT * FROM main.reports r WHERE {REPORT_IS_SHOWN}",
    **{
        table: f"SELECT * FROM main.{table} x WHERE {_IS_SHOWN.format('x.event_id')}"
        for table in ("event_reports", "event_sides", "event_redirects")
    },
    "judgements": """SELECT * FROM main.judgements WHERE id NOT IN (
        SELECT d.judgement_id FROM main.judged d JOIN main.events e ON e.id = d.id
        WHERE e.is_shown IS NOT TRUE UNION ALL
        SELECT d.judgement_id FROM main.judged d JOIN main.reports r ON r.id = d.id
        LEFT JOIN main.event_reports x ON x.report_id = r.id
        LEFT JOIN main.events e ON e.id = x.event_id WHERE e.is_shown IS NOT TRUE)""",
}
"""What stands before the tables that hold events, and what is made of them."""

_IDS: Any = bindparam("ids", expanding=True)
_DECIDED = events.c.is_shown.is_not(None)
_UNSETTLE = update(events).where(events.c.id.in_(_IDS), _DECIDED).values(is_shown=None)
_OF_REPORTS = select(event_reports.c.event_id).where(event_reports.c.report_id.in_(_IDS))
_UNDECIDED = select(events.c.id, events.c.json).where(events.c.is_shown.is_(None)).limit(AT_ONCE)
_TOLD = (
    select(event_reports.c.event_id, reports.c.json, reports.c.retracted_at, articles.c.published)
    .join(reports, reports.c.id == event_reports.c.report_id)
    .join(articles, articles.c.id == reports.c.article_id)
    .where(event_reports.c.event_id.in_(_IDS))
)
_SAID = (
    select(judged.c.id, judgements.c.kind)
    .join(judgements, judgements.c.id == judged.c.judgement_id)
    .where(
        judged.c.id.in_(_IDS),
        judgements.c.undone_at.is_(None),
        judgements.c.kind.in_(["confirm", "reject", "unsure"]),
    )
    .order_by(judgements.c.at, judgements.c.id)
)


@dataclass(frozen=True, slots=True)
class Undecided:
    """An event with all that decides whether it is shown."""

    event: Event
    reports: tuple[tuple[Report, str | None], ...]
    """Each with the day its article was published; those that stand, else all that are left."""
    confirmed: bool
    """A person said last that it, or one of its reports, is right."""


class Showing(Transactions):
    def for_public(self) -> Self:
        """The desk with what is shown alone, to read from; it is closed with this one."""
        seen = self._database.seen_through(PUBLIC)
        public = type(self)(seen, read_only=True, clock=self._clock, public=True)
        self._within.append(public)
        return public

    def show_by(self, rule: str) -> None:
        """Name the rule: under another one than the last, all events are to be decided again."""
        with self._reading() as connection:
            if connection.execute(select(showing.c.rule)).scalars().all() == [rule]:
                return
        with self._writing() as connection:
            connection.execute(update(events).where(_DECIDED).values(is_shown=None))
            connection.execute(delete(showing))
            connection.execute(insert(showing).values(rule=rule))

    def settle_shown(self, is_shown: Callable[[Undecided], bool]) -> None:
        """Decide all that is undecided, some hundred in one transaction."""
        while self._is_anything_undecided():
            with self._writing() as connection:
                for one in _undecided(connection):
                    made = update(events).where(events.c.id == one.event.id)
                    connection.execute(made.values(is_shown=is_shown(one)))

    def _is_anything_undecided(self) -> bool:
        with self._reading() as connection:
            return connection.execute(_UNDECIDED.limit(1)).first() is not None


def unsettle(connection: Connection, event_ids: Iterable[str]) -> None:
    """Note that it is to be decided anew whether these are shown."""
    for ids in parts(event_ids):
        connection.execute(_UNSETTLE, {"ids": ids})


def unsettle_of_reports(connection: Connection, report_ids: Iterable[str]) -> None:
    for ids in parts(report_ids):
        unsettle(connection, connection.execute(_OF_REPORTS, {"ids": ids}).scalars().all())


def _undecided(connection: Connection) -> list[Undecided]:
    found = {row.id: load(EVENT, row.json) for row in connection.execute(_UNDECIDED)}
    told: dict[str, list[tuple[Report, str | None]]] = {}
    gone: dict[str, list[tuple[Report, str | None]]] = {}
    for ids in parts(found):
        for row in connection.execute(_TOLD, {"ids": ids}):
            of = told if row.retracted_at is None else gone
            of.setdefault(row.event_id, []).append((load(REPORT, row.json), row.published))
    standing = {identity: told.get(identity) or gone.get(identity, []) for identity in found}
    said: dict[str, str] = {}
    for ids in parts([*found, *(one.id for rows in standing.values() for one, _ in rows)]):
        said |= {row.id: row.kind for row in connection.execute(_SAID, {"ids": ids})}
    return [
        Undecided(
            event,
            tuple(standing[identity]),
            "confirm" in {said.get(i) for i in (identity, *(r.id for r, _ in standing[identity]))},
        )
        for identity, event in found.items()
    ]
