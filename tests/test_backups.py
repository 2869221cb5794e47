"""A desk backed up while others write to it, and made again: the same desk, or a plain refusal."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dragoman import backups
from dragoman.errors import DragomanError, StoreError
from dragoman.store import backing_up, open_store
from dragoman.store.databases.sqlite import version_of
from tests.publish.desk import PAGES, settle

WRITER = """
import sys
from pathlib import Path
from dragoman.store import open_store
from tests.store.conftest import VERSIONS, kept_of
with open_store(Path(sys.argv[1])) as store:
    for number in range(100_000):
        store.keep(kept_of(f"work{number}", reports=("first", "second")), VERSIONS)
        print(number, flush=True)
"""
"""Keeps articles without pause, each with its reading, reports and words in one transaction."""


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made") / "home"
    (home / "codebook" / "fr").mkdir(parents=True)
    (home / "snapshots").mkdir()
    (home / "codebook" / "fr" / "own.tsv").write_text("a\tb\n")
    (home / "snapshots" / "one.json").write_text("{}")
    (home / "other.txt").write_text("not of the desk")
    (home / "dragoman.toml").write_text('title = "Harbour"\n')
    with open_store(home) as store:
        settle(store, PAGES)
    return home


@pytest.fixture
def home(made_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_once, tmp_path / "home")


def at(day: int) -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, day, 3, 0, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    """Files, but for those that SQLite keeps beside one that is open."""
    found = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return sorted(name for name in found if not name.endswith(("-wal", "-shm")))


def test_a_desk_comes_back_as_it_was(home: Path, tmp_path: Path) -> None:
    made, gone = backups.make(home, home, tmp_path / "backups", now=at(29))
    assert gone == []
    assert made.name == "desk-2026-11-29T03-00-00Z"
    assert made.stat().st_mode & 0o077 == 0  # settings may hold a key
    assert sorted(p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()) == [
        "backup.json", "codebook/fr/own.tsv", "dragoman.toml", "snapshots/one.json", "store.sqlite",
    ]  # fmt: skip
    again = tmp_path / "again"
    backups.restore(made, again)
    assert names(again) == [
        "codebook/fr/own.tsv", "desk.sqlite", "dragoman.toml", "snapshots/one.json",
    ]  # fmt: skip
    with open_store(home) as old, open_store(again) as new:
        assert new.digests() == old.digests()
    assert (again / "dragoman.toml").read_text() == 'title = "Harbour"\n'


def test_a_desk_comes_back_elsewhere(home: Path, tmp_path: Path) -> None:
    made, _ = backups.make(home, home, tmp_path / "backups")
    backups.restore(made, tmp_path / "again", str(tmp_path / "far.sqlite"))
    assert "desk.sqlite" not in names(tmp_path / "again")
    with open_store(home) as old, open_store(tmp_path / "far.sqlite") as new:
        assert new.digests() == old.digests()


def test_settings_come_back_without_the_place_of_the_old_store(home: Path, tmp_path: Path) -> None:
    (home / "dragoman.toml").write_text('title = "Harbour"\nstore = "far.sqlite"\n[mail]\n')
    made, _ = backups.make(home, home, tmp_path / "backups")
    backups.restore(made, tmp_path / "again")
    assert (tmp_path / "again/dragoman.toml").read_text() == (
        'title = "Harbour"\n# before it was restored: store = "far.sqlite"\n[mail]\n'
    )


@contextmanager
def writing(home: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home)], stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def written(home: Path) -> int:
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        return int(file.execute("SELECT count(*) FROM articles").fetchone()[0])


def test_a_desk_that_is_written_to_without_pause(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "PAGES", 20)
    during: list[int] = []

    def wait_for_the_writer(_what: str, _done: int, _total: int) -> None:
        """Nothing is stopped: articles are kept while a backup is half made."""
        if len(during) < 5:
            before = written(home)
            while written(home) == before:
                assert lines.readline()
            during.append(written(home))

    with writing(home) as writer:
        assert writer.stdout is not None
        lines = writer.stdout
        last = [int(lines.readline()) for _ in range(10)][-1]
        made = [
            backups.make(home, home, tmp_path / "backups", now=at(number), told=told)[0]
            for number, told in ((1, lambda *_: None), (2, wait_for_the_writer))
        ]
        assert writer.poll() is None
    assert len(during) == 5
    counted = []
    for number, one in enumerate(made):
        backups.restore(one, tmp_path / f"again-{number}")
        with open_store(tmp_path / f"again-{number}") as store:
            ids = store.article_ids()
            own = sorted(int(one[6:]) for one in ids if one.startswith("a-work"))
            assert own == list(range(len(own)))  # a state that was: all up to one, and none after
            assert len(own) > last
            assert all(len(store.reports_of_article(f"a-work{n}")) == 2 for n in own)
            held = store.digests()
            assert held["article_words"].rows == held["articles"].rows == len(ids)
            assert held["readings"].rows == len(ids)
            counted.append(len(ids))
    # The second is the desk as it was when that backup began.
    assert counted[0] <= counted[1] < during[0]


def test_the_oldest_of_our_own_go(home: Path, tmp_path: Path) -> None:
    into = tmp_path / "backups"
    (into / "desk-of-mine").mkdir(parents=True)
    (into / "desk-2020-01-01T00-00-00Z").mkdir()  # somebody else's: there is no list in it
    made = [backups.make(home, home, into, keep=2, now=at(day)) for day in (3, 1, 2, 2)]
    assert [one.name for one, _ in made][-1] == "desk-2026-11-02T03-00-00Z-2"
    assert [[one.name[5:15] for one in gone] for _, gone in made] == [
        [], [], ["2026-11-01"], ["2026-11-02"],
    ]  # fmt: skip
    assert [one.name for one in backups.all_in(into)] == [
        "desk-2026-11-02T03-00-00Z-2", "desk-2026-11-03T03-00-00Z",
    ]  # fmt: skip
    assert (into / "desk-of-mine").exists()
    assert (into / "desk-2020-01-01T00-00-00Z").exists()


def test_nothing_of_others_goes_with_what_a_kill_left(home: Path, tmp_path: Path) -> None:
    into = tmp_path / "backups"
    for name in ("films.part", "desk-2026-11-01T03-00-00Z.part"):
        (into / name).mkdir(parents=True)
    (into / "download.part").write_text("half a film")
    made, _ = backups.make(home, home, into, now=at(2))
    left = sorted(one.name for one in into.iterdir())
    assert left == [".backup.lock", made.name, "download.part", "films.part"]


def test_a_place_that_can_hold_no_backups(home: Path) -> None:
    for name in ("snapshots", "codebook/mine"):
        with pytest.raises(DragomanError, match=r"is itself backed up.*name a folder outside"):
            backups.make(home, home, home / name)
    assert not (home / "codebook" / "mine").exists()
    with pytest.raises(DragomanError, match=r"other\.txt is a file; name a folder"):
        backups.make(home, home, home / "other.txt")


def test_a_backup_that_fails_leaves_the_others_alone(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "backups"
    first, _ = backups.make(home, home, into, keep=1)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backups, "_copy", full)
        with pytest.raises(OSError, match="No space"):
            backups.make(home, home, into, keep=1)
    assert [one for one in into.iterdir() if one.is_dir()] == [first]
    (into / "desk-2026-11-29T03-00-00Z.part").mkdir()  # of one that was killed
    with backups._alone(into), pytest.raises(DragomanError, match="another backup"):
        backups.make(home, home, into)
    backups.make(home, home, into, keep=1)
    assert len([one for one in into.iterdir() if one.is_dir()]) == 1


def test_what_is_damaged_is_not_restored(home: Path, tmp_path: Path) -> None:
    made, _ = backups.make(home, home, tmp_path / "backups")
    again = tmp_path / "again"
    for name, content in (
        ("store.sqlite", b"x"),
        ("dragoman.toml", b"title = 'Other'"),
        ("backup.json", b"{}"),
        ("backup.json", json.dumps({**json.loads((made / "backup.json").read_text()),
                                    "files": {"../../x": "", "store.sqlite": ""}}).encode()),
    ):  # fmt: skip
        before = (made / name).read_bytes()
        (made / name).write_bytes(before + content if name == "store.sqlite" else content)
        with pytest.raises(DragomanError, match=r"changed or is damaged|is damaged"):
            backups.restore(made, again)
        assert not again.exists()
        (made / name).write_bytes(before)
    (made / "store.sqlite").unlink()
    with pytest.raises(DragomanError, match=r"store.sqlite is not what was backed up"):
        backups.restore(made, again)
    with pytest.raises(DragomanError, match="is no backup"):
        backups.restore(tmp_path, again)


def test_what_is_restored_is_read_by_nobody_else(home: Path, tmp_path: Path) -> None:
    made, _ = backups.make(home, home, tmp_path / "backups")
    again = tmp_path / "again"
    backups.restore(made, again)
    assert {"desk.sqlite", "dragoman.toml", "codebook/fr/own.tsv"} <= set(names(again))
    for path in [again, *again.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_nothing_is_restored_over_anything(home: Path, tmp_path: Path) -> None:
    made, _ = backups.make(home, home, tmp_path / "backups")
    before = names(home)
    with pytest.raises(DragomanError, match="is not empty"):
        backups.restore(made, home)
    with pytest.raises(StoreError, match="holds something already"):
        backups.restore(made, tmp_path / "again", str(home))
    assert not (tmp_path / "again").exists()
    assert names(home) == before


def test_a_damaged_desk_is_not_backed_up(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("DELETE FROM articles WHERE seq = 1")
        file.commit()
    with pytest.raises(StoreError, match=r"is damaged \(foreign_key_check: "):
        backups.make(home, home, tmp_path / "backups")
    assert backups.all_in(tmp_path / "backups") == []


def test_a_desk_of_older_tables_is_backed_up_as_it_is(home: Path, tmp_path: Path) -> None:
    """Before it is brought up to date is when a backup is wanted most."""
    from benchmarks.kill_old import old_tables

    (home / "desk.sqlite").unlink()
    old_tables(home / "desk.sqlite", "0019")
    made, _ = backups.make(home, home, tmp_path / "backups")
    assert backups.read(made).tables == "0019"
    assert version_of(home / "desk.sqlite") == "0019"
    backups.restore(made, tmp_path / "again")
    with open_store(tmp_path / "again", read_only=True) as store:
        assert store.is_new()
