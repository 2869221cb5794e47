"""A desk in a database of PostgreSQL: all that is special to it.

Refuses, with the way out in words: an address where the driver is not installed, a database that
can't be reached, one that holds other things, a desk of a newer version.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    ExceptionContext,
    PoolProxiedConnection,
    create_engine,
    event,
)
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from dragoman.errors import StoreError
from dragoman.extras import needed
from dragoman.store import migrations
from dragoman.store.databases import postgres_tables
from dragoman.store.databases.matching import IndexPlan
from dragoman.store.databases.postgres_address import Address
from dragoman.store.databases.postgres_words import (
    LOCKED,
    cause_of,
    code_of,
    is_lost,
    refusal,
    refused,
)
from dragoman.store.schema import APPLICATION_ID, MIGRATIONS, metadata

WAIT_SECONDS = 30
"""How long a writer waits for another."""
READERS_WAIT_SECONDS = 3
"""How long readers are waited for before the tables are written anew."""
CONNECTIONS = 64
"""As in SQLite: no page waits for a connection where the server lends enough."""
_TAKE_TURN = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; "
    f"UPDATE {postgres_tables.MARK} SET writes = writes + 1"
)
"""Who changes the mark's row has the turn; others wait for it, and then see what was written."""
_TAKE_TURN_NOW = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; "
    f"SELECT 1 FROM {postgres_tables.MARK} FOR UPDATE NOWAIT; "
    f"UPDATE {postgres_tables.MARK} SET writes = writes + 1"
)
_READERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL"
)


_SIZE = "SELECT pg_database_size(current_database())"
_ROWS_CHANGED = (
    "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint "
    "FROM pg_stat_xact_user_tables"
)
"""Of the transaction that asks, so far."""


class Postgres:
    """A desk's database, and a pool of connections to it or a single one."""

    def __init__(self, address: Address, *, read_only: bool, alone: bool = False) -> None:
        self.address = address
        self.engine = _engine(address, read_only=read_only, alone=alone)
        self._schema: str | None = None
        self._watch: PoolProxiedConnection | None = None
        self._watching = threading.Lock()

    @property
    def place(self) -> str:
        return self.address.shown

    @property
    def file(self) -> Path | None:
        return None

    @contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[Connection]:
        turn = _TAKE_TURN if wait else _TAKE_TURN_NOW
        with self.engine.connect().execution_options(turn=turn) as connection, connection.begin():
            yield connection

    @property
    def barred(self) -> None:
        """The server says so when it is written to."""
        return None

    def changes(self, connection: Connection) -> int:
        return int(connection.exec_driver_sql(_ROWS_CHANGED).scalar_one())

    def stamp(self) -> int:
        fault = self.engine.dialect.loaded_dbapi.Error
        with self._watching:
            try:
                return self._stamp()
            except fault:  # the server was started anew: another connection tells
                self._stop_watching()
            try:
                return self._stamp()
            except fault as error:
                self._stop_watching()
                raise refused(self.address, error) from error

    def _stamp(self) -> int:
        self._watch = self._watch or self._without_transactions()
        cursor = self._watch.cursor()
        cursor.execute(f"SELECT writes FROM {postgres_tables.MARK}")
        return int(cursor.fetchall()[0][0])

    def _stop_watching(self) -> None:
        if self._watch is not None:
            watch, self._watch = self._watch, None
            with suppress(self.engine.dialect.loaded_dbapi.Error):
                watch.close()

    def _without_transactions(self) -> PoolProxiedConnection:
        """A connection of whose statements each is a transaction; it goes back to no pool."""
        found = self.engine.raw_connection()
        found.rollback()
        driver: Any = found.driver_connection
        driver.autocommit = True
        found.detach()
        return found

    def scrub(self) -> bool:
        """What was deleted stays in the server's own log until that is written over, and in
        backups: neither is ours."""
        names = [*metadata.tables, *(index.name for index in _indices())]
        with closing(self._without_transactions()) as connection:
            cursor = connection.cursor()
            try:
                is_free = _wait_for_readers(cursor)
                cursor.execute(f"SET lock_timeout = {int(READERS_WAIT_SECONDS * 1000)}")
                for name in names:
                    cursor.execute(f'VACUUM (FULL, ANALYZE) "{name}"')
            except self.engine.dialect.loaded_dbapi.Error as error:
                if code_of(error) == LOCKED:
                    return False
                raise StoreError(
                    f"the desk {self.place} could not be written anew after forgetting "
                    f"({cause_of(error)}); mend that and forget the same again"
                ) from error
        return is_free

    def size(self) -> int:
        with self.engine.connect() as connection:
            return int(connection.exec_driver_sql(_SIZE).scalar_one())

    def log_size(self) -> int:
        return 0

    def shrink_log(self, wait: float = 0) -> None:
        """The server does."""

    def faults(self, *, full: bool) -> list[str]:
        return []

    def rebuild(self) -> None:
        """What the server finds wrong it says by itself."""

    def defer_references(self, connection: Connection) -> None:
        """The server lets no row name one that is gone."""

    def alone(self) -> Postgres:
        return Postgres(self.address, read_only=False, alone=True)

    def seen_through(self, views: Mapping[str, str]) -> Postgres:
        seen = Postgres(self.address, read_only=False)
        made = [f"CREATE TEMP VIEW {name} AS {self.said(q)}" for name, q in views.items()]
        made.append("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")

        @event.listens_for(seen.engine, "connect")
        def hide(raw: Any, _entry: ConnectionPoolEntry) -> None:
            cursor = raw.cursor()
            cursor.execute("; ".join(made))
            raw.commit()

        return seen

    def said(self, statement: str) -> str:
        # PostgreSQL looks for a name among what is temporary first, as SQLite does.
        if self._schema is None:
            with self.engine.connect() as connection:
                found = connection.exec_driver_sql("SELECT quote_ident(current_schema())")
                self._schema = str(found.scalar_one())
        statement = re.sub(r"\bmain\.", f"{self._schema}.", statement)
        return re.sub(r"\btemp\.", "pg_temp.", statement)

    def refusal(self, error: SQLAlchemyError) -> StoreError:
        return refusal(self.address, error)

    def close(self) -> None:
        self._stop_watching()
        self.engine.dispose()


