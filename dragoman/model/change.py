"""What another cleaning made of an article: which fields differ, which text changed sides."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.article import Label


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`field`: title, language, published, authors, attribution, genre or images."""

    field: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Relabelled:
    """Text that has another label now, by which rule, and how many characters of it."""

    was: Label
    now: Label
    rule: str
    characters: int


@dataclass(frozen=True, slots=True)
class Change:
    """`kept`, `dropped`: characters of words that are in the body now and were not, and the other
    way round; a word that moved inside the body is neither."""

    fields: tuple[FieldChange, ...] = ()
    kept: int = 0
    dropped: int = 0
    relabelled: tuple[Relabelled, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.kept or self.dropped or self.relabelled)
