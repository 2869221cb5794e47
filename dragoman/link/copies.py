"""Copies: whether two texts are one text, wholly or in part, and how much of it.

In: two bodies. Out: a match, or nothing. It looks at the two alone, never at what else a desk
holds, so that its answer stays the same whatever arrives. Which is the source is not said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dragoman.link.alignment import Run, shared_runs
from dragoman.link.sketches import NUMBER, RUN, WORD, Body, hashes_of_runs

# Chosen on the dev half of the planted copies (benchmarks/link_copies.py).
LEAST_KEYS = 2
"""Sampled runs that two texts share before they are compared at all."""
LEAST_WORDS = 20
"""A body of fewer words says too little: "More follows." is nobody's copy."""
COPY_SHARE = 0.4
"""Share of the shorter text from which the two are copies."""
LONG_QUOTE, QUOTE_SHARE = 60, 0.2
"""Words in one piece that make a copy with a smaller share: nobody writes them by chance."""
HEAD_SHARE, TAIL_SHARE = 0.5, 0.65
"""What is shared only at the very beginning or end of both must be more: it may be the house's."""
PASSAGE = 12
"""Words of a shared passage that is more than a turn of phrase."""
SMALL_GAP = 12
"""Words between two shared runs up to which they are looked at as one thing for another."""
FORM_GAP = 30
"""The same for what a form leaves to be filled in: a sentence full of places and numbers."""
FACTS_CHANGED, NUMBERS_CHANGED, LEAST_CHANGED = 0.35, 0.5, 3
"""Of names and numbers that have their place in both texts, the part that differs where a form was
filled in anew. An edited text keeps most of them."""
AT_ONCE = 4_000_000
"""Words of texts that one is held against at once, each counted as no shorter than that one."""
RETOLD_LEAST, RETOLD_FACTS, RETOLD_WORDS = 4, 0.6, 0.4
"""Of a text that credits another: names and numbers in both, at least; and the part of its own
names and numbers, and of its own words, that stand there."""


@dataclass(frozen=True, slots=True)
class Match:
    """What two bodies share: `runs` without overlap, and `words` in them or in step between."""

    runs: tuple[Run, ...]
    words: int


def compare(a: Body, b: Body) -> Match | None:
    """The match of two bodies that are copies of each other in whole or part."""
    shortest = min(len(a), len(b))
    if shortest < LEAST_WORDS:
        return None
    if a.plain == b.plain:
        return Match((Run(0, 0, shortest),), shortest)
    runs = shared_runs(a.plain, b.plain)
    passages = [p for p in _passages(runs) if p.length >= PASSAGE]
    words = sum(p.length + _in_step(a.plain, b.plain, p) for p in passages)
    if not passages or not _is_enough(passages, words / shortest, len(a), len(b)):
        return None
    if _is_form(a, b, runs):
        return None
    return Match(tuple(run for passage in passages for run in passage.runs), words)


def likely(one: Body, others: Sequence[Body]) -> list[Body]:
    """Those of the others that can be copies of one text, or it of them; `compare` finds nothing
    with the rest. Looked at together they cost a small part of being compared one by one.

    `compare` counts words of the text with the lower digest: such as stand in runs that both have,
    or in small gaps between those. So it can't count more than there are of both.
    """
    found: list[Body] = []
    some: list[Body] = []
    words = 0
    for other in others:
        some.append(other)
        words += max(len(one), len(other))
        if words >= AT_ONCE:
            found += _likely(one, some)
            some, words = [], 0
    return found + _likely(one, some) if some else found


def _likely(one: Body, others: Sequence[Body]) -> list[Body]:
    lengths = np.array([len(other) for other in others])
    owner = np.repeat(np.arange(len(others)), lengths)
    hashes = hashes_of_runs(np.concatenate([other.words for other in others]) & np.uint32(WORD))
    own, where = np.unique(hashes_of_runs(one.words & np.uint32(WORD)), return_inverse=True)
    if not len(own) or not len(hashes):
        return []
    place = np.minimum(np.searchsorted(own, hashes), len(own) - 1)
    is_shared = (own[place] == hashes) & (owner[: len(hashes)] == owner[RUN - 1 :])
    there = np.zeros(len(owner), dtype=bool)
    here = np.zeros((len(others), len(one)), dtype=bool)
    begins = np.zeros((len(others), len(own)), dtype=bool)
    begins[owner[: len(hashes)][is_shared], place[is_shared]] = True
    for offset in range(RUN):
        there[offset : offset + len(hashes)] |= is_shared
        here[:, offset : offset + len(where)] |= begins[:, where]
    in_others = _stand_in(owner[there], np.flatnonzero(there), len(others))
    text, at = np.nonzero(here)
    in_one = _stand_in(text, at, len(others))
    is_lower = np.array([other.digest < one.digest for other in others])
    shared, most = (np.where(is_lower, a, b) for a, b in zip(in_others, in_one, strict=True))
    share = most / np.maximum(np.minimum(lengths, len(one)), 1)
    is_likely = (share >= COPY_SHARE) | ((share >= QUOTE_SHARE) & (shared >= LONG_QUOTE))
    return [other for other, it_is in zip(others, is_likely, strict=True) if it_is]


