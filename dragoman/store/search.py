"""The word indices of articles and events, in whichever database the desk is.

They are fed with analysed words (see `analyse`), asked with phrases of stems (see `phrases`), and
answer with numbers that grow with the day (see `numbers`). Of an article only headline and body go
in, no furniture and no credits; of an event the sentences that tell it, and its names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Column, Connection

from dragoman.model import BODY_LABELS, Article
from dragoman.store.analyse import analysed
from dragoman.store.databases import fts5, vectors
from dragoman.store.databases.matching import Indexing, IndexPlan, Match, taken
from dragoman.store.findable import Findable
from dragoman.store.phrases import Phrase
from dragoman.store.schema import articles, events

HEADLINE_WEIGHT = 3.0
"""A word of the headline counts as three in the body; a usual value, not measured yet."""


def _of(dialect: str) -> Indexing:
    """How a database does it."""
    return vectors if dialect == "postgresql" else fts5


class WordIndex(IndexPlan):
    """A word index, whatever database it stands in."""

    def put(self, connection: Connection, number: int, first: str, second: str) -> None:
        """Analysed words under a number that has none yet."""
        _of(connection.dialect.name).put(connection, self, number, (first, second))

    def held(self, connection: Connection, number: int) -> tuple[str, str] | None:
        """The analysed words under a number."""
        return _of(connection.dialect.name).held(connection, self, number)

    def numbers(self, connection: Connection) -> set[int]:
        """All numbers that have words."""
        return _of(connection.dialect.name).numbers(connection, self)

    def remove(self, connection: Connection, number: int | None) -> None:
        _of(connection.dialect.name).remove(connection, self, number)

    def drop_deleted(self, connection: Connection) -> None:
        """Let go for good of words that were removed."""
        _of(connection.dialect.name).drop_deleted(connection, self)

    def match(self, every: Sequence[Sequence[Phrase]], dialect: str) -> Match:
        """Rows that hold one phrase at least out of every choice; no choice is empty."""
        return _of(dialect).match(self, every)


ARTICLE_WORDS = WordIndex("article_words", ("headline", "body"), (HEADLINE_WEIGHT, 1.0))
EVENT_WORDS = WordIndex("event_words", ("names", "told"), (1.0, 1.0))
INDICES: tuple[tuple[WordIndex, Column[int]], ...] = (
    (ARTICLE_WORDS, articles.c.newest),
    (EVENT_WORDS, events.c.newest),
)
"""The word indices, each with the numbers under which it holds words."""


def index_article(
    connection: Connection, article: Article, number: int, former: int | None
) -> None:
    """Put an article's words in, in place of those it had under its former number."""
    ARTICLE_WORDS.remove(connection, former)
    headline, body = (analysed(part, article.language) for part in searched_text(article))
    ARTICLE_WORDS.put(connection, number, headline, body)


def index_event(connection: Connection, found: Findable, number: int, former: int | None) -> bool:
    """Put an event's words in, in place of those it had; False where they are the same."""
    words = (taken(found.names), taken(found.told))
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


def _joined(article: Article, labels: Iterable[str]) -> str:
    wanted = frozenset(labels)
    blocks = (block for block in article.blocks if block.label in wanted)
    return "\n".join(article.text[block.start : block.end] for block in blocks)
