"""The codebook: PLOVER's categories with definitions, modes, codes and gold sentences.

In: `codebook/*.toml` and `codebook/xx/*.toml`. Out: `Codebook`. A category without definition or
without a gold sentence is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import DataFileError
from dragoman.knowledge.files import read_toml
from dragoman.knowledge.names import fold


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


class ExampleShape(_Strict):
    lang: str
    text: str
    predicate: str
    source: str = ""
    target: str = ""
    status: str = "happened"
    category: str | None = None
    note: str | None = None


class ExamplesShape(_Strict):
    example: list[ExampleShape] = Field(default_factory=list)


class CategoryShape(_Strict):
    id: str
    quad: int = Field(ge=1, le=4)
    recipient_required: bool = False
    label: dict[str, str]
    definition: dict[str, str]
    not_this: list[str]
    mode: list[ModeShape] = Field(default_factory=list)
    code: list[CodeShape] = Field(default_factory=list)
    example: list[ExampleShape] = Field(default_factory=list)


class ContextShape(_Strict):
    id: str
    label_en: str
    label_fr: str
    words_en: list[str] = Field(default_factory=list)
    words_fr: list[str] = Field(default_factory=list)


class ContextsShape(_Strict):
    context: list[ContextShape]


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
    examples: tuple[ExampleShape, ...]


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

    def quad(self, category: str) -> int:
        return self.categories[category].quad


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
            c.id,
            {"en": c.label_en, "fr": c.label_fr},
            {"en": frozenset(map(fold, c.words_en)), "fr": frozenset(map(fold, c.words_fr))},
        )
        for c in shape.context
    )
    return Codebook(categories, contexts)


def _category(path: Path) -> Category:
    shape = read_toml(path, CategoryShape)
    examples = list(shape.example)
    for extra in sorted(path.parent.glob(f"*/{path.name}")):
        examples += read_toml(extra, ExamplesShape).example
    if not examples:
        raise DataFileError(path, None, f"category {shape.id} has no gold sentence")
    for example in examples:
        if example.predicate not in example.text:
            raise DataFileError(path, None, f"predicate not in its sentence: {example.text}")
    return Category(
        id=shape.id,
        quad=shape.quad,
        recipient_required=shape.recipient_required,
        label=shape.label,
        definition=shape.definition,
        not_this=tuple(shape.not_this),
        modes=tuple(shape.mode),
        codes=tuple(shape.code),
        examples=tuple(examples),
    )
