"""What lists say of a set of articles at once: where and when each was printed, what they tell.

For stories: a few statements for a whole story, and none of them reads an article's text.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from dragoman.store.records import EVENT, load
from dragoman.store.rows import Listed, ToldBy
from dragoman.store.schema import articles, event_reports, events, reports
from dragoman.store.told import PRINTED
from dragoman.store.transactions import Transactions


class Storylines(Transactions):
    def listed(self, article_ids: Collection[str]) -> list[Listed]:
        """These articles in the order of printing, undated ones last."""
        columns = articles.c
        query = (
            select(columns.id, PRINTED.label("day"), columns.url, columns.outlet, columns.language)
            .where(columns.id.in_(sorted(article_ids)))
            .order_by(PRINTED.is_(None), PRINTED, columns.id)
        )
        with self._reading() as connection:
            return [Listed(**row) for row in connection.execute(query).mappings()]

    def told_by_most(self, article_ids: Collection[str], limit: int) -> list[ToldBy]:
        """The events that most of these articles tell: news first, then what they tell early."""
        number, early = func.count(reports.c.article_id.distinct()), func.avg(reports.c.position)
        query = (
            select(events.c.json, number, early)
            .join(event_reports, event_reports.c.event_id == events.c.id)
            .join(reports, reports.c.id == event_reports.c.report_id)
            .where(reports.c.article_id.in_(sorted(article_ids)), reports.c.retracted_at.is_(None))
            .group_by(events.c.id, events.c.json, events.c.told_as)
            .order_by((events.c.told_as == "news").desc(), number.desc(), early, events.c.id)
            .limit(limit)
        )
        with self._reading() as connection:
            return [
                ToldBy(load(EVENT, text), int(articles), float(position))
                for text, articles, position in connection.execute(query)
            ]
