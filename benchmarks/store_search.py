"""Searches in a large desk, beside bare FTS5 over the same words.

In: the folder of a desk. Out: milliseconds of a common word, a phrase, a word with facets, and a
word newest first, each asked with many words that are drawn from the desk's own vocabulary.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from dragoman.store.connect import FILE_NAME

SEED, ASKED, SHOWN = 1851, 50, 20
COMMON = (0.05, 0.4)
"""A common word is in so many of the articles, as shares."""
Figures = dict[str, Any]

BEST = "SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rank LIMIT ?"
NEWEST = (
    "SELECT a.seq FROM article_words w JOIN articles a ON a.seq = w.rowid "
    "WHERE article_words MATCH ? ORDER BY a.published DESC, a.seq DESC LIMIT ?"
)
FACETS = tuple(
    f"SELECT a.{column}, count(*) FROM article_words w JOIN articles a ON a.seq = w.rowid "
    f"WHERE article_words MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT ?"
    for column in ("language", "outlet")
)


@dataclass(frozen=True, slots=True)
class Questions:
    words: list[str]
    """Common ones, as stems."""
    phrases: list[str]
    """Two stems that stand beside each other in an article."""


def measure(home: Path) -> Figures:
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        return {"bare_fts5": bare(file, questions(file))}


def questions(file: sqlite3.Connection, number: int = ASKED) -> Questions:
    dice = Random(SEED)
    (articles,) = file.execute("SELECT count(*) FROM articles").fetchone()
    least, most = (round(share * articles) for share in COMMON)
    file.execute("CREATE VIRTUAL TABLE temp.stems USING fts5vocab('main', 'article_words', 'row')")
    query = "SELECT term FROM temp.stems WHERE doc BETWEEN ? AND ? ORDER BY term"
    words = [term for (term,) in file.execute(query, (least, most))]
    phrases = []
    for _ in range(number):
        row = (dice.randint(1, articles),)
        (body,) = file.execute("SELECT body FROM article_words WHERE rowid = ?", row).fetchone()
        stems = body.split()
        at = dice.randrange(len(stems) - 1)
        phrases.append(" ".join(stems[at : at + 2]))
    return Questions(dice.choices(words, k=number), phrases)


def bare(file: sqlite3.Connection, asked: Questions) -> Figures:
    """FTS5 and plain SQL, without anything of ours."""

    def ask(query: str, word: str) -> None:
        file.execute(query, (f'"{word}"', SHOWN)).fetchall()

    def faceted(word: str) -> None:
        for query in (BEST, *FACETS):
            ask(query, word)

    return {
        "common_word": timed(lambda word: ask(BEST, word), asked.words),
        "phrase": timed(lambda phrase: ask(BEST, phrase), asked.phrases),
        "faceted": timed(faceted, asked.words),
        "newest_first": timed(lambda word: ask(NEWEST, word), asked.words),
    }


def timed(ask: Callable[[str], object], questions: Sequence[str]) -> Figures:
    spent = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        spent.append(1000 * (time.perf_counter() - began))
    return percentiles(spent)


def percentiles(spent: Sequence[float]) -> Figures:
    """Of milliseconds; half, and all but one in twenty, took no longer."""
    ranked = sorted(spent)

    def at(share: float) -> float:
        return round(ranked[min(len(ranked) - 1, int(share * len(ranked)))], 2)

    return {"asked": len(ranked), "p50_ms": at(0.5), "p95_ms": at(0.95)}
