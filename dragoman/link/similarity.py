"""How alike two articles are, and why: a pure function of their two signatures.

In: signatures. Out: parts (meaning, words, translations, names, numbers, years), each from 0 to 1,
a score for "they tell the same story" and one for "they tell something similar", and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.link.measure import Rows, measured, shared, understood
from dragoman.link.translations import Pair, paired, share, spoken
from dragoman.model import Signature, Term

Floats = NDArray[np.float32]


class Weights(NamedTuple):
    """What each part counts. `years` is added where the years that are told agree and taken off
    where none does, `days` is taken off for each day between two articles."""

    meaning: float
    words: float
    names: float
    numbers: float
    years: float
    days: float


ENOUGH = 4
"""So many shared numbers are as good as all."""
# What meaning, words, names and numbers count. Chosen for stories on two development sets: English
# articles on twin happenings without dates, and our own tellings in nine languages
# (`benchmarks/link.py`). Within a language scores run higher, since spellings agree.
SAME_LANGUAGE = Weights(0.25, 0.2, 0.5, 0.05, years=0.1, days=0.02)
OTHER_LANGUAGE = Weights(0.5, 0.0, 0.3, 0.05, years=0.1, days=0.03)
UNREAD_LANGUAGE = Weights(0.0, 0.0, 1.0, 0.2, years=0.3, days=0.05)
"""Where the encoder doesn't know a language of the two: what it says of it is noise."""
WORD_LIKENESS = 0.35
"""What the root of the words' part adds to likeness; within a language only."""
TRANSLATIONS = 3
ALL_ALIKE = 1.8
"""Between languages likeness is the square of meaning and so many times the translations' part,
over this. So it says the same as within a language, where spellings agree: about 0.6 for what
people call the same, 0.2 for what they call quite different."""
NAMES_ENOUGH = 8
"""Where names alone decide, fewer in common than these (a person counts as three: as who is meant,
and by the sounds of two names) count for less: two short notes on one minister are no story."""
SURE = 0.7
"""Cosine from which a reason says that two words are each other's translation."""
ALIKE = 0.5
"""Meaning from which a reason says that the openings mean much the same."""
SHOWN = 3
"""Names, words and numbers that a reason lists."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Of one article and each of several others."""

    meaning: Floats
    words: Floats
    names: Floats
    numbers: Floats
    years: Floats
    """1 where years agree, -1 where both tell years and none agrees, else 0."""
    same_language: NDArray[np.bool_]
    understood: NDArray[np.bool_]
    """The encoder knows the languages of both."""

    def story(self, days: int = 0) -> Floats:
        """How sure it is that they tell the same story, published so many days apart."""
        kinds = [self.same_language, self.understood]

        def part(name: str) -> Floats:
            same, other, unread = (
                getattr(weights, name)
                for weights in (SAME_LANGUAGE, OTHER_LANGUAGE, UNREAD_LANGUAGE)
            )
            return np.asarray(np.select(kinds, [same, other], unread), np.float32)

        score = part("years") * self.years - part("days") * days
        for name in ("meaning", "words", "names", "numbers"):
            score = score + part(name) * getattr(self, name)
        return np.asarray(np.clip(score, 0.0, 1.0), np.float32)


@dataclass(frozen=True, slots=True)
class Similarity:
    """Of two articles."""

    story: float
    likeness: float
    parts: dict[str, float]
    reason: str


def compared(one: Rows, others: Rows) -> Parts:
    """One article (a single row) with each of several others."""
    own = one["vector"].astype(np.float32)[0]
    vectors = others["vector"].astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(own)
    meaning = vectors @ own / np.maximum(lengths, 1e-9)
    told = [(rows["numbers"] > 0).sum(axis=1) for rows in (one, others)]
    fewest = np.minimum(np.minimum(*told), ENOUGH)
    numbers = np.minimum(shared(one, others, "numbers") / np.maximum(fewest, 1), 1.0)
    both = (one["years"] > 0).any() & (others["years"] > 0).any(axis=1)
    agree = np.where(shared(one, others, "years") > 0, 1.0, -1.0)
    same = np.asarray(others["language"] == one["language"])
    known = np.isin(others["language"], understood()) & np.isin(one["language"], understood())
    names = shared(one, others, "names")
    both_name = np.isin(others["names"], one["names"][0]) & (others["names"] > 0)
    evidence = np.minimum(both_name.sum(axis=1) / NAMES_ENOUGH, 1.0)
    return Parts(
        meaning=np.clip(meaning, 0.0, 1.0),
        words=shared(one, others, "words"),
        names=np.where(same | known, names, names * evidence).astype(np.float32),
        numbers=numbers.astype(np.float32),
        years=np.where(both, agree, 0.0).astype(np.float32),
        same_language=same,
        understood=known,
    )


