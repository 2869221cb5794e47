"""Happenings within the desk: the events that an arriving article's reports belong to.

In: an article with its reports, and the store. Out: events to keep, counted. When two reports
tell one happening is `record.chronology`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.desk.origins import OriginCounter, by_article
from dragoman.knowledge import Knowledge
from dragoman.model import Event, Kept, Origins
from dragoman.record.chronology import join
from dragoman.store import Store


class Happenings:
    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self._store = store
        self._knowledge = knowledge
        self._origins = OriginCounter(store, knowledge)

    def join(self, kept: Kept) -> list[Event]:
        """Call it where the article's copies are kept already, and the article not yet."""
        before = {
            row.report.id: event
            for row in self._store.reports_of_article(kept.article.id)
            if row.event_id and (event := self._store.event(row.event_id))
        }
        return join(
            kept.reports,
            before,
            self._store.events_near,
            lambda report_ids: self.origins(report_ids, kept),
            self._knowledge.atlas,
        )

    def origins(self, report_ids: Sequence[str], arriving: Kept | None = None) -> Origins:
        """What reports go back to; `arriving` is an article that is not kept yet."""
        told = self._store.articles_of_reports(report_ids)
        if arriving is not None:
            told |= {report.id: arriving.article.id for report in arriving.reports}
        found = by_article((one, told[one]) for one in report_ids if one in told)
        return self._origins.of_reports(found, arriving)
