"""Layout models: how likely a line or block is part of the article, by its layout alone.

In: the `.npz` files of `layout/` and rows of numbers. Out: one probability a row. How the models
were fitted, on what, and what they score stands in `layout/README.md`; nothing here learns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import DataFileError

Rows = NDArray[np.float32]
FOREST = ("features", "roots", "feature", "threshold", "left", "right", "value")
DILATIONS = (1, 2, 4, 8, 16, 1)
"""How far apart the three lines stand that each block of a net looks at."""
POOLED_AFTER = 2
"""After this block every line is told the mean of its page."""
CLIP = 5.0


class LayoutModel(Protocol):
    def __call__(self, rows: Rows) -> Rows:
        """The probability of each row (shape: rows by features)."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of yes-no questions, all in one table of nodes; a leaf is its own left and right."""

    features: tuple[str, ...]
    """Names of the columns that the rows must have, in order."""
    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]

    def __call__(self, rows: Rows) -> Rows:
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
        return _chances(self.value.take(leaf).reshape(len(rows), len(self.roots)).sum(axis=1))


@dataclass(frozen=True, slots=True)
class LineNet:
    """A small convolutional net over a page's lines in their order."""

    columns: NDArray[np.int32]
    """Which columns of the rows it reads."""
    weights: Mapping[str, Rows]

    def __call__(self, rows: Rows) -> Rows:
        own = self.weights
        page = np.clip((rows[:, self.columns] - own["mean"]) / own["spread"], -CLIP, CLIP)
        hidden = np.maximum(page @ own["in"] + own["in_add"], 0)
        for index, dilation in enumerate(DILATIONS):
            scaled = _normal(hidden) * own[f"scale{index}"] + own[f"shift{index}"]
            around = np.pad(scaled, ((dilation, dilation), (0, 0)))
            conv, size = own[f"conv{index}"], len(rows)
            steps = (around[k * dilation : k * dilation + size] @ conv[k] for k in range(3))
            active = np.maximum(sum(steps, own[f"conv_add{index}"]), 0)
            hidden = hidden + active @ own[f"mix{index}"] + own[f"mix_add{index}"]
            if index == POOLED_AFTER:
                hidden = hidden + hidden.mean(axis=0) @ own["pool"] + own["pool_add"]
        scaled = _normal(hidden) * own["scale"] + own["shift"]
        return _chances(scaled @ own["out"] + own["out_add"][0])


@dataclass(frozen=True, slots=True)
class Mean:
    """Several models' probabilities, averaged: they err on different pages."""

    models: tuple[LayoutModel, ...]

    def __call__(self, rows: Rows) -> Rows:
        mean: Rows = np.mean([model(rows) for model in self.models], axis=0)
        return mean


def combined(models: Sequence[LayoutModel]) -> LayoutModel:
    return models[0] if len(models) == 1 else Mean(tuple(models))


def load_layout(folder: Path) -> Mapping[str, LayoutModel]:
    """`page` for pages and `text` for bare text."""
    text: list[LayoutModel] = [load_forest(folder / "text.npz")]
    text += load_nets(folder / "text-lines.npz")
    return {"page": load_forest(folder / "page.npz"), "text": combined(text)}


def load_forest(path: Path) -> Forest:
    """Raises DataFileError where the file is missing or is no forest."""
    found = _load(path, FOREST)
    names = found.pop("features")
    return Forest(features=tuple(str(name) for name in names), **found)


def load_nets(path: Path) -> tuple[LineNet, ...]:
    """The nets of one file, whose weights are named "0.in", "1.in" and so on."""
    found = _load(path, ("columns",))
    columns = found.pop("columns")
    numbers = sorted({name.partition(".")[0] for name in found})
    return tuple(
        LineNet(
            columns, {n.partition(".")[2]: v for n, v in found.items() if n.startswith(f"{k}.")}
        )
        for k in numbers
    )


def _load(path: Path, keys: Sequence[str]) -> dict[str, Any]:
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {key: file[key] for key in file.files}
        for key in keys:
            found[key]
    except (OSError, KeyError, ValueError) as fault:
        raise DataFileError(path, None, f"no layout model can be read from it ({fault})") from None
    return found


def _normal(hidden: Rows) -> Rows:
    spread = np.sqrt(hidden.var(axis=1, keepdims=True) + 1e-5)
    normal: Rows = (hidden - hidden.mean(axis=1, keepdims=True)) / spread
    return normal


def _chances(total: Rows) -> Rows:
    return (1 / (1 + np.exp(-total))).astype(np.float32)