def open_address(
    address: Address, *, read_only: bool, upgrading: migrations.Upgrading | None = None
) -> Postgres:
    """The desk at an address, made or brought up to date first."""
    needed("pg8000", "postgres")
    database = Postgres(address, read_only=read_only)
    try:
        with database.engine.connect() as connection:
            version = _version(connection, address)
        if version == MIGRATIONS[-1]:
            return database
        if read_only:
            raise _unreadable(address, version)
        with database.engine.connect() as connection, connection.begin():
            # Who makes a desk or brings it up to date does so alone, whoever else opens it.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
            version = _version(connection, address)
            if version is None:
                postgres_tables.make(connection, _indices())
            elif version != MIGRATIONS[-1]:
                connection.exec_driver_sql(_TAKE_TURN.partition("; ")[2])
                migrations.upgrade(connection, upgrading)
        return database
    except SQLAlchemyError as error:
        database.close()
        raise refusal(address, error) from error
    except BaseException:
        database.close()
        raise


def _version(connection: Connection, address: Address) -> str | None:
    """The version of the tables of a desk, None where there is nothing yet."""

    def ask(query: str) -> Any:
        return connection.exec_driver_sql(query).scalar()

    if ask("SELECT current_schema()") is None:
        raise StoreError(
            f"{address.shown}: its search_path names no schema that is there; make one"
        )
    if ask("SHOW server_encoding") != "UTF8":
        raise StoreError(
            f"{address.shown} keeps text in {ask('SHOW server_encoding')}, which has no room for "
            "all languages; make the database with ENCODING 'UTF8' TEMPLATE template0"
        )
    held = "FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
    if not ask(f"SELECT count(*) {held}"):
        return None
    marks = f"SELECT count(*) {held} AND relname IN ('{postgres_tables.MARK}', 'alembic_version')"
    version = None
    if ask(marks) == 2 and ask(f"SELECT application FROM {postgres_tables.MARK}") == APPLICATION_ID:
        version = ask("SELECT version_num FROM alembic_version")
    if version is None:
        raise StoreError(
            f"{address.shown} holds other things and is not a Dragoman desk; name an empty "
            "database to let a new desk be made"
        )
    if version not in MIGRATIONS:
        raise StoreError(
            f"the desk {address.shown} was written by a newer Dragoman (tables {version}; this one "
            f"knows them up to {MIGRATIONS[-1]}); upgrade Dragoman to open it"
        )
    return str(version)


def _unreadable(address: Address, version: str | None) -> StoreError:
    if version is None:
        return StoreError(
            f"there is no desk at {address.shown}; open it for writing once to make one"
        )
    return StoreError(
        f"the desk {address.shown} has older tables ({version}, not {MIGRATIONS[-1]}); "
        "open it for writing once, which brings it up to date"
    )


def _engine(address: Address, *, read_only: bool, alone: bool) -> Engine:
    pool: dict[str, Any] = {"poolclass": StaticPool} if alone else {
        "poolclass": QueuePool, "pool_size": 8, "max_overflow": CONNECTIONS - 8,
        "pool_pre_ping": True,
    }  # fmt: skip
    from dragoman.store.databases.postgres_driver import PARAMETERS
    from dragoman.store.databases.postgres_driver import Connection as Driven

    options = address.options()
    engine = create_engine(
        "postgresql+pg8000://", creator=lambda: Driven(**options), paramstyle=PARAMETERS, **pool
    )
    # Many rows in one statement: each statement is a journey to the server.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    settings = [
        "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ",
        f"SET lock_timeout = {int(WAIT_SECONDS * 1000)}",
        "SET jit = off",  # our questions are short; compiling one takes longer than asking it
    ]
    if read_only:
        settings.append("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _entry: ConnectionPoolEntry) -> None:
        raw.cursor().execute("; ".join(settings))
        raw.commit()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        turn = connection.get_execution_options().get("turn")
        if turn:
            connection.exec_driver_sql(turn)

    @event.listens_for(engine, "handle_error")
    def notice(context: ExceptionContext) -> None:
        if is_lost(context.original_exception):
            context.is_disconnect = True

    return engine


def _wait_for_readers(cursor: DBAPICursor) -> bool:
    """What others still see is not taken away by writing anew; whether nobody reads any more."""
    until = time.monotonic() + READERS_WAIT_SECONDS
    while True:
        cursor.execute(_READERS)
        if not cursor.fetchall()[0][0]:
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)


def _indices() -> tuple[IndexPlan, ...]:
    from dragoman.store.search import ARTICLE_WORDS, EVENT_WORDS  # it asks this folder in turn

    return (ARTICLE_WORDS, EVENT_WORDS)
