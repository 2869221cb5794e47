"""Words around the names of places in one language: `places.toml` in, sets and look-ups out.

Refuses files with unknown keys. It knows no place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from dragoman.knowledge.files import read_toml
from dragoman.knowledge.names import key_of


class _Acts(BaseModel):
    """Where an act is, by its predicate: at what it is done to, where it goes, what it leaves."""

    model_config = ConfigDict(extra="forbid")
    at: list[str]
    to: list[str]
    onto: list[str]
    addressed: list[str]
    through: list[str]
    where: list[str]
    goes: list[str]
    leaves: list[str]
    away: list[str]
    at_object: list[str]
    spots: list[str]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    inside: list[str]
    owner: list[str]
    peers: list[str]
    locative: list[str]
    of: list[str]
    parts: list[str]
    never: list[str]
    short: dict[str, str]
    types: dict[str, list[str]]
    acts: _Acts


@dataclass(frozen=True, slots=True)
class ActWords:
    """Words that tell where an act is: prepositions of rest (`at`), of a goal (`to`), of what is
    struck (`onto`), of a start (`away`), of who is spoken to (`addressed`), and of other phrases
    that lie where the act does (`through`); the pronouns that say so (`where`); predicates that go
    somewhere, that leave, and that are where their object is; nouns that stand for a spot of the
    place beside them."""

    at: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    onto: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    addressed: frozenset[str] = frozenset()
    through: frozenset[str] = frozenset()
    where: frozenset[str] = frozenset()
    goes: frozenset[str] = frozenset()
    leaves: frozenset[str] = frozenset()
    at_object: frozenset[str] = frozenset()
    spots: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """`inside` and `owner` stand between a place and what holds it, `peers`
    between the names of a list; `types` gives the kinds of
    place that a word like "county" goes with; `short` writes out "St"."""

    inside: frozenset[str] = frozenset()
    owner: frozenset[str] = frozenset()
    peers: frozenset[str] = frozenset()
    locative: frozenset[str] = frozenset()
    of: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()
    short: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, frozenset[str]] = field(default_factory=dict)
    acts: ActWords = field(default_factory=ActWords)


def load_place_words(path: Path) -> PlaceWords:
    shape = read_toml(path, _File)
    types: dict[str, set[str]] = {}
    for kind, words in shape.types.items():
        for word in words:
            types.setdefault(word, set()).add(kind)
    return PlaceWords(
        frozenset(shape.inside),
        frozenset(shape.owner),
        frozenset(shape.peers),
        frozenset(shape.locative),
        tuple(shape.of),
        tuple(sorted(shape.parts, key=len, reverse=True)),
        frozenset(key_of(word) for word in shape.never),
        shape.short,
        {word: frozenset(kinds) for word, kinds in types.items()},
        ActWords(**{name: frozenset(words) for name, words in shape.acts.model_dump().items()}),
    )
