"""Reading of hand-edited data files: TSV tables and TOML, every fault with file and line.

In: a path and what is expected there. Out: plain rows or dictionaries. It gives no meaning to them.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from dragoman.errors import DataFileError

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column name, and where it stands."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def members(self, column: str) -> tuple[str, ...]:
        """A cell's list members; `-` and empty mean none."""
        return split_members(self.cells[column])

    def optional(self, column: str) -> str | None:
        value = self.cells[column]
        return None if value in {"", "-"} else value

    def number(self, column: str) -> float | None:
        value = self.optional(column)
        if value is None:
            return None
        try:
            return float(value)
        except ValueError:
            raise self.fault(f"{column}: {value!r} is not a number") from None

    def fault(self, reason: str) -> DataFileError:
        return DataFileError(self.path, self.line, reason)


def split_members(cell: str) -> tuple[str, ...]:
    if cell in {"", "-"}:
        return ()
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Rows of a UTF-8, tab-separated table whose header must name exactly `columns`.

    Lines that start with `#` and blank lines are passed over.
    """
    header: list[str] | None = None
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        # One string for all cells that say the same: ids stand in many tables.
        cells = [intern(cell.strip()) for cell in line.split("\t")]
        if header is None:
            header = cells
            if header != list(columns):
                raise DataFileError(path, number, f"columns must be {', '.join(columns)}")
            continue
        if len(cells) != len(header):
            raise DataFileError(path, number, f"{len(cells)} cells where {len(header)} are due")
        yield Row(path, number, dict(zip(header, cells, strict=True)))
    if header is None:
        raise DataFileError(path, 1, "the table has no header line")


def read_toml(path: Path, shape: type[Model]) -> Model:
    """A TOML file checked against `shape`; unknown keys are errors if the shape forbids them."""
    text = _text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise DataFileError(path, getattr(fault, "lineno", None), str(fault)) from fault
    try:
        return shape.model_validate(raw)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        line = _line_of_key(text, [str(part) for part in first["loc"]])
        what = "there is no such key" if first["type"] == "extra_forbidden" else first["msg"]
        raise DataFileError(path, line, f"{place}: {what}") from fault


def _line_of_key(text: str, keys: Sequence[str]) -> int | None:
    """The line of the innermost named key, or of its table: near enough to find it by eye."""
    lines = text.splitlines()
    for key in reversed([key for key in keys if not key.isdigit()]):
        for number, line in enumerate(lines, 1):
            bare = line.strip().strip("[]").split("=")[0].strip().strip('"')
            if bare == key or bare.endswith("." + key):
                return number
    return None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")  # spreadsheets and some editors mark UTF-8
    except FileNotFoundError:
        raise DataFileError(path, None, "the file is missing") from None
    except UnicodeDecodeError as fault:
        raise DataFileError(path, None, f"not UTF-8 ({fault.reason})") from None


def digest_of(*folders: Path) -> str:
    """Twelve hexadecimal digits that change with any data file below these folders, or its name."""
    made = hashlib.sha256()
    for folder in folders:
        for path in sorted(
            p for p in folder.rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"}
        ):
            made.update(path.relative_to(folder).as_posix().encode() + b"\0")
            with path.open("rb") as file:  # piece by piece: some are large
                made.update(hashlib.file_digest(file, "sha256").digest())
    return made.hexdigest()[:12]
