"""The one way to the tables: a transaction to read in, or to write in, for the calling thread.

A write that fails or dies leaves nothing. Errors of the database leave as `StoreError`.
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, PoolProxiedConnection, Update, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from dragoman.errors import CannotWrite, StoreError, Unwritten
from dragoman.store.barred import WAYS, Barred, is_full
from dragoman.store.schema_people import keys

AT_ONCE = 500
"""Values in one statement; a database takes only so many."""
WORD = "word"
"""Stands among the desk's keys, with another value after every write but those of `arriving`."""
T = TypeVar("T", int, str)


def parts(values: Iterable[T]) -> Iterator[list[T]]:
    """Each value once, in order, as many at a time as a statement takes."""
    whole = sorted(set(values))
    return (whole[start : start + AT_ONCE] for start in range(0, len(whole), AT_ONCE))


def utc_now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class _Word:
    """The desk's word, as it was after the write with this stamp."""

    stamp: int
    value: bytes


class Transactions:
    """What every part of the store stands on; the parts add the named methods."""

    def __init__(
        self,
        engine: Engine,
        path: Path,
        *,
        read_only: bool = False,
        clock: Callable[[], str] = utc_now,
        public: bool = False,
        barred: Barred | None = None,
    ) -> None:
        """`barred`: why it can't be written, although it was not opened for reading only."""
        self.path = path
        self._engine = engine
        self._read_only = read_only or barred is not None
        self._barred = barred
        self._clock = clock
        self._public = public
        self._within: list[Transactions] = []
        """Opened of this one, and closed with it."""
        self._thread = threading.local()
        self._watch: PoolProxiedConnection | None = None
        self._watching = threading.Lock()
        self._last_word: _Word | None = None
        self._is_closed = False

    def stamp(self) -> int:
        """A number that is another one after every write, whoever made it; it says nothing else,
        and nothing to another process."""
        self.require_open()
        with self._in_words(), self._watching:
            try:
                # A connection that never writes: SQLite counts for it what all others write.
                self._watch = self._watch or self._engine.raw_connection()
                cursor = self._watch.cursor()
                cursor.execute("PRAGMA data_version")
                ((stamp,),) = cursor.fetchall()
                return int(stamp)
            except sqlite3.Error as error:
                raise StoreError(f"the desk {self.path} can't be used: {error}") from error

    def word(self) -> bytes:
        """Another one after every write that somebody means to be seen, whichever process made it:
        after all but those made within `arriving`."""
        stamp = self.stamp()
        last = self._last_word
        if last is None or last.stamp != stamp:
            query = select(keys.c.value).where(keys.c.name == WORD)
            with self._reading() as connection:
                found = connection.execute(query).scalar()
            self._last_word = last = _Word(stamp, bytes(found or b""))
        return last.value

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """What this thread writes inside the block comes by itself, article after article: readers
        may be shown it a few seconds later than what a person did."""
        before, self._thread.arriving = getattr(self._thread, "arriving", False), True
        try:
            yield
        finally:
            self._thread.arriving = before

    def close(self) -> None:
        self._is_closed = True
        for one in self._within:
            one.close()
        if self._watch is not None:
            self._watch.close()
        self._engine.dispose()

    def require_open(self) -> None:
        """Raises StoreError after `close`; the database would be opened anew without a word."""
        if self._is_closed:
            raise StoreError(f"the desk {self.path} was closed; open it again")

    def require_writable(self) -> None:
        """Raises CannotWrite for a desk that is open for reading only, and says why it is."""
        if self._barred is not None:
            why, words = self._barred.why, self._barred.words
            raise CannotWrite(why, f"the desk {self.path} can't be written: {words}; {WAYS[why]}")
        if self._read_only:
            raise CannotWrite("read-only", f"the desk {self.path} was opened for reading only")

    @contextmanager
    def together(self) -> Iterator[None]:
        """All writes of this thread inside the block are kept at once, or none of them is."""
        with self._writing():
            yield

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """All reads of this thread inside the block see the desk as the first of them finds it."""
        if getattr(self._thread, "view", None) is not None:  # within a block of the same kind
            yield
            return
        with self._in_words(), self._engine.connect() as connection:
            self._thread.view = connection
            try:
                yield
            finally:
                del self._thread.view

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One unmoving view of the desk, or the transaction this thread is writing in."""
        with self._in_words():
            open_one = self._open_connection() or getattr(self._thread, "view", None)
            if open_one is not None:
                yield open_one
                return
            with self._engine.connect() as connection:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self.require_writable()
        with self._in_words():
            if (open_one := self._open_connection()) is not None:
                with open_one.begin_nested():  # a part that fails leaves the rest whole
                    yield open_one
                return
            with (
                self._engine.connect().execution_options(writing=True) as connection,
                connection.begin(),
            ):
                self._thread.connection = connection
                before = _changes(connection)
                try:
                    yield connection
                finally:
                    del self._thread.connection
                if not getattr(self._thread, "arriving", False):
                    _say(connection, before, self._clock())

    def _note(self, change: Update) -> None:
        """Write what may as well be noted the next time: nobody waits for it where somebody else is
        writing, and nothing fails where the file can only be read."""
        with suppress(StoreError), self._in_words(), self._engine.connect() as connection:
            raw = connection.connection.cursor()
            ((wait,),) = raw.execute("PRAGMA busy_timeout").fetchall()
            raw.execute("PRAGMA busy_timeout = 0")
            try:
                with connection.execution_options(writing=True).begin():
                    connection.execute(change)
            finally:
                raw.execute(f"PRAGMA busy_timeout = {wait}")

    @contextmanager
    def _writing_along(self) -> Iterator[Connection]:
        """To write in the transaction that is open, where one is: what fails, fails all of it."""
        open_one = self._open_connection()
        if open_one is None:
            with self._writing() as connection:
                yield connection
            return
        with self._in_words():
            yield open_one

    def _open_connection(self) -> Connection | None:
        return getattr(self._thread, "connection", None)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        self.require_open()
        try:
            yield
        except IntegrityError as error:
            raise StoreError(
                f"the desk {self.path} refused a row that names something it does not hold "
                f"({error.orig})"
            ) from error
        except SQLAlchemyError as error:
            raise refusal(self.path, error) from error


def _changes(connection: Connection) -> int:
    """Rows that it has changed so far."""
    return int(getattr(connection.connection.dbapi_connection, "total_changes", 0))


def _say(connection: Connection, before: int, at: str) -> None:
    """Set another word, where anything was written."""
    if _changes(connection) == before:
        return
    value = secrets.token_bytes(8)
    said = update(keys).where(keys.c.name == WORD).values(value=value, made_at=at)
    if not connection.execute(said).rowcount:
        connection.execute(insert(keys).values(name=WORD, value=value, made_at=at))


def refusal(path: Path, error: SQLAlchemyError) -> StoreError:
    """The database's error as one of ours, with the way out where one is known."""
    cause = _cause(error)
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
