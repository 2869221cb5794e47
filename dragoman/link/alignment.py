"""Alignment: the stretches of words that two texts share, and what was changed between them.

In: two bodies as numbers. Out: shared runs without overlap on either side, whatever their order in
the texts; and a word diff in order. Its cost grows with the length of the texts, not its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dragoman.link.sketches import RUN, Token, body_of, tokens_of
from dragoman.model import Article, ChangeKind, ChangeRun

REPEATED = 8
"""A run of words that stands more often than this in one text tells no place in it."""
LONGEST_GAP = 400
"""Words between two shared runs that are still compared one by one."""


@dataclass(frozen=True, slots=True)
class Run:
    """`length` words that stand at word `a` of one text and at word `b` of the other."""

    a: int
    b: int
    length: int


def shared_runs(a: Sequence[int], b: Sequence[int]) -> tuple[Run, ...]:
    """Runs of `RUN` words or more that both texts have, in the order of the first.

    The longest are taken first, so a paragraph that was moved is found where it went.
    """
    taken_a, taken_b = bytearray(len(a)), bytearray(len(b))
    kept: list[Run] = []
    for run in sorted(_maximal(a, b), key=lambda r: (-r.length, r.a, r.b)):
        for part in _free(run, taken_a, taken_b):
            taken_a[part.a : part.a + part.length] = b"\1" * part.length
            taken_b[part.b : part.b + part.length] = b"\1" * part.length
            kept.append(part)
    return tuple(sorted(kept, key=lambda r: r.a))


def _maximal(a: Sequence[int], b: Sequence[int]) -> list[Run]:
    """Every run that can't be made longer at either end."""
    places: dict[tuple[int, ...], list[int]] = {}
    for i, gram in enumerate(_grams(a)):
        places.setdefault(gram, []).append(i)
    running: dict[int, tuple[int, int]] = {}
    found: list[Run] = []
    for j, gram in enumerate(_grams(b)):
        at = places.get(gram)
        if at is None or len(at) > REPEATED:
            continue
        for i in at:
            start, last = running.get(i - j, (j, j - 1))
            if last != j - 1:
                found.append(_run(i - j, start, last))
                start = j
            running[i - j] = (start, j)
    found += [_run(diagonal, start, last) for diagonal, (start, last) in running.items()]
    return found


def _run(diagonal: int, start: int, last: int) -> Run:
    return Run(start + diagonal, start, last - start + RUN)


def _grams(words: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return zip(*(words[offset:] for offset in range(RUN)), strict=False)


def _free(run: Run, taken_a: bytearray, taken_b: bytearray) -> Iterator[Run]:
    """The parts of a run, long enough to count, that no longer run has taken."""
    if not any(taken_a[run.a : run.a + run.length]) and not any(
        taken_b[run.b : run.b + run.length]
    ):
        yield run
        return
    start = 0
    for offset in range(run.length + 1):
        ended = offset == run.length
        if ended or taken_a[run.a + offset] or taken_b[run.b + offset]:
            if offset - start >= RUN:
                yield Run(run.a + start, run.b + start, offset - start)
            start = offset + 1


def in_order(runs: Iterable[Run]) -> list[Run]:
    """The heaviest of these runs that stand in the same order in both texts."""
    found = sorted(runs, key=lambda r: r.a)
    before = [-1] * len(found)
    # Ways to end a chain, by place in the second text; each weighs more than those before it.
    ends: list[int] = []
    weights: list[tuple[int, int]] = []
    for n, run in enumerate(found):
        at = bisect_left(ends, run.b)
        weight = run.length
        if at:
            before[n] = weights[at - 1][1]
            weight += weights[at - 1][0]
        last = at
        while last < len(ends) and weights[last][0] <= weight:
            last += 1
        if not at or weights[at - 1][0] < weight:
            ends[at:last] = [run.b]
            weights[at:last] = [(weight, n)]
    chain: list[Run] = []
    last = weights[-1][1] if weights else -1
    while last >= 0:
        chain.append(found[last])
        last = before[last]
    return chain[::-1]


def changes(origin: Article, copy: Article) -> tuple[ChangeRun, ...]:
    """The word diff from an origin's body to its copy's, in the order of the copy.

    Text that was moved counts as deleted in one place and inserted in the other.
    """
    a, b = body_of(origin).plain, body_of(copy).plain
    places_a, places_b = tokens_of(origin), tokens_of(copy)
    made: list[tuple[ChangeKind, int, int, int, int]] = []
    i = j = 0
    for run in [*in_order(shared_runs(a, b)), Run(len(a), len(b), 0)]:
        made += _between(a, b, (i, run.a), (j, run.b))
        if run.length:
            made.append(("equal", run.a, run.a + run.length, run.b, run.b + run.length))
        i, j = run.a + run.length, run.b + run.length
    return tuple(
        ChangeRun(kind, _span(places_a, i1, i2), _span(places_b, j1, j2))
        for kind, i1, i2, j1, j2 in _joined(made)
    )


def _between(
    a: Sequence[int], b: Sequence[int], gap_a: tuple[int, int], gap_b: tuple[int, int]
) -> Iterator[tuple[ChangeKind, int, int, int, int]]:
    """What lies between two shared runs, compared word by word where it is short."""
    (i1, i2), (j1, j2) = gap_a, gap_b
    if i1 < i2 and j1 < j2 and max(i2 - i1, j2 - j1) <= LONGEST_GAP:
        matcher = SequenceMatcher(None, a[i1:i2], b[j1:j2], autojunk=False)
        codes = [(tag, i1 + p, i1 + q, j1 + r, j1 + s) for tag, p, q, r, s in matcher.get_opcodes()]
    else:
        codes = [("replace", i1, i2, j1, j2)]
    for tag, p, q, r, s in codes:
        if tag == "equal":
            yield "equal", p, q, r, s
            continue
        if p < q:
            yield "deleted", p, q, r, r
        if r < s:
            yield "inserted", q, q, r, s


def _joined(
    made: Iterable[tuple[ChangeKind, int, int, int, int]],
) -> list[tuple[ChangeKind, int, int, int, int]]:
    """Neighbours of one kind as one."""
    joined: list[tuple[ChangeKind, int, int, int, int]] = []
    for kind, i1, i2, j1, j2 in made:
        if joined and joined[-1][0] == kind and joined[-1][2] == i1 and joined[-1][4] == j1:
            joined[-1] = (kind, joined[-1][1], i2, joined[-1][3], j2)
        else:
            joined.append((kind, i1, i2, j1, j2))
    return joined


def _span(tokens: Sequence[Token], first: int, end: int) -> tuple[int, int]:
    """Offsets of words `first` to `end`; of none, the place before word `first`."""
    if first < end:
        return tokens[first].start, tokens[end - 1].end
    if first < len(tokens):
        return tokens[first].start, tokens[first].start
    return (tokens[-1].end, tokens[-1].end) if tokens else (0, 0)
