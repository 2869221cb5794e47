"""The codebook: PLOVER's categories with definitions, modes, codes and example sentences.

In: `codebook/*.toml` and the examples in `codebook/xx/*.tsv`, `none.tsv` for sentences without an
act. Out: `Codebook`. A category without definition or without an example is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import DataFileError
from dragoman.knowledge.files import Row, read_table, read_toml
from dragoman.knowledge.names import fold
from dragoman.model import Status


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ModeShape(_Strict):
    id: str
    label_en: str
    label_fr: str
    definition: str


class CodeShape(_Strict):
    cameo: str
    name_en: str
    mode: str | None = None


class CategoryShape(_Strict):
    id: str
    quad: int = Field(ge=1, le=4)
    recipient_required: bool = False
    label: dict[str, str]
    definition: dict[str, str]
    not_this: list[str]
    mode: list[ModeShape] = Field(default_factory=list)
    code: list[CodeShape] = Field(default_factory=list)


class ContextShape(_Strict):
    id: str
    label: dict[str, str]
    words: dict[str, list[str]]
    """By language."""


class ContextsShape(_Strict):
    context: list[ContextShape]


EXAMPLE_COLUMNS = (
    "text",
    "predicate",
    "source",
    "target",
    "status",
    "category",
    "mode",
    "cameo",
)
NONE_COLUMNS = ("text", "predicate", "kind")
NONE = "NONE"
"""The class of sentences without a political act."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of our own with the one act it stands for.

    `source` and `target` are words of the text, "" where it names none. `root` is the category
    before status and `category` the final one; both NONE where there is no act, and `kind` then
    says of what sort the sentence is.
    """

    language: str
    text: str
    predicate: str
    root: str
    category: str
    source: str = ""
    target: str = ""
    status: str = "happened"
    mode: str | None = None
    cameo: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    id: str
    quad: int
    recipient_required: bool
    label: Mapping[str, str]
    definition: Mapping[str, str]
    not_this: tuple[str, ...]
    modes: tuple[ModeShape, ...]
    codes: tuple[CodeShape, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Context:
    id: str
    label: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    """Lemmas that suggest it, by language, folded."""


@dataclass(frozen=True, slots=True)
class Codebook:
    categories: Mapping[str, Category]
    contexts: tuple[Context, ...]
    without_act: tuple[Example, ...] = ()
    own: Mapping[str, Category] = field(default_factory=dict)
    """A desk's own categories, beside PLOVER's."""

    @property
    def examples(self) -> tuple[Example, ...]:
        """All examples, those without an act last."""
        of_acts = (e for category in self.categories.values() for e in category.examples)
        return (*of_acts, *self.without_act)

    def quad(self, category: str) -> int:
        """Raises KeyError for an id that neither PLOVER nor the desk has."""
        return (self.categories.get(category) or self.own[category]).quad

    def find(self, category: str) -> Category | None:
        """One of PLOVER's or of the desk's own."""
        return self.categories.get(category) or self.own.get(category)


def load_codebook(folder: Path) -> Codebook:
    categories = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem == "contexts":
            continue
        category = _category(path)
        if category.id in categories:
            raise DataFileError(path, None, f"category {category.id} stands twice")
        categories[category.id] = category
    shape = read_toml(folder / "contexts.toml", ContextsShape)
    contexts = tuple(
        Context(
            c.id, c.label, {code: frozenset(map(fold, words)) for code, words in c.words.items()}
        )
        for c in shape.context
    )
    return Codebook(categories, contexts, tuple(_without_act(folder)))


def _category(path: Path) -> Category:
    shape = read_toml(path, CategoryShape)
    examples = tuple(_examples(path, shape))
    if not examples:
        raise DataFileError(path, None, f"category {shape.id} has no example")
    return category_of(shape, examples)


def category_of(shape: CategoryShape, examples: tuple[Example, ...]) -> Category:
    """A category as its file states it, with its examples."""
    return Category(
        id=shape.id,
        quad=shape.quad,
        recipient_required=shape.recipient_required,
        label=shape.label,
        definition=shape.definition,
        not_this=tuple(shape.not_this),
        modes=tuple(shape.mode),
        codes=tuple(shape.code),
        examples=examples,
    )


def _examples(path: Path, shape: CategoryShape) -> Iterator[Example]:
    modes = {mode.id for mode in shape.mode}
    codes = {code.cameo for code in shape.code}
    for table in sorted(path.parent.glob(f"*/{path.stem}.tsv")):
        for row in read_table(table, EXAMPLE_COLUMNS):
            _check(row, modes, codes)
            yield Example(
                language=table.parent.name,
                text=row["text"],
                predicate=row["predicate"],
                root=shape.id,
                category=row.optional("category") or shape.id,
                source=row.optional("source") or "",
                target=row.optional("target") or "",
                status=row["status"],
                mode=row.optional("mode"),
                cameo=row.optional("cameo"),
            )


def _check(row: Row, modes: Set[str], codes: Set[str]) -> None:
    for column in ("predicate", "source", "target"):
        if (row.optional(column) or "") not in row["text"]:
            raise row.fault(f"{column} not in its sentence: {row['text']}")
    if row["status"] not in get_args(Status):
        raise row.fault(f"there is no status {row['status']!r}")
    for column, known in (("mode", modes), ("cameo", codes)):
        value = row.optional(column)
        if value is not None and value not in known:
            raise row.fault(f"{column} {value!r} is not in the category's file")


def _without_act(folder: Path) -> Iterator[Example]:
    for table in sorted(folder.glob("*/none.tsv")):
        for row in read_table(table, NONE_COLUMNS):
            if row["predicate"] not in row["text"]:
                raise row.fault(f"predicate not in its sentence: {row['text']}")
            yield Example(
                table.parent.name, row["text"], row["predicate"], NONE, NONE, kind=row["kind"]
            )
