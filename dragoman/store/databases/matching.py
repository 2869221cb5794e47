"""What a word index is, whatever database it stands in, and what one that is asked answers with.

How a database does it is a module: `fts5` for SQLite, `vectors` for PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, FromClause, Subquery, select

from dragoman.store.phrases import Phrase


@dataclass(frozen=True, slots=True)
class WordIndex:
    name: str
    parts: tuple[str, str]
    weights: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Match:
    """Rows of an index that hold the phrases asked for; to be selected from, as a query needs."""

    source: FromClause
    number: ColumnElement[int]
    condition: ColumnElement[bool]
    best_first: ColumnElement[float]
    """To sort by: the better a row, the lower."""

    def best(self, number: int) -> Subquery:
        """Number and score of so many of the best rows; of equals the newer ones."""
        order = (self.best_first, self.number.desc())
        query = select(self.number.label("number"), self.best_first.label("score"))
        found = query.select_from(self.source).where(self.condition).order_by(*order)
        return found.limit(number).subquery("best")


class Indexing(Protocol):
    """How a database keeps and asks a word index."""

    def put(
        self, connection: Connection, index: WordIndex, number: int, words: tuple[str, str]
    ) -> None: ...

    def held(
        self, connection: Connection, index: WordIndex, number: int
    ) -> tuple[str, str] | None: ...

    def remove(self, connection: Connection, index: WordIndex, number: int | None) -> None: ...

    def drop_deleted(self, connection: Connection, index: WordIndex) -> None: ...

    def match(self, index: WordIndex, every: Sequence[Sequence[Phrase]]) -> Match: ...
