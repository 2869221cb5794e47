"""A desk that is killed in three of the jobs, and that a loss or a doubling is seen.

All 200 kills are in `make soak` (`benchmarks/kills.py`).
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from benchmarks.kill_desks import differences, held, unsound
from benchmarks.kill_jobs import add
from benchmarks.kill_texts import write_pages

ROOT = Path(__file__).parents[2]
KILLS, SEED, PATIENCE = 3, 19, 600
"""The seed has one of them early in its run, one in the middle and one late."""


def test_killed_at_any_moment_a_desk_goes_on(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.kills", "--n", str(KILLS), "--json"]
    command += ["--seed", str(SEED)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert ran.stdout, ran.stderr
    found = json.loads(ran.stdout)
    assert found["faults"] == []
    assert found["kills"] == KILLS
    assert {name: made["kills"] for name, made in found["jobs"].items()} == {
        "fetch": 1, "add": 1, "comment": 1,
    }  # fmt: skip
    assert found["before their end"] > KILLS / 2, (
        "most come before the end, else this proves little"
    )


@pytest.mark.parametrize(
    ("spoiling", "table"),
    [
        ("DELETE FROM quotes", "quotes"),
        ("INSERT INTO failures VALUES ('c-1', 'x', 'clean', 'again', '2024-03-18')", "failures"),
        ("UPDATE reports SET revision = revision + 1", "reports"),
        ("DELETE FROM article_words WHERE rowid = (SELECT max(newest) FROM articles)",
         "article_words"),
        ("DELETE FROM event_words", "event_words"),
    ],
)  # fmt: skip
def test_a_difference_is_seen(demo: Path, tmp_path: Path, spoiling: str, table: str) -> None:
    home = copytree(demo, tmp_path / "desk")
    before = held(home)
    assert all(before[name] for name in ("articles", "reports", "article_words", "event_words"))
    assert differences(before, held(home)) == []
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        file.execute(spoiling)
        file.commit()
    (said,) = differences(before, held(home))
    assert said.startswith(f"{table}: ")


def test_a_loose_end_is_seen(demo: Path, tmp_path: Path) -> None:
    home = copytree(demo, tmp_path / "desk")
    assert unsound(home) == []
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        file.execute("DELETE FROM articles WHERE seq = 1")
        file.commit()
    assert any(one.startswith("foreign key") for one in unsound(home))


def test_what_was_promised_and_is_gone_is_named(demo: Path, tmp_path: Path) -> None:
    home = copytree(demo, tmp_path / "desk")
    write_pages(tmp_path / "pages")
    job = add(tmp_path / "pages")
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        (there,) = file.execute("SELECT id FROM articles LIMIT 1").fetchone()
    lines = [json.dumps({"outcome": "added", "article": one}) for one in (there, "a-gone")]
    (lost,) = job.lost(home, lines)
    assert "a-gone" in lost