def _stand_in(text: _Integers, place: _Integers, number: int) -> tuple[_Integers, _Integers]:
    """Of words by text and place: how many each text has, and how many with the small gaps."""
    shared = np.bincount(text, minlength=number)
    gaps = np.diff(place) - 1
    is_small = (np.diff(text) == 0) & (gaps <= SMALL_GAP)
    between = np.bincount(text[:-1][is_small], gaps[is_small], minlength=number)
    return shared, shared + between.astype(np.int64)


def is_retold(copy: Body, source: Body) -> bool:
    """Whether a text tells in other words what one that it credits tells: its names and numbers
    stand there, and a good part of its words. Ask only where the one names the other's publisher.
    """
    facts = {fact for fact in copy.facts if fact}
    there = {fact for fact in source.facts if fact}
    if len(facts & there) < max(RETOLD_LEAST, RETOLD_FACTS * len(facts)):
        return False
    words = {*copy.plain}
    return len(words & {*source.plain}) >= RETOLD_WORDS * len(words)


_Integers = npt.NDArray[np.int64]
_Gap = tuple[int, int, int, int]
"""Bounds in the one text and in the other."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """Shared runs one after the other in both texts, with few words between them."""

    runs: tuple[Run, ...]

    @property
    def length(self) -> int:
        return sum(run.length for run in self.runs)


def _gaps(runs: Sequence[Run], most: int) -> Iterator[_Gap]:
    """Between neighbours in both texts: what stands here in the one, and there in the other."""
    for one, two in pairwise(runs):
        gap = one.a + one.length, two.a, one.b + one.length, two.b
        if 0 <= gap[1] - gap[0] <= most and 0 <= gap[3] - gap[2] <= most:
            yield gap


def _passages(runs: Sequence[Run]) -> list[_Passage]:
    """Runs in the order of the first text, joined over small gaps."""
    found: list[list[Run]] = []
    for run in runs:
        last = found[-1][-1] if found else None
        if (
            last is not None
            and 0 <= run.a - last.a - last.length <= SMALL_GAP
            and 0 <= run.b - last.b - last.length <= SMALL_GAP
        ):
            found[-1].append(run)
        else:
            found.append([run])
    return [_Passage(tuple(part)) for part in found]


def _in_step(a: Sequence[int], b: Sequence[int], passage: _Passage) -> int:
    """Words that both texts have in the gaps of a passage."""
    return sum(
        len({*a[i1:i2]} & {*b[j1:j2]})
        for i1, i2, j1, j2 in _gaps(passage.runs, SMALL_GAP)
        if i1 < i2 and j1 < j2
    )


def _is_enough(passages: Sequence[_Passage], share: float, a: int, b: int) -> bool:
    """Whether so much is shared, and not at one end of both only."""
    longest = max(run.length for passage in passages for run in passage.runs)
    if share < COPY_SHARE and not (longest >= LONG_QUOTE and share >= QUOTE_SHARE):
        return False
    if share >= TAIL_SHARE or len(passages) > 1:
        return True
    first, last = passages[0].runs[0], passages[0].runs[-1]
    at_head = first.a == first.b == 0
    at_tail = last.a + last.length == a and last.b + last.length == b
    return not at_tail and (share >= HEAD_SHARE or not at_head)


def _is_form(a: Body, b: Body, runs: Sequence[Run]) -> bool:
    """Whether two texts are one form filled in twice: other names and numbers in equal places."""
    changed = changed_numbers = 0
    for i1, i2, j1, j2 in _gaps(runs, FORM_GAP):
        one, other = _facts(a, i1, i2), _facts(b, j1, j2)
        gone, new = set(one) - set(other), set(other) - set(one)
        changed += min(len(gone), len(new))
        changed_numbers += min(_numbers(gone), _numbers(new))
    if changed < LEAST_CHANGED:
        return False
    kept = [fact for run in runs for fact in _facts(a, run.a, run.a + run.length)]
    kept_numbers = _numbers(kept)
    return changed >= FACTS_CHANGED * (changed + len(kept)) or (
        changed_numbers >= LEAST_CHANGED
        and changed_numbers >= NUMBERS_CHANGED * (changed_numbers + kept_numbers)
    )


def _facts(body: Body, start: int, end: int) -> list[int]:
    return [word for word in body.facts[start:end] if word]


def _numbers(facts: Iterable[int]) -> int:
    return sum(1 for fact in facts if fact & NUMBER)
