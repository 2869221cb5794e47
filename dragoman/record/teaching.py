"""From a desk's own examples to what tells its categories apart.

In: the desk's codebook, and a way to read an example's text. Out: `Lessons`: for each category what
was learned of it and the examples that can't be used, and the `Labeller` made of these. A category
with too few usable examples is not coded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dragoman.errors import Unreadable
from dragoman.knowledge import Knowledge
from dragoman.knowledge.acts import Vector
from dragoman.knowledge.codebook import Example
from dragoman.knowledge.own import ENOUGH, OwnCategory, SetAside
from dragoman.model import Clause, Kept
from dragoman.record.encoding import PACKAGE, Encoder, encoder
from dragoman.record.gist import Gist, clause_words
from dragoman.record.labelling import Labeller, Learned, learn

Read = Callable[[Example], Kept]
UNKNOWN_LANGUAGE = "its language can't be told from so few words; state its `language` beside it"


@dataclass(frozen=True)
class Taught:
    """`read` and `encoded`: what its examples taught, parsed and encoded; None without any."""

    own: OwnCategory
    read: Learned | None
    encoded: Learned | None
    aside: tuple[SetAside, ...]

    @property
    def usable(self) -> int:
        return sum(len(one.examples) for one in self.learned)

    @property
    def learned(self) -> tuple[Learned, ...]:
        return tuple(one for one in (self.read, self.encoded) if one is not None)

    @property
    def is_coded(self) -> bool:
        return self.usable >= ENOUGH


class Lessons:
    """All that a desk's own codebook teaches; nothing is read before it is asked for."""

    def __init__(self, knowledge: Knowledge, read: Read) -> None:
        self.knowledge = knowledge
        self.read = read

    @cached_property
    def gist(self) -> Gist:
        return Gist(self.knowledge)

    @cached_property
    def encoder(self) -> Encoder | None:
        """Asked for only where an example is in a language that no parser reads."""
        return encoder(self.knowledge.codebook)

    @cached_property
    def taught(self) -> tuple[Taught, ...]:
        return tuple(map(self._taught, self.knowledge.own.categories.values()))

    @cached_property
    def labeller(self) -> Labeller | None:
        """None on a desk without categories of its own that have enough examples."""
        coded = [one for one in self.taught if one.is_coded]
        if not coded:
            return None
        encoded = tuple(one.encoded for one in coded if one.encoded is not None)
        read = tuple(one.read for one in coded if one.read is not None)
        return Labeller(self.gist, read, encoded, self.encoder if encoded else None)

    def _taught(self, own: OwnCategory) -> Taught:
        aside = list(own.aside)
        placed: list[tuple[Example, Vector]] = []
        unread: list[tuple[Example, str]] = []
        for example in own.category.examples:
            try:
                kept = self.read(example)
            except Unreadable as fault:
                aside.append(SetAside(example.text, fault.reason))
                continue
            language = kept.reading.language
            if not language:
                aside.append(SetAside(example.text, UNKNOWN_LANGUAGE))
                continue
            if language not in self.gist.model.words:
                unread.append((example, language))
                continue
            found = place(kept, example, self.gist)
            if isinstance(found, str):
                aside.append(SetAside(example.text, found))
            else:
                placed.append((example, found))
        encoded = self._encoded(own.category.id, [example for example, _ in unread])
        if encoded is None:
            aside += [SetAside(example.text, unread_reason(which)) for example, which in unread]
        return Taught(own, self._read(own.category.id, placed), encoded, tuple(aside))

    def _read(self, name: str, placed: Sequence[tuple[Example, Vector]]) -> Learned | None:
        if not placed:
            return None
        vectors = np.stack([vector for _, vector in placed])
        return learn(name, [example for example, _ in placed], vectors, self.gist.background)

    def _encoded(self, name: str, examples: Sequence[Example]) -> Learned | None:
        if not examples or self.encoder is None:
            return None
        vectors = self.encoder([example.text for example in examples])
        return learn(name, examples, vectors, self.encoder.background)


def unread_reason(language: str) -> str:
    return (
        f"no parser reads its language ({language}); `pip install {PACKAGE}` lets it be used all "
        "the same; if it is in one that is read, state its `language`"
    )


def place(kept: Kept, example: Example, gist: Gist) -> Vector | str:
    """Where the example's predicate lies, or why it can't be told."""
    text, reading = kept.article.text, kept.reading
    low = text.index(example.text.strip()) + example.text.strip().index(example.predicate.strip())
    high = low + len(example.predicate.strip())
    at = [c for c in reading.clauses if c.start < high and low < c.end]
    if not at:
        return f"the parser finds neither a verb nor a noun of action in “{example.predicate}”"
    clause = max(at, key=_rank)
    here = [r for r in kept.references if r.mention.sentence == clause.sentence]
    words = clause_words(clause, reading.sentences[clause.sentence], here)
    vector = gist.place(reading.language, words)
    return vector if vector is not None else "none of its words is known to the model of acts"


def _rank(clause: Clause) -> tuple[bool, int]:
    """Of several in one predicate, the noun that leans on a verb says most of the act."""
    return clause.support is not None, len(clause.arguments)
