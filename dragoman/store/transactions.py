"""The one way to the tables: a transaction to read in, or to write in, for the calling thread.

A write that fails or dies leaves nothing. Errors of the database leave as `StoreError`.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Update, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from dragoman.errors import CannotWrite, StoreError
from dragoman.store.databases import Database
from dragoman.store.databases.barred import WAYS
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
        database: Database,
        *,
        read_only: bool = False,
        clock: Callable[[], str] = utc_now,
        public: bool = False,
    ) -> None:
        self._database = database
        self._engine = database.engine
        self._read_only = read_only
        self._clock = clock
        self._public = public
        self._within: list[Transactions] = []
        """Opened of this one, and closed with it."""
        self._thread = threading.local()
        self._last_word: _Word | None = None
        self._is_closed = False

    @property
    def place(self) -> str:
        """Where the desk is, to be printed; an address stands here without its password."""
        return self._database.place

    @property
    def path(self) -> Path:
        """The desk's file. Raises StoreError where it is kept in a database server."""
        if self._database.file is None:
            raise StoreError(f"the desk {self.place} is no file")
        return self._database.file

    def stamp(self) -> int:
        """A number that is another one after every write, whoever made it; it says nothing else,
        and nothing to another process."""
        with self._in_words():
            return self._database.stamp()

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
        self._database.close()

    def require_open(self) -> None:
        """Raises StoreError after `close`; the database would be opened anew without a word."""
        if self._is_closed:
            raise StoreError(f"the desk {self.place} was closed; open it again")

    def require_writable(self) -> None:
        """Raises CannotWrite for a desk that is open for reading only, and says why it is."""
        if (barred := self._database.barred) is not None:
            why = barred.why
            told = f"the desk {self.place} can't be written: {barred.words}; {WAYS[why]}"
            raise CannotWrite(why, told)
        if self._read_only:
            raise CannotWrite("read-only", f"the desk {self.place} was opened for reading only")

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
            with self._database.writing() as connection:
                self._thread.connection = connection
                is_arriving = getattr(self._thread, "arriving", False)
                before = None if is_arriving else self._database.changes(connection)
                try:
                    yield connection
                finally:
                    del self._thread.connection
                if before is not None and self._database.changes(connection) != before:
                    self._say(connection)

    def _note(self, change: Update) -> None:
        """Write what may as well be noted the next time: nobody waits for it where somebody else is
        writing, and nothing fails where the desk can only be read."""
        with (
            suppress(StoreError),
            self._in_words(),
            self._database.writing(wait=False) as connection,
        ):
            connection.execute(change)

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
        except SQLAlchemyError as error:
            raise self._database.refusal(error) from error

    def _say(self, connection: Connection) -> None:
        """Set another word."""
        told = {"value": secrets.token_bytes(8), "made_at": self._clock()}
        said = update(keys).where(keys.c.name == WORD).values(told)
        if not connection.execute(said).rowcount:
            connection.execute(insert(keys).values(name=WORD, **told))
