"""Disks that fail: one that is full, one that can only be read; undone with the block.

Mounting is for the system's administrator, and not allowed everywhere: then a test says so and is
skipped, also where the rest of the system is asked for.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

BALLAST = "ballast"


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """An empty disk of that size, mounted at a folder."""
    folder.mkdir(exist_ok=True)
    with _mounted("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)):
        yield folder


@contextmanager
def read_only(folder: Path, at: Path) -> Iterator[Path]:
    """The same folder again, at a place where nobody may write it."""
    at.mkdir(exist_ok=True)
    with _mounted("--bind", str(folder), str(at)):
        _mount("-o", "remount,ro,bind", str(at))
        yield at


def fill(disk: Path, *, leave: int = 0) -> None:
    """Put something on a disk that leaves so many kilobytes of room on it."""
    if leave:
        (disk / "room").write_bytes(bytes(leave * 1024))
    with suppress(OSError), (disk / BALLAST).open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    (disk / "room").unlink(missing_ok=True)


def empty(disk: Path) -> None:
    (disk / BALLAST).unlink()


@contextmanager
def no_more_pages(more: int = 0) -> Iterator[None]:
    """Databases opened within may grow by so many pages; then they are told of a full disk."""

    def limit(raw: object, _entry: object) -> None:
        cursor = raw.cursor()  # type: ignore[attr-defined]
        ((pages,),) = cursor.execute("PRAGMA page_count").fetchall()
        cursor.execute(f"PRAGMA max_page_count = {pages + more}")

    event.listen(Pool, "connect", limit)
    try:
        yield
    finally:
        event.remove(Pool, "connect", limit)


@contextmanager
def _mounted(*arguments: str) -> Iterator[None]:
    try:
        _mount(*arguments)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting a disk is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", arguments[-1]], check=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)
