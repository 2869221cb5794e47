"""Fit the layout models (`dragoman/layout/*.npz`) on development sets, and say what they score.

    make peers
    python -m benchmarks.fit_layout text --sets DIR [--write]
    python -m benchmarks.fit_layout page --sets DIR [--write]

Scores are by cross-validation in which no site is in two parts. With `--write` a model is then
fitted on all pages. Nothing but layout enters: see the features in clean/shape and clean/standing.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from benchmarks.clean_sets import Page, align, f1, line_sets, overlap, page_sets
from dragoman.clean import shape, standing
from dragoman.clean.decode import decode
from dragoman.clean.page import Ruled, draft_by_rules
from dragoman.clean.referee import (
    LEAST_COUNT,
    MARGIN,
    NEVER,
    best_choice,
    second_opinion,
)
from dragoman.clean.text import draft_by_rules as text_by_rules
from dragoman.knowledge import Knowledge
from dragoman.knowledge.layout import LayoutModel
from dragoman.model import BODY_LABELS, Capture

KNOWLEDGE = Knowledge()

SETTINGS: dict[str, Any] = {
    "objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 60,
    "min_sum_hessian_in_leaf": 0.0, "feature_fraction": 0.4, "bagging_fraction": 0.8,
    "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1, "num_threads": 1, "seed": 1,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip
ROUNDS = {"text": 200, "page": 140}
FOLDS = 4
MARGINS = (9.0, -9.0, 0.02, 0.04, 0.06, MARGIN, 0.15)
"""Never overruled, always, and between."""
SHARED_LINES = 4
"""Pages without an address that share so many short lines are of one site."""
LARGEST_WEIGHT = 60.0
"""Words: a shorter article's lines weigh no more than those of one of this length."""


@dataclass(slots=True)
class Sample:
    page: Page
    texts: list[str]
    rows: shape.Rows
    counts: shape.Rows
    keep: np.ndarray[Any, Any]
    site: str = ""
    never: np.ndarray[Any, Any] = field(default_factory=lambda: np.zeros(0, bool))
    """Lines that no model may keep."""
    ruled: np.ndarray[Any, Any] = field(default_factory=lambda: np.zeros(0, bool))
    """What the rules kept."""
    asked: bool = True
    """Whether the program asks the model."""


def text_samples(folder: Path) -> list[Sample]:
    samples = []
    for page, keep in line_sets(folder):
        samples.append(_text_sample(page, keep))
    for page in page_sets(folder):
        if page.set == "fundus":
            pieces = _ruled(page).pieces
            texts = [("* " if p.element.tag == "li" else "") + p.text for p in pieces]
            rows = "\n".join(texts).split("\n")
            keep = align(rows, page.gold)
            flat = replace(page, body="\n".join(rows).encode())
            samples.append(_text_sample(flat, keep))
    return samples


def page_samples(folder: Path) -> list[Sample]:
    """As the rules leave them; a headline is no part of the body whatever a model thinks of it."""
    samples = []
    for page in page_sets(folder):
        ruled = _ruled(page)
        lines = ruled.draft.lines
        if not ruled.pieces or not lines:
            continue
        rows = standing.standing(ruled.pieces, lines)
        keep = np.array(align([line.text for line in lines], page.gold), bool)
        sample = Sample(page, [line.text for line in lines], rows, shape.word_counts(lines), keep)
        sample.never = np.array([line.label in NEVER for line in lines])
        sample.ruled = np.array([line.label in BODY_LABELS for line in lines])
        samples.append(sample)
    return samples


def _ruled(page: Page) -> Ruled:
    capture = Capture("c", page.id, "text/html", page.body, url=page.url)
    return draft_by_rules(capture, decode(capture).text, KNOWLEDGE)


def _text_sample(page: Page, keep: Sequence[bool]) -> Sample:
    """A flattened page; `keep` speaks of its rows, of which a line is one or a part of one."""
    text = page.body.decode()
    capture = Capture("c", page.id, "text/plain", page.body, charset="utf-8")
    draft, is_page = text_by_rules(capture, text, KNOWLEDGE)
    starts = [0, *accumulate(len(row) + 1 for row in text.split("\n"))]
    lines = draft.lines
    kept = np.array([keep[bisect_right(starts, line.start) - 1] for line in lines], bool)
    counts = shape.word_counts(lines)
    sample = Sample(page, [line.text for line in lines], shape.shape(lines), counts, kept)
    sample.never = np.array([line.label in NEVER for line in lines])
    sample.ruled = np.array([line.label in BODY_LABELS for line in lines])
    sample.asked = is_page
    return sample


