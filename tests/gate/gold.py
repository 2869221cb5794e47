"""What the gate measures: a third of the codebook's examples, and our own sentence pairs.

In: `Steps`. Out: shares and F1s per language and measure, and the sentences behind them. It holds
no floor; `test_gold.py` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

from benchmarks.event_gold import is_same_category, read_parallel
from benchmarks.event_marked import Coded, coded, parties, score_marked
from dragoman.checking.examples import EMPTY, Outcome, outcome, shares
from dragoman.knowledge.codebook import Example
from dragoman.pipeline import Steps

MEASURES = ("category", "source", "target", "status", EMPTY)
PART = 3
"""One example in so many is coded, chosen by its words: all of them take over a minute."""
LANGUAGES = ("en", "fr", "ru")
Floors = dict[str, dict[str, float]]


# --- examples ----------------------------------------------------------------------------------


def outcomes(steps: Steps) -> list[Outcome]:
    return [outcome(e, steps.in_hand) for e in steps.knowledge.codebook.examples if is_drawn(e)]


def is_drawn(example: Example) -> bool:
    return crc32(example.text.encode()) % PART == 0


def examples_right(found: Sequence[Outcome]) -> Floors:
    """Share right per language and measure."""
    return {
        language: {m: float(row[m]) for m in MEASURES} for language, row in shares(found).items()
    }


def lost_examples(found: Sequence[Outcome], language: str, measure: str) -> str:
    """The sentences that are wrong in this measure, by category."""
    return by_category(
        (one.example.root, str(one))
        for one in found
        if one.example.language == language and measure in set(one.measures) - one.right
    )


# --- sentence pairs ----------------------------------------------------------------------------


def pairs_coded(steps: Steps) -> dict[str, list[Coded]]:
    return {code: [coded(m, steps) for m in read_parallel(language=code)] for code in LANGUAGES}


def pairs_right(found: dict[str, list[Coded]]) -> Floors:
    """F1 of category (detection included), source and target; status of what is found; share of
    the sentences without an event that are left empty."""
    return {language: _figures(score_marked(some)) for language, some in found.items()}


def _figures(scores: dict[str, object]) -> dict[str, float]:
    category = scores["category"]
    assert isinstance(category, dict)
    named = ("source_f1", "target_f1", "status_right", "empty_left")
    rest = [float(str(scores[name])) for name in named]
    return dict(zip(MEASURES, [category["f1"], *rest], strict=True))


def lost_pairs(found: Sequence[Coded], measure: str) -> str:
    return by_category(pair for one in found for pair in _lost(one, measure))


def _lost(one: Coded, measure: str) -> Iterator[tuple[str, str]]:
    """(category, sentence) of each event that is wrong in the measure."""
    text = one.marked.text
    if measure == EMPTY:
        if not one.marked.events:
            yield from ((r.category, f"coded {r.why[0]}: {text}") for r in one.matched.false)
        return
    if measure == "category":
        yield from ((event.category, f"missed: {text}") for event in one.matched.missed)
        yield from ((r.category, f"coded {r.why[0]}: {text}") for r in one.matched.false)
    for event, report in one.matched.pairs:
        source, target = parties(event, report)
        right = {
            "category": is_same_category(event, report),
            "source": source.is_right,
            "target": target.is_right,
            "status": event.status == report.status,
        }
        if not right[measure]:
            told = f"{report.category}, {report.status}, {report.why[0]}"
            yield event.category, f"got {told}: {text}"


def by_category(lost: Iterator[tuple[str, str]]) -> str:
    grouped: dict[str, list[str]] = defaultdict(list)
    for category, sentence in lost:
        grouped[category].append(sentence)
    return "\n".join(
        f"{category} ({len(some)} lost):\n" + "\n".join(f"  {sentence}" for sentence in some)
        for category, some in sorted(grouped.items())
    )
