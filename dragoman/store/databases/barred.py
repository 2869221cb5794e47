"""Whether a desk's file may be written here; and where it may not, whether it stands still.

In: the path of a desk's file. Out: why it can't be written, or None; what SQLite is to be told of a
file that nobody writes. A file on a medium that can only be read, on a full disk, or in a folder
that is closed to this user, is read as it is: SQLite would else make two files beside it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from dragoman.errors import CannotWrite, StoreError, Unwritten
from dragoman.store.databases import Barred

STILL = "&immutable=1"
"""Added to the address of a file that nobody writes."""
LEAST, PLENTY = 1 << 16, 1 << 20
"""Bytes that must be left on a disk for a desk to be opened; and with which nobody need try."""

WAYS: Mapping[Unwritten, str] = {
    "full": "nothing more was kept, and what was kept before is whole; make room on its disk and "
    "run the same again",
    "busy": "another process keeps writing to it; try again when it is done",
    "read-only": "nothing was changed; let this user write the file and its folder, or run this "
    "where it may",
}
"""What is to be done, by why a desk was not written to."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a file stood when a connection was made to it: `stamp` is another one after a write."""

    is_still: bool
    stamp: tuple[int, ...]


def barred(path: Path) -> Barred | None:
    """Why this user can't write the desk, None where it can, or where there is no desk yet."""
    if not path.exists() or not path.stat().st_size:
        return None
    if not os.access(path, os.W_OK):
        return _closed(path, "the file")
    beside = (log_of(path), path.with_name(f"{path.name}-shm"))
    if all(os.access(one, os.W_OK) for one in beside):
        return None  # another process has it open, or left it so: nothing need be made
    if not os.access(path.parent, os.W_OK):
        return _closed(path.parent, "its folder")
    return Barred("full", "its disk is full") if is_full(path.parent) else None


def _closed(place: Path, what: str) -> Barred:
    if os.statvfs(place).f_flag & os.ST_RDONLY:
        return Barred("read-only", "it is on a medium that can only be read")
    return Barred("read-only", f"this user may not write {what}")


def is_full(folder: Path) -> bool:
    """Whether a folder has no room for the files that SQLite makes beside a desk. It is tried:
    some of what a disk says is left is not for everybody, or is for some alone."""
    try:
        if shutil.disk_usage(folder).free >= PLENTY:
            return False
        with TemporaryFile(dir=folder, buffering=0) as file:
            return file.write(bytes(LEAST)) < LEAST
    except OSError:
        return True


def standing(path: Path) -> Standing:
    """A file that can't be written, and that no other user writes: no log stands beside it."""
    found = [one.stat() for one in (path, log_of(path)) if one.exists()]
    has_log = any(one.st_size for one in found[1:])
    stamp = tuple(number for one in found for number in (one.st_size, one.st_mtime_ns))
    return Standing(barred(path) is not None and not has_log, stamp)


def look_again(engine: Engine, now: Callable[[], Standing]) -> None:
    """Connections to a file that stood still are made anew once it was written after all, as by its
    owner, who sees it elsewhere."""

    @event.listens_for(engine, "connect")
    def note(_raw: object, entry: ConnectionPoolEntry) -> None:
        entry.info["standing"] = now()

    @event.listens_for(engine, "checkout")
    def compare(_raw: object, entry: ConnectionPoolEntry, _proxy: object) -> None:
        then = entry.info["standing"]
        if then.is_still and then != now():
            raise DisconnectionError


def unopened(path: Path, cause: object) -> StoreError:
    """Why a desk can't even be read, with the way out: its database said `cause`."""
    why = barred(path) or (Barred("full", "its disk is full") if is_full(path.parent) else None)
    if why is None:
        return StoreError(
            f"the desk {path} can't be opened ({cause}); check that this user may read and write "
            "the file and its folder"
        )
    log = log_of(path)
    left = f", and {log.name} holds what was written last" if log.exists() else ""
    return CannotWrite(
        why.why, f"the desk {path} can't be opened: {why.words}{left}; {WAYS[why.why]}"
    )


def log_of(path: Path) -> Path:
    """The log of changes that SQLite keeps beside a file that is written."""
    return path.with_name(f"{path.name}-wal")
