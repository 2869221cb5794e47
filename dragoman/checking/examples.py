"""What the coder makes of the codebook's own example sentences.

In: examples, and what reads a text. Out: an `Outcome` for each, with what was due and which
measures are right, and shares of these. The sentences were seen by those who wrote the lexicons:
they hold the coder, they do not measure it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.knowledge.codebook import NONE, Example
from dragoman.model import Kept, Report, Side

ACT_MEASURES = ("predicate", "root", "category", "status", "source", "target")
EMPTY = "empty"
"""The one measure of a sentence without an act: nothing is coded in it."""
Shares = dict[str, float | int]
Read = Callable[[str, str], Kept]
"""All per-article steps over a bare text in a language."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example: the report on its predicate, or none, and which measures are right."""

    example: Example
    report: Report | None
    right: frozenset[str]

    @property
    def measures(self) -> Sequence[str]:
        return (EMPTY,) if self.example.category == NONE else ACT_MEASURES

    def __str__(self) -> str:
        example = self.example
        wrong = ", ".join(m for m in self.measures if m not in self.right) or "all right"
        due = f"{example.category} {example.source or '-'} → {example.target or '-'}"
        return (
            f"[{wrong}] {example.language}: {example.text}\n"
            f"    due {due} ({example.status})\n    got {shown(self.report)}"
        )


def shown(report: Report | None) -> str:
    if report is None:
        return "nothing"
    sides = " → ".join(
        ", ".join(side.name for side in some) or "-" for some in (report.sources, report.targets)
    )
    return f"{report.category} {sides} ({report.status}; {report.why[0]})"


def outcome(example: Example, read: Read) -> Outcome:
    """The example coded as bare text of its language."""
    kept = read(example.text, example.language)
    if example.category == NONE:
        first = kept.reports[0] if kept.reports else None
        return Outcome(example, first, frozenset() if first else frozenset({EMPTY}))
    low = example.text.index(example.predicate)
    high = low + len(example.predicate)
    near = [r for r in kept.reports if r.predicate[0] < high and low < r.predicate[1]]
    best = min(near, key=lambda report: report.category != example.category, default=None)
    return Outcome(example, best, frozenset(_right(example, best)))


def _right(example: Example, report: Report | None) -> Iterator[str]:
    if report is None:
        return
    yield "predicate"
    for measure in ("root", "category", "status"):
        if getattr(report, measure) == getattr(example, measure):
            yield measure
    if _is_side(report.sources, example.source, example.text):
        yield "source"
    # Both parties of a mutual act may stand in the example's source; the coder parts them.
    mutual = not example.target and _is_side(report.targets, example.source, example.text)
    if mutual or _is_side(report.targets, example.target, example.text):
        yield "target"


def _is_side(sides: Sequence[Side], words: str, text: str) -> bool:
    """The first side stands in the words due; where none are due, there is no side."""
    if not words or not sides:
        return not words and not sides
    return stands_in((sides[0].start, sides[0].end), words, text)


def stands_in(span: tuple[int, int], words: str, text: str) -> bool:
    """Whether the span overlaps the words somewhere in the text."""
    return any(span[0] < high and low < span[1] for low, high in occurrences(words, text))


def occurrences(words: str, text: str) -> list[tuple[int, int]]:
    """Every place where the words stand as whole words."""
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    return [(m.start(), m.end()) for m in re.finditer(pattern, text)]


def shares(found: Iterable[Outcome]) -> dict[str, Shares]:
    """Share right per language and measure, uncoded counted as wrong, with the number of
    examples with an act (`n`) and without (`n_empty`)."""
    by_language: dict[str, list[Outcome]] = defaultdict(list)
    for one in found:
        by_language[one.example.language].append(one)
    return {language: _shares(by_language[language]) for language in sorted(by_language)}


def _shares(found: Sequence[Outcome]) -> Shares:
    acts = [o for o in found if o.example.category != NONE]
    empty = [o for o in found if o.example.category == NONE]
    row: Shares = {measure: _share(acts, measure) for measure in ACT_MEASURES if acts}
    if empty:
        row[EMPTY] = _share(empty, EMPTY)
    return row | {"n": len(acts), "n_empty": len(empty)}


def _share(found: Sequence[Outcome], measure: str) -> float:
    return round(sum(measure in o.right for o in found) / len(found), 3)


def score_examples(found: Sequence[Outcome]) -> dict[str, object]:
    """Shares per language, and per category and language those of its examples."""
    by_root: dict[str, list[Outcome]] = defaultdict(list)
    for one in found:
        by_root[one.example.root].append(one)
    by_root.pop(NONE, None)
    return {
        **shares(found),
        "per_category": {root: shares(by_root[root]) for root in sorted(by_root)},
    }
