"""What a dated snapshot needs beside the events: articles in bulk, and every id that is gone.

Out: rows. Between the events and what is listed here stands every id of an event or report that
was ever given out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, Select, String, literal, null, select

from dragoman.store.articles import articles_with
from dragoman.store.rows import ArticleRow, Gone
from dragoman.store.schema import (
    article_versions,
    articles,
    event_redirects,
    events,
    reports,
    tombstones,
)
from dragoman.store.told import IS_TOLD
from dragoman.store.transactions import Transactions, parts


def _gone(
    what: str, identity: ColumnElement[str], at: ColumnElement[str], **said: ColumnElement[str]
) -> Select[str, str, str, str, str, str]:
    none = null().cast(String)
    into, reason, by = (said.get(name, none) for name in ("into", "reason", "by"))
    return select(
        identity.label("id"),
        literal(what).label("what"),
        at.label("at"),
        into.label("into"),
        reason.label("reason"),
        by.label("by"),
    )


_GONE = (
    _gone("withdrawn", reports.c.id, reports.c.retracted_at, into=reports.c.last_event).where(
        reports.c.retracted_at.is_not(None)
    ),
    _gone("withdrawn", events.c.id, events.c.retracted_at).where(~IS_TOLD),
    _gone(
        "merged", event_redirects.c.old_id, event_redirects.c.at, into=event_redirects.c.event_id
    ),
    _gone(
        "forgotten",
        tombstones.c.id,
        tombstones.c.at,
        into=tombstones.c.cause,
        reason=tombstones.c.reason,
        by=tombstones.c.by,
    ),
)


class Versions(Transactions):
    def gone(self) -> Iterator[Gone]:
        """Every report and event that stands no more, and all that was forgotten; in no order."""
        with self._reading() as connection:
            for query in _GONE:
                for row in connection.execute(query).mappings():
                    yield Gone(**row)

    def article_rows(self, ids: Collection[str]) -> dict[str, ArticleRow]:
        """Article id → the article as lists show it, for those that the desk holds."""
        found: dict[str, ArticleRow] = {}
        with self._reading() as connection:
            for some in parts(ids):
                rows = articles_with(connection, articles.c.id.in_(some))
                found |= {row.article.id: row for row in rows}
        return found

    def versions_of(self, ids: Collection[str]) -> dict[str, dict[str, str]]:
        """Article id → the version of each step that made it, by the step's name."""
        found: dict[str, dict[str, str]] = {}
        with self._reading() as connection:
            for some in parts(ids):
                of_them = article_versions.c.article_id.in_(some)
                query = select(article_versions).where(of_them).order_by(article_versions.c.step)
                for row in connection.execute(query):
                    found.setdefault(row.article_id, {})[row.step] = row.version
        return found
