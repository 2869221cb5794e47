"""What `dragoman explain` tells: a sentence's predicates, each coded or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.model.record import Report


@dataclass(frozen=True, slots=True)
class Filler:
    """A phrase in a slot of the clause."""

    slot: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Above:
    """A predicate above, and the relation by which it governs ("ccomp", "obl:for")."""

    text: str
    relation: str


@dataclass(frozen=True, slots=True)
class Predicate:
    """A clause on the layer that all parsers are brought to. `voice` is None for nouns."""

    lemmas: tuple[str, ...]
    pos: str
    voice: str | None
    tense: str | None
    mood: str | None
    modal: str | None
    negated: bool
    conditional: bool
    support: str | None
    """The verb that an event noun leans on ("imposed" of "imposed sanctions")."""
    modifiers: tuple[str, ...]
    governors: tuple[Above, ...]
    slots: tuple[Filler, ...]


@dataclass(frozen=True, slots=True)
class FoundSide:
    """A side, the slot it was taken from, and why it is who it is."""

    part: str
    name: str
    actor: str | None
    sector: str | None
    slot: str | None
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TriedEntry:
    """A line of the lexicon. `failed`: its first condition that does not hold, None if it fits."""

    entry: str
    category: str
    file: str
    line: int
    failed: str | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """An example of the codebook and its cosine to the clause."""

    category: str
    text: str
    cosine: float


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The next best category. `example`: the nearest of that category."""

    category: str
    probability: float
    example: Likeness | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A predicate and what became of it. `outcome` is "coded", or a code of why it was not."""

    start: int
    end: int
    text: str
    predicate: Predicate
    outcome: str
    reason: str
    sides: tuple[FoundSide, ...] = ()
    entries: tuple[TriedEntry, ...] = ()
    probabilities: Mapping[str, float] | None = None
    """The model's, before status, best first; None where it was not asked."""
    examples: tuple[Likeness, ...] = ()
    runner_up: RunnerUp | None = None
    status_cue: str | None = None
    """What decided the status; None where nothing did, or nothing was coded."""
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    article: str
    language: str
    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """`id`: what was asked for, None for a text. `doubts`: what can't be explained, and why."""

    id: str | None
    sentences: tuple[ExplainedSentence, ...]
    doubts: tuple[str, ...] = ()
