"""A desk that can't be written: it is read as it is, and says why where it is written to."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dragoman.errors import CannotWrite, StoreError
from dragoman.model import Kept
from dragoman.model.query import Words
from dragoman.store import Store, open_store
from dragoman.store.databases.barred import barred, standing
from tests.disks import no_more_pages, read_only

MakeKept = Callable[..., Kept]
NOBODY = 65534


@pytest.fixture
def home(tmp_path: Path, make_kept: MakeKept, versions: dict[str, str]) -> Path:
    home = tmp_path / "desk"
    with open_store(home) as store:
        store.keep(make_kept(), versions)
    return home


@pytest.fixture
def medium(home: Path, tmp_path: Path) -> Iterator[Path]:
    """The same desk where nobody may write it."""
    with read_only(home, tmp_path / "medium") as at:
        yield at


def test_it_is_read_as_it_is(medium: Path) -> None:
    with open_store(medium) as store:
        assert store.article_ids() == ["a-one"]
        assert len(store.find_articles(Words(("lighthouse",)))) == 1
        with store.as_of("2999-01-01") as then:
            assert then.article_ids() == ["a-one"]
        assert store.for_public().article_ids() == ["a-one"]
        assert store.stamp() == store.stamp()
        assert store.key("forms") == store.key("forms") != store.key("visitors")
    assert [file.name for file in medium.iterdir()] == ["desk.sqlite"]


def test_what_writes_says_why_it_can_not(
    medium: Path, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    with open_store(medium) as store:
        with pytest.raises(CannotWrite, match=r"on a medium that can only be read.*let this user"):
            store.keep(make_kept("two"), versions)
        with pytest.raises(CannotWrite):
            store.require_writable()
        assert store.article_ids() == ["a-one"]


def test_a_write_elsewhere_is_seen(
    home: Path, medium: Path, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    """Its owner sees the desk where it can be written."""
    with open_store(medium) as reader:
        assert reader.article_ids() == ["a-one"]
        assert standing(medium / "desk.sqlite").is_still
        stamps = {reader.stamp()}
        with open_store(home) as owner:
            owner.keep(make_kept("two"), versions)
            assert reader.article_ids() == ["a-one", "a-two"], "while the owner has it open"
            stamps.add(reader.stamp())
            owner.keep(make_kept("three"), versions)
            assert len(reader.article_ids()) == 3
            stamps.add(reader.stamp())
        assert len(stamps) == 3, "pages that are kept in memory are made anew"
        assert len(reader.article_ids()) == 3


def test_what_a_killed_owner_left_is_not_passed_over(
    home: Path, tmp_path: Path, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    left = tmp_path / "left"
    left.mkdir()
    with open_store(home) as owner:
        owner.keep(make_kept("two"), versions)
        for name in ("desk.sqlite", "desk.sqlite-wal"):
            (left / name).write_bytes((home / name).read_bytes())
    told = r"only be read, and desk\.sqlite-wal holds what was written last"
    with read_only(left, tmp_path / "medium") as at, pytest.raises(StoreError, match=told):
        open_store(at)
    with open_store(left) as store:
        assert store.article_ids() == ["a-one", "a-two"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator becomes somebody else")
def test_a_user_without_permission(home: Path) -> None:
    """In a process of its own: a process can't become who it was."""
    for folder in (home, *home.parents):
        if folder.stat().st_mode & 0o005 != 0o005:
            folder.chmod(0o755)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:  # pragma: no cover
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        os.write(writing, _said(home).encode())
        os._exit(0)
    os.waitpid(child, 0)
    said = os.read(reading, 10_000).decode()
    os.close(reading)
    os.close(writing)
    assert said.startswith("['a-one'] the desk ")
    assert "this user may not write the file" in said


def _said(home: Path) -> str:
    try:
        with open_store(home) as store:
            ids = store.article_ids()
            try:
                store.require_writable()
            except CannotWrite as fault:
                return f"{ids} {fault}"
    except Exception as fault:
        return repr(fault)
    return "nothing was refused"


def test_one_that_can_be_written_is_not_barred(home: Path, store: Store) -> None:
    assert barred(home / "desk.sqlite") is None
    assert barred(home / "none.sqlite") is None
    store.require_writable()


def test_an_older_desk_says_that_it_must_be_written(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        file.execute("UPDATE alembic_version SET version_num = '0022'")
        file.commit()
    told = r"older tables.*open it for writing once"
    with read_only(home, tmp_path / "medium") as at, pytest.raises(StoreError, match=told):
        open_store(at)


def test_a_full_disk_is_told_as_one_inside_a_part(
    home: Path, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    """A full disk ends the whole transaction: that a part of it can't be undone is not the news."""
    with no_more_pages(), open_store(home) as store:
        large = make_kept("two", body="A lighthouse keeper wrote " + "much. " * 40_000)
        with pytest.raises(CannotWrite, match=r"is full.*make room") as refused, store.together():
            store.keep(large, versions)
        assert refused.value.why == "full"
        assert store.article_ids() == ["a-one"]
    with open_store(home) as store:
        assert store.keep(large, versions)


def test_a_writer_that_waits_too_long_says_so(
    home: Path, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    with open_store(home) as one, open_store(home) as other:
        with other._reading() as connection:
            connection.connection.cursor().execute("PRAGMA busy_timeout = 20")
        with (
            one.together(),
            pytest.raises(CannotWrite, match=r"keeps writing.*try again") as refused,
        ):
            other.keep(make_kept("two"), versions)
        assert refused.value.why == "busy"
        assert other.keep(make_kept("two"), versions)
