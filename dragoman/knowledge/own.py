"""A desk's own codebook: categories that its people add beside PLOVER's.

In: the folder `codebook/` of a desk, a TOML file for each category in the form of ours, with
examples as `[[example]]` tables or in a table beside it. Out: `OwnBook`. A file that can't be read
is an error with its line; an example that can't be used is set aside with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import DataFileError
from dragoman.knowledge.codebook import (
    EXAMPLE_COLUMNS,
    NONE,
    Category,
    CategoryShape,
    CodeShape,
    Example,
    ModeShape,
    category_of,
)
from dragoman.knowledge.files import read_table, read_toml
from dragoman.model import Status

ENOUGH = 10
"""So many examples a category needs before anything is coded by them."""
AN_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,40}")
A_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class ExampleShape(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    predicate: str
    source: str = ""
    target: str = ""
    status: str = "happened"
    language: str = ""
    """Recognised where it is not stated."""


class OwnShape(CategoryShape):
    label: dict[str, str] = Field(default_factory=dict)
    not_this: list[str] = Field(default_factory=list)
    mode: list[ModeShape] = Field(default_factory=list)
    code: list[CodeShape] = Field(default_factory=list)
    example: list[ExampleShape] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SetAside:
    """An example that can't be used, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class OwnCategory:
    """`category.examples` are those that can be used as far as their words go."""

    category: Category
    files: tuple[Path, ...]
    aside: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class OwnBook:
    folder: Path | None = None
    categories: Mapping[str, OwnCategory] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, Category]:
        return {name: one.category for name, one in self.categories.items()}


def own_folder(home: Path) -> Path | None:
    """The folder of a desk's own codebook, if it has one."""
    folder = home / "codebook"
    return folder if folder.is_dir() else None


def load_own(folder: Path | None, ours: Set[str]) -> OwnBook:
    """The categories in a folder; ids must differ from each other and from `ours`."""
    if folder is None:
        return OwnBook()
    found: dict[str, OwnCategory] = {}
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        shape = read_toml(path, OwnShape)
        _check(shape, path, ours, found)
        found[shape.id] = _category(path, shape, seen)
    return OwnBook(folder, found)


def _check(shape: OwnShape, path: Path, ours: Set[str], found: Mapping[str, OwnCategory]) -> None:
    if not AN_ID.fullmatch(shape.id):
        raise DataFileError(path, None, f"id {shape.id!r}: letters, digits, _ and - alone")
    if shape.id.upper() in ours | {NONE}:
        raise DataFileError(path, None, f"{shape.id} is a category of ours; choose another id")
    if shape.id.upper() in map(str.upper, found):
        raise DataFileError(path, None, f"category {shape.id} stands twice")
    if not any(words.strip() for words in shape.definition.values()):
        raise DataFileError(path, None, "the category has no definition")


def _category(path: Path, shape: OwnShape, seen: dict[str, str]) -> OwnCategory:
    """`seen`: the category of every text so far, which a second one repeats."""
    examples: list[Example] = []
    aside: list[SetAside] = []
    for example in _examples(path, shape):
        key = " ".join(example.text.casefold().split())
        fault = _fault(example)
        if fault is None and key in seen:
            fault = f"the same text stands in {seen[key]} already"
        if fault is not None:
            aside.append(SetAside(example.text, fault))
            continue
        seen[key] = shape.id
        examples.append(example)
    category = category_of(shape, tuple(examples))
    return OwnCategory(category, (path, *_tables(path)), tuple(aside))


def _examples(path: Path, shape: OwnShape) -> Iterator[Example]:
    for one in shape.example:
        yield Example(
            one.language, one.text, one.predicate, shape.id, shape.id,
            one.source, one.target, one.status,
        )  # fmt: skip
    for table in _tables(path):
        language = table.parent.name if table.parent != path.parent else ""
        for row in read_table(table, EXAMPLE_COLUMNS):
            yield Example(
                language, row["text"], row["predicate"], shape.id, shape.id,
                row.optional("source") or "", row.optional("target") or "",
                row.optional("status") or "happened", row.optional("mode"), row.optional("cameo"),
            )  # fmt: skip


def _tables(path: Path) -> list[Path]:
    """Beside the file, or by language in folders as ours have them."""
    beside = [path.with_suffix(".tsv")] if path.with_suffix(".tsv").exists() else []
    return beside + sorted(path.parent.glob(f"*/{path.stem}.tsv"))


def _fault(example: Example) -> str | None:
    if not example.text.strip():
        return "it has no text"
    if not example.predicate.strip():
        return "it names no predicate"
    for name in ("predicate", "source", "target"):
        words = getattr(example, name)
        if words not in example.text:
            return f"{name} “{words}” does not stand in the text"
    if example.status not in get_args(Status):
        return f"there is no status {example.status!r}"
    if example.language and not A_LANGUAGE.fullmatch(example.language):
        return f"{example.language!r} is no code of a language; write fr or pt-BR, or leave it out"
    return None
