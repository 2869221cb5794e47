"""What articles are compared by, and the links between those that may tell one story.

Keeps what it is told; how alike two articles are is decided elsewhere. A signature's vector is kept
in its row alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, delete, insert, select

from dragoman.model import Signature
from dragoman.store.records import SIGNATURE, dump, load, pack, unpack
from dragoman.store.rows import Signed
from dragoman.store.schema_joins import signatures, story_links
from dragoman.store.transactions import Transactions, parts

VECTOR = 512
"""Bytes at the beginning of a row that are the signature's vector."""
_SIGNED = select(
    signatures.c.seq,
    signatures.c.article_id,
    signatures.c.day,
    signatures.c.is_original,
    signatures.c.row,
)
_OF_ARTICLE = select(signatures).where(signatures.c.article_id == bindparam("article"))
_DROP = delete(signatures).where(signatures.c.article_id == bindparam("article"))
_NEW = insert(signatures)
_SINCE = _SIGNED.where(signatures.c.seq > bindparam("seq")).order_by(signatures.c.seq)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_WHOLE = select(signatures.c.signature, signatures.c.row).where(signatures.c.article_id.in_(_IDS))
_LINKS = select(story_links).where(
    story_links.c.article_id.in_(_IDS), story_links.c.score >= bindparam("least")
)
_AMONG = select(story_links).where(
    story_links.c.article_id.in_(_IDS), story_links.c.other_id.in_(_IDS)
)
# Counting ends with the first link that is too many: a few articles have thousands.
_ONE_MORE = (
    select(story_links.c.other_id)
    .where(
        story_links.c.article_id == signatures.c.article_id,
        story_links.c.score >= bindparam("least"),
    )
    .limit(1)
    .offset(bindparam("most"))
    .correlate(signatures)
    .scalar_subquery()
)
_CROWDED = select(signatures.c.article_id).where(
    signatures.c.article_id.in_(_IDS), _ONE_MORE.is_not(None)
)
_NEW_LINKS = insert(story_links)
_OTHERS = select(story_links.c.other_id).where(story_links.c.article_id == bindparam("article"))


class Signatures(Transactions):
    def keep_signature(
        self, signature: Signature, day: str, row: bytes, *, is_original: bool
    ) -> tuple[Signed, bool] | None:
        """Keep what an article is compared by: its row, and whether there was none before. None
        where nothing was new."""
        packed = pack(dump(SIGNATURE, replace(signature, vector=b"")).encode())
        values = {"day": day, "is_original": is_original, "row": row, "signature": packed}
        article = {"article": signature.article_id}
        with self._writing_along() as connection:
            old = connection.execute(_OF_ARTICLE, article).one_or_none()
            if old is not None:
                if all(getattr(old, name) == value for name, value in values.items()):
                    return None
                connection.execute(_DROP, article)
            made = connection.execute(_NEW, {"article_id": signature.article_id, **values})
        seq = int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0
        return Signed(seq, signature.article_id, day, is_original, row), old is None

    def set_original(self, article_id: str, is_original: bool) -> bool:
        """Note whether an article is compared itself or is a copy; False where that was so."""
        with self._writing_along() as connection:
            article = {"article": article_id}
            row = connection.execute(_OF_ARTICLE, article).mappings().one_or_none()
            if row is None or row["is_original"] == is_original:
                return False
            connection.execute(_DROP, article)
            again = {name: value for name, value in row.items() if name != "seq"}
            connection.execute(_NEW, again | {"is_original": is_original})
        return True

    def signatures(self, article_ids: Collection[str]) -> dict[str, Signature]:
        """What these articles are compared by, by id; those without are left out."""
        with self._reading() as connection:
            rows = connection.execute(_WHOLE, {"ids": sorted(article_ids)}).all()
        found = (
            replace(load(SIGNATURE, unpack(one.signature)), vector=one.row[:VECTOR]) for one in rows
        )
        return {one.article_id: one for one in found}

    def signed(self, article_id: str) -> Signed | None:
        """One article's row."""
        return next(iter(self._signed(_SIGNED.where(signatures.c.article_id == article_id))), None)

    def signed_on(self, day: str) -> list[Signed]:
        """The rows of the originals of a day ("" for those without one), in order of writing."""
        query = _SIGNED.where(signatures.c.day == day, signatures.c.is_original)
        return self._signed(query.order_by(signatures.c.seq))

    def signed_since(self, seq: int) -> list[Signed]:
        """The rows that were written after the one of this number."""
        return self._signed(_SINCE, {"seq": seq})

    def _signed(
        self, query: Select[*tuple[Any, ...]], values: Mapping[str, object] | None = None
    ) -> list[Signed]:
        with self._reading() as connection:
            return [Signed(*row) for row in connection.execute(query, values or {}).all()]

    def story_links(
        self, article_ids: Collection[str], least: float
    ) -> dict[str, dict[str, float]]:
        """What each of these articles is linked with by at least this score, and the score."""
        found: dict[str, dict[str, float]] = {article: {} for article in article_ids}
        with self._reading() as connection:
            for part in parts(article_ids):
                values = {"ids": part, "least": least}
                for article, other, score in connection.execute(_LINKS, values).all():
                    found[article][other] = score
        return found

    def story_links_among(self, article_ids: Collection[str]) -> dict[str, dict[str, float]]:
        """The links that these articles, no more than a statement takes, have with each other."""
        found: dict[str, dict[str, float]] = {article: {} for article in article_ids}
        with self._reading() as connection:
            rows = connection.execute(_AMONG, {"ids": sorted(article_ids)})
            for article, other, score in rows.all():
                found[article][other] = score
        return found

    def crowded(self, article_ids: Collection[str], least: float, most: int) -> set[str]:
        """Those of the articles that have more than `most` links of at least this score."""
        with self._reading() as connection:
            return {
                article
                for part in parts(article_ids)
                for article in connection.execute(
                    _CROWDED, {"ids": part, "least": least, "most": most}
                ).scalars()
            }


def write_story_links(connection: Connection, article_id: str, links: Mapping[str, float]) -> None:
    """Write an article's links from both sides; those before must have been dropped."""
    pairs = [(article_id, other, score) for other, score in links.items()]
    pairs += [(other, article_id, score) for other, score in links.items()]
    rows = [{"article_id": a, "other_id": b, "score": score} for a, b, score in pairs]
    if rows:
        connection.execute(_NEW_LINKS, rows)


def drop_story_links(connection: Connection, article_id: str) -> None:
    """Remove an article's links from both sides."""
    own = story_links.c.article_id == article_id
    others = connection.execute(_OTHERS, {"article": article_id}).scalars().all()
    for part in parts(others):
        back = and_(story_links.c.article_id.in_(part), story_links.c.other_id == article_id)
        connection.execute(delete(story_links).where(back))
    if others:
        connection.execute(delete(story_links).where(own))
