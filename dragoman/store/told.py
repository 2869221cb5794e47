"""When an event is told: at least one report of it stands; its day, and the month it counts in."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, bindparam, case, exists, func, update

from dragoman.model import BOUNDS
from dragoman.store.databases.dialects import json_text
from dragoman.store.schema import articles, event_reports, events, reports
from dragoman.store.transactions import parts

BY_DATE = (articles.c.published.nulls_last(), articles.c.seq, reports.c.position)
"""Reports in the order in which they are told: the oldest article first, then as its text goes."""
PRINTED = case(
    (json_text(articles.c.json, "published.basis").like(f"{BOUNDS}%"), None),
    else_=func.substr(articles.c.published, 1, 10),
)
"""The day of an article; none where its text only bounds it (the order keeps to that)."""

FROM_TO = {
    end: case(
        (events.c.month.is_not(None), events.c[f"{end}_day"]),
        else_=json_text(events.c.json, f"date.{end}"),
    )
    for end in ("start", "end")
}
"""The days of an event as its record has them. What lies in a month has both in its columns; of
all else only the record tells whether one of them is open."""


def is_told() -> ColumnElement[bool]:
    """For the events of a query; an event whose reports were all retracted is not listed."""
    return exists().where(
        event_reports.c.event_id == events.c.id,
        reports.c.id == event_reports.c.report_id,
        reports.c.retracted_at.is_(None),
    )


IS_TOLD = events.c.retracted_at.is_(None)
"""The same for indexes to use: `settle_told` keeps the column to it."""


def settle_told(connection: Connection, ids: Collection[str], now: str) -> None:
    """Note of these events whether a report still tells them."""
    for some in parts(ids):
        for settle in (_WITHDRAWN, _TOLD_AGAIN):
            connection.execute(settle, {"ids": some, "now": now})


def month_of(start: str | None, end: str | None) -> str | None:
    """The ISO month in which days lie wholly; None for coarser, open and unknown dates."""
    if start is None or end is None or start[:7] != end[:7]:
        return None
    return start[:7]


# Statements are made once: making one costs more than carrying it out.
_THESE = update(events).where(events.c.id.in_(bindparam("ids", expanding=True)))
_WITHDRAWN = _THESE.where(IS_TOLD, ~is_told()).values(retracted_at=bindparam("now"))
_TOLD_AGAIN = _THESE.where(~IS_TOLD, is_told()).values(retracted_at=None)
