"""One file that holds a whole desk, made while others write to it, and checked.

In: where a desk is, and the file that is to be made. Out: which tables it has and how many rows in
each. A desk in a SQLite file is copied page by page in one view of it, of whatever version it is;
one in another database is carried over as `copying` does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import StoreError
from dragoman.store.addresses import is_file_address, shown_address
from dragoman.store.connect import desk_file
from dragoman.store.databases.sqlite import WAIT_SECONDS, uri_of, version_of
from dragoman.store.schema import MIGRATIONS

PAGES = 2000
"""Pages that are copied before it is told how far it is; 8 MB."""
PAGES_NAME = "pages"

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Held:
    """What a desk's file holds."""

    tables: str
    """The version of its tables."""
    rows: dict[str, int]
    """Table → its rows."""


def copy_pages(address: Path | str, target: Path, told: Told) -> Held:
    """A desk's file as it stands, into a file that is not there yet. Others may read and write.

    Raises StoreError where there is no desk, no room, or the copy is not whole.
    """
    if not is_file_address(address):
        raise StoreError(f"{shown_address(address)} is no file; it is carried over row by row")
    path = desk_file(address)
    if version_of(path) is None:
        raise StoreError(f"there is no desk at {path}")
    try:
        with closing(_reading(path)) as source, closing(sqlite3.connect(target)) as copy:
            # One view for all of it: without it each write of others would begin the copy anew.
            source.execute("BEGIN")
            rows = _rows(source)
            source.backup(
                copy,
                pages=PAGES,
                progress=lambda _status, left, total: told(PAGES_NAME, total - left, total),
            )
    except sqlite3.Error as error:
        fix = "make room and try again" if "full" in str(error) else "nothing was kept"
        raise StoreError(f"the desk {path} can't be copied to {target}: {error}; {fix}") from error
    held = check(target)
    if held.rows != rows:
        raise StoreError(f"the copy of {path} holds other rows than the desk; nothing was kept")
    return held


def check(path: Path) -> Held:
    """What a desk's file holds, made one file without others beside it. Raises StoreError where it
    is damaged, or no desk."""
    version = version_of(path)
    if version is None:
        raise StoreError(f"{path} holds no desk")
    try:
        with closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA journal_mode = DELETE")
        with closing(_reading(path)) as file:
            for pragma in ("integrity_check(1)", "foreign_key_check"):
                found = file.execute(f"PRAGMA {pragma}").fetchone()
                if found is not None and found[0] != "ok":
                    raise StoreError(f"{path} is damaged ({pragma}: {found[0]})")
            return Held(version, _rows(file))
    except sqlite3.Error as error:
        raise StoreError(f"{path} is damaged ({error})") from error


def is_current(held: Held) -> bool:
    return held.tables == MIGRATIONS[-1]


def _reading(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(uri_of(path, "ro"), uri=True, timeout=WAIT_SECONDS)
    file.isolation_level = None
    return file


def _rows(file: sqlite3.Connection) -> dict[str, int]:
    named = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    names = [str(name) for (name,) in file.execute(named)]
    return {
        name: int(file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names
    }
