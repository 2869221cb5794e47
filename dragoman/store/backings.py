"""What stands behind each article, by article: who shows it, its credits, whose word it rests on.

Keeps what the record step made of an article; counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from dragoman.model import Backing, Kept
from dragoman.store.records import BACKING, dump, load, same
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
    text = _text_of(connection, article_id)
    return load(BACKING, text) if text is not None else None


def _text_of(connection: Connection, article_id: str) -> str | None:
    query = select(backings.c.json).where(backings.c.article_id == article_id)
    return connection.execute(query).scalar()


def write_backing(connection: Connection, kept: Kept) -> bool:
    """Whether it differs from what was there."""
    old = _text_of(connection, kept.article.id)
    text = dump(BACKING, kept.backing) if kept.backing is not None else None
    if old == text or (old and text and same(BACKING, old, kept.backing, text)):
        return False
    connection.execute(delete(backings).where(backings.c.article_id == kept.article.id))
    if text is not None:
        connection.execute(insert(backings).values(article_id=kept.article.id, json=text))
    return True
