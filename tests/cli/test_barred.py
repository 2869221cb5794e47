"""Desks that a command can't write, or not even read: each command says so and changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.disks import read_only

LOOKS = [
    ["today"],
    ["search", "Armenia"],
    ["stories"],
    ["actor", "ARM"],
    ["pair", "ARM", "AZE"],
    ["brief"],
    ["export", "--format", "articles"],
    ["sources", "list"],
    ["judge", "list"],
    ["comments", "list"],
    ["forget", "--list"],
]
WRITES = [
    ["add", "wire.html"],
    ["build", "--from", "record"],
    ["fetch"],
    ["sources", "add", "feed.xml"],
    ["forget", "ARM", "--reason", "asked for", "--yes"],
    ["freeze", "spring"],
]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What some commands name lies in the folder where they are typed."""
    (tmp_path / "wire.html").write_text("<p>Armenia accused Azerbaijan on 18 March 2024.</p>")
    (tmp_path / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>x</title></channel></rss>"
    )
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("page", "loaded_once")
def test_on_a_medium_that_can_only_be_read(run: Run, demo: Path, tmp_path: Path) -> None:
    with read_only(demo, tmp_path / "medium") as home:
        for command in LOOKS:
            made = run(*command, "--home", home)
            assert made.code == 0, (command, made.err)
            assert made.out == run(*command, "--home", demo).out.replace(str(demo), str(home))
        assert run("backup", tmp_path / "backups", "--home", home).code == 0
        for command in WRITES:
            made = run(*command, "--home", home)
            assert made.code in (1, 2), command
            assert "read" in made.err.lower(), (command, made.err)
            assert "Traceback" not in made.err
        assert sorted(path.name for path in home.iterdir()) == sorted(
            path.name for path in demo.iterdir()
        )


@pytest.mark.usefixtures("page", "loaded_once")
def test_a_desk_of_a_newer_version_is_left_as_it_is(run: Run, demo: Path, tmp_path: Path) -> None:
    home = shutil.copytree(demo, tmp_path / "desk")
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        file.execute("UPDATE alembic_version SET version_num = '0999'")
        file.commit()
    before = (home / "desk.sqlite").read_bytes()
    serve = ["serve", "--port", "65535"]
    for command in (*LOOKS, *WRITES, serve):
        made = run(*command, "--home", home)
        assert made.code == 1, (command, made)
        assert "newer Dragoman (tables 0999" in made.err, (command, made.err)
        assert "upgrade Dragoman to open it" in made.err
    assert (home / "desk.sqlite").read_bytes() == before
