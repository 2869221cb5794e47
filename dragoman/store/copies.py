"""Which article is made of which, as a tree with reasons; and who goes back to whom.

Keeps what it is told; what makes a text a copy is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
)

from dragoman.errors import StoreError
from dragoman.model import HALF, CopyLink
from dragoman.store.rows import Printed
from dragoman.store.schema import articles
from dragoman.store.schema_joins import copies
from dragoman.store.transactions import Transactions, parts

_LINK = (
    copies.c.article_id,
    copies.c.origin_id,
    copies.c.share,
    copies.c.kind,
    copies.c.basis,
    copies.c.reason,
)
_ORDERED = select(*_LINK).order_by(copies.c.article_id, copies.c.position)
_ANY: BindParameter[Any] = bindparam("ids", expanding=True)
_OF_ANY = _ORDERED.where(copies.c.article_id.in_(_ANY))
_DROP = delete(copies).where(copies.c.article_id.in_(_ANY))
_NEW = insert(copies)
_CHIEF = select(copies.c.origin_id).where(
    copies.c.article_id == bindparam("article"), copies.c.position == 0, copies.c.share >= HALF
)


class Copies(Transactions):
    def keep_copy_links(self, links: Mapping[str, Sequence[CopyLink]]) -> None:
        """Put articles' links, the chief one first, in place of those before."""
        rows = [
            {
                "article_id": article_id, "position": position, "origin_id": link.origin_id,
                "share": link.share, "kind": link.kind, "basis": link.basis, "reason": link.reason,
            }
            for article_id, own in links.items()
            for position, link in enumerate(own)
        ]  # fmt: skip
        loop = next((row for row in rows if row["article_id"] == row["origin_id"]), None)
        if loop is not None:
            raise StoreError(f"{loop['article_id']} can't be its own copy")
        if not links:
            return
        with self._writing_along() as connection:
            for part in parts(links):
                connection.execute(_DROP, {"ids": part})
            if rows:
                connection.execute(_NEW, rows)

    def copy_links_of(self, article_ids: Collection[str]) -> dict[str, list[CopyLink]]:
        """The links of each of these articles that copies anything."""
        found: dict[str, list[CopyLink]] = {}
        with self._reading() as connection:
            for part in parts(article_ids):
                for link in _links(connection, _OF_ANY, part):
                    found.setdefault(link.article_id, []).append(link)
        return found

    def copy_links(self, article_id: str) -> list[CopyLink]:
        """What an article was made of, the chief source first; empty if it copies nothing."""
        with self._reading() as connection:
            return _links(connection, _OF_ANY, [article_id])

    def copies_of(self, article_id: str) -> list[CopyLink]:
        """The direct copies of an article, greatest share first."""
        with self._reading() as connection:
            query = _ORDERED.where(copies.c.origin_id.in_(_ANY))
            found = _links(connection, query, [article_id])
        return sorted(found, key=lambda link: (-link.share, link.article_id))

    def family(self, article_id: str) -> list[str]:
        """All articles that copy each other directly or through others, itself among them."""
        seen, new = {article_id}, {article_id}
        with self._reading() as connection:
            while new:
                either = or_(copies.c.article_id.in_(new), copies.c.origin_id.in_(new))
                rows = connection.execute(
                    select(copies.c.article_id, copies.c.origin_id).where(either)
                )
                new = {name for row in rows for name in row} - seen
                seen |= new
        return sorted(seen)

    def made_of(self, article_ids: Collection[str]) -> set[str]:
        """All that copy these articles, in whatever part and number of steps."""
        seen, new = set(article_ids), set(article_ids)
        with self._reading() as connection:
            while new:
                found: set[str] = set()
                for part in parts(new):
                    query = select(copies.c.article_id).where(copies.c.origin_id.in_(part))
                    found.update(connection.execute(query).scalars())
                new = found - seen
                seen |= new
        return seen - set(article_ids)

    def origin_of(self, article_id: str) -> tuple[str, float] | None:
        """The article at whose text another one's goes back to, and the share of the last step.

        None for an article most of which stands in no other.
        """
        with self._reading() as connection:
            line = _lineage(connection, article_id)
            if len(line) == 1:
                return None
            query = select(copies.c.share).where(
                copies.c.article_id == article_id, copies.c.position == 0
            )
            return line[-1], float(connection.execute(query).scalar_one())

    def repeats_of(self, root_id: str) -> list[tuple[str, float]]:
        """Every article that goes back to this one, with its share, greatest first."""
        found: dict[str, float] = {}
        new = [root_id]
        with self._reading() as connection:
            while new:
                rows = connection.execute(
                    select(copies.c.article_id, copies.c.share).where(
                        copies.c.origin_id.in_(new), copies.c.position == 0, copies.c.share >= HALF
                    )
                ).all()
                new = [row.article_id for row in rows]
                found |= {row.article_id: float(row.share) for row in rows}
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))

    def printed(self, newest: int) -> list[Printed]:
        """Of the newest articles to arrive those that name a source or repeat another one; the
        newest first."""
        origins = articles.alias()
        latest = select(articles).order_by(articles.c.seq.desc()).limit(newest).subquery()
        agency = func.json_extract(latest.c.json, "$.attribution.agency.value")
        first = func.json_extract(latest.c.json, "$.attribution.first_publisher.value")
        chief = (copies.c.article_id == latest.c.id) & (copies.c.position == 0)
        query = (
            select(
                latest.c.id.label("article_id"),
                latest.c.url,
                latest.c.outlet,
                agency.label("agency"),
                first.label("first_publisher"),
                origins.c.url.label("origin_url"),
                origins.c.outlet.label("origin_outlet"),
            )
            .outerjoin(copies, chief & (copies.c.share >= HALF))
            .outerjoin(origins, origins.c.id == copies.c.origin_id)
            .where(or_(agency.is_not(None), first.is_not(None), origins.c.id.is_not(None)))
            .order_by(latest.c.seq.desc())
        )
        with self._reading() as connection:
            return [Printed(**row) for row in connection.execute(query).mappings()]


def first_origin(connection: Connection, article_id: str) -> str:
    """The article a text goes back to; one that copies nothing is its own."""
    return _lineage(connection, article_id)[-1]


def _lineage(connection: Connection, article_id: str) -> list[str]:
    """An article, what most of it copies, what that copies, and so on."""
    line = [article_id]
    while True:
        origin = connection.execute(_CHIEF, {"article": line[-1]}).scalar()
        if origin is None:
            return line
        if origin in line:
            raise StoreError(f"{origin} is its own copy; `dragoman build --from link` mends this")
        line.append(origin)


def _links(
    connection: Connection, query: Select[*tuple[Any, ...]], ids: Sequence[str]
) -> list[CopyLink]:
    return [CopyLink(*row) for row in connection.execute(query, {"ids": ids}).all()]
