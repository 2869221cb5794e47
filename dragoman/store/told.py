"""When an event is told, at least one report of it stands; and the month in which it is counted."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from dragoman.store.schema import articles, event_reports, events, reports

BY_DATE = (articles.c.published.nulls_last(), articles.c.seq, reports.c.position)
"""Reports in the order in which they are told: the oldest article first, then as its text goes."""


def is_told() -> ColumnElement[bool]:
    """For the events of a query; an event whose reports were all retracted is not listed."""
    return exists().where(
        event_reports.c.event_id == events.c.id,
        reports.c.id == event_reports.c.report_id,
        reports.c.retracted_at.is_(None),
    )


def month_of(start: str | None, end: str | None) -> str | None:
    """The ISO month in which days lie wholly; None for coarser, open and unknown dates."""
    if start is None or end is None or start[:7] != end[:7]:
        return None
    return start[:7]
