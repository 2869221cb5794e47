"""A disk that is full: in words, with nothing lost, and gone on with once there is room again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from tests.desks import count, dump, write_pages
from tests.disks import empty, fill, no_more_pages, small_disk


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    return write_pages(tmp_path / "pages")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 8) as made:
        yield made


def assert_full(made: Ran) -> None:
    assert made.code == 1, made
    assert "Traceback" not in made.err
    (line,) = (one for one in made.err.splitlines() if "full" in one)
    assert line.startswith("dragoman: the desk ")
    assert line.endswith("make room on its disk and run the same again")


def whole(run: Run, tmp_path: Path, pages: list[Path]) -> dict[str, list[tuple[object, ...]]]:
    assert run("add", *pages, "--home", tmp_path / "whole").code == 0
    return dump(tmp_path / "whole")


def test_add_goes_on_once_there_is_room(
    run: Run, tmp_path: Path, disk: Path, pages: list[Path]
) -> None:
    home = disk / "desk"
    assert run("add", *pages[:2], "--home", home).code == 0
    fill(disk)
    made = run("add", *pages, "--home", home)
    assert_full(made)
    for command in (["search", "Kenya"], ["today"], ["export", "jsonl"]):
        assert run(*command, "--home", home).code == 0, "all that reads goes on"
    assert "2 events: Kenya" in run("search", "Kenya", "--home", home).out
    empty(disk)
    assert run("add", *pages, "--home", home).code == 0
    assert dump(home) == whole(run, tmp_path, pages)


@pytest.mark.parametrize("leave", [20, 140])
def test_wherever_the_room_ends(run: Run, disk: Path, pages: list[Path], leave: int) -> None:
    """In a page of the log, in that of the file, in the index beside it."""
    home = disk / "desk"
    assert run("add", pages[1], "--home", home).code == 0
    fill(disk, leave=leave)
    assert_full(run("add", *pages, "--home", home))
    empty(disk)
    assert run("add", *pages, "--home", home).code == 0
    assert len(dump(home)["articles"]) == len(pages)


def test_a_new_desk_on_a_full_disk_is_none(run: Run, disk: Path, pages: list[Path]) -> None:
    home = disk / "desk"
    home.mkdir()
    fill(disk)
    assert_full(run("add", *pages, "--home", home))
    empty(disk)
    assert run("add", *pages, "--home", home).code == 0
    assert count(home, "articles") == len(pages)


def test_a_rebuild_changes_nothing_it_can_not_keep(
    run: Run, tmp_path: Path, pages: list[Path]
) -> None:
    home = tmp_path / "desk"
    assert run("add", *pages, "--home", home).code == 0
    before = dump(home)
    with no_more_pages():
        # It comes out as it was, and so needs no room.
        assert run("build", "--from", "record", "--home", home).code == 0
    assert dump(home) == before
    with no_more_pages(1):
        for page in pages:
            page.write_text(page.read_text("utf-8").replace("Kenya", "Uganda" * 400), "utf-8")
        assert_full(run("add", *pages, "--home", home))
    after = dump(home)
    assert {name for name in before if after[name] != before[name]} <= {"captures"}
    assert run("build", "--home", home).code == 0


def test_a_snapshot_that_finds_no_room_is_none(run: Run, disk: Path, pages: list[Path]) -> None:
    home = disk / "desk"
    assert run("add", *pages, "--home", home).code == 0
    fill(disk)
    made = run("freeze", "spring", "--home", home)
    assert made.code == 1
    assert "No space left on device" in made.err
    assert "make room" in made.err
    assert "Traceback" not in made.err
    assert run("freeze", "--list", "--home", home).out.count("spring") == 0
    empty(disk)
    assert run("freeze", "spring", "--home", home).code == 0


def test_a_backup_that_finds_no_room_is_none(
    run: Run, tmp_path: Path, disk: Path, pages: list[Path]
) -> None:
    home = tmp_path / "desk"
    assert run("add", *pages, "--home", home).code == 0
    fill(disk, leave=100)
    made = run("backup", disk / "backups", "--home", home)
    assert made.code == 1
    assert "make room" in made.err
    assert "Traceback" not in made.err
    assert list((disk / "backups").glob("[!.]*")) == [], "nothing by halves takes up the room"
    empty(disk)
    assert run("backup", disk / "backups", "--home", home).code == 0
    (made_at_last,) = (disk / "backups").glob("[!.]*")
    assert run("restore", made_at_last, "--home", tmp_path / "again").code == 0
    assert dump(tmp_path / "again") == dump(home)
