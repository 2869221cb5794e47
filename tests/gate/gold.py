"""What the gate measures: a third of the codebook's examples, the same third every time.

In: `Steps`. Out: outcomes, and the shares that have floors. It holds no floor; `test_gold.py` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from zlib import crc32

from benchmarks.event_examples import EMPTY, Outcome, outcome, shares
from dragoman.knowledge.codebook import Example
from dragoman.pipeline import Steps

MEASURES = ("category", "source", "target", "status", EMPTY)
PART = 3
"""One example in so many is coded, chosen by its words: all of them take over a minute."""
Floors = dict[str, dict[str, float]]


def outcomes(steps: Steps) -> list[Outcome]:
    return [outcome(e, steps) for e in steps.knowledge.codebook.examples if is_drawn(e)]


def is_drawn(example: Example) -> bool:
    return crc32(example.text.encode()) % PART == 0


def examples_right(found: Sequence[Outcome]) -> Floors:
    """Share right per language and measure."""
    return {
        language: {m: float(row[m]) for m in MEASURES} for language, row in shares(found).items()
    }


def lost(found: Sequence[Outcome], language: str, measure: str) -> str:
    """The sentences that are wrong in this measure, by category."""
    by_root: dict[str, list[Outcome]] = defaultdict(list)
    for one in found:
        if one.example.language == language and measure in one.measures:
            by_root[one.example.root] += [one] if measure not in one.right else []
    return "\n".join(
        f"{root} ({len(wrong)} lost):\n" + "\n".join(f"  {one}" for one in wrong)
        for root, wrong in sorted(by_root.items())
        if wrong
    )
