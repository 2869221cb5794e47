"""Forgetting an article over the whole desk: what others tell stays, told without it.

In: an open desk and an id. Out: the desk as if the article had never come, and a tombstone. Its
copies are compared anew, and events that it shared are told and counted by their other reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.desk import Desk
from dragoman.link.copies import COPY_SHARE, share
from dragoman.model import Event
from dragoman.record.chronology import counted, retold


def forget(desk: Desk, identity: str, reason: str, by: str | None = None) -> None:
    """Forget an article or a capture; all of it at once, or nothing."""
    store = desk.store
    with desk.stories.watched(), store.together():
        rows = store.reports_of_article(identity, with_retracted=True)
        shared = [row.event_id for row in rows if row.event_id is not None]
        orphans = [copy for copy, _ in store.copies_of(identity)]
        desk.stories.remove(identity)
        store.forget(identity, reason, by)
        _compare(desk, orphans)
        desk.stories.settle(orphans)
        told = [*_told_without(desk, shared), *_told_by(desk, orphans)]
        store.keep_events([counted(event, desk.happenings.telling) for event in _once(told)])


def _compare(desk: Desk, orphans: Sequence[str]) -> None:
    """Copies of what is gone: the first to arrive takes its place, where the others are like it."""
    rows = [row for one in orphans if (row := desk.store.article(one)) is not None]
    roots: list[str] = []
    for row in sorted(rows, key=lambda row: row.seq):
        own = desk.store.sketch(row.article.id)
        shares = [(share(own, desk.store.sketch(root)), root) for root in roots]
        best, root = max(shares, default=(0.0, ""))
        if best >= COPY_SHARE:
            desk.store.set_copy(row.article.id, root, round(best, 2))
        else:
            roots.append(row.article.id)


def _told_without(desk: Desk, shared: Sequence[str]) -> Iterator[Event]:
    """Events that the forgotten article shared with others."""
    for identity in dict.fromkeys(shared):
        event = desk.store.event(identity)
        if event is not None:
            left = {row.report.id: row.report for row in desk.store.reports_of_event(event.id)}
            reports = [left[one] for one in event.report_ids if one in left]
            yield retold(event, reports, desk.steps.knowledge.atlas)


def _told_by(desk: Desk, articles: Sequence[str]) -> Iterator[Event]:
    """Events of articles whose origin is another one now."""
    for article in articles:
        for row in desk.store.reports_of_article(article):
            event = desk.store.event(row.event_id) if row.event_id is not None else None
            if event is not None:
                yield event


def _once(events: Sequence[Event]) -> list[Event]:
    """Each event once; the first one, told anew, is the one that counts."""
    found: dict[str, Event] = {}
    for event in events:
        found.setdefault(event.id, event)
    return list(found.values())
