"""The filter: shows a comment, holds it for a moderator, or lays it with the spam, and says why.

In: a `Writing`, and later what a moderator said of it. Out: a `Verdict` with its reasons, a
`Lesson` to keep beside the judgement. It takes nothing away: whatever is not shown waits, and what
lies with the spam can be taken out of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import exp

import numpy as np
import numpy.typing as npt

from dragoman.knowledge.lures import Lures
from dragoman.publish.spam import prior
from dragoman.publish.spam.grams import KINDS, TRAIT_PLACES, Sparse, places_of, tokens, vector
from dragoman.publish.spam.plain import Plain, plain
from dragoman.publish.spam.sameness import alike, signature
from dragoman.publish.spam.traits import TRAITS, Traits, traits
from dragoman.publish.spam.weights import Lesson, Weights, fitted
from dragoman.publish.spam.writing import Outcome, Reason, Verdict, Writing

SPAM = 0.8
"""Score from which a comment lies with the spam. On three public sets of comments, each judged by
what the others taught, 0.4 to 0.6 % of those that are no spam reach it, and nine in ten spams."""
CALM = 0.3
"""Score under which a known person's comment is shown at once."""
FAST = 4.0
"""Seconds within which nobody reads a form, writes and sends it."""
COPIES = 2
"""Times that a text was sent by others, from which it is a wave and not a coincidence."""
TELLING = 20
"""Letters of a text from which it is not the same as another by coincidence."""
REASONS = 6
"""Reasons of the model that are told, those that weigh most."""
SLIGHT = 0.1
"""Reasons that weigh less are not told."""
WORDS = 3
"""Words that are named of what the model goes by."""


@dataclass(frozen=True, slots=True)
class Read:
    """A comment as the filter sees it."""

    plain: Plain
    name: Plain
    traits: Traits
    vector: Sparse


