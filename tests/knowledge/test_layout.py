"""A layout model's answer is what a walk down each of its trees gives."""

from __future__ import annotations

import math

import numpy as np
import pytest

from dragoman.knowledge.layout import Forest

# Two trees: one asks twice on its right, the other is a single leaf.
MODEL = Forest(
    features=("words", "links"),
    roots=np.array([0, 5], np.int32),
    feature=np.array([0, 0, 1, 0, 0, 0], np.int16),
    threshold=np.array([5, 0, 0.5, 0, 0, 0], np.float32),
    left=np.array([1, 1, 3, 3, 4, 5], np.int32),
    right=np.array([2, 1, 4, 3, 4, 5], np.int32),
    value=np.array([0, -2, 0, 3, -1, 0.5], np.float32),
)


def test_each_row_reaches_its_own_leaves() -> None:
    rows = np.array([[5, 0], [6, 0.5], [6, 0.6]], np.float32)
    sums = (-2 + 0.5, 3 + 0.5, -1 + 0.5)
    assert MODEL(rows) == pytest.approx([1 / (1 + math.exp(-total)) for total in sums])


def test_no_rows_have_no_chances() -> None:
    assert MODEL(np.zeros((0, 2), np.float32)).shape == (0,)


def test_rows_of_another_width_are_refused() -> None:
    with pytest.raises(ValueError, match="features"):
        MODEL(np.zeros((1, 3), np.float32))
