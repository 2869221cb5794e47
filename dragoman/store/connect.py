"""From a folder, file or address to an open desk's database, checked and up to date.

Refuses what is no address of a desk; each database refuses the rest (`databases`).
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from dragoman.errors import StoreError
from dragoman.store.databases import Database, is_address
from dragoman.store.databases.postgres_address import SCHEMES, address_of
from dragoman.store.databases.sqlite import open_file
from dragoman.store.migrations import Upgrading

FILE_NAME = "desk.sqlite"


def connect(
    home_or_url: str | Path, *, read_only: bool, upgrading: Upgrading | None = None
) -> Database:
    """The database of a desk, made or brought up to date first."""
    if is_address(home_or_url) and str(home_or_url).partition("://")[0] in SCHEMES:
        # What a desk in a file has no use for is not imported for it.
        from dragoman.store.databases.postgres import open_address

        address = address_of(str(home_or_url))
        return open_address(address, read_only=read_only, upgrading=upgrading)
    return open_file(desk_file(home_or_url), read_only=read_only, upgrading=upgrading)


def desk_file(home_or_url: str | Path) -> Path:
    """The desk's file: in the home folder that is named, or the file itself, or `sqlite:///…`."""
    if is_address(home_or_url):
        return _file_of_url(str(home_or_url))
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
            f"a desk is kept in SQLite or PostgreSQL, not in {url.get_backend_name()}; name a "
            "folder, or an address that begins with sqlite:/// or postgresql://"
        )
    if url.host:
        raise StoreError("a SQLite desk has no host; write sqlite:///folder/desk.sqlite")
    if not url.database or url.database == ":memory:":
        raise StoreError("a desk needs a file; name a folder, or sqlite:///folder/desk.sqlite")
    return Path(url.database)
