"""What dossiers ask: the marks of an actor's or pair's events, and the articles they share.

A mark is an event in the few columns that it is counted, filtered and sorted by; the event itself
is read only where it is shown. Where numbers and order are enough, see `tallies`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, func, null, or_, select

from dragoman.model import Event, Reference, Status, ToldAs
from dragoman.store.naming import newest_naming
from dragoman.store.records import EVENT, REFERENCES, load, unpack
from dragoman.store.schema import (
    articles,
    event_reports,
    events,
    readings,
    reports,
)
from dragoman.store.tallies import ALL, Wanted, fits, sides
from dragoman.store.told import month_of
from dragoman.store.transactions import Transactions


@dataclass(frozen=True, slots=True)
class Mark:
    """An event as dossiers count it."""

    id: str
    category: str
    status: Status
    told_as: ToldAs
    source: str | None
    target: str | None
    start: str | None
    end: str | None
    """Days; only one of the two where the date is open at an end."""
    origins: int
    languages: tuple[str, ...]
    """Of the articles that tell it, where asked for; "" is one whose language is unknown."""
    why: tuple[str, ...]
    """The reasons of the report that tells it most fully, where asked for."""

    @property
    def month(self) -> str | None:
        """The ISO month in which it lies wholly; None for coarser, open or unknown dates."""
        return month_of(self.start, self.end)


class Act(NamedTuple):
    """An event as a chronology draws it; a tuple, as there may be many thousands."""

    id: str
    category: str
    status: Status
    source: str | None
    start: str | None
    end: str | None
    """Days; both the same one where the date is open at an end."""
    month: str | None
    """The ISO month in which it lies wholly; None for coarser, open or unknown dates."""
    origins: int
    why: tuple[str, ...]
    """The reasons of the report that tells it most fully."""


class Dossiers(Transactions):
    def acts(self, a: str, b: str, wanted: Wanted = ALL) -> list[Act]:
        """All told events of a pair, in no order."""
        names = ("id", "category", "status", "source", "start_day", "end_day", "month")
        query = select(*(events.c[name] for name in names), _origins(), _why())
        query = query.where(or_(*sides(a, b)), *fits(wanted))
        with self._reading() as connection:
            return [
                Act._make((*row[:8], tuple(json.loads(row[8])) if row[8] else ()))
                for row in connection.execute(query)
            ]

    def languages_of_pair(self, a: str, b: str) -> tuple[str, ...]:
        """Codes of the languages that a pair's told events are told in; "" where one is unknown."""
        name = func.coalesce(articles.c.language, "")
        query = (
            select(name)
            .distinct()
            .select_from(events)
            .join(event_reports, event_reports.c.event_id == events.c.id)
            .join(reports, reports.c.id == event_reports.c.report_id)
            .join(articles, articles.c.id == reports.c.article_id)
            .where(or_(*sides(a, b)), *fits(ALL), reports.c.retracted_at.is_(None))
        )
        with self._reading() as connection:
            return tuple(sorted(connection.execute(query).scalars()))

    def marks(
        self,
        actor: str,
        other: str | None = None,
        wanted: Wanted = ALL,
        *,
        with_reports: bool = False,
    ) -> list[Mark]:
        """Of all told events of an actor, or of a pair, by their first day; undated last.

        `with_reports`: with languages and reasons, which take longer to find.
        """
        condition = or_(*sides(actor, other))
        query = _marked(with_reports=with_reports).where(condition, *fits(wanted))
        query = query.order_by(events.c.start_day.nulls_last(), events.c.id)
        with self._reading() as connection:
            return [_mark(row) for row in connection.execute(query)]

    def marks_called(self, ids: Sequence[str]) -> list[Mark]:
        """Of the events with these ids, in this order; a few hundred at most."""
        query = _marked(with_reports=False).where(events.c.id.in_(ids))
        with self._reading() as connection:
            found = {row.id: _mark(row) for row in connection.execute(query)}
        return [found[one] for one in ids if one in found]

    def events_called(self, ids: Sequence[str]) -> list[Event]:
        """The events with these ids, in this order; a few hundred at most."""
        query = select(events.c.id, events.c.json).where(events.c.id.in_(ids))
        with self._reading() as connection:
            found = {row.id: row.json for row in connection.execute(query)}
        return [load(EVENT, found[one]) for one in ids if one in found]

    def articles_of_each(self, groups: Sequence[Collection[str]], limit: int) -> list[str]:
        """Ids of articles that name somebody out of every group, newest first."""
        with self._reading() as connection:
            return newest_naming(connection, groups, limit)

    def references(self, article_id: str) -> tuple[Reference, ...]:
        """Whom an article's mentions stand for, without the rest of its reading."""
        query = select(readings.c.refs).where(readings.c.article_id == article_id)
        with self._reading() as connection:
            packed = connection.execute(query).scalar()
        return load(REFERENCES, unpack(packed)) if packed is not None else ()


def _marked(*, with_reports: bool) -> Select[*tuple[Any, ...]]:
    return select(
        events.c.id,
        events.c.category,
        events.c.status,
        events.c.told_as,
        events.c.source,
        events.c.target,
        func.json_extract(events.c.json, "$.date.start").label("start"),
        func.json_extract(events.c.json, "$.date.end").label("end"),
        func.json_extract(events.c.json, "$.origins").label("origins"),
        (_languages() if with_reports else null()).label("languages"),
        (_why() if with_reports else null()).label("why"),
    )


def _telling() -> Select[str]:
    return (
        select(reports.c.json)
        .join(event_reports, event_reports.c.report_id == reports.c.id)
        .join(articles, articles.c.id == reports.c.article_id)
        .where(event_reports.c.event_id == events.c.id, reports.c.retracted_at.is_(None))
        .correlate(events)
    )


def _languages() -> ColumnElement[str]:
    name = func.coalesce(articles.c.language, "")
    return _telling().with_only_columns(func.group_concat(name.distinct())).scalar_subquery()


def _origins() -> ColumnElement[int]:
    return func.coalesce(events.c.origins, func.json_extract(events.c.json, "$.origins"), 0)


def _why() -> ColumnElement[str]:
    best, first = (
        func.json_extract(events.c.json, f"$.{one}") for one in ("best", "report_ids[0]")
    )
    why = select(func.json_extract(reports.c.json, "$.why"))
    why = why.where(reports.c.id == func.coalesce(best, first))
    return why.correlate(events).scalar_subquery()


def _mark(row: Row[*tuple[object, ...]]) -> Mark:
    return Mark(
        id=row.id,
        category=row.category,
        status=row.status,
        told_as=row.told_as,
        source=row.source,
        target=row.target,
        start=row.start,
        end=row.end,
        origins=row.origins or 0,
        languages=tuple(sorted(row.languages.split(","))) if row.languages is not None else (),
        why=tuple(json.loads(row.why)) if row.why else (),
    )
