"""A desk's file that was emptied, or is gone: nobody who only looks makes a new one of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import dragoman
from dragoman import backups
from dragoman.errors import DragomanError, EmptyDesk
from dragoman.store import open_store
from tests.cli.conftest import Run, Write


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    """A desk of which the file was emptied."""
    home = shutil.copytree(demo, tmp_path / "desk")
    (home / "desk.sqlite").write_bytes(b"")
    return home


@pytest.mark.parametrize(
    "command",
    [
        ["today"], ["aside"], ["search", "Armenia"], ["export"], ["serve"], ["watch"], ["doctor"],
        ["backup", "backups"], ["build"],
    ],
)  # fmt: skip
@pytest.mark.usefixtures("loaded_once")
def test_it_is_said_and_stays_empty(
    run: Run, home: Path, tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = run(*command, "--home", home)
    assert made.code == 1
    said = made.err + made.out
    assert "the file is empty" in said
    assert "dragoman restore BACKUP" in said
    assert (home / "desk.sqlite").read_bytes() == b""
    assert not any((tmp_path / "backups").glob("desk-*"))


def test_named_as_a_store_too(run: Run, home: Path) -> None:
    made = run("today", "--store", home / "desk.sqlite")
    assert (made.code, "the file is empty" in made.err) == (1, True)


def test_pages_make_a_new_one(run: Run, home: Path, write: Write) -> None:
    page = write("page.txt", "Kenya met Rwanda in Nairobi on Monday.")
    assert run("add", page, "--home", home).code == 0
    assert run("today", "--home", home).code == 0


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_log_without_its_desk_is_not_taken_away(
    run: Run, home: Path, write: Write, is_gone: bool
) -> None:
    log = home / "desk.sqlite-wal"
    log.write_bytes(b"what was written last")
    if is_gone:
        (home / "desk.sqlite").unlink()
    page = write("page.txt", "Kenya met Rwanda in Nairobi on Monday.")
    made = run("add", page, "--home", home)
    assert made.code == 1
    assert "is the log of a desk of which the file is gone or empty" in made.err
    assert log.read_bytes() == b"what was written last"
    log.unlink()
    assert run("add", page, "--home", home).code == 0


def test_a_program_of_somebodys_own_is_told(home: Path) -> None:
    with pytest.raises(EmptyDesk):
        dragoman.open(home)


def test_backups_with_articles_outlast_those_without(run: Run, demo: Path, tmp_path: Path) -> None:
    into, new = tmp_path / "backups", tmp_path / "new"
    for _ in range(2):
        run("backup", into, "--home", demo)
    before = backups.all_in(into)
    with open_store(new):
        pass
    for _ in range(3):
        made = run("backup", into, "--keep", 2, "--home", new)
        assert made.code == 0
        assert "2 of the other backups have more than twice as many articles" in made.err
        assert f"dragoman restore {before[-1]} --home NEW" in made.err
    left = backups.all_in(into)
    assert left[:2] == before
    assert len(left) == 4
    run("backup", into, "--keep", 2, "--home", demo)
    assert len(backups.all_in(into)) == 2


def test_backups_outlast_a_desk_that_was_begun_anew(run: Run, demo: Path, tmp_path: Path) -> None:
    into, new = tmp_path / "backups", tmp_path / "new"
    run("backup", into, "--home", demo)
    (full,) = backups.all_in(into)
    (tmp_path / "note.txt").write_text("France met Kenya in Nairobi on Tuesday.", "utf-8")
    assert run("add", tmp_path / "note.txt", "--home", new).code == 0
    for _ in range(2):
        made = run("backup", into, "--keep", 1, "--home", new)
        assert "1 of the other backups have more than twice as many articles" in made.err
    left = backups.all_in(into)
    assert (len(left), left[0]) == (2, full)


def test_the_backup_just_made_stays_whatever_others_are_called(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    into = tmp_path / "backups"
    run("backup", into, "--home", demo)
    (first,) = backups.all_in(into)
    ahead = first.rename(into / "desk-2090-01-01T00-00-00Z")
    for keep, left in ((2, 2), (1, 1)):
        made = run("backup", into, "--keep", keep, "--home", demo, "--json")
        assert made.code == 0
        assert Path(json.loads(made.out)["backup"]).is_dir()
        assert len(backups.all_in(into)) == left
    assert not ahead.exists()


def test_nothing_is_exported_over_a_desk(run: Run, demo: Path, tmp_path: Path) -> None:
    home = shutil.copytree(demo, tmp_path / "desk")
    before = (home / "desk.sqlite").read_bytes()
    made = run("export", "-f", "csv", "-o", home / "desk.sqlite", "--home", home)
    assert (made.code, "is a database, perhaps a desk" in made.err) == (1, True)
    assert (home / "desk.sqlite").read_bytes() == before
    for command in (
        ["sources", "export"],
        ["judge", "export", "-o"],
        ["export", "-f", "csv", "-o"],
    ):
        for name in ("desk.sqlite", "desk.sqlite-wal"):
            made = run(*command, home / name, "--home", home)
            assert (made.code, "is a database, perhaps a desk" in made.err) == (1, True)
    assert (home / "desk.sqlite").read_bytes() == before
    with dragoman.open(home) as desk, pytest.raises(DragomanError, match="perhaps a desk"):
        desk.events().to_csv(home / "desk.sqlite")
