"""A desk's own categories, told by their examples: which of them a clause resembles.

In: categories with their examples as vectors. Out: `OwnLabel`s with score and nearest example. A
score is the cosine to what a category's examples have in common; from which score on it counts is
chosen for each category by leaving each of its examples out in turn. It names several where none
stands out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.knowledge.acts import Vector
from dragoman.knowledge.codebook import Example
from dragoman.model import Clause, OwnLabel, Reference, Sentence
from dragoman.record.gist import Gist, clause_words, unit

FALSE_ALARMS = 0.005
"""The share of our codebook's examples that may pass for one of a desk's categories."""
LOST = 0.1
"""The share of a category's own examples that its threshold may leave out."""
APART = 0.05
"""Categories that score this much less than the best are not named beside it."""

Encode = Callable[[Sequence[str]], Vector]


@dataclass(frozen=True)
class Learned:
    """One category in one space. `left_out`: each example's score against the others."""

    category: str
    examples: tuple[Example, ...]
    vectors: Vector
    threshold: float
    left_out: Vector

    @property
    def centre(self) -> Vector:
        return unit(self.vectors.mean(axis=0))

    @property
    def sure(self) -> float:
        """What half of its examples score: the least for an act that no other category tells."""
        return max(self.threshold, float(np.median(self.left_out)))

    def label(self, vector: Vector) -> OwnLabel:
        nearest = self.examples[int((self.vectors @ vector).argmax())]
        return OwnLabel(self.category, round(float(self.centre @ vector), 3), nearest.text)


def learn(
    category: str, examples: Sequence[Example], vectors: Vector, background: Vector
) -> Learned:
    """`vectors`: a row for each example; `background`: examples of other things, a row each."""
    n = len(vectors)
    others = (vectors.sum(axis=0) - vectors) / max(n - 1, 1)
    left_out = np.einsum("ij,ij->i", unit(others), vectors)
    alarms = background @ unit(vectors.mean(axis=0))
    least = float(np.quantile(alarms, 1 - FALSE_ALARMS))
    threshold = max(least, float(np.quantile(left_out, LOST)))
    return Learned(category, tuple(examples), vectors, round(threshold, 3), left_out)


@dataclass(frozen=True)
class Labeller:
    """`read`: categories by examples that were parsed; `encoded`: by examples in languages that
    are not, which `encode` takes as texts."""

    gist: Gist
    read: tuple[Learned, ...]
    encoded: tuple[Learned, ...] = ()
    encode: Encode | None = None

    def labels(
        self,
        clause: Clause,
        sentence: Sentence,
        references: Sequence[Reference],
        language: str,
        wording: Callable[[], str],
    ) -> tuple[OwnLabel, ...]:
        """Best first. `wording` gives the compressed clause, where it has to be encoded."""
        found: dict[str, OwnLabel] = {}
        place = self.gist.place(language, clause_words(clause, sentence, references))
        if place is not None:
            _take(found, self.read, place)
        if self.encode is not None and self.encoded:
            _take(found, self.encoded, self.encode([wording()])[0])
        best = max((label.score for label in found.values()), default=0.0)
        kept = [label for label in found.values() if label.score >= best - APART]
        return tuple(sorted(kept, key=lambda label: (-label.score, label.category)))

    def tells(self, labels: Sequence[OwnLabel]) -> OwnLabel | None:
        """The label under which an act is recorded that PLOVER does not tell; None where several
        are alike or none is sure: a wrong one is worse than none."""
        if len(labels) != 1:
            return None
        sure = [
            one.sure for one in (*self.read, *self.encoded) if one.category == labels[0].category
        ]
        return labels[0] if labels[0].score >= min(sure) else None


def _take(found: dict[str, OwnLabel], learned: Iterable[Learned], vector: Vector) -> None:
    """The labels that pass; of one category the better."""
    for one in learned:
        label = one.label(vector)
        known = found.get(one.category)
        if label.score >= one.threshold and (known is None or known.score < label.score):
            found[one.category] = label
