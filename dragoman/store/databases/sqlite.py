"""A desk in one SQLite file: all that is special to it.

Refuses, with the way out in words, a file that is not a desk and a desk of a newer version.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from dragoman.errors import CannotWrite, StoreError, Unwritten
from dragoman.store import migrations
from dragoman.store.databases import Barred, refused_row
from dragoman.store.databases.barred import (
    STILL,
    WAYS,
    barred,
    is_full,
    log_of,
    look_again,
    standing,
    unopened,
)
from dragoman.store.schema import APPLICATION_ID, MIGRATIONS

CACHE = 65_536
"""KiB of pages in a writer's memory: the inner ones of all indexes of a million articles."""
MAPPED = 1 << 31
"""Bytes of the file that are read where the system holds them, without a copy of their own; SQLite
takes no more."""
WAIT_SECONDS = 30
"""How long a writer waits for another; the longest single write, a large article, takes one."""
READERS_WAIT_SECONDS = 3
"""How long the log's readers are waited for: a page of the site takes far less."""
CONNECTIONS = 64
"""More than all threads of a web server, so that no page ever waits for one."""


class Sqlite:
    """A desk's file, and a pool of connections to it or a single one."""

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool,
        alone: bool = False,
        barred: Barred | None = None,
    ) -> None:
        self.path = path
        self.barred = barred
        self.engine = _engine(path, read_only=read_only or barred is not None, alone=alone)
        self._watch: PoolProxiedConnection | None = None
        self._watching = threading.Lock()

    @property
    def place(self) -> str:
        return str(self.path)

    @property
    def file(self) -> Path | None:
        return self.path

    @contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[Connection]:
        with self.engine.connect().execution_options(writing=True) as connection:
            if wait:
                with connection.begin():
                    yield connection
                return
            raw = connection.connection.cursor()
            raw.execute("PRAGMA busy_timeout = 0")
            try:
                with connection.begin():
                    yield connection
            finally:
                raw.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")

    def changes(self, connection: Connection) -> int:
        return int(getattr(connection.connection.dbapi_connection, "total_changes", 0))

    def stamp(self) -> int:
        if self.barred is not None:  # it may stand still for SQLite, and be written elsewhere
            return hash(standing(self.path))
        with self._watching:
            try:
                # A connection that never writes: SQLite counts for it what all others write.
                self._watch = self._watch or self.engine.raw_connection()
                cursor = self._watch.cursor()
                cursor.execute("PRAGMA data_version")
                ((stamp,),) = cursor.fetchall()
                return int(stamp)
            except sqlite3.Error as error:
                raise StoreError(f"the desk {self.place} can't be used: {error}") from error

    def scrub(self) -> bool:
        with self.engine.connect() as connection:
            raw = connection.connection.cursor()
            try:
                raw.execute("VACUUM")
                raw.execute(f"PRAGMA busy_timeout = {READERS_WAIT_SECONDS * 1000}")
                left = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                raw.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
            except sqlite3.Error as error:
                raise StoreError(
                    f"the desk {self.place} could not be written anew after forgetting ({error}); "
                    "stop what else writes to it and forget the same again"
                ) from error
        return left is None or not left[0]

    def size(self) -> int:
        return _bytes_of(self.path) + self.log_size()

    def log_size(self) -> int:
        return _bytes_of(log_of(self.path))

    def shrink_log(self, wait: float = WAIT_SECONDS) -> None:
        with self.engine.connect() as connection:
            raw = connection.connection.cursor()
            raw.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
            try:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.fetchall()
            except sqlite3.Error as error:
                raise StoreError(
                    f"the log of changes of {self.place} can't be written into it ({error}); see "
                    "to it that the disk has room and can be written"
                ) from error
            finally:
                raw.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
                raw.close()

    def faults(self, *, full: bool) -> list[str]:
        pragma = "integrity_check" if full else "quick_check"
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql(f"PRAGMA {pragma}(20)").scalars()
            return [str(line) for line in found if line != "ok"]

    def rebuild(self) -> None:
        with self.writing() as connection:
            connection.exec_driver_sql("REINDEX")

    def defer_references(self, connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")

    def alone(self) -> Sqlite:
        return Sqlite(self.path, read_only=True, alone=True)

    def seen_through(self, views: Mapping[str, str]) -> Sqlite:
        seen = Sqlite(self.path, read_only=True)

        @event.listens_for(seen.engine, "connect")
        def hide(raw: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
            for name, query in views.items():
                raw.execute(f"CREATE TEMP VIEW {name} AS {query}")

        return seen

    def said(self, statement: str) -> str:
        return statement

    def refusal(self, error: SQLAlchemyError) -> StoreError:
        return refusal(self.path, error)

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()
        self.engine.dispose()


def open_file(
    path: Path, *, read_only: bool, upgrading: migrations.Upgrading | None = None
) -> Sqlite:
    """The desk in a file, made or brought up to date first."""
    closed = None if read_only else barred(path)
    read_only = read_only or closed is not None
    version = version_of(path)
    if version is None and _bytes_of(log_of(path)) and not _bytes_of(path):
        # SQLite would make a new desk here, and first of all take the log away.
        raise StoreError(
            f"{log_of(path)} is the log of a desk of which the file is gone or empty; restore a "
            "backup (`dragoman restore BACKUP --home NEW`), or move the log away to let a new desk "
            "be made"
        )
    if read_only and version is None:
        raise StoreError(f"there is no desk at {path}; `dragoman add` makes one")
    if read_only and version != MIGRATIONS[-1]:
        raise StoreError(
            f"the desk {path} has older tables ({version}, not {MIGRATIONS[-1]}); "
            "open it for writing once, which brings it up to date"
        )
    if not read_only:
        _make_folder(path.parent)
    database = Sqlite(path, read_only=read_only, barred=closed)
    if version != MIGRATIONS[-1]:
        try:
            with database.writing() as connection:
                migrations.upgrade(connection, upgrading if version is not None else None)
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        except SQLAlchemyError as error:
            database.close()
            raise refusal(path, error) from error
    return database


def refusal(path: Path, error: SQLAlchemyError) -> StoreError:
    """The database's error as one of ours, with the way out where one is known."""
    cause = _cause(error)
    if isinstance(error, IntegrityError):
        return refused_row(str(path), cause)
    why = unwritten(cause, path)
    if why is not None:
        return CannotWrite(why, f"the desk {path} can't be written: {cause}; {WAYS[why]}")
    fix = "nothing was written"
    if "unable to open" in cause:
        fix = "check that this user may read and write the file and its folder"
    elif "malformed" in cause or "not a database" in cause:
        fix = "the file is damaged; restore it from a backup"
    elif "disk I/O" in cause:
        fix = "the disk does not do what it is asked to; see to it before anything is written again"
    return StoreError(f"the desk {path} can't be used: {cause}; {fix}")


def unwritten(cause: str, path: Path) -> Unwritten | None:
    """Why nothing could be written, by the database's words; None where it is something else."""
    if "locked" in cause or "busy" in cause:
        return "busy"
    if "is full" in cause or ("disk I/O" in cause and is_full(path.parent)):
        return "full"
    return "read-only" if "readonly" in cause else None


def _cause(error: SQLAlchemyError) -> str:
    """The database's own words. A full disk ends the whole transaction, so that undoing a part of
    it fails as well: what came first is what happened."""
    found: BaseException | None = error
    while found is not None:
        if "is full" in (said := str(getattr(found, "orig", None) or "")):
            return said
        found = found.__context__
    return str(getattr(error, "orig", None) or error)


def _bytes_of(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


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
        with closing(sqlite3.connect(uri_of(path, "ro"), uri=True, timeout=WAIT_SECONDS)) as file:
            file.execute("BEGIN")  # one view: another process may be making the desk just now
            version = _stated_version(file)
            mark = file.execute("PRAGMA application_id").fetchone()[0]
            tables = file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise unopened(path, error) from error
    except sqlite3.DatabaseError as error:
        raise (_damaged(path, error) if _is_marked(path) else not_a_desk) from error
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


def _is_marked(path: Path) -> bool:
    """Whether the file's head still says that it is a desk, whatever became of the rest."""
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(b"SQLite format 3") and int.from_bytes(head[68:]) == APPLICATION_ID


def _damaged(path: Path, error: sqlite3.Error) -> StoreError:
    return StoreError(
        f"the desk {path} is damaged ({error}); keep the file, and make the desk again from a "
        "backup: `dragoman restore BACKUP --home NEW`"
    )


def _stated_version(file: sqlite3.Connection) -> str | None:
    named = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if file.execute(named).fetchone() is None:
        return None
    row = file.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def _engine(path: Path, *, read_only: bool, alone: bool) -> Engine:
    """A pool that lends a connection to one thread at a time, or one connection without a pool."""

    def create() -> sqlite3.Connection:
        uri = uri_of(path, "ro" if read_only else "rwc")
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
            pool_use_lifo=True,  # what few connections hold is held few times
        )

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        raw.isolation_level = None  # transactions begin where `begin` says, not where sqlite3 does
        if not read_only:
            _keep_a_log(raw)
            # What was said to be kept outlives a power cut.
            raw.execute("PRAGMA synchronous = FULL")
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


def _keep_a_log(raw: sqlite3.Connection) -> None:
    """Turn to write-ahead logging. Where several turn a new file at once, SQLite refuses all but
    one without waiting (each holds a read lock that the other would have to see go)."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)


def uri_of(path: Path, mode: str) -> str:
    """SQLite's address of a file; of one that can only be read, so that it makes nothing beside."""
    still = STILL if mode == "ro" and standing(path).is_still else ""
    return f"file:{quote(str(path.absolute()))}?mode={mode}{still}"
