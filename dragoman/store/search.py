"""The word index: the only module that knows FTS5.

It is fed with analysed words (see `analyse`), asked with analysed words, and answers with
article numbers. Only headline and body go in: no furniture, no credits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from dragoman.model import BODY_LABELS, Article
from dragoman.store.analyse import analysed

HEADLINE_WEIGHT = 3.0
"""A word of the headline counts as three in the body; a usual value, not measured yet."""

_SCORE = f"bm25(article_words, {HEADLINE_WEIGHT}, 1.0)"


@dataclass(frozen=True, slots=True)
class Match:
    """An article that holds words asked for; the greater the score, the better."""

    seq: int
    score: float


def index(connection: Connection, seq: int, article: Article) -> None:
    """Put an article's words in, in place of those it had."""
    remove(connection, seq)
    headline, body = (analysed(part, article.language) for part in searched_text(article))
    connection.execute(
        text("INSERT INTO article_words (rowid, headline, body) VALUES (:seq, :headline, :body)"),
        {"seq": seq, "headline": headline, "body": body},
    )


def remove(connection: Connection, seq: int) -> None:
    connection.execute(text("DELETE FROM article_words WHERE rowid = :seq"), {"seq": seq})


def drop_deleted(connection: Connection) -> None:
    """Merge the index: FTS5 only marks deleted words, and drops them when parts are merged."""
    connection.execute(text("INSERT INTO article_words (article_words) VALUES ('optimize')"))


def searched_text(article: Article) -> tuple[str, str]:
    """The headline and the body, as they stand in the article."""
    headline = _joined(article, {"headline"}) or article.title or ""
    return headline, _joined(article, BODY_LABELS)


def matches_all(
    connection: Connection, choices: Sequence[Sequence[str]], limit: int, offset: int
) -> list[Match]:
    """Articles with one stem out of every choice: a word asked for, as each language stems it."""
    clauses = (f"({' OR '.join(_quoted(stem) for stem in stems)})" for stems in choices)
    return _matches(connection, " AND ".join(clauses), limit, offset)


def _matches(connection: Connection, question: str, limit: int, offset: int) -> list[Match]:
    if not question:
        return []
    query = text(
        f"SELECT rowid, {_SCORE} AS score FROM article_words WHERE article_words MATCH :question "
        "ORDER BY score, rowid DESC LIMIT :limit OFFSET :offset"
    )
    values = {"question": question, "limit": limit, "offset": offset}
    # FTS5 gives better matches the lower number.
    return [Match(int(seq), -float(score)) for seq, score in connection.execute(query, values)]


def _quoted(stem: str) -> str:
    """So that no stem is read as an operator of the query language."""
    return '"' + stem.replace('"', '""') + '"'


def _joined(article: Article, labels: Iterable[str]) -> str:
    wanted = frozenset(labels)
    blocks = (block for block in article.blocks if block.label in wanted)
    return "\n".join(article.text[block.start : block.end] for block in blocks)
