"""Measures the coder on the codebook's own gold sentences: one outcome per example.

In: `Steps`. Out: `Outcome`s with what was due and what was coded, and shares per language. It
holds no floor; `test_gold.py` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.collect.pages import capture_text
from dragoman.knowledge.codebook import ExampleShape
from dragoman.model import Report, Side
from dragoman.pipeline import Steps

MEASURES = ("category", "source", "target", "status")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One gold sentence: what was due, what came out, and which measures are right."""

    example: ExampleShape
    due: str
    report: Report | None
    others: tuple[Report, ...]
    right: frozenset[str]

    @property
    def key(self) -> str:
        return f"{self.example.lang}: {self.example.text}"

    def __str__(self) -> str:
        wrong = ", ".join(m for m in MEASURES if m not in self.right) or "all right"
        example = self.example
        due = f"{self.due} {example.source or '-'} → {example.target or '-'} ({example.status})"
        return f"[{wrong}] {self.key}\n    due {due}\n    got {shown(self.report)}"


def shown(report: Report | None) -> str:
    if report is None:
        return "nothing"
    sides = " → ".join(_names(s) for s in (report.sources, report.targets))
    return f"{report.category} {sides} ({report.status}; {report.why[0]})"


def _names(sides: Sequence[Side]) -> str:
    return ", ".join(side.name for side in sides) or "-"


def outcomes(steps: Steps) -> list[Outcome]:
    """Every gold sentence of the codebook, coded as bare text of its language."""
    categories = steps.knowledge.codebook.categories.values()
    return [
        outcome(example, example.category or category.id, steps)
        for category in categories
        for example in category.examples
    ]


def outcome(example: ExampleShape, due: str, steps: Steps) -> Outcome:
    kept = steps.all(capture_text(example.text, "gold", language=example.lang))
    low = example.text.index(example.predicate)
    high = low + len(example.predicate)
    near = [r for r in kept.reports if r.predicate[0] < high and low < r.predicate[1]]
    near.sort(key=lambda report: report.category != due)
    best = near[0] if near else None
    return Outcome(example, due, best, kept.reports, frozenset(_right(example, due, best)))


def _right(example: ExampleShape, due: str, report: Report | None) -> Iterator[str]:
    if report is None:
        return
    if report.category == due:
        yield "category"
    if report.status == example.status:
        yield "status"
    if _is_side(report.sources, example.source, example):
        yield "source"
    # Both parties of a mutual act may stand in the gold source; the coder parts them.
    both = _is_side(report.targets, example.source, example) and not example.target
    if _is_side(report.targets, example.target, example) or both:
        yield "target"


def _is_side(sides: Sequence[Side], words: str, example: ExampleShape) -> bool:
    """The first side stands in the gold words; without gold words there must be no side."""
    if not words:
        return not sides
    if not sides:
        return False
    low = example.text.find(words)
    while low >= 0:
        if sides[0].start < low + len(words) and low < sides[0].end:
            return True
        low = example.text.find(words, low + 1)
    return False


def shares(found: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """Share right per language and measure, over all gold sentences, coded or not."""
    languages = sorted({o.example.lang for o in found})
    return {
        language: {
            measure: _share([o for o in found if o.example.lang == language], measure)
            for measure in MEASURES
        }
        for language in languages
    }


def _share(found: Sequence[Outcome], measure: str) -> float:
    return round(sum(measure in o.right for o in found) / len(found), 3)
