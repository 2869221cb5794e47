"""From a folder, file or address to a checked connection pool; all that is special to SQLite.

Refuses, with the way out in words, a file that is not a desk and a desk of a newer version.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from dragoman.errors import StoreError
from dragoman.store import migrations
from dragoman.store.barred import STILL, look_again, standing, unopened
from dragoman.store.schema import APPLICATION_ID, MIGRATIONS
from dragoman.store.transactions import refusal

FILE_NAME = "desk.sqlite"
CACHE = 65_536
"""KiB of pages in a writer's memory: the inner ones of all indexes of a million articles."""
MAPPED = 1 << 31
"""Bytes of the file that are read where the system holds them, without a copy of their own; SQLite
takes no more."""
WAIT_SECONDS = 30
"""How long a writer waits for another; the longest single write, a large article, takes one."""
CONNECTIONS = 64
"""More than all threads of a web server, so that no page ever waits for one."""


def connect(home_or_url: str | Path, *, read_only: bool) -> tuple[Engine, Path]:
    """An engine on the desk, made or brought up to date first, and the file it stands in."""
    path = desk_file(home_or_url)
    version = version_of(path)
    if read_only and version is None:
        raise StoreError(f"there is no desk at {path}; open it for writing once to make one")
    if read_only and version != MIGRATIONS[-1]:
        raise StoreError(
            f"the desk {path} has older tables ({version}, not {MIGRATIONS[-1]}); "
            "open it for writing once, which brings it up to date"
        )
    if not read_only:
        _make_folder(path.parent)
    engine = _engine(path, read_only=read_only)
    if version != MIGRATIONS[-1]:
        try:
            _bring_up_to_date(engine)
        except SQLAlchemyError as error:
            engine.dispose()
            raise refusal(path, error) from error
    return engine, path


def desk_file(home_or_url: str | Path) -> Path:
    """The desk's file: in the home folder that is named, or the file itself, or `sqlite:///…`."""
    if isinstance(home_or_url, str) and "://" in home_or_url:
        return _file_of_url(home_or_url)
    path = Path(home_or_url).expanduser()
    if path.is_file() or (path.suffix in {".sqlite", ".db"} and not path.is_dir()):
        return path
    return path / FILE_NAME


def _file_of_url(text: str) -> Path:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreError(  # the text may hold a password, and so may the cause
            "that is not a database address; write postgresql://user@host/desk, or name a folder"
        ) from None
    if url.get_backend_name() != "sqlite":
        raise StoreError(
            f"this version keeps its desk in SQLite only, not in {url.get_backend_name()}; "
            "name a folder, or an address that begins with sqlite:///"
        )
    if url.host:
        raise StoreError("a SQLite desk has no host; write sqlite:///folder/desk.sqlite")
    if not url.database or url.database == ":memory:":
        raise StoreError("a desk needs a file; name a folder, or sqlite:///folder/desk.sqlite")
    return Path(url.database)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder {folder} can't be made: {error.strerror}") from error


def version_of(path: Path) -> str | None:
    """The version of the tables in a desk's file, None where there is nothing yet."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return None
    not_a_desk = StoreError(
        f"{path} is not a Dragoman desk; name another folder, or move that file away "
        "to let a new desk be made"
    )
    try:
        with closing(sqlite3.connect(_uri(path, "ro"), uri=True, timeout=WAIT_SECONDS)) as file:
            file.execute("BEGIN")  # one view: another process may be making the desk just now
            version = _stated_version(file)
            mark = file.execute("PRAGMA application_id").fetchone()[0]
            tables = file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise unopened(path, error) from error
    except sqlite3.DatabaseError as error:
        raise not_a_desk from error
    if not tables:  # another process has just begun to make it
        return None
    if mark != APPLICATION_ID or version is None:
        raise not_a_desk
    if version not in MIGRATIONS:
        raise StoreError(
            f"the desk {path} was written by a newer Dragoman (tables {version}; this one knows "
            f"them up to {MIGRATIONS[-1]}); upgrade Dragoman to open it"
        )
    return version


def _stated_version(file: sqlite3.Connection) -> str | None:
    named = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if file.execute(named).fetchone() is None:
        return None
    row = file.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def alone(path: Path) -> Engine:
    """One connection to a desk that is there, for reading and for what is temporary on it."""
    return _engine(path, read_only=True, alone=True)


def seen_through(path: Path, views: Mapping[str, str]) -> Engine:
    """A pool of reading connections on which tables are hidden behind views of the same names."""
    engine = _engine(path, read_only=True)

    @event.listens_for(engine, "connect")
    def hide(raw: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        for name, query in views.items():
            raw.execute(f"CREATE TEMP VIEW {name} AS {query}")

    return engine


def _engine(path: Path, *, read_only: bool, alone: bool = False) -> Engine:
    """A pool that lends a connection to one thread at a time, or one connection without a pool."""

    def create() -> sqlite3.Connection:
        uri = _uri(path, "ro" if read_only else "rwc")
        return sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, check_same_thread=False)

    if alone:
        engine = create_engine("sqlite://", creator=create, poolclass=StaticPool)
    else:
        engine = create_engine(
            "sqlite://",
            creator=create,
            poolclass=QueuePool,
            pool_size=8,
            max_overflow=CONNECTIONS - 8,
        )

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        raw.isolation_level = None  # transactions begin where `begin` says, not where sqlite3 does
        if not read_only:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute(
                "PRAGMA synchronous = FULL"
            )  # what was said to be kept outlives a power cut
            raw.execute(f"PRAGMA cache_size = -{CACHE}")
            raw.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file too
        raw.execute(f"PRAGMA mmap_size = {MAPPED}")
        raw.execute("PRAGMA foreign_keys = ON")

    if read_only and not alone:  # what is temporary on a connection would go with it
        look_again(engine, lambda: standing(path))

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its turn at once: a reader that turns writer midway would be refused.
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _uri(path: Path, mode: str) -> str:
    still = STILL if mode == "ro" and standing(path).is_still else ""
    return f"file:{quote(str(path.absolute()))}?mode={mode}{still}"


def _bring_up_to_date(engine: Engine) -> None:
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        migrations.upgrade(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
