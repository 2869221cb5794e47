"""Searches in a large desk, beside bare FTS5 over the same words.

In: the folder of a desk. Out: milliseconds of a common word, a phrase, a word narrowed by one more
condition, a word with its facets, and a word newest first; of articles and of events. The words are
drawn from the desk's own sentences. Each question is put to both in turn; bare FTS5 is asked for
stems, and counts two facets where the desk counts all of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.timing import Figures, Times, percentile
from dragoman.model.query import And, InLanguage, OfCategory, Query, Words
from dragoman.store import Store, open_store
from dragoman.store.analyse import placed
from dragoman.store.connect import FILE_NAME
from dragoman.store.finding import OFS, Of, Order

SEED, ASKED, WARM, SHOWN = 1851, 100, 5, 20
COMMON = (0.05, 0.4)
"""A common word is in so many of the articles or events, as shares."""
Ask = Callable[["Question"], object]

FACETS: dict[Of, tuple[str, str]] = {
    "articles": ("language", "outlet"),
    "events": ("category", "status"),
}
NARROWED: dict[Of, str] = {"articles": "language", "events": "category"}


@dataclass(frozen=True, slots=True)
class Question:
    words: tuple[str, ...]
    """As they are written."""
    stems: str
    """As they stand in the index."""
    value: str
    """Of the language or category that the hits are narrowed to."""


def measure(home: Path, asked: int = ASKED) -> Figures:
    with (
        closing(sqlite3.connect(home / FILE_NAME)) as file,
        open_store(home, read_only=True) as store,
    ):
        return {"search": {of: _compared(file, store, of, asked) for of in OFS}}


def _compared(file: sqlite3.Connection, store: Store, of: Of, asked: int) -> Figures:
    dice, number = Random(SEED), asked + WARM
    words = list(islice(common_words(file, of, dice), number))
    phrases = list(islice(_phrases(file, of, dice), number))
    bare, desk = _bare(file, of), _desk(store, of)
    return {
        name: _side_by_side(bare[name], ask, phrases if name == "phrase" else words)
        for name, ask in desk.items()
    }


def _side_by_side(bare: Ask, desk: Ask, questions: list[Question]) -> Figures:
    """One after the other, either first by turns: the second finds pages in memory."""
    times = {bare: Times(), desk: Times()}
    for number, question in enumerate(questions):
        for ask in (bare, desk) if number % 2 else (desk, bare):
            times[ask].ask(ask, question, is_counted=number >= WARM)
    ratios = {
        f"p{share:.0%}".rstrip("%"): round(
            percentile(times[desk].processor, share) / percentile(times[bare].processor, share), 1
        )
        for share in (0.5, 0.95)
    }
    return {
        "desk": times[desk].figures(),
        "bare_fts5": times[bare].figures(),
        "cpu_desk_by_bare": ratios,
    }


def common_words(file: sqlite3.Connection, of: Of, dice: Random) -> Iterator[Question]:
    """Words out of the desk's sentences that many of its articles or events hold."""
    index = f"{of[:-1]}_words"
    file.execute(f"CREATE VIRTUAL TABLE temp.of_{of} USING fts5vocab('main', '{index}', 'row')")
    (rows,) = file.execute(f"SELECT count(*) FROM {of}").fetchone()
    query = f"SELECT 1 FROM temp.of_{of} WHERE term = ? AND doc BETWEEN ? AND ?"
    least, most = (round(share * rows) for share in COMMON)
    for one in _drawn(file, of, dice, size=1):
        if file.execute(query, (one.stems, least, most)).fetchone():
            yield one


def _phrases(file: sqlite3.Connection, of: Of, dice: Random) -> Iterator[Question]:
    """Two words that stand beside each other in some sentence."""
    return _drawn(file, of, dice, size=2)


def _drawn(file: sqlite3.Connection, of: Of, dice: Random, *, size: int) -> Iterator[Question]:
    """Words that stand one after the other in a report's sentence, with a value of what has it."""
    query = (
        "SELECT json_extract(r.json, '$.evidence_text'), a.language, e.category FROM reports r "
        "JOIN articles a ON a.id = r.article_id JOIN event_reports x ON x.report_id = r.id "
        "JOIN events e ON e.id = x.event_id WHERE r.rowid = ?"
    )
    (last,) = file.execute("SELECT max(rowid) FROM reports").fetchone()
    while True:
        row = file.execute(query, (dice.randint(1, last),)).fetchone()
        if row is None:
            continue
        text, language, category = row
        said = list(placed(text, language))
        if len(said) < size:
            continue
        at = dice.randrange(len(said) - size + 1)
        part = said[at : at + size]
        yield Question(
            tuple(text[start:end] for start, end, _ in part),
            " ".join(stem for *_, stem in part),
            (language or "") if of == "articles" else category,
        )


def _bare(file: sqlite3.Connection, of: Of) -> dict[str, Ask]:
    """FTS5 and plain SQL, without anything of ours."""
    index = f"{of[:-1]}_words"
    joined = f"{index} w JOIN {of} t ON t.newest = w.rowid WHERE {index} MATCH ?"
    best = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rank LIMIT {SHOWN}"
    newest = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT {SHOWN}"
    narrowed = f"SELECT t.id FROM {joined} AND t.{NARROWED[of]} = ? ORDER BY rank LIMIT {SHOWN}"
    facets = (
        f"SELECT t.{column}, count(*) FROM {joined} GROUP BY 1 ORDER BY 2 DESC"
        for column in FACETS[of]
    )
    counted = (best, *facets)

    def ask(query: str, one: Question, *more: str) -> list[tuple[object, ...]]:
        return file.execute(query, (f'"{one.stems}"', *more)).fetchall()

    return {
        "common_word": lambda one: ask(best, one),
        "phrase": lambda one: ask(best, one),
        "narrowed": lambda one: ask(narrowed, one, one.value),
        "faceted": lambda one: [ask(query, one) for query in counted],
        "newest_first": lambda one: ask(newest, one),
    }


def _desk(store: Store, of: Of) -> dict[str, Ask]:
    find = store.find_events if of == "events" else store.find_articles

    def ask(one: Question, *more: Query, order: Order = "best") -> None:
        find(And((Words(one.words), *more)), order=order, limit=SHOWN)

    def narrowed(one: Question) -> None:
        by = InLanguage if of == "articles" else OfCategory
        ask(one, by((one.value,)))

    def faceted(one: Question) -> None:
        ask(one)
        store.facets(of, And((Words(one.words),)))

    return {
        "common_word": ask,
        "phrase": ask,
        "narrowed": narrowed,
        "faceted": faceted,
        "newest_first": lambda one: ask(one, order="newest"),
    }
