"""Figures of event coding: F1 from counts, confusions, intervals by resampling.

In: for each item of a set the counts it brings. Out: rounded figures. Whatever the set, an F1 is
2 × right / (found + due), so one item's counts are (right, found, due), for each class in turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
"""Items × classes × (right, found, due)."""
Sums = NDArray[np.float64]
Span = tuple[int, int]
Words = str
RESAMPLES = 1000
SEED = 20261128
RIGHT, FOUND, DUE = range(3)


def f1(right: float, found: float, due: float) -> float:
    return 2 * right / (found + due) if found + due else 0.0


# --- counts of a classification ----------------------------------------------------------------


def counted(gold: Sequence[str], predicted: Sequence[str | None]) -> tuple[list[str], Counts]:
    """The gold's classes, and each item's counts in them; a prediction outside them is a miss."""
    classes = sorted(set(gold))
    counts = np.zeros((len(gold), len(classes), 3), np.int64)
    for i, (due, found) in enumerate(zip(gold, predicted, strict=True)):
        counts[i, classes.index(due), DUE] = 1
        if found in classes:
            counts[i, classes.index(found), FOUND] = 1
            counts[i, classes.index(found), RIGHT] = found == due
    return classes, counts


def macro_f1(counts: Counts) -> float:
    """Mean over the classes that are due of each class's F1."""
    return round(float(_macro(counts.sum(0, dtype=np.float64)[None])[0]), 3)


def micro_f1(counts: Counts) -> float:
    return round(float(_micro(counts.sum(0, dtype=np.float64)[None])[0]), 3)


def macro_interval(counts: Counts) -> list[float]:
    return _interval(_macro(_resampled(counts)))


def micro_interval(counts: Counts) -> list[float]:
    return _interval(_micro(_resampled(counts)))


def _macro(sums: Sums) -> Sums:
    """Resamples × classes × 3 → one macro-F1 each; a class that a resample lacks is left out."""
    due = sums[..., DUE] > 0
    scores = 2 * sums[..., RIGHT] / np.maximum(sums[..., FOUND] + sums[..., DUE], 1)
    return np.asarray((scores * due).sum(-1) / np.maximum(due.sum(-1), 1))


def _micro(sums: Sums) -> Sums:
    total = sums.sum(-2)
    return np.asarray(2 * total[..., RIGHT] / np.maximum(total[..., FOUND] + total[..., DUE], 1))


def _resampled(counts: Counts) -> Sums:
    """The counts of 1,000 sets of as many items, drawn with replacement by a fixed seed."""
    n = len(counts)
    weights = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    return np.asarray(
        (weights @ counts.reshape(n, -1)).reshape(RESAMPLES, *counts.shape[1:]), float
    )


def _interval(scores: Sums) -> list[float]:
    low, high = np.percentile(scores, [2.5, 97.5])
    return [round(float(low), 3), round(float(high), 3)]


def share_interval(right: Sequence[bool]) -> list[float]:
    """The 95 % interval of a share of items."""
    counts = np.array([[[r, 1, 1]] for r in right], np.int64)
    return micro_interval(counts)


def per_class(classes: Sequence[str], counts: Counts) -> dict[str, dict[str, float | int]]:
    """Precision, recall, F1 and the number due, of each class."""
    return {
        name: row(*(int(x) for x in sums))
        for name, sums in zip(classes, counts.sum(0), strict=True)
    }


def row(right: int, found: int, due: int) -> dict[str, float | int]:
    return {
        "precision": round(right / found, 3) if found else 0.0,
        "recall": round(right / due, 3) if due else 0.0,
        "f1": round(f1(right, found, due), 3),
        "n": due,
    }


def confusions(
    gold: Sequence[str], predicted: Sequence[str | None], top: int = 20
) -> list[list[str | int | None]]:
    """The most frequent (due, coded, how often) that are not right; None is uncoded."""
    pairs = Counter((g, p) for g, p in zip(gold, predicted, strict=True) if g != p)
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
    return [[due, found, n] for (due, found), n in ranked[:top]]


# --- spans -------------------------------------------------------------------------------------


def overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
