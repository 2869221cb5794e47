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
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from benchmarks.clean_sets import f1, overlap
from benchmarks.fit_lines import columns, fit_net
from benchmarks.fit_samples import (
    FOLDS,
    LARGEST_WEIGHT,
    Sample,
    fold_of,
    name_sites,
    page_samples,
    text_samples,
)
from dragoman.clean import shape, standing
from dragoman.clean.referee import LEAST_COUNT, MARGIN, best_choice, second_opinion
from dragoman.knowledge.layout import Forest, LayoutModel, LineNet, combined

SETTINGS: dict[str, Any] = {
    "objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 60,
    "min_sum_hessian_in_leaf": 0.0, "feature_fraction": 0.4, "bagging_fraction": 0.8,
    "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1, "num_threads": 1, "seed": 1,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip
ROUNDS = {"text": 200, "page": 140}
SEEDS = (0, 1)
"""Of the nets that read bare text beside the forest."""
MARGINS = (9.0, -9.0, 0.02, 0.04, 0.06, MARGIN, 0.15)
"""Never overruled, always, and between."""
LAYOUT = Path(__file__).parent.parent / "dragoman" / "layout"
SAMPLES: dict[str, Callable[[Path], list[Sample]]] = {"text": text_samples, "page": page_samples}


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


def models_of(samples: Sequence[Sample], kind: str) -> dict[str, Any]:
    """What is kept of the models: the table of a forest, and for text the weights of nets."""
    features = shape.FEATURES if kind == "text" else standing.FEATURES
    kept: dict[str, Any] = {"forest": table(fit(samples, ROUNDS[kind]), features)}
    if kind == "text":
        nets = {
            f"{seed}.{name}": value
            for seed in SEEDS
            for name, value in fit_net(samples, seed).items()
        }
        kept["nets"] = {"columns": columns()} | nets
    return kept


def model_of(kept: dict[str, Any]) -> LayoutModel:
    parts = dict(kept["forest"])
    models: list[LayoutModel] = [Forest(features=tuple(parts.pop("features")), **parts)]
    for seed in SEEDS if "nets" in kept else ():
        start = f"{seed}."
        weights = {n.removeprefix(start): v for n, v in kept["nets"].items() if n.startswith(start)}
        models.append(LineNet(kept["nets"]["columns"], weights))
    return combined(models)


def in_parts(samples: Sequence[Sample], kind: str) -> list[LayoutModel]:
    """For each sample a model that was fitted on no page of its site."""
    folds = fold_of(samples)
    models = [
        model_of(models_of([s for s in samples if folds[s.site] != fold], kind))
        for fold in range(FOLDS)
    ]
    return [models[folds[sample.site]] for sample in samples]


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
    samples = SAMPLES[kind](folder)
    name_sites(samples)
    models = in_parts(samples, kind)
    named = {(s.page.set, s.page.id): m for s, m in zip(samples, models, strict=True)}
    return defaultdict(lambda: models[0], named)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=("text", "page"))
    parser.add_argument("--sets", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--write", action="store_true", help="fit on all pages and keep the model")
    parser.add_argument("--no-scores", action="store_true", help="pass over the cross-validation")
    given = parser.parse_args()
    samples = SAMPLES[given.kind](given.sets)
    name_sites(samples)
    if not given.no_scores:
        models = in_parts(samples, given.kind)
        chances = [model(s.rows) for model, s in zip(models, samples, strict=True)]
        margins = MARGINS if given.kind == "page" else (MARGIN,)
        by_margin = {str(one): scores(samples, chances, given.kind, one) for one in margins}
        print(json.dumps({"pages": len(samples), "by_margin": by_margin}, indent=1))
    if given.write:
        kept = models_of(samples, given.kind)
        np.savez_compressed(LAYOUT / f"{given.kind}.npz", **kept["forest"])
        if "nets" in kept:
            np.savez_compressed(LAYOUT / f"{given.kind}-lines.npz", **kept["nets"])


if __name__ == "__main__":
    main()