class Filter:
    """What we ship, and what a desk's moderators taught it; one thread at a time may teach."""

    def __init__(self, lures: Lures, learnt: bytes | None = None, *, shipped: bool = True) -> None:
        """`learnt`: what `to_bytes` gave, or nothing yet; without what is `shipped` it knows
        nothing but that. `WeightsError` for other bytes."""
        self.lures = lures
        self.shipped = shipped
        self.learnt = Weights() if learnt is None else Weights.from_bytes(learnt)

    @cached_property
    def prior(self) -> Weights:
        """Fitted when the first comment is judged; takes about as long as a page to load."""
        return self._fitted(prior.judged()) if self.shipped else Weights()

    def judge(self, writing: Writing) -> Verdict:
        """What becomes of a comment, and why."""
        read = self.read(writing)
        score = chance(self.odds(read.vector))
        outcome, rules = decided(writing, score, has_address(read))
        return Verdict(outcome, score, (*rules, *self._reasons(read)))

    def score(self, writing: Writing) -> float:
        """Chance of spam as the model sees it, 0 to 1."""
        return chance(self.odds(self.read(writing).vector))

    def learn(self, writing: Writing, is_spam: bool) -> Lesson:
        """Take in what a moderator said of a comment; the lesson undoes it."""
        seen = self.read(writing).vector
        return self.learnt.learn(seen, signature(writing.text), is_spam, self.odds(seen))

    def unlearn(self, lesson: Lesson) -> None:
        """As if it had never been learnt, whatever was learnt since."""
        self.learnt.unlearn(lesson)

    def fit(self, judged: Iterable[tuple[Writing, bool]]) -> None:
        """Learn anew, from all that moderators said; better than one by one, and slower.

        Lessons that were kept before can't be undone after: fit again without them instead.
        """
        self.learnt = self._fitted(judged, self.prior)

    def to_bytes(self) -> bytes:
        """What was learnt here, to be kept."""
        return self.learnt.to_bytes()

    def odds(self, seen: Sparse) -> float:
        """Log-odds of spam."""
        return float(self._parts(seen).sum())

    def read(self, writing: Writing) -> Read:
        text, name = plain(writing.text), plain(writing.name)
        found = traits(writing, text, name, self.lures)
        return Read(text, name, found, vector(text, name, found.amounts))

    def _parts(self, seen: Sparse) -> npt.NDArray[np.float64]:
        return self.prior.parts(seen) + self.learnt.parts(seen)

    def _fitted(
        self, judged: Iterable[tuple[Writing, bool]], beside: Weights | None = None
    ) -> Weights:
        held = list(judged)
        return fitted(
            [self.read(writing).vector for writing, _ in held],
            [is_spam for _, is_spam in held],
            [signature(writing.text) for writing, _ in held],
            beside,
        )

    def _reasons(self, read: Read) -> tuple[Reason, ...]:
        """What weighed most, either way."""
        parts = self._parts(read.vector)
        numbers = read.vector.places - TRAIT_PLACES
        found = []
        for at in np.flatnonzero((numbers >= 0) & (numbers < len(TRAITS))):
            trait = TRAITS[numbers[at]]
            shown = read.traits.shown.get(trait, ())[:WORDS]
            found.append(Reason(trait, round(float(parts[at]), 2), shown))
        found += self._reasons_of_grams(read, parts)
        found = [reason for reason in found if abs(reason.weight) >= SLIGHT]
        return tuple(sorted(found, key=lambda reason: -abs(reason.weight))[:REASONS])

    def _reasons_of_grams(self, read: Read, parts: npt.NDArray[np.float64]) -> list[Reason]:
        """Of words and runs of letters together, of the name, of addresses."""
        sums = dict.fromkeys(("words", "name", "address"), 0.0)
        for kind, table in KINDS.items():
            held = (read.vector.places >= table.start) & (
                read.vector.places < table.start + (1 << table.bits)
            )
            sums["words" if kind == "runs" else kind] += float(parts[held].sum())
        return [
            Reason(
                kind if weight > 0 else f"fine_{kind}",
                round(weight, 2),
                self._telling_words(read.plain.text, weight) if kind == "words" else (),
            )
            for kind, weight in sums.items()
        ]

    def _telling_words(self, text: str, weight: float) -> tuple[str, ...]:
        """The words that pull hardest the way all of them do."""
        words = [word for word in dict.fromkeys(tokens(text)) if word.replace(" ", "").isalnum()]
        places = places_of(words, "words")
        pull = self.prior.table[places] + self.learnt.table[places].astype(np.int64)
        pull = pull if weight > 0 else -pull
        best = sorted(range(len(words)), key=lambda number: (-pull[number], number))[:WORDS]
        return tuple(words[number] for number in best if pull[number] > 0)


def chance(odds: float) -> float:
    return 1 / (1 + exp(-max(-700.0, min(700.0, odds))))


def has_address(read: Read) -> bool:
    """Whether a comment or its name leads anywhere: a link, an e-mail address, a telephone."""
    return any(bool(side.links or side.mails or side.phones) for side in (read.plain, read.name))


def decided(writing: Writing, score: float, addressed: bool) -> tuple[Outcome, tuple[Reason, ...]]:
    """The rule, with what of it applied.

    A form that no person filled in, or that we did not give, and a high score lie with the spam.
    Only a person who was approved before is shown at once, with a low score, no address, a text
    that nobody else sends, and time to have written it. Whoever was approved is never with the spam
    for a score alone.
    """
    forged = ("trap", writing.trap_filled), ("token", not writing.token_valid)
    if reasons := _applying(forged):
        return "spam", reasons
    if score >= SPAM and not writing.known:
        return "spam", (Reason("high"),)
    held = _applying(
        (
            ("known_high", score >= SPAM),
            ("first", not writing.known),
            ("has_link", addressed),
            ("sent_before", is_wave(writing)),
            ("sent_fast", writing.seconds is not None and writing.seconds < FAST),
            ("middling", CALM <= score < SPAM),
        )
    )
    return ("hold", held) if held else ("publish", (Reason("calm"),))


def is_wave(writing: Writing) -> bool:
    """Whether others sent the same text lately."""
    if not writing.recent or sum(map(str.isalpha, writing.text)) < TELLING:
        return False
    return len(alike(signature(writing.text), writing.recent)) >= COPIES


def _applying(rules: Iterable[tuple[str, bool]]) -> tuple[Reason, ...]:
    return tuple(Reason(kind) for kind, applies in rules if applies)
