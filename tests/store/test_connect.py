"""Opening a desk: made where there is none, refused in words where it can't be one."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from dragoman.errors import StoreError
from dragoman.model import Kept
from dragoman.store import Store, migrations, open_store, schema
from tests.store.conftest import sql


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()


def test_a_home_is_made_and_found_again(
    tmp_path: Path, make_kept: Callable[..., Kept], versions: dict[str, str]
) -> None:
    home = tmp_path / "a desk, 100 % new" / "home"
    with open_store(home) as store:
        assert store.keep(make_kept(), versions)
        assert store.path == home / "desk.sqlite"
    for name in (home, str(home), home / "desk.sqlite", f"sqlite:///{home}/desk.sqlite"):
        with open_store(name) as store:
            assert store.article_ids() == ["a-one"]


def test_read_only(
    tmp_path: Path, make_kept: Callable[..., Kept], versions: dict[str, str]
) -> None:
    with pytest.raises(StoreError, match="no desk at"):
        open_store(tmp_path, read_only=True)
    assert list(tmp_path.iterdir()) == []
    with open_store(tmp_path) as store:
        store.keep(make_kept(), versions)
    with open_store(tmp_path, read_only=True) as store:
        assert store.article_ids() == ["a-one"]
        with pytest.raises(StoreError, match="reading only"):
            store.keep(make_kept("two"), versions)


def test_a_file_that_is_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    path.write_text("a shopping list, long enough to be read as a header of something else" * 20)
    with pytest.raises(StoreError, match="not a Dragoman desk; name another folder"):
        open_store(tmp_path)


def test_a_damaged_desk_is_told_from_what_is_none(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    path = tmp_path / "desk.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"~" * (len(whole) - 100))
    with pytest.raises(StoreError, match=r"is damaged .* keep the file, .*dragoman restore BACKUP"):
        open_store(tmp_path)


def test_a_database_that_is_not_a_desk_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    run(path, "CREATE TABLE photos (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a Dragoman desk"):
        open_store(path)
    run(path, "CREATE TABLE alembic_version (version_num TEXT)",
        "INSERT INTO alembic_version VALUES ('0001')")  # fmt: skip
    with pytest.raises(StoreError, match="not a Dragoman desk"):
        open_store(path)
    assert before != path.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["photos.db"]


def test_a_desk_of_a_newer_version(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    run(tmp_path / "desk.sqlite", "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StoreError, match=r"newer Dragoman \(tables 0999.*upgrade Dragoman"):
        open_store(tmp_path)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("mysql://localhost/desk", "SQLite or PostgreSQL, not in mysql"),
        ("postgresql://ada:secret@localhost", r"//ada:\*\*\*@localhost names no database"),
        ("postgres://localhost/desk?sslmode=perhaps", "sslmode=perhaps is not known"),
        ("postgres://localhost/desk?colour=red", "colour is no setting"),
        ("sqlite://", "needs a file"),
        ("://", "not a database address"),
    ],
)
def test_addresses_that_are_no_desk(name: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason):
        open_store(name)


def test_a_folder_that_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="can't be"):
        open_store(tmp_path / "file" / "home")


def test_many_open_a_new_desk_at_once(tmp_path: Path) -> None:
    failed: list[Exception] = []

    def work() -> None:
        try:
            open_store(tmp_path).close()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_first_start_that_fails_leaves_no_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = migrations.upgrade

    def fail_at_the_end(connection: Connection, *told: object) -> None:
        upgrade(connection)
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "upgrade", fail_at_the_end)
        with pytest.raises(OSError, match="power cut"):
            open_store(tmp_path)
    with closing(sqlite3.connect(tmp_path / "desk.sqlite")) as file:
        assert file.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    open_store(tmp_path).close()


def test_a_record_of_another_version_is_named(
    store: Store, make_kept: Callable[..., Kept], versions: dict[str, str]
) -> None:
    store.keep(make_kept(), versions)
    sql(store, "UPDATE reports SET json = '{}'")
    with pytest.raises(StoreError, match="kept Report is damaged, or does not fit this version"):
        store.report("r-one-first")
    assert store.keep(make_kept(), versions)  # made anew
    assert store.report("r-one-first") is not None


def test_migrations_lead_to_the_tables_in_the_code(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    engine = create_engine(f"sqlite:///{tmp_path}/desk.sqlite")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or _is_ours(name)},
        )
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()
    files = sorted((Path(schema.__file__).parent / "migrations/versions").glob("0*.py"))
    assert tuple(file.name[:4] for file in files) == schema.MIGRATIONS


def _is_ours(table: str | None) -> bool:
    """The word index makes tables of its own, which only a migration knows."""
    return table is not None and not table.startswith(("article_words", "event_words"))
