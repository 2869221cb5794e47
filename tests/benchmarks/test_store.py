"""The made-up desk is one that the store could have written, and every figure is of it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from benchmarks import store, store_desk, store_search
from benchmarks.store_articles import Made, made
from dragoman.knowledge import Knowledge
from dragoman.model.query import Words
from dragoman.store import open_store
from dragoman.store.connect import FILE_NAME
from dragoman.store.finding import OFS

ARTICLES, REPORTS = 60, 600


@pytest.fixture(scope="module")
def articles(knowledge: Knowledge) -> list[Made]:
    return list(made(ARTICLES, REPORTS, 3, knowledge))


def test_the_same_seed_makes_the_same_articles(articles: list[Made], knowledge: Knowledge) -> None:
    again = [one.kept for one in made(ARTICLES, REPORTS, 3, knowledge)]
    assert again == [one.kept for one in articles]
    other = [one.kept for one in made(ARTICLES, REPORTS, 4, knowledge)]
    assert other != again
    assert sum(len(one.reports) for one in again) == REPORTS


def test_every_report_cites_its_sentence(articles: list[Made]) -> None:
    for one in articles:
        article, sentences = one.kept.article, set[str]()
        for report in one.kept.reports:
            assert article.text[slice(*report.evidence)] == report.evidence_text
            for side in (*report.sources, *report.targets):
                assert article.text[side.start : side.end] == side.name
            sentences.add(report.evidence_text)
        assert len(sentences) == len(one.kept.reports)


def test_a_few_are_told_of_most_and_much_is_told_again(knowledge: Knowledge) -> None:
    stream = islice(made(100_000, 1_000_000, 3, knowledge), 400)
    happenings = {one.id: one for article in stream for one in article.happenings}
    sources = Counter(one.source for one in happenings.values())
    assert 0.25 < len(happenings) / 4_000 < 0.45
    assert sources.most_common(1)[0][1] > 0.05 * len(happenings)
    assert len(sources) > 100


def test_rows_are_those_that_the_store_writes(tmp_path: Path, knowledge: Knowledge) -> None:
    """All kept by the store, and half of them put in as rows; they tell much of the same."""
    number = 60

    def stream() -> Iterator[Made]:
        return islice(made(100_000, 1_000_000, 3, knowledge), number)

    with open_store(tmp_path / "kept") as kept:
        store_desk.keep(kept, stream())
    articles = stream()
    with open_store(tmp_path / "put") as put:
        store_desk.keep(put, islice(articles, 15))
    store_desk.put(tmp_path / "put", islice(articles, 30))
    with open_store(tmp_path / "put") as put:
        store_desk.keep(put, articles)
    for table in (*store_desk.TABLES, *store_desk.WORDS, "event_numbers"):
        rows = [_rows(tmp_path / name, table) for name in ("kept", "put")]
        assert rows[0] == rows[1] != [], table
    for check in ("foreign_key_check", "integrity_check"):
        with closing(sqlite3.connect(tmp_path / "put" / FILE_NAME)) as file:
            assert file.execute(f"PRAGMA {check}").fetchall() in ([], [("ok",)])


def _rows(home: Path, table: str) -> list[tuple[object, ...]]:
    clocks = {"first_kept", "first_made", "revision"}
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        if table in store_desk.WORDS:
            return file.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()
        names = [name for _, name, *_ in file.execute(f"PRAGMA table_info({table})")]
        columns = ", ".join(f'"{name}"' for name in names if name not in clocks)
        return sorted(file.execute(f"SELECT {columns} FROM {table}"), key=repr)


def test_what_is_searched_for_is_found(tmp_path: Path, knowledge: Knowledge) -> None:
    """By the desk as by bare FTS5, or the times of the two would not be of one question."""
    with open_store(tmp_path) as desk:
        store_desk.keep(desk, made(40, 400, 3, knowledge))
        with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
            for of in OFS:
                index = f"SELECT rowid FROM {of[:-1]}_words WHERE {of[:-1]}_words MATCH ?"
                for one in islice(store_search.common_words(file, of, Random(3)), 5):
                    rows = file.execute(index, (f'"{one.stems}"',)).fetchall()
                    number, _ = desk.count_found(of, Words(one.words))
                    assert (
                        0.05 * file.execute(f"SELECT count(*) FROM {of}").fetchone()[0]
                        <= len(rows)
                        <= number
                    )


def test_figures_of_a_small_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    size = ["--articles", "300", "--reports", "3000", "--asked", "8", "--keep", str(tmp_path)]
    store.main([*size, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["articles"], found["reports"]) == (300, 3000)
    assert 0 < found["kept_in_empty"]["articles_per_s"] < found["bare_sqlite"]["articles_per_s"]
    for name in ("pair", "pair_view", "actor_year", "actor_year_view"):
        assert found[name]["asked"] == 8
        assert 0 < found[name]["p50_ms"] <= found[name]["p95_ms"]
    assert all(found["bytes_each"][kind] > 0 for kind in store.KINDS)
    for of in ("articles", "events"):
        assert set(found["search"][of]) == {
            "common_word", "phrase", "narrowed", "faceted", "newest_first",
        }  # fmt: skip
        for figures in found["search"][of].values():
            for side in ("desk", "bare_fts5"):
                assert figures[side]["asked"] == 8
                assert 0 < figures[side]["p50_ms"] <= figures[side]["p95_ms"]
            assert figures["cpu_desk_by_bare"]["p50"] > 0
    store.main([*size, "--json"])  # measured again, not made again
    again = json.loads(capsys.readouterr().out)
    assert again["kept_in_empty"] == found["kept_in_empty"]
    with pytest.raises(SystemExit, match="of another size"):
        store.main(["--articles", "200", "--keep", str(tmp_path)])
