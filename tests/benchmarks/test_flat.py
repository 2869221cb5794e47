"""A desk that was repeated is found in by numbers, sides and words, and every step has a ratio."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import flat, flat_asked, flat_desk, flat_pages
from benchmarks.cost_articles import arriving
from benchmarks.cost_desk import Joining
from benchmarks.link_cost import FIRST, PERIODS
from dragoman.knowledge import Knowledge
from dragoman.link.printed import PERIOD
from dragoman.store import open_store
from dragoman.store.connect import FILE_NAME

NUMBER, DAYS = 30, PERIODS * PERIOD


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    home = tmp_path_factory.mktemp("flat") / "first"
    _join(home, FIRST.toordinal(), knowledge)
    return home


@pytest.fixture(scope="module")
def thrice(tmp_path_factory: pytest.TempPathFactory, first: Path) -> Path:
    home = tmp_path_factory.mktemp("flat") / "thrice"
    shutil.copytree(first, home)
    flat_desk.grow(first, home, range(1, 3), DAYS, PERIOD)
    return home


def _join(home: Path, day: int, knowledge: Knowledge) -> None:
    desk = Joining(home, knowledge)
    for one in arriving(NUMBER, 1, FIRST.fromordinal(day), 7, knowledge):
        desk.add(one)
    desk.store.close()


def _rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        return file.execute(query).fetchall()


def test_numbers_stand_as_the_store_gives_them(
    tmp_path: Path, thrice: Path, knowledge: Knowledge
) -> None:
    """Days of what the desk itself would have kept two periods earlier; words and sides too."""
    _join(tmp_path, FIRST.toordinal() - DAYS, knowledge)
    for query in (
        "SELECT newest >> 32, title FROM articles WHERE {id} ORDER BY 1, 2",
        "SELECT newest >> 32, category FROM events e WHERE {id} ORDER BY 1, 2",
        "SELECT s.newest >> 32, actor, side FROM event_sides s JOIN events e ON e.id = event_id "
        "AND e.newest = s.newest WHERE {id} ORDER BY 1, 2, 3",
        "SELECT x.newest >> 32, actor, mentions FROM article_actors x JOIN articles a "
        "ON a.newest = x.newest AND a.id = x.article_id WHERE {id} ORDER BY 1, 2, 3",
        "SELECT headline, body FROM article_words w JOIN articles a ON a.newest = w.rowid "
        "WHERE {id} ORDER BY 1, 2",
        "SELECT names, told FROM event_words w JOIN events e ON e.newest = w.rowid "
        "WHERE {id} ORDER BY 1, 2",
    ):
        repeated = _rows(thrice, query.format(id="id LIKE '%.00001'"))
        assert repeated == _rows(tmp_path, query.format(id="1")) != [], query


def test_a_repeated_desk_is_whole(thrice: Path, first: Path) -> None:
    assert _rows(thrice, "PRAGMA foreign_key_check") == []
    assert _rows(thrice, "PRAGMA integrity_check") == [("ok",)]
    for table in ("articles", "events", "event_sides", "article_words", "event_words"):
        (number,), (whole,) = (
            _rows(h, f"SELECT count(*) FROM {table}")[0] for h in (first, thrice)
        )
        assert whole == 3 * int(str(number)), table
    counted = "SELECT sum(number) FROM event_numbers WHERE actor = ''"
    assert _rows(thrice, counted) == _rows(
        thrice, "SELECT count(*) FROM events WHERE retracted_at IS NULL"
    )


def test_what_is_repeated_is_shown_under_its_own_id(thrice: Path) -> None:
    (identity,) = _rows(thrice, "SELECT id FROM articles WHERE id LIKE '%.00002' LIMIT 1")[0]
    (event,) = _rows(thrice, "SELECT id FROM events WHERE id LIKE '%.00002' LIMIT 1")[0]
    with open_store(thrice, read_only=True) as desk:
        kept, found = desk.kept(str(identity)), desk.event(str(event))
        assert kept is not None
        assert found is not None
        assert (kept.article.id, found.id) == (identity, event)


def test_every_step_and_question_has_a_ratio(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size = ["--sizes", "40", "80", "--joined", "40", "--sample", "4", "--asked", "2"]
    flat.main([*size, "--only", "desk", "--folder", str(tmp_path), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert list(tmp_path.iterdir()) == []
    assert set(found["steps"]) == {"link", "record", "store"}
    assert {"today", "article", "event", "actor", "pair", "story"} < set(found["asked"])
    for part in ("steps", "asked"):
        for name, figures in found[part].items():
            assert figures["40"] > 0
            assert figures["ratio"] == pytest.approx(figures["80"] / figures["40"], abs=0.01)
            above = {**found["above"], **found["above_by_nature"]}
            assert (name in above) == (figures["ratio"] > 1.3)
    assert not set(found["above"]) & set(flat_asked.GROWS)


def test_pages_have_a_first_and_a_last_window(tmp_path: Path) -> None:
    found = flat_pages.measure(6, tmp_path)
    assert (found["first"]["pages"], found["last"]["pages"]) == ("1-2", "5-6")
    for part in ("collect", "clean", "read"):
        assert found["first"][f"{part}_ms"] > 0
        assert found["last"][f"{part}_ms"] > 0
        assert found["ratios"][part] > 0
    assert list(tmp_path.iterdir()) == []


def test_sizes_are_multiples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        flat.main(["--sizes", "30", "50", "--joined", "20"])
    assert "--joined" in capsys.readouterr().err