def name_sites(samples: Sequence[Sample]) -> None:
    """By host; pages without one go together where they share their furniture."""
    parent = list(range(len(samples)))

    def find(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    where: defaultdict[str, list[int]] = defaultdict(list)
    for index, sample in enumerate(samples):
        for text in {text for text in sample.texts if 8 < len(text) < 80}:
            where[text].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for found in where.values():
        if 1 < len(found) <= 25:
            shared.update((one, other) for i, one in enumerate(found) for other in found[:i])
    first: dict[str, int] = {}
    for index, sample in enumerate(samples):
        if sample.page.host:
            parent[find(index)] = find(first.setdefault(sample.page.host, index))
    for (one, other), count in shared.items():
        if count >= SHARED_LINES:
            parent[find(one)] = find(other)
    for index, sample in enumerate(samples):
        sample.site = str(find(index))


def fold_of(samples: Sequence[Sample]) -> dict[str, int]:
    """Sites to folds of about the same number of pages."""
    sizes = Counter(sample.site for sample in samples)
    loads, folds = [0] * FOLDS, {}
    for name, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        folds[name] = loads.index(min(loads))
        loads[folds[name]] += size
    return folds


def fit(samples: Sequence[Sample], rounds: int) -> lightgbm.Booster:
    """Each page weighs the same, each line as its words; what may not be kept nothing."""
    weights = []
    for sample in samples:
        words = np.maximum(sample.counts, 1.0)
        weight = words * 1000 / max(LARGEST_WEIGHT, float(words[sample.keep].sum()))
        weights.append(weight * ~sample.never)
    data = lightgbm.Dataset(
        np.concatenate([sample.rows for sample in samples]),
        np.concatenate([sample.keep for sample in samples]).astype(float),
        weight=np.concatenate(weights),
    )
    return lightgbm.train(SETTINGS, data, rounds)


def cross_validated(samples: Sequence[Sample], rounds: int) -> list[Any]:
    folds = fold_of(samples)
    chances: list[Any] = [None] * len(samples)
    for fold in range(FOLDS):
        model = fit([s for s in samples if folds[s.site] != fold], rounds)
        for index, sample in enumerate(samples):
            if folds[sample.site] == fold:
                chances[index] = model.predict(sample.rows)
    return chances


def chosen(sample: Sample, chance: Any, kind: str, margin: float) -> Any:
    """The lines kept, as the program keeps them but for the margin."""
    if not sample.asked:
        return sample.ruled
    chance, counts = np.where(sample.never, 0, chance), np.maximum(sample.counts, LEAST_COUNT)
    if kind == "text":
        return best_choice(chance, counts)
    prose = sample.rows[:, shape.OWN.index("sentence")] > 0
    return second_opinion(sample.ruled, prose, chance, counts, margin)


def scores(
    samples: Sequence[Sample], chances: Sequence[Any], kind: str, margin: float = MARGIN
) -> dict[str, float]:
    """Shingle F1 of what is kept, by set, language and over all."""
    found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for sample, chance in zip(samples, chances, strict=True):
        choice = chosen(sample, chance, kind, margin)
        kept = [text for text, keep in zip(sample.texts, choice, strict=True) if keep]
        score = overlap(sample.page.gold, "\n".join(kept))
        found["all"].append(score)
        found[sample.page.set].append(score)
        if sample.page.set != "fundus":
            found[sample.page.language].append(score)
    return {name: round(f1(values), 4) for name, values in sorted(found.items())}


def table(model: lightgbm.Booster, features: Sequence[str]) -> dict[str, Any]:
    """The forest as one table of nodes, as `LayoutModel` reads it."""
    nodes: list[tuple[int, float, int, int, float]] = []

    def add(tree: dict[str, Any]) -> int:
        at = len(nodes)
        if "leaf_value" in tree:
            nodes.append((0, 0.0, at, at, tree["leaf_value"]))
            return at
        nodes.append((0, 0.0, 0, 0, 0.0))
        left, right = add(tree["left_child"]), add(tree["right_child"])
        nodes[at] = (tree["split_feature"], tree["threshold"], left, right, 0.0)
        return at

    roots = [add(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    feature, threshold, left, right, value = zip(*nodes, strict=True)
    return {
        "features": np.array(features), "roots": np.array(roots, np.int32),
        "feature": np.array(feature, np.int16), "threshold": np.array(threshold, np.float32),
        "left": np.array(left, np.int32), "right": np.array(right, np.int32),
        "value": np.array(value, np.float32),
    }  # fmt: skip


def unseen_models(kind: str, folder: Path) -> dict[tuple[str, str], LayoutModel]:
    """For each page (by set and id) a model that was fitted on no page of its site."""
    samples = (text_samples if kind == "text" else page_samples)(folder)
    name_sites(samples)
    folds = fold_of(samples)
    features = shape.FEATURES if kind == "text" else standing.FEATURES
    models = []
    for fold in range(FOLDS):
        forest = fit([s for s in samples if folds[s.site] != fold], ROUNDS[kind])
        parts = table(forest, features)
        models.append(LayoutModel(features=tuple(parts.pop("features")), **parts))
    found = {(s.page.set, s.page.id): models[folds[s.site]] for s in samples}
    return defaultdict(lambda: models[0], found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=("text", "page"))
    parser.add_argument("--sets", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--write", action="store_true", help="fit on all pages and keep the model")
    given = parser.parse_args()
    samples = (text_samples if given.kind == "text" else page_samples)(given.sets)
    name_sites(samples)
    chances = cross_validated(samples, ROUNDS[given.kind])
    margins = MARGINS if given.kind == "page" else (MARGIN,)
    by_margin = {str(one): scores(samples, chances, given.kind, one) for one in margins}
    print(json.dumps({"pages": len(samples), "by_margin": by_margin}, indent=1))
    if given.write:
        features = shape.FEATURES if given.kind == "text" else standing.FEATURES
        model = fit(samples, ROUNDS[given.kind])
        out = Path(__file__).parent.parent / "dragoman" / "layout" / f"{given.kind}.npz"
        np.savez_compressed(out, **table(model, features))


if __name__ == "__main__":
    main()
