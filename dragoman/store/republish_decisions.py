"""What editors decided of articles that others may print: each decision with who, when and why.

The last decision on an article is what holds; one that is taken back says so and is kept too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from dragoman.model.republishing import Decision, Ruling
from dragoman.store.databases.dialects import json_text
from dragoman.store.schema import articles, captures, entries, sources
from dragoman.store.schema_searches import republish_decisions
from dragoman.store.transactions import Transactions, parts

LOOKED_AT = 5_000
"""Of the newest articles."""
_OF_SOURCE = (
    select(captures.c.article_id)
    .join(entries, entries.c.capture_id == captures.c.id)
    .join(sources, sources.c.id == entries.c.source_id)
    .where(sources.c.licence.is_not(None))
)
_ALL = select(republish_decisions)
_LAST = _ALL.where(
    republish_decisions.c.id.in_(
        select(func.max(republish_decisions.c.id)).group_by(republish_decisions.c.article_id)
    )
)


class RepublishDecisions(Transactions):
    def perhaps_licensed(self, hosts: Collection[str], limit: int) -> list[str]:
        """The newest articles that a source with a licence brought, that stand at one of these
        hosts, or that say whose they are; whether their licence permits it is still to be asked."""
        newest = (
            select(articles.c.id, articles.c.host, articles.c.json, articles.c.newest)
            .order_by(articles.c.newest.desc())
            .limit(LOOKED_AT)
            .subquery()
        )
        may: list[ColumnElement[bool]] = [newest.c.id.in_(_OF_SOURCE)]
        if hosts:
            may += [newest.c.host == host for host in sorted(hosts)]
            may += [newest.c.host.endswith(f".{host}", autoescape=True) for host in sorted(hosts)]
            for said in ("first_publisher", "agency"):
                may.append(json_text(newest.c.json, f"attribution.{said}").is_not(None))
        query = select(newest.c.id).where(or_(*may)).order_by(newest.c.newest.desc()).limit(limit)
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def decide_republishing(
        self,
        article_id: str,
        what: Ruling,
        *,
        digest: str,
        lead: str | None = None,
        by: str | None = None,
        why: str | None = None,
    ) -> Decision:
        """`digest`: of what would be handed on, as it was seen. What holds already, in the same
        words, is not noted twice."""
        values = {"article_id": article_id, "what": what, "digest": digest, "lead": lead or None}
        with self._writing() as connection:
            last = connection.execute(
                _LAST.where(republish_decisions.c.article_id == article_id)
            ).first()
            if last is not None and all(last._mapping[name] == one for name, one in values.items()):
                return Decision(**last._mapping)
            row = {**values, "by": by, "why": why or None, "at": self._clock()}
            made = insert(republish_decisions).values(row).returning(*republish_decisions.c)
            return Decision(**connection.execute(made).one()._mapping)

    def republish_decisions(self) -> dict[str, Decision]:
        """Article → what holds."""
        with self._reading() as connection:
            return {row.article_id: Decision(**row._mapping) for row in connection.execute(_LAST)}

    def republish_log(self, article_id: str | None = None, *, limit: int = 100) -> list[Decision]:
        """Everything that was decided, of one article or of all, newest first."""
        query = _ALL.order_by(republish_decisions.c.id.desc()).limit(limit)
        if article_id is not None:
            query = query.where(republish_decisions.c.article_id == article_id)
        with self._reading() as connection:
            return [Decision(**row._mapping) for row in connection.execute(query)]


def drop_leads(connection: Connection, article_ids: Iterable[str]) -> None:
    """What was written about articles that are forgotten; that it was decided is kept."""
    for some in parts(article_ids):
        mine = update(republish_decisions).where(republish_decisions.c.article_id.in_(some))
        connection.execute(mine.values(lead=None, why=None))
