"""The second layout model of bare text: a small convolutional net over a page's lines in order.

In: samples of `fit_layout` (rows of numbers a line, which lines to keep). Out: its weights, as
`LineNet` in knowledge/layout takes them. Plain numpy, forward and backward, so that nothing more
than the package needs has to be installed to fit it again; the same seed gives the same net.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.fit_samples import LARGEST_WEIGHT, Sample
from dragoman.clean import shape
from dragoman.knowledge.layout import CLIP, DILATIONS, POOLED_AFTER

Array = np.ndarray[Any, Any]
LINE_FEATURES = (
    *shape.OWN, *shape.PLACE, *(f"labelled {label}" for label in shape.LABELLED), "ruled",
)  # fmt: skip
"""Those of each line alone: the net sees its neighbours by itself."""
WIDTH = 32
EPOCHS = 14
BATCH = 16
"""Pages a step."""
RATE, DECAY = 3e-3, 1e-2
DROPPED = 0.15
HIDDEN = tuple(LINE_FEATURES.index(name) for name in ("common", "cohesion"))
"""Columns hidden on some pages: in languages not met here they may say less."""
HIDDEN_SHARE = 0.3
CLIPPED_NORM = 1.0
BETAS, TINY = (0.9, 0.99), 1e-8


def fit_net(samples: Sequence[Sample], seed: int) -> dict[str, Array]:
    """Weights by name. Each page weighs the same, each line as its words."""
    random = np.random.default_rng(seed)
    rows = [sample.rows[:, columns()] for sample in samples]
    every = np.concatenate(rows)
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-3
    pages = [np.clip((page - mean) / spread, -CLIP, CLIP) for page in rows]
    weights = _start(len(LINE_FEATURES), random)
    step = _Adam(weights, steps=EPOCHS * -(-len(pages) // BATCH))
    for _ in range(EPOCHS):
        order = random.permutation(len(pages))
        for first in range(0, len(order), BATCH):
            total = {name: np.zeros_like(value) for name, value in weights.items()}
            for index in order[first : first + BATCH]:
                page = pages[index].copy()
                page[:, [c for c in HIDDEN if random.random() < HIDDEN_SHARE]] = 0.0
                _add(total, _gradients(weights, page, samples[index], random))
            step(weights, total)
    scaled = {"mean": mean, "spread": spread} | weights
    return {name: value.astype(np.float32) for name, value in scaled.items()}


def columns() -> Array:
    """Where the net's features stand in the rows of `shape`."""
    return np.array([shape.FEATURES.index(name) for name in LINE_FEATURES], np.int32)


def _start(features: int, random: np.random.Generator) -> dict[str, Array]:
    def dense(*size: int) -> Array:
        return random.normal(0, 1 / np.sqrt(np.prod(size[:-1])), size)

    weights = {"in": dense(features, WIDTH), "in_add": np.zeros(WIDTH)}
    for index in range(len(DILATIONS)):
        weights |= {
            f"scale{index}": np.ones(WIDTH), f"shift{index}": np.zeros(WIDTH),
            f"conv{index}": dense(3, WIDTH, WIDTH), f"conv_add{index}": np.zeros(WIDTH),
            f"mix{index}": dense(WIDTH, WIDTH), f"mix_add{index}": np.zeros(WIDTH),
        }  # fmt: skip
    weights |= {"pool": dense(WIDTH, WIDTH), "pool_add": np.zeros(WIDTH)}
    weights |= {"scale": np.ones(WIDTH), "shift": np.zeros(WIDTH)}
    return weights | {"out": dense(WIDTH, 1)[:, 0], "out_add": np.zeros(1)}


@dataclass(slots=True)
class _Block:
    """What the way back needs of one block."""

    normal: Array
    scaled: Array
    spread: Array
    parts: tuple[Array, Array, Array]
    active: Array
    kept: Array


def _gradients(
    weights: dict[str, Array], page: Array, sample: Sample, random: np.random.Generator
) -> dict[str, Array]:
    """Of the weighted cross-entropy of one page."""
    raw = page @ weights["in"] + weights["in_add"]
    hidden = np.maximum(raw, 0)
    blocks: list[_Block] = []
    pooled = np.zeros(WIDTH)
    for index, dilation in enumerate(DILATIONS):
        block, change = _forward(weights, index, dilation, hidden, random)
        blocks.append(block)
        hidden = hidden + change
        if index == POOLED_AFTER:
            pooled = hidden.mean(axis=0)
            hidden = hidden + pooled @ weights["pool"] + weights["pool_add"]
    normal, spread = _normal(hidden)
    scaled = normal * weights["scale"] + weights["shift"]
    chances = 1 / (1 + np.exp(-(scaled @ weights["out"] + weights["out_add"][0])))
    words = np.maximum(sample.counts, 0.5) * ~sample.never
    share = words / max(LARGEST_WEIGHT / 3, float(words[sample.keep].sum()))
    error = (chances - sample.keep) * share / BATCH
    found = {"out": scaled.T @ error, "out_add": np.array([error.sum()])}
    back = np.outer(error, weights["out"])
    found |= {"scale": (back * normal).sum(axis=0), "shift": back.sum(axis=0)}
    back = _normal_back(back * weights["scale"], normal, spread)
    for index in reversed(range(len(DILATIONS))):
        if index == POOLED_AFTER:
            summed = back.sum(axis=0)
            found |= {"pool": np.outer(pooled, summed), "pool_add": summed}
            back = back + (weights["pool"] @ summed) / len(back)
        back = back + _backward(weights, index, DILATIONS[index], blocks[index], back, found)
    back = back * (raw > 0)
    return found | {"in": page.T @ back, "in_add": back.sum(axis=0)}


