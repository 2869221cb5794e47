"""What only a desk in PostgreSQL can meet: other databases at its address, readers and writers at
once, connections that end, and characters that it has no place for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from dragoman.errors import MissingPart, StoreError
from dragoman.model import Kept
from dragoman.model.query import Words
from dragoman.store import Store, open_store, schema
from dragoman.store.databases import postgres as databases
from dragoman.store.databases import vectors
from dragoman.store.databases.dialects import keepable
from dragoman.store.databases.postgres_address import address_of
from tests.postgres import TEMPLATE, Server
from tests.store.conftest import sql

MakeKept = Callable[..., Kept]
OLD_TABLES = Path(__file__).parent / "postgres_0023.sql"
"""The tables of the first version in PostgreSQL; never changed, as published migrations are not."""
BESIDE = ("dragoman_desk", "alembic_version", "article_words", "event_words")


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.emptied()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


# --- what stands at an address ---------------------------------------------------------------


def test_an_empty_database_becomes_a_desk_when_it_is_written_to(postgres: Server) -> None:
    with postgres.database() as address:
        with pytest.raises(StoreError, match="there is no desk at"):
            open_store(address, read_only=True)
        with ThreadPoolExecutor(4) as pool:  # others open it just now
            for one in pool.map(open_store, [address] * 4):
                one.close()
        with open_store(address.replace("postgresql:", "postgres:"), read_only=True) as store:
            assert store.article_ids() == []


def test_a_database_of_others_is_left_alone(postgres: Server) -> None:
    with postgres.database() as address:
        name = address.partition("@/")[2].partition("?")[0]
        postgres.run("CREATE TABLE photos (name text)", database=name)
        with pytest.raises(StoreError, match="holds other things and is not a Dragoman desk"):
            open_store(address)
        postgres.run("CREATE TABLE alembic_version (version_num text)", database=name)
        with pytest.raises(StoreError, match="holds other things"):
            open_store(address)


def test_tables_of_other_versions(postgres: Server) -> None:
    with postgres.database(TEMPLATE) as address:
        name = address.partition("@/")[2].partition("?")[0]
        postgres.run("UPDATE alembic_version SET version_num = '0022'", database=name)
        with pytest.raises(StoreError, match=r"older tables \(0022, not "):
            open_store(address, read_only=True)
        postgres.run("UPDATE alembic_version SET version_num = '0999'", database=name)
        with pytest.raises(StoreError, match=r"newer Dragoman \(tables 0999.*upgrade Dragoman"):
            open_store(address)


def test_what_can_not_be_reached_is_told_without_the_password(postgres: Server) -> None:
    there = f"?host={postgres.folder}"
    for wrong, told in (
        (f"postgresql://desk:secret@/nowhere{there}", "does not exist; check the user, the pass"),
        ("postgresql://desk:secret@/x?host=/nowhere", "check that the server runs"),
    ):
        with pytest.raises(StoreError, match=told) as error:
            open_store(wrong)
        assert "secret" not in str(error.value)
        assert error.value.__cause__ is not None
        assert "secret" not in str(error.value.__cause__)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pg8000", None)
    with pytest.raises(MissingPart, match=r'pip install "dragoman\[postgres\]"'):
        databases.open_address(address_of("postgresql://x/y"), read_only=True)


def test_its_tables_are_those_in_the_code(store: Store) -> None:
    with store._engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or name not in BESIDE},
        )
        assert compare_metadata(context, schema.metadata) == []


def test_migrations_lead_from_the_first_version_to_the_tables_of_today(postgres: Server) -> None:
    """Every migration after 0023 must run on both databases: this runs them here."""
    with postgres.database() as old, postgres.database(TEMPLATE) as new:
        name = old.partition("@/")[2].partition("?")[0]
        engine = postgres.engine(name)
        with engine.begin() as connection:
            connection.exec_driver_sql(OLD_TABLES.read_text("utf-8"))
        engine.dispose()
        with open_store(old) as one, open_store(new) as other:
            assert layout(one) == layout(other)


def layout(store: Store) -> list[tuple[object, ...]]:
    columns = """SELECT table_name, column_name, data_type, collation_name, is_nullable,
        column_default FROM information_schema.columns WHERE table_schema = 'public'
        ORDER BY 1, 2"""
    indices = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
    checks = """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace ORDER BY 1"""
    triggers = """SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal ORDER BY 1"""
    version = "SELECT version_num FROM alembic_version"
    found = [sql(store, one) for one in (columns, indices, checks, triggers, version)]
    return [row for rows in found for row in rows]


# --- at once ---------------------------------------------------------------------------------


def test_two_writers_wait_for_each_other(
    address: str, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    """Each writes what the other does, in the other order: without turns they would block."""
    with open_store(address) as one, open_store(address) as other:

        def work(store: Store, names: list[str]) -> None:
            for name in names:
                with store.together():
                    store.keep(make_kept(name), versions)
                    store.keep(make_kept(f"{name}-too"), versions)

        names = [f"n{number}" for number in range(8)]
        with ThreadPoolExecutor(2) as pool:
            done = [pool.submit(work, one, names), pool.submit(work, other, names[::-1])]
            for each in done:
                each.result(timeout=60)
        assert len(one.article_ids()) == 16
        assert one.counts() == other.counts()


def test_a_writer_that_waits_too_long_says_who_holds_it(
    address: str, make_kept: MakeKept, versions: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "WAIT_SECONDS", 0.05)
    with (
        open_store(address) as one,
        open_store(address) as other,
        one.together(),
        pytest.raises(StoreError, match="another process keeps writing"),
    ):
        other.keep(make_kept(), versions)


def test_a_stamp_changes_with_every_write(
    store: Store, address: str, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    with open_store(address) as other:
        before = store.stamp()
        assert store.stamp() == before
        with other.together():
            other.keep(make_kept(), versions)
            assert store.stamp() == before
        assert store.stamp() != before


# --- connections that end --------------------------------------------------------------------


def end_all(postgres: Server) -> None:
    """As an administrator ends connections, or a server that stops; waits until they have ended."""
    postgres.run(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'shared_desk'"
    )


def test_a_writer_whose_connection_ends_says_so_and_goes_on(
    store: Store, postgres: Server, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    before = store.stamp()

    def keep_two() -> None:
        with store.together():
            store.keep(make_kept(), versions)
            end_all(postgres)
            store.keep(make_kept("two"), versions)

    with pytest.raises(StoreError, match=r"connection to the server was lost.*try again"):
        keep_two()
    assert store.article_ids() == []
    assert store.stamp() == before
    store.keep(make_kept(), versions)
    assert store.article_ids() == ["a-one"]
    assert store.stamp() != before


def test_readers_do_not_notice_that_the_server_started_anew(
    store: Store, postgres: Server, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    store.keep(make_kept(), versions)
    end_all(postgres)
    assert store.article_ids() == ["a-one"]
    assert store.find_articles(Words(("harbour",))) == ["a-one"]


def test_a_closed_desk_leaves_no_connection(address: str, postgres: Server) -> None:
    with open_store(address) as store, store.for_public() as public:
        store.stamp()
        assert public.article_ids() == []
        with store.as_of("2024-03-18") as before:
            assert before.article_ids() == []
    ended = threading.Event()
    for _ in range(100):
        if not connections(postgres):
            return
        ended.wait(0.05)
    assert connections(postgres) == 0


def connections(postgres: Server) -> int:
    engine = postgres.engine("postgres")
    with engine.connect() as connection:
        count = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = 'shared_desk'"
        ).scalar_one()
    engine.dispose()
    return int(count)


# --- what it has no place for ----------------------------------------------------------------


def test_characters_that_it_can_not_keep(
    store: Store, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    """A NUL stays in the record, and is a sign of its loss in what lists are made of."""
    kept = make_kept(headline="Ministers\0meet in the old harbour")
    store.keep(kept, versions)
    assert store.kept("a-one") == kept
    assert store.find_articles(Words(("ministers",))) == ["a-one"]
    assert sql(store, "SELECT title FROM articles") == [("Ministers\ufffdmeet in the old harbour",)]
    assert store.found_at("https://www.example.org/one") == ["a-one"]
    assert store.printed(5) == []
    assert keepable("half \ud83d of two") == "half \ufffd of two"
    assert keepable("plain") == "plain"
    assert keepable(None) is None


def test_no_table_is_ordered_as_the_server_would(store: Store) -> None:
    odd = """SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type = 'text'
        AND collation_name IS DISTINCT FROM 'C'"""
    assert sql(store, odd) == []
    assert vectors.LONGEST * 4 < 2046