def similarity(a: Signature, b: Signature, days: int = 0) -> Similarity:
    """How alike two articles are that were published so many days apart.

    For two articles, not for thousands: between languages each word is compared with each.
    """
    compare = compared(measured(a), measured(b))
    pairs, translated = _translations(a, b)
    parts = {
        "meaning": float(compare.meaning[0]),
        "words": float(compare.words[0]),
        "translations": translated,
        "names": float(compare.names[0]),
        "numbers": float(compare.numbers[0]),
        "years": float(compare.years[0]),
    }
    told = [reason(a, b), _said_alike(a, pairs)]
    return Similarity(
        story=round(float(compare.story(days)[0]), 3),
        likeness=round(_likeness(parts, a.language == b.language), 3),
        parts={name: round(value, 3) for name, value in parts.items()},
        reason="; ".join(part for part in told if part),
    )


def _likeness(parts: Mapping[str, float], same_language: bool) -> float:
    """How similar what they tell is, whether it is the same story or not."""
    if same_language:
        words = sqrt(parts["words"])
        score = (parts["meaning"] + WORD_LIKENESS * words) / (1 + WORD_LIKENESS)
    else:
        score = (parts["meaning"] + TRANSLATIONS * parts["translations"]) ** 2 / ALL_ALIKE
    return min(score, 1.0)


def _translations(a: Signature, b: Signature) -> tuple[list[Pair], float]:
    if a.language == b.language:
        return [], 0.0
    words, others = spoken(a), spoken(b)
    pairs = paired(words, others)
    return pairs, share(pairs, len(words), len(others))


def _said_alike(a: Signature, pairs: Sequence[Pair]) -> str:
    """The surest translations, less the names, which have a sentence of their own."""
    names = {term.shown.lower() for term in a.names}
    sure = [(x, y) for x, y, cosine in pairs if cosine >= SURE and x != y and x not in names]
    shown = [f"“{one}” ({other})" for one, other in sure]
    return f"in both languages they speak of {_listed(shown)}" if shown else ""


def reason(a: Signature, b: Signature) -> str:
    """What the two have in common, as the first one writes it; empty for nothing."""
    told = []
    names = _common(a.names, b.names)
    if names:
        told.append(f"both name {_listed(names)}")
    if a.language == b.language:
        small = " ".join(names).casefold()
        words = [word for word in _common(a.words, b.words) if word.casefold() not in small]
        if words:
            told.append(f"both use the words {_listed([f'“{word}”' for word in words])}")
    numbers = sorted({*a.numbers} & {*b.numbers}, key=lambda number: (-len(number), number))
    if numbers:
        told.append(f"both say {_listed(numbers)}")
    days = sorted({*a.days} & {*b.days})
    if days:
        told.append(f"both tell of {_listed(days)}")
    if _meaning(a, b) >= ALIKE:
        told.append("their openings mean much the same")
    return "; ".join(told)


def _meaning(a: Signature, b: Signature) -> float:
    one, other = (np.frombuffer(s.vector, np.int8).astype(np.float32) for s in (a, b))
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths else 0.0


def _common(a: Iterable[Term], b: Iterable[Term]) -> list[str]:
    """What both name, most telling first; a name once, however many keys it has."""
    theirs = {term.key: term.weight for term in b}
    both = [(term.weight * theirs[term.key], term) for term in a if term.key in theirs]
    ranked = sorted(both, key=lambda pair: (not pair[1].key.startswith("@"), -pair[0], pair[1].key))
    shown: list[str] = []
    for _, term in ranked:
        if not any(term.shown in other for other in shown):
            shown.append(term.shown)
    return shown


def _listed(things: Sequence[str]) -> str:
    first = things[:SHOWN]
    return first[0] if len(first) == 1 else f"{', '.join(first[:-1])} and {first[-1]}"
