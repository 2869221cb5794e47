"""The word indices of articles and events: the only module that knows FTS5.

They are fed with analysed words (see `analyse`), asked with phrases of stems (see `phrases`), and
answer with numbers that grow with the day (see `numbers`). Of an article only headline and body go
in, no furniture and no credits; of an event the sentences that tell it, and its names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    FromClause,
    Subquery,
    bindparam,
    column,
    literal_column,
    select,
    table,
    text,
)

from dragoman.model import BODY_LABELS, Article
from dragoman.store.analyse import analysed
from dragoman.store.findable import Findable
from dragoman.store.phrases import Phrase

HEADLINE_WEIGHT = 3.0
"""A word of the headline counts as three in the body; a usual value, not measured yet."""


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


@dataclass(frozen=True, slots=True)
class WordIndex:
    name: str
    parts: tuple[str, str]
    weights: tuple[float, float]

    def put(self, connection: Connection, number: int, first: str, second: str) -> None:
        """Analysed words under a number that has none yet."""
        names = ", ".join(self.parts)
        connection.execute(
            text(f"INSERT INTO {self.name} (rowid, {names}) VALUES (:number, :first, :second)"),
            {"number": number, "first": first, "second": second},
        )

    def held(self, connection: Connection, number: int) -> tuple[str, str] | None:
        """The analysed words under a number."""
        names = ", ".join(self.parts)
        query = text(f"SELECT {names} FROM {self.name} WHERE rowid = :number")
        row = connection.execute(query, {"number": number}).one_or_none()
        return (str(row[0]), str(row[1])) if row is not None else None

    def numbers(self, connection: Connection) -> set[int]:
        """All numbers that have words."""
        return set(connection.execute(text(f"SELECT rowid FROM {self.name}")).scalars())

    def remove(self, connection: Connection, number: int | None) -> None:
        query = text(f"DELETE FROM {self.name} WHERE rowid = :number")
        connection.execute(query, {"number": number})

    def drop_deleted(self, connection: Connection) -> None:
        """Merge the index: FTS5 only marks deleted words, and drops them when parts are merged."""
        connection.execute(text(f"INSERT INTO {self.name} ({self.name}) VALUES ('optimize')"))

    def match(self, every: Sequence[Sequence[Phrase]]) -> Match:
        """Rows that hold one phrase at least out of every choice; no choice is empty."""
        question = " AND ".join(f"({' OR '.join(map(_quoted, choice))})" for choice in every)
        own: ColumnElement[str] = literal_column(self.name)
        weights = ", ".join(map(str, self.weights))
        return Match(
            source=table(self.name, column("rowid", BigInteger)),
            number=literal_column(f"{self.name}.rowid", BigInteger),
            condition=own.op("MATCH", is_comparison=True)(bindparam(None, question)),
            best_first=literal_column(f"bm25({self.name}, {weights})", Float),
        )


ARTICLE_WORDS = WordIndex("article_words", ("headline", "body"), (HEADLINE_WEIGHT, 1.0))
EVENT_WORDS = WordIndex("event_words", ("names", "told"), (1.0, 1.0))


def index_article(
    connection: Connection, article: Article, number: int, former: int | None
) -> None:
    """Put an article's words in, in place of those it had under its former number."""
    ARTICLE_WORDS.remove(connection, former)
    headline, body = (analysed(part, article.language) for part in searched_text(article))
    ARTICLE_WORDS.put(connection, number, headline, body)


def index_event(connection: Connection, found: Findable, number: int, former: int | None) -> bool:
    """Put an event's words in, in place of those it had; False where they are the same."""
    words = (found.names, found.told)
    held = EVENT_WORDS.held(connection, former) if former is not None else None
    if former == number and held == words:
        return False
    EVENT_WORDS.remove(connection, former)
    EVENT_WORDS.put(connection, number, *words)
    return True


def searched_text(article: Article) -> tuple[str, str]:
    """The headline and the body, as they stand in the article."""
    headline = _joined(article, {"headline"}) or article.title or ""
    return headline, _joined(article, BODY_LABELS)


def _quoted(phrase: Phrase) -> str:
    """So that no stem is read as an operator of the query language of FTS5."""
    said = " ".join(phrase.stems).replace('"', '""')
    return f'"{said}" *' if phrase.is_begun else f'"{said}"'


def _joined(article: Article, labels: Iterable[str]) -> str:
    wanted = frozenset(labels)
    blocks = (block for block in article.blocks if block.label in wanted)
    return "\n".join(article.text[block.start : block.end] for block in blocks)
