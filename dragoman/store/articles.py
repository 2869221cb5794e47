"""Reading articles: whole, as lists show them, and by the actors they name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select

from dragoman.errors import Damaged
from dragoman.model import Kept, Quote, Report
from dragoman.store.backings import backing_in
from dragoman.store.naming import NEWEST, newest_naming
from dragoman.store.records import ANEW, ARTICLE, QUOTES, READING, REFERENCES, REPORT, load, unpack
from dragoman.store.rows import ArticleRow
from dragoman.store.schema import (
    article_actors,
    article_versions,
    articles,
    captures,
    entries,
    event_numbers,
    failures,
    quotes,
    readings,
    reports,
    sources,
)
from dragoman.store.schema_joins import copies
from dragoman.store.transactions import Transactions, parts

_MADE = (
    select(func.count())
    .where(reports.c.article_id == articles.c.id, reports.c.retracted_at.is_(None))
    .scalar_subquery()
)
_LISTED = select(
    articles.c.json, articles.c.revision, articles.c.seq, articles.c.outlet, _MADE.label("made")
)


class Articles(Transactions):
    def article_ids(self, *, before_version: Mapping[str, str] | None = None) -> list[str]:
        """In order of arrival; with versions, only those that any other version made."""
        query = select(articles.c.id).order_by(articles.c.seq)
        if before_version:
            query = query.where(or_(*(~_made_by(*pair) for pair in before_version.items())))
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def kept(self, article_id: str) -> Kept | None:
        """All that was made of an article, without the reports that were retracted. Raises Damaged
        where that, or a part of it, can't be read."""
        query = (
            select(articles.c.json, articles.c.given_id, readings.c.reading, readings.c.refs)
            .outerjoin(readings, readings.c.article_id == articles.c.id)
            .where(articles.c.id == article_id)
        )
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            if row.reading is None:
                raise Damaged(f"the reading of {article_id} is gone; {ANEW}")
            return Kept(
                article=load(ARTICLE, row.json),
                reading=load(READING, unpack(row.reading)),
                references=load(REFERENCES, unpack(row.refs)),
                reports=_reports_made(connection, article_id),
                id=row.given_id,
                backing=backing_in(connection, article_id),
            )

    def unreadable(self) -> dict[str, str]:
        """Articles of which what is kept can't be read, or not all of it → why. All are tried."""
        found = {}
        for identity in self.article_ids():
            try:
                self.kept(identity)
            except Damaged as error:
                found[identity] = str(error)
        return found

    def capture_of(self, article_id: str) -> str | None:
        """The id of the capture that an article was made of."""
        query = select(articles.c.capture_id).where(articles.c.id == article_id)
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def quotes(self, article_ids: Collection[str]) -> dict[str, tuple[Quote, ...]]:
        """Article → what it reports as said or thought, for those that do."""
        with self._reading() as connection:
            return {
                row.article_id: load(QUOTES, row.json)
                for some in parts(article_ids)
                for row in connection.execute(select(quotes).where(quotes.c.article_id.in_(some)))
            }

    def versions(self, article_id: str) -> dict[str, str]:
        """The version of each step that made an article."""
        query = select(article_versions.c.step, article_versions.c.version).where(
            article_versions.c.article_id == article_id
        )
        with self._reading() as connection:
            return {row.step: row.version for row in connection.execute(query)}

    def article(self, article_id: str) -> ArticleRow | None:
        found = self._article_rows(_LISTED.where(articles.c.id == article_id))
        return found[0] if found else None

    def is_made_of(self, article_id: str, capture_id: str) -> bool:
        """Whether the article, as it is kept, was made of that capture."""
        return self.capture_of(article_id) == capture_id

    def source_licence(self, article_id: str) -> str | None:
        """The licence of a source that named the article, as the desk's keeper noted it."""
        query = (
            select(sources.c.licence)
            .join(entries, entries.c.source_id == sources.c.id)
            .join(captures, captures.c.id == entries.c.capture_id)
            .where(captures.c.article_id == article_id, sources.c.licence.is_not(None))
            .order_by(sources.c.seq)
            .limit(1)
        )
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def articles(self, limit: int = 20, offset: int = 0) -> list[ArticleRow]:
        """Newest published first; those without a date last, by arrival."""
        return self._article_rows(_LISTED.order_by(*NEWEST).limit(limit).offset(offset))

    def newest_articles(self, *, until: str, limit: int = 20, offset: int = 0) -> list[str]:
        """Ids of articles published up to a day (ISO), newest first; undated ones last."""
        day = articles.c.published
        query = select(articles.c.id).order_by(*NEWEST).limit(limit).offset(offset)
        with self._reading() as connection:
            found = query.where(or_(day < _next(until), day.is_(None)))
            return list(connection.execute(found).scalars())

    def articles_of_actor(self, actor: str, limit: int = 20) -> list[ArticleRow]:
        """Articles that name an actor, newest first."""
        with self._reading() as connection:
            ids = newest_naming(connection, [{actor}], limit)
        return self._article_rows(_LISTED.where(articles.c.id.in_(ids)).order_by(*NEWEST))

    def articles_naming(self, actors: Collection[str]) -> list[str]:
        """The ids of all articles that name any of these actors, in order of arrival."""
        query = select(articles.c.id).where(
            articles.c.id.in_(
                select(article_actors.c.article_id).where(article_actors.c.actor.in_(actors))
            )
        )
        with self._reading() as connection:
            return list(connection.execute(query.order_by(articles.c.seq)).scalars())

    def counts(self) -> dict[str, int]:
        """What the desk holds now: retracted reports and events nobody tells are not counted."""
        told = event_numbers.c.number
        queries: dict[str, Select[int]] = {
            "articles": select(func.count()).select_from(articles),
            "reports": select(func.count()).select_from(reports),
            "retracted": select(func.count()).where(reports.c.retracted_at.is_not(None)),
            "events": select(func.coalesce(func.sum(told), 0)).where(event_numbers.c.actor == ""),
            "failures": select(func.count()).select_from(failures),
            "copies": select(func.count(copies.c.article_id.distinct())),
        }
        with self._reading() as connection:
            found = {name: connection.execute(q).scalar_one() for name, q in queries.items()}
        # All less those withdrawn: of either an index alone tells, of those that stand none does.
        found["reports"] -= found.pop("retracted")
        return found

    def _article_rows(self, query: Select[*tuple[Any, ...]]) -> list[ArticleRow]:
        with self._reading() as connection:
            return [_article_row(row) for row in connection.execute(query)]


def articles_with(connection: Connection, condition: ColumnElement[bool]) -> list[ArticleRow]:
    return [_article_row(row) for row in connection.execute(_LISTED.where(condition))]


def _next(day: str) -> str:
    """What days and instants up to a day come before."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _article_row(row: Row[*tuple[Any, ...]]) -> ArticleRow:
    return ArticleRow(
        article=load(ARTICLE, row.json),
        revision=row.revision,
        seq=row.seq,
        reports=row.made,
        outlet=row.outlet,
    )


def _reports_made(connection: Connection, article_id: str) -> tuple[Report, ...]:
    query = (
        select(reports.c.json)
        .where(reports.c.article_id == article_id, reports.c.retracted_at.is_(None))
        .order_by(reports.c.position)
    )
    return tuple(load(REPORT, text) for text in connection.execute(query).scalars())


def _made_by(step: str, version: str) -> ColumnElement[bool]:
    return exists().where(
        and_(
            article_versions.c.article_id == articles.c.id,
            article_versions.c.step == step,
            article_versions.c.version == version,
        )
    )
