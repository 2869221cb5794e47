"""A desk from SQLite to PostgreSQL and back, backed up there and made again: the same desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from dragoman import backups
from dragoman.errors import StoreError
from dragoman.store import NotTheSame, Store, copying, open_store
from dragoman.store.schema import metadata
from dragoman.store.sequences import sequences
from tests.cli.conftest import Run, run
from tests.postgres import Server
from tests.store.conftest import VERSIONS, kept_of
from tests.store.test_copying import hits, make_whole

__all__ = ["run"]
WORDS = ("ferry", "peace", "met", "visit", "the")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_whole(tmp_path_factory.mktemp("whole") / "desk.sqlite")


@pytest.fixture
def address(postgres: Server) -> Iterator[str]:
    with postgres.database() as made:
        yield made


def is_the_same(one: Store, other: Store) -> bool:
    with one._reading() as here, other._reading() as there:
        assert sequences(here) == sequences(there)
    assert one.digests() == other.digests()
    assert all(hits(one, word) == hits(other, word) for word in WORDS)
    return True


def test_there_and_back(whole: Path, address: str, tmp_path: Path) -> None:
    with open_store(whole, read_only=True) as old, open_store(address) as there:
        carried = old.copy_into(there)
        assert len(carried) == len(metadata.tables) + 2
        assert [one.table for one in carried if not one.is_same or not one.old.rows] == []
        assert is_the_same(old, there)
        with open_store(tmp_path) as back:
            assert all(one.is_same for one in there.copy_into(back))
            assert is_the_same(old, back)
        there.keep(kept_of("later"), VERSIONS)
        with there._reading() as connection:  # a number that was given is not given again
            seq = connection.execute(text("SELECT seq FROM articles WHERE id = 'a-later'"))
            assert seq.scalar_one() == 100


def test_stopped_half_way_or_unlike_it_is_empty(
    whole: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(table: str, done: int, _total: int) -> None:
        if table == "event_words" and done:
            raise KeyboardInterrupt

    with open_store(whole, read_only=True) as old, open_store(address) as there:
        with pytest.raises(KeyboardInterrupt):
            old.copy_into(there, stop)
        assert there.is_new()
        with monkeypatch.context() as patch:
            made = copying._Sum.made
            patch.setattr(
                copying._Sum, "made", lambda self: copying.Digest(made(self).rows, str(id(self)))
            )
            with pytest.raises(NotTheSame):
                old.copy_into(there)
        assert there.is_new()
        old.copy_into(there)
        with pytest.raises(StoreError, match="holds something already"):
            old.copy_into(there)


def test_characters_that_have_no_place_there(address: str, tmp_path: Path, whole: Path) -> None:
    """What PostgreSQL can't keep is kept as its sign, and the copy is proved all the same."""
    path = make_copy(whole, tmp_path / "desk.sqlite")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE comments SET text = 'a' || char(0) || 'b'"))
    engine.dispose()
    with open_store(path, read_only=True) as old, open_store(address) as there:
        assert all(one.is_same for one in old.copy_into(there))
        with there._reading() as connection:
            kept = connection.execute(text("SELECT text FROM comments")).scalars().all()
    assert kept == ["a\ufffdb"]


def make_copy(one: Path, to: Path) -> Path:
    to.write_bytes(one.read_bytes())
    return to


def test_backed_up_and_restored(
    whole: Path, address: str, postgres: Server, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "dragoman.toml").write_text(f'title = "Harbour"\nstore = "{address}"\n')
    with open_store(whole, read_only=True) as old, open_store(address) as there:
        old.copy_into(there)
    made, _ = backups.make(home, address, tmp_path / "backups")
    assert sorted(one.name for one in made.iterdir()) == [
        "backup.json", "dragoman.toml", "store.sqlite",
    ]  # fmt: skip
    backups.restore(made, tmp_path / "again")
    with open_store(whole, read_only=True) as old:
        with open_store(tmp_path / "again") as new:
            assert is_the_same(old, new)
        with postgres.database() as other:
            backups.restore(made, tmp_path / "elsewhere", other)
            with open_store(other) as new:
                assert is_the_same(old, new)
    for home in (tmp_path / "again", tmp_path / "elsewhere"):
        assert "# before it was restored: store" in (home / "dragoman.toml").read_text()


def test_the_commands(run: Run, whole: Path, address: str, tmp_path: Path) -> None:
    made = run("copy-store", whole, address, "--json")
    assert made.code == 0, made.err
    assert json.loads(made.out)["same"]
    at = ("--home", tmp_path / "home", "--store", address)
    (tmp_path / "home").mkdir()
    assert json.loads(run("sources", "list", "--json", *at).out)
    found = run("backup", tmp_path / "backups", "--json", *at)
    assert found.code == 0, found.err
    backup = json.loads(found.out)["backup"]
    again = run("restore", backup, "--home", tmp_path / "again")
    assert again.code == 0, again.err
    with open_store(whole, read_only=True) as old, open_store(tmp_path / "again") as new:
        assert is_the_same(old, new)
