"""What was measured of the coder and its neighbours, as benchmarks/README.md tells it.

In: `measures.toml`. Out: `Measures`, each figure with its set, day and command, and the words after
which it stands there. It computes nothing.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dragoman.knowledge.files import read_toml

DAY = r"^\d{4}-\d\d-\d\d$"
Words = dict[str, str]
"""By language of the interface."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Shape):
    label: Words
    value: str = Field(pattern=r"^\d?\.\d+$|^\d+(\.\d)? %$")
    low: str | None = None
    high: str | None = None
    """The 95 % interval."""
    where: str
    """Words of the benchmarks after which it stands."""


class Measure(_Shape):
    label: Words
    set: Words
    """What it was measured on."""
    seen: bool
    """Whether the set was read while the rules were made."""
    date: str = Field(pattern=DAY)
    command: str | None = None
    """None where people read, and no command counts."""
    figures: tuple[Figure, ...]


class ErrorKind(_Shape):
    label: Words
    number: int
    where: str


class Errors(_Shape):
    date: str = Field(pattern=DAY)
    of: int
    where: str
    kinds: tuple[ErrorKind, ...]


class Measures(_Shape):
    parts: tuple[Measure, ...]
    errors: Errors


def load_measures(path: Path) -> Measures:
    """Raises DataFileError, which names the line."""
    return read_toml(path, Measures)