def _forward(
    weights: dict[str, Array], index: int, dilation: int, hidden: Array,
    random: np.random.Generator,
) -> tuple[_Block, Array]:  # fmt: skip
    normal, spread = _normal(hidden)
    scaled = normal * weights[f"scale{index}"] + weights[f"shift{index}"]
    parts = (_shifted(scaled, -dilation), scaled, _shifted(scaled, dilation))
    conv = weights[f"conv{index}"]
    summed = sum(part @ conv[k] for k, part in enumerate(parts)) + weights[f"conv_add{index}"]
    active = np.maximum(summed, 0)
    kept = (random.random(active.shape) >= DROPPED) / (1 - DROPPED)
    change = (active @ weights[f"mix{index}"] + weights[f"mix_add{index}"]) * kept
    return _Block(normal, scaled, spread, parts, active, kept), change


def _backward(
    weights: dict[str, Array], index: int, dilation: int, block: _Block, back: Array,
    found: dict[str, Array],
) -> Array:  # fmt: skip
    """The gradient of the block's input; those of its weights are put into `found`."""
    back = back * block.kept
    found[f"mix{index}"] = block.active.T @ back
    found[f"mix_add{index}"] = back.sum(axis=0)
    back = (back @ weights[f"mix{index}"].T) * (block.active > 0)
    found[f"conv{index}"] = np.stack([part.T @ back for part in block.parts])
    found[f"conv_add{index}"] = back.sum(axis=0)
    above, same, below = (back @ weights[f"conv{index}"][k].T for k in range(3))
    back = _shifted(above, dilation) + same + _shifted(below, -dilation)
    found[f"scale{index}"] = (back * block.normal).sum(axis=0)
    found[f"shift{index}"] = back.sum(axis=0)
    return _normal_back(back * weights[f"scale{index}"], block.normal, block.spread)


def _normal(hidden: Array) -> tuple[Array, Array]:
    spread = np.sqrt(hidden.var(axis=1, keepdims=True) + 1e-5)
    return (hidden - hidden.mean(axis=1, keepdims=True)) / spread, spread


def _normal_back(back: Array, normal: Array, spread: Array) -> Array:
    along = (back * normal).mean(axis=1, keepdims=True)
    result: Array = (back - back.mean(axis=1, keepdims=True) - normal * along) / spread
    return result


def _shifted(rows: Array, step: int) -> Array:
    """Row i becomes row i + step of the input; zeros beyond its ends."""
    moved = np.zeros_like(rows)
    if abs(step) < len(rows):
        if step > 0:
            moved[:-step] = rows[step:]
        else:
            moved[-step:] = rows[:step]
    return moved


def _add(total: dict[str, Array], found: dict[str, Array]) -> None:
    for name, value in found.items():
        total[name] += value


class _Adam:
    """Adam with decoupled weight decay, a rate that rises for a fifth and falls to nothing."""

    def __init__(self, weights: dict[str, Array], steps: int) -> None:
        self.first = {name: np.zeros_like(value) for name, value in weights.items()}
        self.second = {name: np.zeros_like(value) for name, value in weights.items()}
        self.steps, self.done = steps, 0

    def __call__(self, weights: dict[str, Array], total: dict[str, Array]) -> None:
        self.done += 1
        at = self.done / self.steps
        rise = min(1.0, at / 0.2)
        fall = 0.5 * (1 + np.cos(np.pi * max(0.0, (at - 0.2) / 0.8)))
        rate = RATE * rise * fall
        norm = np.sqrt(sum(float((value**2).sum()) for value in total.values()))
        shrink = min(1.0, CLIPPED_NORM / (norm + 1e-12))
        for name, value in total.items():
            grad = value * shrink
            self.first[name] += (1 - BETAS[0]) * (grad - self.first[name])
            self.second[name] += (1 - BETAS[1]) * (grad**2 - self.second[name])
            first = self.first[name] / (1 - BETAS[0] ** self.done)
            second = self.second[name] / (1 - BETAS[1] ** self.done)
            weights[name] -= rate * (first / (np.sqrt(second) + TINY) + DECAY * weights[name])
