"""The boundary to parser models: texts in, sentences with Universal Dependencies trees out.

A kind of parser is a module of its own, imported when a language that names it is first read. All
bring their labels to one layer: UD relations, universal tags, a tense, a mood, and the bare case of
a noun where a language has cases for prepositions. None finds names or codes anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from dragoman.errors import MissingPart
from dragoman.knowledge.languages import Language
from dragoman.model import Label, Sentence


class Parser(Protocol):
    model: str
    """Name and version of what parses, as people are shown it."""

    def sentences(self, spans: Sequence[tuple[int, int, Label]], text: str) -> list[Sentence]:
        """Sentences of the given spans of `text`, in order, with offsets into `text`."""
        ...


@lru_cache(maxsize=8)
def parser_for(language: Language, models: tuple[str, ...] = ()) -> Parser:
    """The parser of a language; `models` (from configuration) are tried before its own list.

    Raises `MissingPart` where none is installed or its kind is unknown.
    """
    kind = language.words.parser.kind
    if kind == "spacy":
        from dragoman.read.parse_spacy import SpacyParser

        return SpacyParser(language, (*models, *language.words.parser.models))
    if kind == "natasha":
        from dragoman.read.parse_natasha import NatashaParser

        return NatashaParser(language)
    raise MissingPart(f"no parser of kind {kind!r} is known")
