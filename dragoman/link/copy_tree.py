"""The copy tree: who printed whom, from credits, then times, then which text is the fuller.

In: what articles tell of their printing, and what their texts share. Out: the links of an article
to what it was made of, each with its reason. An article's place hangs on those it shares words
with, on nothing else; all places are in one order, so no article is ever its own source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.model import CopyBasis, CopyKind, CopyLink, Printing, Shared

# Chosen on the dev half of the planted copies (benchmarks/link_copies.py).
HELD, FULLER, OWN = 0.95, 1.05, 0.5
"""The shorter stands in the fuller with `HELD` of its words; the fuller has so many times its
words, and no more than `OWN` of it stands elsewhere, or it would be one that quotes."""
QUOTING = 0.55
"""A text with less than so much from a shorter one, half of which it has, quotes that."""
AS_GOOD, AS_NEAR, AS_STATED = 0.08, 0.05, 0.15
"""Sources whose shares differ by less hold as much of the copy; are as much like it; and hold as
much of it where the copy names them."""
ADDED_SHARE, ADDED_WORDS = 0.15, 20
"""What another source must explain of a copy that the first ones don't."""
MOSTLY, SAME = 0.8, 0.08
"""A copy whose source holds so much of it, and it as much of its source, is whole."""

_STRENGTH: Sequence[CopyBasis] = ("stated", "time", "containment", "unknown")
_STATED, _FULLER, _OWN_TIME = "012"

Rank = tuple[str, int, str]
"""Where an article stands in the one order of all: moment, length, id; the first is the source."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An article that shares words with the one in hand."""

    printing: Printing
    rank: str
    """Its moment, as `moment` gave it."""
    shared: Shared | None
    """None where both have the same text."""


def moment(one: Printing, neighbours: Sequence[Neighbour]) -> str:
    """When to take it for printed: at its own time, or just before what must come after it.

    Those are articles that credit its outlet, and where times don't tell, texts that it holds and
    more, and texts that print a part of it beside much else. A credit outweighs times only for what
    is mostly the crediting text: its outlet may have printed more than one text with these words.
    The last sign says which it was.
    """
    candidates = [f"{one.last} {_OWN_TIME}"]
    for neighbour in neighbours:
        other = neighbour.printing
        if credits(one, other):
            continue
        if credits(other, one):
            if other.last >= one.first or _mostly(one, neighbour):
                candidates.append(f"{other.last} {_STATED}")
        elif _overlap(one, other) and (
            _holds(one, other, neighbour.shared) or _quotes(other, one, neighbour.shared)
        ):
            candidates.append(f"{other.last} {_FULLER}")
    return min(candidates)


def rank(one: Printing, when: str) -> Rank:
    """Of the same moment the fuller text comes first."""
    return when, -one.words, one.article_id


def sources(one: Printing, when: str, neighbours: Sequence[Neighbour]) -> tuple[CopyLink, ...]:
    """The links of an article to what it was made of, the chief one first; none for a root."""
    own = rank(one, when)
    before = sorted(
        (
            n
            for n in neighbours
            if rank(n.printing, n.rank) < own and (_common(n) or credits(one, n.printing))
        ),
        key=lambda n: rank(n.printing, n.rank),
    )
    if not before:
        return ()
    chosen = [_chief(one, when, before)]
    chosen += _others(one, chosen[0], before)
    kinds: Sequence[CopyKind] = (
        ["merged"] * len(chosen) if len(chosen) > 1 else [_kind(one, chosen[0])]
    )
    return tuple(_link(one, when, n, kind) for n, kind in zip(chosen, kinds, strict=True))


def _chief(one: Printing, when: str, before: Sequence[Neighbour]) -> Neighbour:
    """What it credits; else of what holds most of it that which is best known to be earlier, is
    most like it, and was there first."""
    credited = [n for n in before if credits(one, n.printing)]
    if any(_common(n) for n in before):
        # What is told in other words is the source of no text that is printed word for word.
        before = [n for n in before if _common(n)]
        credited = [n for n in credited if _common(n)]
    if credited:
        # Its publisher may have printed it more than once: the first time is the source.
        most = max(_share(one, n) for n in credited)
        return next(n for n in credited if _share(one, n) >= most - AS_STATED)
    most = max(_share(one, n) for n in before)
    among = [n for n in before if _share(one, n) >= most - AS_GOOD]
    known = min(_STRENGTH.index(_basis(one, when, n)[0]) for n in among)
    among = [n for n in among if _STRENGTH.index(_basis(one, when, n)[0]) == known]
    if most < MOSTLY:
        # What else its sources hold says nothing of a text that is mostly something else.
        return among[0]
    nearest = max(_likeness(one, n) for n in among)
    return next(n for n in among if _likeness(one, n) >= nearest - AS_NEAR)


def _others(one: Printing, chief: Neighbour, before: Sequence[Neighbour]) -> list[Neighbour]:
    """Sources of what the chief one lacks. Copies of one text don't count twice: the first does."""
    found: list[Neighbour] = []
    least = max(ADDED_WORDS, ADDED_SHARE * one.words)
    covered = _words(one, chief)
    while one.words - len(covered) >= least:
        added = {n.printing.article_id: len(_words(one, n) - covered) for n in before}
        most = max(added.values())
        if most < least:
            break
        best = next(n for n in before if added[n.printing.article_id] >= most * (1 - AS_GOOD))
        found.append(best)
        covered |= _words(one, best)
    return found


