"""Which act a clause tells: the lexicon's answer and the model's, made one.

In: a clause, the frame that fits it, if any, and its sides. Out: a `Verdict`. The lexicon answers
first: the model overrules it only where it is nearly certain of something else, and speaks for
itself only where no frame fits. What neither is sure of is left uncoded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.knowledge import Knowledge
from dragoman.knowledge.acts import Features
from dragoman.knowledge.codebook import NONE
from dragoman.knowledge.frames import Frame
from dragoman.model import Clause, Sentence
from dragoman.record.features import features
from dragoman.record.slots import Filled

MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Whose sides act on each other where no frame says otherwise."""
ALIKE = 0.6
"""The cosine from which an example's mode and code hold for a clause as well."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Probabilities between which the coder decides; chosen on development sets (see
    benchmarks/README.md)."""

    accept: float = 0.7
    """The least for the category of an act that only the model tells."""
    doubt: float = 0.15
    """The most for its being no act at all."""
    overrule: float = 0.9
    """The least for another category than the lexicon's."""
    firm: int = 3
    """An entry of more weight than this is never overruled."""
    drop: float = 0.95
    """The least for no act where the lexicon has one."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of the coder that may be left out, to measure what each adds; and `forced`, in which
    it may not abstain."""

    lexicon: bool = True
    examples: bool = True
    status: bool = True
    forced: bool = False


SLOPE, LEVEL, ALONE = 0.3, 1.0, 1.7
"""Calibration of the model's probability, fitted on the development half of PLV and on our own
marked sentences and articles: the lexicon's answers are mostly right even where the model doubts
them, the model's own far less often than it thinks (benchmarks/README.md)."""
LIMITS = Limits()
WHOLE = Parts()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`frame` is the lexicon's, or one made for the model's answer or a category of the desk's own.
    `scores`: probabilities by category, before status; of a desk's own its likeness."""

    frame: Frame
    by: Literal["lexicon", "examples", "own"]
    scores: Mapping[str, float]
    features: Features | None = None

    @property
    def probability(self) -> float:
        return self.scores.get(self.frame.category, 0.0)

    @property
    def confidence(self) -> float:
        """How often such a verdict is right, after calibration; .05 to .99."""
        share = min(max(self.probability, 0.01), 0.99)
        logit = SLOPE * math.log(share / (1 - share)) + LEVEL
        if self.by == "examples":
            logit -= ALONE
        return min(max(1 / (1 + math.exp(-logit)), 0.05), 0.99)

    @property
    def runner_up(self) -> tuple[str, float]:
        """The next best answer, NONE among them."""
        others = [(p, name) for name, p in self.scores.items() if name != self.frame.category]
        best = max(others, default=(0.0, NONE))
        return best[1], best[0]


@dataclass(frozen=True, slots=True)
class Abstention:
    """No act, or none that is sure enough; with what the model was asked and said, if it was."""

    why: Literal["no-entry", "no-act", "unsure"]
    scores: Mapping[str, float]
    features: Features | None = None


class Judge:
    """Decides for the clauses of one language."""

    def __init__(
        self, knowledge: Knowledge, language: str, limits: Limits = LIMITS, parts: Parts = WHOLE
    ) -> None:
        self.model = knowledge.acts
        self.language = language
        self.frames = knowledge.languages[language].frames
        self.limits = limits
        self.parts = parts

    def verdict(
        self, clause: Clause, sentence: Sentence, frame: Frame | None, filled: Filled
    ) -> Verdict | Abstention:
        """An abstention where the clause tells no act, or none that is sure enough."""
        if not self.parts.examples:
            if frame is None:
                return Abstention("no-entry", {})
            return Verdict(frame, "lexicon", {frame.category: 1.0})
        entries = () if frame else self.entries(clause)
        seen = features(clause, sentence, frame, filled, self.language, entries)
        scores = self.model.probabilities(seen)
        best, certainty = max(
            ((name, p) for name, p in scores.items() if name != NONE or not self.parts.forced),
            key=lambda one: one[1],
        )
        if frame is None:
            if best == NONE:
                return Abstention("no-act", scores, seen)
            unsure = certainty < self.limits.accept or scores[NONE] > self.limits.doubt
            if unsure and not self.parts.forced:
                return Abstention("unsure", scores, seen)
            return Verdict(made_frame(clause, best), "examples", scores, seen)
        if best == NONE:
            dropped = certainty >= self.limits.drop and not self.parts.forced
            if dropped:
                return Abstention("no-act", scores, seen)
            return Verdict(frame, "lexicon", scores, seen)
        sure = frame.weight > self.limits.firm
        if best != frame.category and certainty >= self.limits.overrule and not sure:
            other = replace(frame, category=best, mode=None, cameo=None)
            return Verdict(other, "examples", scores, seen)
        return Verdict(frame, "lexicon", scores, seen)

    def entries(self, clause: Clause) -> Sequence[Frame]:
        """All that the lexicon has of the clause's predicate."""
        return self.frames.of(clause.lemmas, clause.pos) if self.parts.lexicon else ()

    def reason(self, abstained: Abstention, frame: Frame | None) -> str:
        """An abstention in words."""
        if abstained.why == "no-entry":
            return "no entry of the lexicon fits"
        best, certainty = max(abstained.scores.items(), key=lambda one: one[1])
        told = "no entry of the lexicon fits" if frame is None else f"against the entry {frame}"
        if abstained.why == "no-act":
            return f"{told}; the model tells no act ({certainty:.2f})"
        least = self.limits.accept
        return (
            f"{told}; the model's best guess, {best} {certainty:.2f}, is not sure enough ({least})"
        )


def made_frame(clause: Clause, category: str) -> Frame:
    """A frame for a predicate that no entry has: the usual slots, no mode."""
    return Frame(
        lemma=clause.lemmas[0],
        pos=clause.pos,
        category=category,
        mode=None,
        cameo=None,
        source=(),
        target=(),
        when=(),
        reciprocal=category in MUTUAL,
        line=0,
    )
