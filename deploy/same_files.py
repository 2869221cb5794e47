"""Holds wheel and sdist to the package as git has it: the same files, none more, none less.

    python same_files.py dist/dragoman-1.whl dist/dragoman-1.tar.gz

Exit code 1 and the names where they differ. Run from the project's root.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from collections import Counter
from pathlib import PurePosixPath
from zipfile import ZipFile

PACKAGE = "dragoman/"


def tracked() -> set[str]:
    made = subprocess.run(
        ["git", "ls-files", "-z", PACKAGE], capture_output=True, text=True, check=True
    )
    return set(filter(None, made.stdout.split("\0")))


def in_wheel(path: str) -> set[str]:
    with ZipFile(path) as archive:
        return {name for name in archive.namelist() if name.startswith(PACKAGE)}


def in_sdist(path: str) -> set[str]:
    with tarfile.open(path) as archive:
        names = {one.name.partition("/")[2] for one in archive if one.isfile()}
    return {name for name in names if name.startswith(PACKAGE)}


def kinds(names: set[str]) -> str:
    counted = Counter(PurePosixPath(name).suffix or "(none)" for name in names)
    return ", ".join(f"{number} {kind}" for kind, number in sorted(counted.items()))


def main(wheel: str, sdist: str) -> None:
    ours = tracked()
    for path, found in ((wheel, in_wheel(wheel)), (sdist, in_sdist(sdist))):
        if found != ours:
            lacks, more = sorted(ours - found), sorted(found - ours)
            raise SystemExit(f"{path}: lacks {lacks[:9]}, has besides {more[:9]}")
        print(f"{path}: {len(found)} files: {kinds(found)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