def _link(one: Printing, when: str, source: Neighbour, kind: CopyKind) -> CopyLink:
    basis, reason = _basis(one, when, source)
    share = round(_share(one, source), 3)
    return CopyLink(one.article_id, source.printing.article_id, share, kind, basis, reason)


def _basis(one: Printing, when: str, source: Neighbour) -> tuple[CopyBasis, str]:
    other = source.printing
    if credits(one, other):
        return "stated", f"its page names {one.credit}, who published the other text"
    if other.last < one.first:
        return "time", f"printed {_said(one)}; the other was {_said(other)}"
    if one.last < other.first and source.rank.endswith(_STATED):
        return "stated", "an earlier copy names the publisher of the other text as its source"
    if _overlap(one, other) and _holds(other, one, source.shared):
        return "containment", (
            f"the other text has all of it and {other.words - one.words} words more"
        )
    if _overlap(one, other) and _quotes(one, other, source.shared):
        return "containment", (
            f"{round(100 * _common(source) / other.words)} % of the other text stands in it, "
            f"beside {one.words - _common(source)} words that do not"
        )
    if source.rank.endswith(_STATED) and not when.endswith(_STATED):
        return "stated", "another copy names the publisher of the other text as its source"
    return "unknown", "neither credits nor times nor the words tell which of them was first"


def _kind(one: Printing, source: Neighbour) -> CopyKind:
    of_copy, of_source = _share(one, source), _common(source) / max(source.printing.words, 1)
    if source.shared is None:
        return "whole"
    if not source.shared.words:
        return "rewrite"
    if min(of_copy, of_source) >= MOSTLY and abs(of_copy - of_source) <= SAME:
        return "whole"
    if of_copy >= MOSTLY and of_copy >= of_source:
        return "cut"
    return "extended" if of_source >= MOSTLY and of_copy >= OWN else "excerpt"


def credits(one: Printing, other: Printing) -> bool:
    """Whether one names the publisher of the other, who is not its own."""
    return other.by in one.credits and one.by != other.by


def _overlap(one: Printing, other: Printing) -> bool:
    """Whether their times don't tell which was first."""
    return one.first <= other.last and other.first <= one.last


def _holds(fuller: Printing, other: Printing, shared: Shared | None) -> bool:
    if shared is None or fuller.words < FULLER * other.words:
        return False
    return shared.words >= HELD * other.words and shared.words >= OWN * fuller.words


def _quotes(one: Printing, other: Printing, shared: Shared | None) -> bool:
    """Whether one prints much of the other, which is shorter, beside as much else: it was put
    together. Where it has all of the other, that may be cut from it."""
    if shared is None or not OWN <= shared.words / max(other.words, 1) < HELD:
        return False
    return shared.words < QUOTING * one.words and one.words >= FULLER * other.words


def _mostly(one: Printing, neighbour: Neighbour) -> bool:
    return _common(neighbour) >= OWN * one.words


def _common(source: Neighbour) -> int:
    return source.shared.words if source.shared is not None else source.printing.words


def _share(one: Printing, source: Neighbour) -> float:
    return min(_common(source) / one.words, 1.0) if one.words else 0.0


def _likeness(one: Printing, source: Neighbour) -> float:
    """Words in common of all the words of both (Jaccard)."""
    common = _common(source)
    return common / max(one.words + source.printing.words - common, 1)


def _words(one: Printing, source: Neighbour) -> set[int]:
    """Places of the copy's words that stand in the source."""
    shared = source.shared
    if shared is None:
        return set(range(one.words))
    side = 0 if shared.a == one.text else 1
    return {place for run in shared.runs for place in range(run[side], run[side] + run[2])}


def _said(one: Printing) -> str:
    if one.first == one.last:
        return f"on {one.first[:10]} at {one.first[11:16]} UTC"
    if one.first and one.first == one.last[:10]:
        return f"on {one.first}"
    if one.first:
        return f"between {one.first[:10]} and {one.last[:10]}"
    return f"fetched by {one.last[:16].replace('T', ' ')}"


def by_text(
    printings: Sequence[Printing], ranks: Mapping[str, str], shared: Sequence[Shared]
) -> dict[str, list[Neighbour]]:
    """Each article's neighbours: those with its text, and those whose text shares words with it."""
    holders: dict[int, list[Printing]] = {}
    for one in printings:
        holders.setdefault(one.text, []).append(one)
    beside: dict[int, list[Shared]] = {}
    for row in shared:
        beside.setdefault(row.a, []).append(row)
        beside.setdefault(row.b, []).append(row)
    found: dict[str, list[Neighbour]] = {}
    for text, members in holders.items():
        others = [
            Neighbour(p, ranks.get(p.article_id, ""), row)
            for row in beside.get(text, ())
            for p in holders.get(row.b if row.a == text else row.a, ())
        ]
        own = [Neighbour(p, ranks.get(p.article_id, ""), None) for p in members]
        for one in members:
            same = [n for n in own if n.printing.article_id != one.article_id]
            found[one.article_id] = same + others
    return found
