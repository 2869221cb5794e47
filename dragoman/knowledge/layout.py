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
        # Every row goes down every tree, all side by side; what has reached its leaf steps out.
        # One flat index an array is several times as fast as an index for each axis.
        cells, feature = rows.ravel(), self.feature.astype(np.int32)
        below = np.stack((self.right, self.left), axis=1).ravel()
        is_leaf = self.left == np.arange(len(self.left))
        leaf = np.tile(self.roots, len(rows))
        first_cell = np.repeat(np.arange(len(rows)) * len(self.features), len(self.roots))
        way = np.arange(len(leaf))
        at = leaf
        while len(way):
            low = cells.take(first_cell + feature.take(at)) <= self.threshold.take(at)
            at = below.take(2 * at + low)
            leaf[way] = at
            on = np.flatnonzero(~is_leaf.take(at))
            way, at, first_cell = way.take(on), at.take(on), first_cell.take(on)
        total = self.value.take(leaf).reshape(len(rows), len(self.roots)).sum(axis=1)
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
