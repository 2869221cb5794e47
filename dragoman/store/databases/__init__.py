"""The boundary to a database: what the store asks of one beyond the SQL that both speak.

A folder or file is a desk in SQLite (`sqlite`), an address `postgresql://…` one in PostgreSQL
(`postgres`). Each has its word index (`fts5`, `vectors`); `dialects` holds what is written
differently inside a query. A database that is no desk, or a desk of a newer version, is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from dragoman.errors import StoreError, Unwritten


@dataclass(frozen=True, slots=True)
class Barred:
    """Why a desk can't be written by this user, in words."""

    why: Unwritten
    words: str


class Database(Protocol):
    """An open desk's database."""

    @property
    def engine(self) -> Engine:
        """Its connections; a transaction of one sees the desk as its first statement found it."""

    @property
    def place(self) -> str:
        """Where the desk is, to be printed: an address stands here without its password."""

    @property
    def file(self) -> Path | None:
        """The file it is, where it is one."""

    def writing(self, *, wait: bool = True) -> AbstractContextManager[Connection]:
        """A transaction to write in, its turn taken at once: others wait for it, half a minute at
        most. Without `wait` it is an error where somebody else is writing."""

    @property
    def barred(self) -> Barred | None:
        """Why it can't be written here, although it was not opened for reading only."""

    def changes(self, connection: Connection) -> int:
        """A number that is another one after a statement of this connection wrote something."""

    def stamp(self) -> int:
        """A number that is another one after every write, whoever made it."""

    def refusal(self, error: SQLAlchemyError) -> StoreError:
        """The database's error as one of ours, with the way out where one is known."""

    def scrub(self) -> bool:
        """Write all anew without what was deleted; False where others are reading, so that it is
        not yet gone for good."""

    def size(self) -> int:
        """Bytes that it takes."""

    def log_size(self) -> int:
        """Bytes of changes that stand beside it and were not yet written into it."""

    def shrink_log(self, wait: float = ...) -> None:
        """Write them into it, and begin anew, unless others read them for longer than so many
        seconds."""

    def faults(self, *, full: bool) -> list[str]:
        """What it finds wrong with its own files; `full` compares its indices too. A server looks
        after its own."""

    def rebuild(self) -> None:
        """Make all its indices anew."""

    def defer_references(self, connection: Connection) -> None:
        """In this transaction a row may name one that is gone, until the end."""

    def alone(self) -> Database:
        """One connection to the same desk, for reading and for what is temporary on it."""

    def seen_through(self, views: Mapping[str, str]) -> Database:
        """Reading connections on which tables are hidden behind views of the same names."""

    def said(self, statement: str) -> str:
        """A statement that calls the desk's own tables `main.…` and those of one connection
        `temp.…`, as this database says it."""

    def close(self) -> None:
        """Give back all connections."""


def is_address(home_or_url: str | Path) -> bool:
    return isinstance(home_or_url, str) and "://" in home_or_url


def refused_row(place: str, cause: object) -> StoreError:
    return StoreError(
        f"the desk {place} refused a row that names something it does not hold ({cause})"
    )
