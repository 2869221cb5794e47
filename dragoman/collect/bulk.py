"""Archives in bulk: which files are meant, in which stretches they can be read, and their captures.

In: paths, folders, patterns and addresses that fsspec knows (`s3://`, `memory://`, `file://`).
Out: names of WARC and Parquet files, stretches of each, the captures of a stretch. It refuses
addresses of the web: pages and archives from there are fetched with manners, or downloaded first.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import Any, BinaryIO, cast

from dragoman.collect.archives import Stretch, captures_from, stretches_of
from dragoman.collect.pages import ARCHIVES
from dragoman.collect.tables import captures_of_rows, row_stretches
from dragoman.errors import DragomanError, MissingPart, SourceError, Unreadable
from dragoman.extras import needed
from dragoman.model import Capture

PARQUET = ".parquet"
ENDINGS = (*ARCHIVES, PARQUET)
WEB = ("http", "https", "ftp")
END = 1 << 16
"""Bytes at either end of a file."""
PATTERN = frozenset("*?[")


def files_of(names: Sequence[str]) -> list[str]:
    """The files that these names mean, in the order of the names and by path below each; none
    twice. Raises DragomanError for a name that means none."""
    found: dict[str, str] = {}
    for name in names:
        made = _at_address(name) if "://" in name else _on_disk(name)
        if not made:
            raise Unreadable(name, f"no file here ends in {', '.join(ENDINGS)}")
        for one in made:
            _require_text(one)
            found.setdefault(one if "://" in one else os.path.realpath(one), one)
    return list(found.values())


def size_of(name: str) -> int:
    with _told(name):
        if "://" not in name:
            return Path(name).stat().st_size
        system, path = _system(name)
        return int(system.size(path))


def ends_of(name: str) -> str:
    """A digest of how a file begins and ends: another of the same size mostly has another."""
    digest = hashlib.sha256()
    with _opened(name) as file:
        digest.update(file.read(END))
        file.seek(max(size_of(name) - END, 0))
        digest.update(file.read(END))
    return digest.hexdigest()[:32]


def stretches(name: str, every: int) -> list[Stretch]:
    """A file in stretches of so many records or rows."""
    with _opened(name) as file:
        return row_stretches(file, name, every) if _is_table(name) else stretches_of(file, every)


def captures(name: str, stretch: Stretch) -> Iterator[Capture | DragomanError]:
    """The captures of a stretch, and what can't be used as the error that says so."""
    with _opened(name) as file:
        if _is_table(name):
            yield from captures_of_rows(file, name, stretch)
        else:
            yield from captures_from(file, name, stretch)


def _is_table(name: str) -> bool:
    return name.lower().endswith(PARQUET)


def _on_disk(name: str) -> list[str]:
    if not name.strip():
        raise Unreadable(repr(name), "an empty name; give a file, a folder or an address")
    path = Path(name)
    if path.is_dir():
        return sorted(str(one) for one in path.rglob("*") if _is_meant(one.name) and one.is_file())
    if not path.exists() and PATTERN & set(name):
        return sorted(one for one in glob(name, recursive=True) if _is_meant(Path(one).name))
    if not path.exists():
        raise Unreadable(name, "there is no such file")
    return [name] if _is_meant(path.name) else []


def _require_text(name: str) -> None:
    """Names are noted in the plan and in every table, which hold text alone."""
    try:
        name.encode()
    except UnicodeEncodeError as fault:
        shown = name.encode(errors="backslashreplace").decode()
        raise Unreadable(shown, "its name is no text in UTF-8; rename it") from fault


def _at_address(name: str) -> list[str]:
    with _told(name):
        system, path = _system(name)
        if PATTERN & set(path):
            paths = system.glob(path)
        else:
            paths = system.find(path) if system.isdir(path) else [path]
        if paths == [path] and not system.exists(path):
            raise FileNotFoundError(path)
        meant = [one for one in paths if _is_meant(one.rpartition("/")[2])]
        return sorted(str(system.unstrip_protocol(one)) for one in meant)


def _is_meant(name: str) -> bool:
    return name.lower().endswith(ENDINGS) and not name.startswith(".")


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    with _told(name):
        if "://" not in name:
            with Path(name).open("rb") as file:
                yield file
            return
        system, path = _system(name)
        with system.open(path, "rb") as file:
            yield cast(BinaryIO, file)


def _system(address: str) -> tuple[Any, str]:
    """What reads at this address, and the path that it knows it by."""
    scheme = address.partition("://")[0].lower()
    if scheme in WEB:
        raise Unreadable(
            address, "an archive on the web is not read from there; download it and name the file"
        )
    fsspec = needed("fsspec")
    try:
        system, path = fsspec.core.url_to_fs(address)
    except ImportError as fault:  # fsspec's own words name the package
        raise MissingPart(f"{address}: {fault}") from fault
    except ValueError as fault:
        raise Unreadable(address, f"no file system is known by {scheme}:// ({fault})") from fault
    return system, str(path)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What a file system raises as a sentence of ours."""
    try:
        yield
    except FileNotFoundError as fault:
        raise Unreadable(name, "there is no such file") from fault
    except OSError as fault:
        raise SourceError(f"{name}: it can't be read ({fault.strerror or fault})") from fault
