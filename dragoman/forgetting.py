"""Forgetting an article over the whole desk: what others tell stays, told without it.

In: an open desk and an id. Out: the desk as if the article had never come, and a tombstone. Its
copies find another source, and events that it shared are told and counted by their other reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.desk import Desk
from dragoman.model import Event
from dragoman.record.chronology import counted, retold


def forget(desk: Desk, identity: str, reason: str, by: str | None = None) -> None:
    """Forget an article or a capture; all of it at once, or nothing."""
    store = desk.store
    with store.together():
        rows = store.reports_of_article(identity, with_retracted=True)
        shared = [row.event_id for row in rows if row.event_id is not None]
        moved = desk.copies.forget(identity)
        store.forget(identity, reason, by)
        told = list(_told_without(desk, shared))
        store.keep_events([counted(event, desk.happenings.origins) for event in told])
        desk.recount(moved)


def _told_without(desk: Desk, shared: Sequence[str]) -> Iterator[Event]:
    """Events that the forgotten article shared with others."""
    for identity in dict.fromkeys(shared):
        event = desk.store.event(identity)
        if event is not None:
            left = {row.report.id: row.report for row in desk.store.reports_of_event(event.id)}
            reports = [left[one] for one in event.report_ids if one in left]
            yield retold(event, reports, desk.steps.knowledge.atlas)
