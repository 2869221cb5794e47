"""Two hours of the long watch: nothing is lost or doubled, and what would be is told."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import watch_day
from benchmarks.timing import Figures
from benchmarks.watch_day_web import FAULTS, Web
from dragoman.store.connect import FILE_NAME

WANTED = watch_day.Wanted(outlets=len(FAULTS) - 1, hours=2.0, kills=1, after=5.0)
"""Without the last fault, an ETag that never changes: seeing through it takes a day."""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Figures]:
    home = tmp_path_factory.mktemp("watched")
    return home, watch_day.measure(home, WANTED)


@pytest.mark.timeout(300)
def test_nothing_is_lost_or_doubled(day: tuple[Path, Figures]) -> None:
    found = day[1]
    assert watch_day.is_whole(found), found
    assert found["named"] == found["articles"] > 80
    assert (found["killed"], found["ended_otherwise"], found["said"]) == (1, 0, [])


def test_every_fault_of_a_feed_was_met(day: tuple[Path, Figures]) -> None:
    met = day[1]["faults_met"]
    quiet = {"none", "undated", "future", "tracked", "no-guid", "changed"}
    struck = {"not-found": "gone", "outage": "error"}
    assert {struck.get(fault, fault) for fault in set(FAULTS[:-1]) - quiet} <= set(met)


def test_what_is_lost_or_doubled_is_told(day: tuple[Path, Figures], tmp_path: Path) -> None:
    web = Web(WANTED.outlets, WANTED.hours, lambda: 99.0, WANTED.seed)
    with (
        closing(sqlite3.connect(day[0] / FILE_NAME)) as desk,
        closing(sqlite3.connect(tmp_path / FILE_NAME)) as copy,
    ):
        desk.backup(copy)
        copy.execute("PRAGMA foreign_keys = OFF")
        rows = copy.execute("SELECT seq, json FROM articles ORDER BY seq LIMIT 2").fetchall()
        (first, text), (second, _) = rows
        copy.execute("UPDATE articles SET json = ? WHERE seq = ?", (text, second))
        copy.commit()
        doubled = watch_day.accounts(tmp_path, web, 0)
        assert (doubled["lost"], doubled["doubled"]) == (1 + day[1]["lost"], 1)
        nothing = json.dumps({"text": "A page of nobody."})
        copy.execute("UPDATE articles SET json = ? WHERE seq = ?", (nothing, first))
        copy.commit()
        assert watch_day.accounts(tmp_path, web, 0)["strange"] == 1


def test_a_clock_that_is_set_back_shows_the_hour_again(tmp_path: Path) -> None:
    clock = watch_day.Clock(tmp_path / "clock", hours=10.0)
    seen = []
    for _ in range(10):
        seen.append(clock.now().hour)
        assert not clock.wait(3600)
    assert seen == [14, 15, 16, 17, 18, 18, 19, 21, 22, 23]
    assert clock.wait(watch_day.AFTER * 3600)
    assert clock.is_set()
    again = watch_day.Clock(tmp_path / "clock", hours=10.0)
    assert again.elapsed() == clock.elapsed(), "another process goes on from there"
