"""Reading reports, each with its history and enough of its article to cite it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, select

from dragoman.store.keeping_events import current_id
from dragoman.store.records import REPORT, load
from dragoman.store.rows import ReportRow
from dragoman.store.schema import articles, event_reports, reports
from dragoman.store.told import BY_DATE, PRINTED
from dragoman.store.transactions import Transactions, parts

CITED = (
    select(
        reports,
        event_reports.c.event_id,
        articles.c.title,
        articles.c.url,
        articles.c.outlet,
        articles.c.language,
        PRINTED.label("printed"),
    )
    .join(articles, articles.c.id == reports.c.article_id)
    .outerjoin(event_reports, event_reports.c.report_id == reports.c.id)
)

# Asked for those that stand, SQLite goes through every report that stands, by that index.
_MADE_BY = select(reports.c.id, reports.c.article_id, reports.c.retracted_at).where(
    reports.c.id.in_(bindparam("ids", expanding=True))
)


class Reports(Transactions):
    def report(self, report_id: str) -> ReportRow | None:
        """A report, also where it was retracted."""
        found = self._rows(reports.c.id == report_id, with_retracted=True)
        return found[0] if found else None

    def reports_called(self, report_ids: Iterable[str]) -> dict[str, ReportRow]:
        """Report id → the report, for those that the desk holds, also where it was retracted."""
        with self._reading() as connection:
            return {
                row.id: report_row(row)
                for some in parts(report_ids)
                for row in connection.execute(CITED.where(reports.c.id.in_(some)))
            }

    def reports_of_article(
        self, article_id: str, *, with_retracted: bool = False
    ) -> list[ReportRow]:
        """In the order of the text."""
        return self._rows(reports.c.article_id == article_id, with_retracted=with_retracted)

    def reports_of_articles(self, article_ids: Iterable[str]) -> dict[str, list[ReportRow]]:
        """Article → those of its reports that stand, in the order of the text."""
        found: dict[str, list[ReportRow]] = {}
        for some in parts(article_ids):
            for row in self._rows(reports.c.article_id.in_(some), with_retracted=False):
                found.setdefault(row.report.article_id, []).append(row)
        return found

    def reports_of_event(self, event_id: str, *, with_retracted: bool = False) -> list[ReportRow]:
        """Oldest article first; an id merged away gives the reports of the event it joined."""
        with self._reading() as connection:
            event_id = current_id(connection, event_id)
        return self._rows(event_reports.c.event_id == event_id, with_retracted=with_retracted)

    def last_reports_of_event(self, event_id: str) -> list[ReportRow]:
        """Withdrawn reports that told an event to the last."""
        told = and_(reports.c.last_event == event_id, reports.c.retracted_at.is_not(None))
        return self._rows(told, with_retracted=True)

    def articles_of_reports(self, report_ids: Iterable[str]) -> dict[str, str]:
        """Report id → the article that makes it, without those that were retracted."""
        found: dict[str, str] = {}
        with self._reading() as connection:
            for some in parts(report_ids):
                rows = connection.execute(_MADE_BY, {"ids": some}).all()
                found |= {str(one): str(article) for one, article, gone in rows if gone is None}
        return found

    def _rows(self, condition: ColumnElement[bool], *, with_retracted: bool) -> list[ReportRow]:
        query = CITED.where(condition).order_by(*BY_DATE)
        if not with_retracted:
            query = query.where(reports.c.retracted_at.is_(None))
        with self._reading() as connection:
            return [report_row(row) for row in connection.execute(query)]


def report_row(row: Row[*tuple[Any, ...]]) -> ReportRow:
    """Of a row that `CITED` selects."""
    return ReportRow(
        report=load(REPORT, row.json),
        revision=row.revision,
        retracted_at=row.retracted_at,
        event_id=row.event_id,
        coder_version=row.coder_version,
        codebook_version=row.codebook_version,
        lexicon_version=row.lexicon_version,
        article_title=row.title,
        article_url=row.url,
        outlet=row.outlet,
        language=row.language,
        published=row.printed,
    )
