"""The days that a query asks for, as numbers of events and articles: see `store.numbers`.

In: conditions on days. Out: conditions on the number, which an index that is walked by number is
walked between; and the few events that begin before them and reach into them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from dragoman.model.query import Between, Query
from dragoman.store.numbers import number_of
from dragoman.store.schema import events

MANY = 5_000
"""Events of earlier months that reach into the days asked for; fewer are looked up apart."""


def cutting(connection: Connection, number: ColumnElement[int], days: Between) -> Between:
    """Without a day that leaves nothing out: it would only draw a database from better indexes."""
    least = select(func.min(number)).where(number >= number_of("0001-01-01", 0))
    ends = select(least.scalar_subquery(), select(func.max(number)).scalar_subquery())
    low, high = (one or 0 for one in connection.execute(ends).one())
    return Between(
        days.first if days.first is not None and number_of(days.first, 0) > low else None,
        days.last if days.last is not None and number_of(days.last, 0) <= high else None,
    )


def days_asked(all_of: Iterable[Query]) -> Between:
    """What several conditions on days that all hold leave of them."""
    given = [part for part in all_of if isinstance(part, Between)]
    return Between(
        max((one.first for one in given if one.first is not None), default=None),
        min((one.last for one in given if one.last is not None), default=None),
    )


def numbered(number: ColumnElement[int], of: str, days: Between) -> ColumnElement[bool]:
    """What its days say of its number, so that an index that is walked by number is walked there
    alone. Of an event that is the day it begins, which may be long before the first one asked
    for."""
    within: list[ColumnElement[bool]] = [true()]
    if days.last is not None and days.last < date.max.isoformat():
        after = date.fromisoformat(days.last) + timedelta(days=1)
        within.append(number < number_of(after.isoformat(), 0))
    if days.first is not None and of == "articles":
        within.append(number >= number_of(days.first, 0))
    return and_(*within)


def early(connection: Connection, days: Between, month: str) -> list[str] | None:
    """Ids of the events that began before the month and reach into the days, so that they lie in
    no one month; None where they are many: then any walk soon finds enough."""
    these = events.c.month.is_(None) & (events.c.end_day >= days.first)
    these &= func.coalesce(events.c.start_day, "") < month
    if days.last is not None:
        these &= events.c.start_day <= days.last
    found = connection.execute(select(events.c.id).where(these).limit(MANY)).scalars().all()
    return list(found) if len(found) < MANY else None
