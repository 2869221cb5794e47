"""What dossiers ask: the marks of an actor's or pair's events, and the articles they share.

A mark is an event in the few columns that it is counted, filtered and sorted by; the event itself
is read only where it is shown. Where numbers and order are enough, see `tallies`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Row, func, or_, select

from dragoman.model import Event, Reference, Status, ToldAs
from dragoman.store.naming import newest_naming
from dragoman.store.records import EVENT, REFERENCES, load, unpack
from dragoman.store.schema import events, readings
from dragoman.store.tallies import ALL, Wanted, fits, sides
from dragoman.store.told import FROM_TO, month_of
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
    """Of the articles that tell it; "" is one whose language is unknown."""
    is_mutual: bool
    """Its sides did it together."""

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
    is_mutual: bool
    """Its sides did it together."""


_MUTUAL = func.coalesce(events.c.is_mutual, False).label("is_mutual")
_ORIGINS = func.coalesce(events.c.origins, 0).label("origins")
_MARKED = select(
    *(
        events.c[name]
        for name in ("id", "category", "status", "told_as", "source", "target", "languages")
    ),
    *(day.label(end) for end, day in FROM_TO.items()),
    _ORIGINS,
    _MUTUAL,
)


class Dossiers(Transactions):
    def acts(self, a: str, b: str, wanted: Wanted = ALL) -> list[Act]:
        """All told events of a pair, in no order."""
        names = ("id", "category", "status", "source", "start_day", "end_day", "month")
        query = select(*(events.c[name] for name in names), _ORIGINS, _MUTUAL)
        with self._reading() as connection:
            return [
                Act._make(row)
                for side in sides(a, b)
                for row in connection.execute(query.where(side, *fits(wanted)))
            ]

    def languages_of_pair(self, a: str, b: str) -> tuple[str, ...]:
        """Codes of the languages that a pair's told events are told in; "" where one is unknown."""
        found: set[str] = set()
        with self._reading() as connection:
            for side in sides(a, b):
                query = select(events.c.languages).distinct().where(side, *fits(ALL))
                for codes in connection.execute(query).scalars():
                    found |= set(_codes(codes))
        return tuple(sorted(found))

    def marks(
        self,
        actor: str,
        other: str | None = None,
        wanted: Wanted = ALL,
    ) -> list[Mark]:
        """Of all told events of an actor, or of a pair, by their first day; undated last."""
        query = _MARKED.where(or_(*sides(actor, other)), *fits(wanted))
        query = query.order_by(events.c.start_day.nulls_last(), events.c.id)
        with self._reading() as connection:
            return [_mark(row) for row in connection.execute(query)]

    def marks_called(self, ids: Sequence[str]) -> list[Mark]:
        """Of the events with these ids, in this order; a few hundred at most."""
        query = _MARKED.where(events.c.id.in_(ids))
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
        origins=row.origins,
        languages=_codes(row.languages),
        is_mutual=row.is_mutual,
    )


def _codes(languages: str | None) -> tuple[str, ...]:
    return tuple(languages.split(",")) if languages is not None else ()
