"""Layout models: small forests that say how likely a line or block is part of the article.

In: a `.npz` file of `layout/` and rows of numbers. Out: one probability a row. How the models
were fitted, on what, and what they score stands in `layout/README.md`; nothing here learns.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import DataFileError

KEYS = ("features", "roots", "feature", "threshold", "left", "right", "value")


@dataclass(frozen=True, slots=True)
class LayoutModel:
    """Trees of yes-no questions, all in one table of nodes; a leaf is its own left and right."""

    features: tuple[str, ...]
    """Names of the columns that the rows must have, in order."""
    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]

    def __call__(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probability of each row (shape: rows by `features`)."""
        if rows.shape[1:] != (len(self.features),):
            raise ValueError(f"rows of {rows.shape[1:]} for {len(self.features)} features")
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        row = np.arange(len(rows))[:, None]
        while True:
            low = rows[row, self.feature[at]] <= self.threshold[at]
            below = np.where(low, self.left[at], self.right[at])
            if np.array_equal(below, at):
                break
            at = below
        total = self.value[at].sum(axis=1)
        chances: NDArray[np.float32] = 1 / (1 + np.exp(-total))
        return chances


def load_layout(path: Path) -> LayoutModel:
    """Raises DataFileError where the file is missing or is no model."""
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {key: file[key] for key in KEYS}
    except (OSError, KeyError, ValueError) as fault:
        raise DataFileError(path, None, f"no layout model can be read from it ({fault})") from None
    names = found.pop("features")
    return LayoutModel(features=tuple(str(name) for name in names), **found)
