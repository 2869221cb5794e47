"""Which article is a copy of which, and the sketches by which copies are found.

Keeps what it is told; whether a text is a copy is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, or_, select

from dragoman.errors import StoreError
from dragoman.store.rows import Printed
from dragoman.store.schema import articles, copies, sketches
from dragoman.store.transactions import Transactions


class Copies(Transactions):
    def keep_sketch(self, article_id: str, hashes: Sequence[int]) -> None:
        """Keep a min-hash sketch (integers below 2**63) in place of the one before."""
        with self._writing() as connection:
            seq = _seq(connection, article_id)
            connection.execute(delete(sketches).where(sketches.c.article_seq == seq))
            rows = [
                {"article_seq": seq, "position": position, "hash": value}
                for position, value in enumerate(hashes)
            ]
            if rows:
                connection.execute(insert(sketches), rows)

    def sketch(self, article_id: str) -> list[int]:
        """The hashes in the order they were kept; empty where there is no sketch."""
        query = (
            select(sketches.c.hash)
            .join(articles, articles.c.seq == sketches.c.article_seq)
            .where(articles.c.id == article_id)
            .order_by(sketches.c.position)
        )
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def sketch_candidates(self, hashes: Sequence[int], *, least: int) -> list[tuple[str, int]]:
        """Articles that share at least `least` of the hashes, with how many, most first."""
        shared = func.count(sketches.c.hash.distinct())
        query = (
            select(articles.c.id, shared)
            .join(articles, articles.c.seq == sketches.c.article_seq)
            .where(sketches.c.hash.in_(sorted(set(hashes))))
            .group_by(articles.c.id, articles.c.seq)
            .having(shared >= least)
            .order_by(shared.desc(), articles.c.seq)
        )
        with self._reading() as connection:
            return [(str(name), int(number)) for name, number in connection.execute(query)]

    def set_copy(self, article_id: str, origin_id: str, share: float) -> None:
        """Note that an article's text was found in another's, and how much of it (0 to 1)."""
        with self._writing() as connection:
            _seq(connection, article_id)
            _seq(connection, origin_id)
            if article_id in _lineage(connection, origin_id):
                raise StoreError(f"{article_id} can't copy {origin_id}, which is its own copy")
            connection.execute(delete(copies).where(copies.c.article_id == article_id))
            connection.execute(
                insert(copies).values(article_id=article_id, origin_id=origin_id, share=share)
            )

    def drop_copy(self, article_id: str) -> None:
        """An article that was taken for a copy is none."""
        with self._writing() as connection:
            connection.execute(delete(copies).where(copies.c.article_id == article_id))

    def copies_of(self, article_id: str) -> list[tuple[str, float]]:
        """The direct copies, greatest share first."""
        query = (
            select(copies.c.article_id, copies.c.share)
            .where(copies.c.origin_id == article_id)
            .order_by(copies.c.share.desc(), copies.c.article_id)
        )
        with self._reading() as connection:
            return [(str(name), float(share)) for name, share in connection.execute(query)]

    def origin_of(self, article_id: str) -> tuple[str, float] | None:
        """What an article copies, and its share; None for an article that copies nothing."""
        query = select(copies.c.origin_id, copies.c.share).where(copies.c.article_id == article_id)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else (str(row.origin_id), float(row.share))

    def printed(self, newest: int) -> list[Printed]:
        """Of the newest articles to arrive those that name a source or repeat another one."""
        origins = articles.alias()
        latest = select(articles).order_by(articles.c.seq.desc()).limit(newest).subquery()
        agency = func.json_extract(latest.c.json, "$.attribution.agency.value")
        first = func.json_extract(latest.c.json, "$.attribution.first_publisher.value")
        query = (
            select(
                latest.c.url,
                latest.c.outlet,
                agency.label("agency"),
                first.label("first_publisher"),
                origins.c.url.label("origin_url"),
                origins.c.outlet.label("origin_outlet"),
            )
            .outerjoin(copies, copies.c.article_id == latest.c.id)
            .outerjoin(origins, origins.c.id == copies.c.origin_id)
            .where(or_(agency.is_not(None), first.is_not(None), origins.c.id.is_not(None)))
        )
        with self._reading() as connection:
            return [Printed(**row) for row in connection.execute(query).mappings()]


def first_origin(connection: Connection, article_id: str) -> str:
    """The article at the root of a tree of copies; an article that copies nothing is its own."""
    return _lineage(connection, article_id)[-1]


def _lineage(connection: Connection, article_id: str) -> list[str]:
    """An article, what it copies, what that copies, and so on."""
    line = [article_id]
    while True:
        query = select(copies.c.origin_id).where(copies.c.article_id == line[-1])
        origin = connection.execute(query).scalar()
        if origin is None:
            return line
        line.append(origin)


def _seq(connection: Connection, article_id: str) -> int:
    seq = connection.execute(select(articles.c.seq).where(articles.c.id == article_id)).scalar()
    if seq is None:
        raise StoreError(f"article {article_id} is not in the desk; keep it first")
    return int(seq)
