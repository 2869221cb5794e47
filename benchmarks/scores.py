"""Plain scores used by several benchmarks. Unpredicted items count as wrong."""

from __future__ import annotations

from collections.abc import Sequence


def macro_f1(gold: Sequence[str], predicted: Sequence[str | None]) -> float:
    """Mean over the gold's classes of each class's F1."""
    scores = [f1(*_counts(gold, predicted, label)) for label in sorted(set(gold))]
    return round(sum(scores) / len(scores), 3) if scores else 0.0


def f1(right: int, predicted: int, due: int) -> float:
    return 2 * right / (predicted + due) if predicted + due else 0.0


def _counts(
    gold: Sequence[str], predicted: Sequence[str | None], label: str
) -> tuple[int, int, int]:
    right = sum(g == p == label for g, p in zip(gold, predicted, strict=True))
    return right, sum(p == label for p in predicted), sum(g == label for g in gold)
