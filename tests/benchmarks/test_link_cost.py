"""What joining costs: the made-up desk is what a desk would be, however often it is repeated."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.cost_articles import Arriving, arriving
from benchmarks.cost_desk import CHANGED, PARTS, Joining, repeat
from benchmarks.link_cost import FIRST, PERIODS, measure
from dragoman.knowledge import Knowledge
from dragoman.link.printed import PERIOD
from dragoman.model import Event
from dragoman.store.connect import FILE_NAME

DAYS = PERIODS * PERIOD
NUMBER, LATER, A_DAY = 120, 24, 12


@pytest.fixture(scope="module")
def articles(knowledge: Knowledge) -> list[Arriving]:
    return list(arriving(NUMBER + LATER, A_DAY, FIRST, 7, knowledge))


@pytest.fixture(scope="module")
def first(
    tmp_path_factory: pytest.TempPathFactory, articles: list[Arriving], knowledge: Knowledge
) -> Path:
    home = tmp_path_factory.mktemp("made") / "first"
    _join(home, articles[:NUMBER], knowledge)
    return home


@pytest.fixture
def thrice(tmp_path: Path, first: Path) -> Path:
    home = tmp_path / "thrice"
    shutil.copytree(first, home)
    repeat(first, home, range(1, 3), DAYS, PERIOD)
    return home


def _join(home: Path, articles: Sequence[Arriving], knowledge: Knowledge) -> list[Event]:
    desk = Joining(home, knowledge)
    for one in articles:
        desk.add(one)
    events = desk.store.events(start=FIRST.isoformat(), limit=10_000)
    desk.store.close()
    return events


def _rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / FILE_NAME)) as connection:
        return connection.execute(query).fetchall()


def test_the_same_seed_makes_the_same_articles(
    articles: list[Arriving], knowledge: Knowledge
) -> None:
    assert list(arriving(NUMBER + LATER, A_DAY, FIRST, 7, knowledge)) == articles
    assert list(arriving(NUMBER + LATER, A_DAY, FIRST, 8, knowledge)) != articles


def test_a_desk_of_them_has_all_that_joins(first: Path) -> None:
    stories = _rows(first, "SELECT size FROM stories WHERE size > 1")
    copies = _rows(first, "SELECT article_id FROM copies WHERE position = 0")
    shared = _rows(first, "SELECT event_id FROM event_reports GROUP BY 1 HAVING count(*) > 1")
    assert len(stories) >= 5
    assert 0.15 * NUMBER < len(copies) < 0.45 * NUMBER
    assert len(shared) >= 5


def test_a_repeated_desk_is_whole(first: Path, thrice: Path) -> None:
    for table in CHANGED:
        query = f"SELECT count(*) FROM {table}"
        (once,), (more,) = _rows(first, query)[0], _rows(thrice, query)[0]
        assert more == 3 * int(str(once)), table
    assert _rows(thrice, "PRAGMA foreign_key_check") == []
    assert _rows(thrice, "PRAGMA integrity_check") == [("ok",)]


def test_what_is_repeated_is_as_the_desk_would_have_written_it(
    tmp_path: Path, first: Path, thrice: Path, knowledge: Knowledge
) -> None:
    """The same articles two periods earlier, joined by the desk itself, have rows like these."""
    earlier = FIRST.fromordinal(FIRST.toordinal() - DAYS)
    _join(tmp_path / "own", list(arriving(NUMBER, A_DAY, earlier, 7, knowledge)), knowledge)
    for table, columns in {
        "printings": "words, period, first, last, by, credits, moment",
        "copies": "position, share, kind, basis",
        "outline_keys": "key, start_day, end_day",
        "outlines": "is_dated, anchor IS NULL, is_alone",
        "events": "category, status, source, target, start_day, end_day, month",
        "stories": "start_day, end_day, size",
        "story_members": "day, score",
        "signatures": "day, is_original, length(row)",
    }.items():
        key = CHANGED[table]
        mark = next(name for name in ("outline_id", "article_id", "id") if name in key)
        query = f"SELECT {columns} FROM {table} {{}} ORDER BY {columns}"
        repeated = _rows(thrice, query.format(f"WHERE {mark} LIKE '%.00001'"))
        assert repeated == _rows(tmp_path / "own", query.format("")), table


def test_articles_arrive_among_the_same_neighbours(
    tmp_path: Path, first: Path, thrice: Path, articles: list[Arriving], knowledge: Knowledge
) -> None:
    once = tmp_path / "once"
    shutil.copytree(first, once)
    assert _join(once, articles[NUMBER:], knowledge) == _join(thrice, articles[NUMBER:], knowledge)
    newest = f"day >= '{FIRST.fromordinal(FIRST.toordinal() + NUMBER // A_DAY)}'"
    for query in (
        f"SELECT * FROM story_members WHERE {newest} ORDER BY article_id",
        "SELECT * FROM copies WHERE article_id NOT LIKE '%.%' ORDER BY article_id, position",
    ):
        assert _rows(once, query) == _rows(thrice, query) != []


def test_each_size_is_set_beside_the_first(tmp_path: Path) -> None:
    found = measure([40, 80], 4, joined=40, folder=tmp_path)
    assert list(found) == ["40", "80", "beside_peers"]
    assert found["40"]["ratio"] == 1.0
    for size in ("40", "80"):
        figures = found[size]
        parts = sum(figures[f"{part}_ms"] for part in PARTS)
        assert 0 < parts == pytest.approx(figures["linking_ms"], abs=0.01)
        assert figures["linking_ms"] < figures["all_ms"]
    ratio = found["80"]["linking_ms"] / found["40"]["linking_ms"]
    assert found["80"]["ratio"] == pytest.approx(ratio, abs=0.001)
    assert found["beside_peers"]["signing_ms"] > 0
    assert list(tmp_path.iterdir()) == []
