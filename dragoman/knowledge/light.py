"""A language without a parser: what its folder brings for the light tier.

In: `light.toml`, with `times.toml` where there is one, and `actors.tsv`, which any language may
have. Out: `LightLanguage`, and the names by which texts in a language call actors and places of the
atlas. It codes no acts and knows no grammar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.files import Row, read_table, read_toml
from dragoman.knowledge.names import Candidate, fold, surnames
from dragoman.knowledge.times import TimeRules, load_times

OWN_NAMES = ("id", "names", "sector")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Sentences(_Strict):
    ends: str = ""
    ordinals: bool = False
    abbreviations: list[str] = Field(default_factory=list)


class _File(_Strict):
    capitals: bool
    given: list[str] = Field(default_factory=list)
    sentences: _Sentences = Field(default_factory=_Sentences)


@dataclass(frozen=True, slots=True)
class LightLanguage:
    """What is known of a language whose texts are read for names, places and dates only."""

    code: str
    capitals: bool
    """Names begin with a capital, and small words do not."""
    given: frozenset[str]
    """Given names, folded: two capitals in a row that begin with one are a person's name."""
    ends: frozenset[str]
    """Signs that end a sentence, beside those of all languages."""
    ordinals: bool
    """A number with a full stop is an ordinal, as in "17. März", and ends no sentence."""
    abbreviations: frozenset[str]
    """Words in lower case after which a full stop ends no sentence."""
    times: TimeRules | None
    """None: no dates are found."""


def load_light(folder: Path) -> LightLanguage:
    """Read and check a light language's folder."""
    shape = read_toml(folder / "light.toml", _File)
    times = folder / "times.toml"
    return LightLanguage(
        code=folder.name,
        capitals=shape.capitals,
        given=frozenset(fold(name) for name in shape.given),
        ends=frozenset(shape.sentences.ends),
        ordinals=shape.sentences.ordinals,
        abbreviations=frozenset(word.lower() for word in shape.sentences.abbreviations),
        times=load_times(times) if times.exists() else None,
    )


def brought_names(folder: Path, atlas: Atlas) -> Iterator[tuple[str, Candidate]]:
    """The names that a language's folder adds to those of the atlas: its `actors.tsv`."""
    path = folder / "actors.tsv"
    if path.exists():
        for row in read_table(path, OWN_NAMES):
            yield from _of_row(row, atlas)


def _of_row(row: Row, atlas: Atlas) -> Iterator[tuple[str, Candidate]]:
    """Of an actor or place; with a sector the names stand for that part of it ("Kremlin")."""
    identity, sector, names = row["id"], row.optional("sector"), row.members("names")
    actor, spot = atlas.actors.get(identity), atlas.places.get(identity)
    if actor is None and spot is None:
        raise row.fault(f"{identity!r} is no actor and no place of the atlas")
    if not names:
        raise row.fault(f"{identity!r} has no names here")
    if spot is not None:
        kind = "capital" if spot.kind == "capital" else "place"
        candidate = Candidate(identity, kind, "GOV" if kind == "capital" else None)
    elif actor is not None and sector is not None:
        candidate = Candidate(identity, "metonym", sector)
    elif actor is not None:
        candidate = Candidate(identity, actor.kind, actor.sector)
    for name in names:
        yield name, candidate
    if candidate.kind == "person":
        for surname in surnames(names):
            yield surname, Candidate(identity, "surname", None)
