"""The machine: Python, packages, SQLite, parser models, memory for reading.

In: the steps of a desk, for its models. Out: findings, and the versions that were met.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version

from dragoman.doctor.finding import Finding
from dragoman.errors import DragomanError
from dragoman.pipeline import Steps

LEAST_SQLITE = (3, 37, 0)
SHOWN = ("dragoman", "spacy", "natasha", "sqlalchemy", "starlette", "lxml", "trafilatura")


def versions() -> Mapping[str, str]:
    """What runs here, by name."""
    made = {"python": sys.version.split()[0], "sqlite": sqlite3.sqlite_version}
    for name in SHOWN:
        if (found := version_of(name)) is not None:
            made[name] = found
    return made


def machine(steps: Steps) -> Iterator[Finding]:
    yield from _packages(tuple(requires("dragoman") or ()) if version_of("dragoman") else ())
    yield from _sqlite(sqlite3.sqlite_version_info)
    yield from _parsers(steps)


def version_of(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _packages(required: tuple[str, ...]) -> Iterator[Finding]:
    """Those that are asked for and not installed; of extras nobody needs any."""
    for line in required:
        found = re.match(r"[A-Za-z0-9._-]+", line)
        if found is None or ";" in line or version_of(found[0]) is not None:
            continue
        yield Finding(
            "packages",
            f"the package {found[0]} is not installed",
            "Dragoman stops where it first needs it.",
            f'pip install "{line}"',
        )


def _sqlite(found: tuple[int, ...]) -> Iterator[Finding]:
    if found < LEAST_SQLITE:
        yield Finding(
            "sqlite",
            f"SQLite is {'.'.join(map(str, found))}, older than {'.'.join(map(str, LEAST_SQLITE))}",
            "Tables and queries of a desk need what came later.",
            "install a Python that brings a newer SQLite, such as `uv python install 3.12`",
        )


def _parsers(steps: Steps) -> Iterator[Finding]:
    for code in steps.knowledge.languages:
        try:
            steps.parser(code)
        except DragomanError as fault:
            yield Finding(
                "parsers",
                f"no parser for {code} can be loaded: {fault}",
                f"Pages in this language ({code}) are set aside unread. To be typed in the folder "
                "that Dragoman was installed from.",
                "pip install --force-reinstall .",
            )
