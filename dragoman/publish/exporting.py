"""An export: what a query finds, in one of the formats, and what the file says of itself.

In: a reading room, a query's text and a format. Out: bytes as they are made, or a whole file and
its `.about.json`. A file is there when it is complete, or not at all.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from dragoman.errors import DragomanError
from dragoman.publish.formats import Format, formats
from dragoman.publish.gathering import About, about, articles, events
from dragoman.publish.room import ReadingRoom

DEFAULT = "jsonl"
GZIP = ".gz"
SQLITE = b"SQLite format 3\0"
"""How a database's file begins."""
LICENCE = (
    "Codes, dates and counts are this desk's own work. Titles and sentences are quoted from the "
    "articles named beside them and belong to their publishers; whole texts, where there are any, "
    "may be handed on only with their licence."
)


@dataclass(frozen=True, slots=True)
class Exported:
    format: Format
    about: About
    rows: int
    """Rows, lines or entries, as the format has them."""
    left_out: int
    """Items that the query found and that have no place in the format."""
    with_retracted: bool = False

    def as_json(self) -> dict[str, object]:
        """What `.about.json` says, before anything is known of the file."""
        return {
            **asdict(self.about),
            "format": self.format.name,
            "means": self.format.means,
            "rows": self.rows,
            "left_out": self.left_out,
            "with_retracted": self.with_retracted,
            "licence": LICENCE,
        }


def format_named(name: str) -> Format:
    """Raises DragomanError, which lists all, where there is none of that name."""
    known = formats()
    if name not in known:
        listed = "".join(f"\n  {one.name}: {one.means}" for one in known.values())
        raise DragomanError(f"there is no format {name[:40]!r}; there are{listed}")
    return known[name]


def format_of(path: Path) -> Format | None:
    """By the longest suffix that the file's name ends in, whatever its case; `.gz` apart."""
    name = path.name.lower().removesuffix(GZIP)
    found = [one for one in formats().values() if name.endswith(one.suffix.lower())]
    return max(found, key=lambda one: len(one.suffix), default=None)


def require_parts(format_: Format) -> None:
    """Raises MissingPart where what the format needs isn't installed."""
    if format_.needs == "data":
        from dragoman.extras import needed

        needed("pyarrow")


def found(
    room: ReadingRoom, query: str, format_: Format, *, with_retracted: bool = False
) -> Iterator[Any]:
    """Items as the format takes them."""
    if format_.takes == "articles":
        return articles(room, query)
    return events(room, query, with_retracted=with_retracted)


def export(
    room: ReadingRoom,
    query: str,
    format_: Format,
    out: BinaryIO,
    *,
    with_retracted: bool = False,
    limit: int | None = None,
    items: Iterable[Any] | None = None,
    note: Callable[[], None] | None = None,
) -> Exported:
    """Write what a query finds; `items` where they are in hand, `note` is called for each.

    `limit`: how many of the newest were asked for, where that is not all; `items` are those.
    """
    require_parts(format_)
    said = about(room, query, limit)
    left_out = 0
    given = items
    if given is None:
        given = found(room, query, format_, with_retracted=with_retracted)

    def held() -> Iterator[Any]:
        nonlocal left_out
        for item in given:
            if note is not None:
                note()
            has_place = format_.holds is None or format_.holds(item)
            left_out += not has_place
            if has_place or format_.says_left_out:
                yield item

    rows = format_.write(held(), said, out)
    return Exported(format_, said, rows, left_out, with_retracted)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when all is written; `.gz` is compressed, the same bytes alike.

    What is no ordinary file (a pipe, /dev/stdout) is written as it is. Raises DragomanError for a
    database: a desk is not written over.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as out:
            yield out
        return
    if _is_database(path):
        raise DragomanError(f"{path} is a database, perhaps a desk; name another file")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _named_so(path), part.open("wb") as file:
            if path.name.lower().endswith(GZIP):
                with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
                    yield cast(BinaryIO, packed)
            else:
                yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _is_database(path: Path) -> bool:
    """Or a file that SQLite keeps beside one."""
    for ending in ("-wal", "-shm", "-journal"):
        if path.name.endswith(ending):
            return _is_database(path.with_name(path.name.removesuffix(ending)))
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return False


@contextmanager
def _named_so(path: Path) -> Iterator[None]:
    """Faults of the file under the name that a person gave."""
    try:
        yield
    except OSError as fault:
        if fault.filename is not None and str(fault.filename).endswith(".part"):
            raise OSError(fault.errno, fault.strerror, str(path)) from fault
        raise


def described(exported: Exported, path: Path) -> dict[str, object]:
    """What `.about.json` says: the export, and the file with its size and digest."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        **exported.as_json(),
        "file": path.name,
        "bytes": path.stat().st_size,
        "sha256": digest,
    }
