"""What a word index is, whatever database it stands in, and what one that is asked answers with.

How a database does it is a module: `fts5` for SQLite, `vectors` for PostgreSQL.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, FromClause, Subquery, select

from dragoman.store.phrases import Phrase


@dataclass(frozen=True, slots=True)
class IndexPlan:
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
        self, connection: Connection, index: IndexPlan, number: int, words: tuple[str, str]
    ) -> None: ...

    def held(
        self, connection: Connection, index: IndexPlan, number: int
    ) -> tuple[str, str] | None: ...

    def numbers(self, connection: Connection, index: IndexPlan) -> set[int]: ...

    def remove(self, connection: Connection, index: IndexPlan, number: int | None) -> None: ...

    def drop_deleted(self, connection: Connection, index: IndexPlan) -> None: ...

    def match(self, index: IndexPlan, every: Sequence[Sequence[Phrase]]) -> Match: ...


def tokens(words: str) -> Iterator[str]:
    """The words of an analysed text as FTS5 takes them: letters, numbers and private signs."""
    for part in words.split():
        if part.isalnum():
            yield part.lower()
        else:
            yield from re.findall(r"\S+", "".join(map(_bare, part)).lower())


def _bare(sign: str) -> str:
    kind = unicodedata.category(sign)
    return sign if kind[0] in "LN" or kind == "Co" else " "


def taken(words: str) -> str:
    """An analysed text as an index holds it: the same in both databases."""
    return " ".join(tokens(words))
