"""Happenings within the desk: the events that an arriving article's reports belong to.

In: an article with its reports, and the store. Out: events to keep, counted. When two reports
tell one happening is `record.chronology`.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.knowledge import Knowledge
from dragoman.knowledge.origins import origin_of, outlet_name
from dragoman.model import Article, Event, Kept
from dragoman.record.chronology import Telling, join
from dragoman.store import Store

NO_ARTICLES: Mapping[str, Article] = {}


class Happenings:
    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self._store = store
        self._knowledge = knowledge

    def join(self, kept: Kept, root: str | None) -> list[Event]:
        """`root`: the article whose text this one repeats, if it is not kept as a copy yet."""
        before = {
            row.report.id: event
            for row in self._store.reports_of_article(kept.article.id)
            if row.event_id and (event := self._store.event(row.event_id))
        }
        own = {report.id: kept.article for report in kept.reports}
        return join(
            kept.reports,
            before,
            self._store.events_near,
            lambda report_id: self.telling(report_id, own, root),
            self._knowledge.atlas,
        )

    def telling(
        self, report_id: str, own: Mapping[str, Article] = NO_ARTICLES, root: str | None = None
    ) -> Telling:
        """Where a report is told; `own` are reports whose article, a copy of `root`, is not kept
        yet."""
        outlets = self._knowledge.outlets
        article = own.get(report_id)
        if article is None:
            row = self._store.report(report_id)
            found = self._store.article(row.report.article_id) if row is not None else None
            if found is None:
                return Telling(report_id, report_id)
            article, copied = found.article, self._store.origin_of(found.article.id)
            root = copied[0] if copied is not None else None
        first = self._store.article(root) if root is not None else None
        origin = origin_of(article, first.article if first is not None else None, outlets)
        return Telling(outlet_name(article, outlets), origin.key)
