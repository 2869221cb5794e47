"""Lines put in the order of their keys, more of them than memory holds.

In: keys and lines one after the other, in any order. Out: the same, sorted by key. What does not
fit into memory waits in files of a folder that the caller gives and removes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

HELD = 32_000_000
"""Characters that are held in memory before they go to a file."""


class SortedLines:
    """Keys have no tab and lines no line end, as ids and JSON have none."""

    def __init__(self, folder: Path, name: str, held: int = HELD) -> None:
        self._folder = folder
        self._name = name
        self._most = held
        self._size = 0
        self._lines: list[tuple[str, str]] = []
        self._files: list[Path] = []

    def add(self, key: str, line: str) -> None:
        self._lines.append((key, line))
        self._size += len(line)
        if self._size >= self._most:
            self._put_away()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """All of them, by key; two of one key in the order of their lines."""
        opened: list[TextIO] = []
        try:
            opened += [path.open(encoding="utf-8", newline="\n") for path in self._files]
            yield from heapq.merge(*map(_read, opened), sorted(self._lines))
        finally:
            for file in opened:
                file.close()

    def _put_away(self) -> None:
        path = self._folder / f"{self._name}-{len(self._files)}"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{key}\t{line}\n" for key, line in sorted(self._lines))
        self._files.append(path)
        self._lines.clear()
        self._size = 0


def _read(file: TextIO) -> Iterator[tuple[str, str]]:
    for line in file:
        key, _, rest = line.rstrip("\n").partition("\t")
        yield key, rest
