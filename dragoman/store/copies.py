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
    insert,
    or_,
    select,
)

from dragoman.errors import StoreError
from dragoman.model import HALF, CopyLink
from dragoman.store.databases.dialects import json_text
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
_CHIEF = (copies.c.position == 0, copies.c.share >= HALF)
"""Of the text that most of a copy stands in."""
_ORIGINS = select(copies.c.article_id, copies.c.origin_id).where(
    copies.c.article_id.in_(_ANY), *_CHIEF
)
_REPEATS = select(copies.c.origin_id, copies.c.article_id, copies.c.share).where(
    copies.c.origin_id.in_(_ANY), *_CHIEF
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

    def origins_of(self, article_ids: Collection[str]) -> dict[str, str]:
        """Each of these articles → the one whose text it goes back to: itself where most of it
        stands in no other."""
        with self._reading() as connection:
            return first_origins(connection, article_ids)

    def repeats_of(self, root_id: str) -> list[tuple[str, float]]:
        """Every article that goes back to this one, with its share, greatest first."""
        return self.repeats_of_each([root_id])[root_id]

    def repeats_of_each(self, root_ids: Collection[str]) -> dict[str, list[tuple[str, float]]]:
        """The same of several articles at once."""
        below: dict[str, dict[str, float]] = {}
        new = set(root_ids)
        with self._reading() as connection:
            while new:
                rows = [
                    row
                    for part in parts(new)
                    for row in connection.execute(_REPEATS, {"ids": part}).all()
                ]
                for row in rows:
                    below.setdefault(row.origin_id, {})[row.article_id] = float(row.share)
                new = {row.article_id for row in rows} - below.keys()
        return {
            root: sorted(_all_below(root, below).items(), key=lambda one: (-one[1], one[0]))
            for root in root_ids
        }

    def printed(self, newest: int) -> list[Printed]:
        """Of the newest articles to arrive those that name a source or repeat another one; the
        newest first."""
        origins = articles.alias()
        latest = select(articles).order_by(articles.c.seq.desc()).limit(newest).subquery()
        agency = json_text(latest.c.json, "attribution.agency.value")
        first = json_text(latest.c.json, "attribution.first_publisher.value")
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


def first_origins(connection: Connection, article_ids: Collection[str]) -> dict[str, str]:
    """The same of several articles."""
    return {one: line[-1] for one, line in _lines(connection, article_ids).items()}


def _lineage(connection: Connection, article_id: str) -> list[str]:
    """An article, what most of it copies, what that copies, and so on."""
    return _lines(connection, [article_id])[article_id]


def _lines(connection: Connection, article_ids: Collection[str]) -> dict[str, list[str]]:
    """The same of several articles, a step of all of them at once."""
    lines = {one: [one] for one in article_ids}
    growing = list(lines.values())
    while growing:
        origins: dict[str, str] = {}
        for part in parts(line[-1] for line in growing):
            for article, origin in connection.execute(_ORIGINS, {"ids": part}):
                origins[article] = origin
        growing = [line for line in growing if line[-1] in origins]
        for line in growing:
            origin = origins[line[-1]]
            if origin in line:
                raise StoreError(
                    f"{origin} is its own copy; `dragoman build --from link` mends this"
                )
            line.append(origin)
    return lines


def _all_below(root: str, below: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """What copies a text, and what copies that, with their shares."""
    found: dict[str, float] = {}
    new = [root]
    while new:
        own = below.get(new.pop(), {})
        new += own.keys() - found.keys()
        found |= own
    return found


def _links(
    connection: Connection, query: Select[*tuple[Any, ...]], ids: Sequence[str]
) -> list[CopyLink]:
    return [CopyLink(*row) for row in connection.execute(query, {"ids": ids}).all()]
