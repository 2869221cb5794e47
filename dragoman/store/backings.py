"""What stands behind each article, by article: who shows it, its credits, whose word it rests on.

Keeps what the record step made of an article; counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from dragoman.model import Backing, Kept
from dragoman.store.records import BACKING, dump, load
from dragoman.store.schema_joins import backings
from dragoman.store.transactions import Transactions, parts


class Backings(Transactions):
    def backings(self, article_ids: Iterable[str]) -> dict[str, Backing]:
        """By article; one that was kept before backing was noted is missing."""
        found: dict[str, Backing] = {}
        with self._reading() as connection:
            for some in parts(article_ids):
                rows = connection.execute(select(backings).where(backings.c.article_id.in_(some)))
                found.update((str(row.article_id), load(BACKING, row.json)) for row in rows)
        return found


def backing_in(connection: Connection, article_id: str) -> Backing | None:
    query = select(backings.c.json).where(backings.c.article_id == article_id)
    text = connection.execute(query).scalar()
    return load(BACKING, text) if text is not None else None


def write_backing(connection: Connection, kept: Kept) -> bool:
    """Whether it differs from what was there."""
    old = backing_in(connection, kept.article.id)
    if kept.backing == old:
        return False
    connection.execute(delete(backings).where(backings.c.article_id == kept.article.id))
    if kept.backing is not None:
        text = dump(BACKING, kept.backing)
        connection.execute(insert(backings).values(article_id=kept.article.id, json=text))
    return True
