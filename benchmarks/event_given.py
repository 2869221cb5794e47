"""Scores the coder on public sentences: with source and target given, and with tagged spans.

In: a PLV table or a BIO-tagged file, and `Steps`. Out: figures, and a line per item for
`--predictions`. Calls the coder that `dragoman read` calls; a sentence left uncoded is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.event_scores import (
    confusions,
    counted,
    f1,
    macro_f1,
    macro_interval,
    micro_interval,
    per_class,
    share_interval,
)
from dragoman.collect.pages import capture_text
from dragoman.model import Kept
from dragoman.pipeline import Steps
from dragoman.record.acts import Act
from dragoman.record.coder import Coder
from dragoman.record.given import code_given, main_act
from dragoman.record.judging import Parts
from dragoman.record.modality import final_category
from dragoman.record.sides import Found

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
YIELD_QUAD = 2
"""The test set puts its merged class among material cooperation."""
Write = Callable[[dict[str, object]], None]
Item = TypeVar("Item")
Show = Callable[[Iterable[Item]], Iterable[Item]]


# --- sentences with given sides ----------------------------------------------------------------
Answer = tuple[str | None, str | None]
"""Root and quad class, None where nothing was coded."""


def score_plv(
    path: Path, steps: Steps, write: Write, limit: int | None, show: Show[dict[str, str]] = iter
) -> dict[str, object]:
    """Macro-F1 over 15 roots, quad classes, and cooperation against conflict."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[:limit]
    answers: list[Answer] = []
    forced: list[Answer] = []
    must = replace(steps.parts, forced=True)
    for i, row in enumerate(show(rows)):
        kept = parsed(row["sentence"], steps)
        root, quad = _plv_root(row, kept, steps, steps.parts)
        answers.append((root, quad))
        forced.append((root, quad) if root is not None else _plv_root(row, kept, steps, must))
        given = {side: row[side] if root is not None else None for side in ("source", "target")}
        write({"i": i, "root": root, **given})
    figures, detail = _plv_figures(rows, answers)
    return {**figures, "forced": _plv_figures(rows, forced)[0], "n": len(rows), **detail}


def _plv_figures(
    rows: Sequence[dict[str, str]], answers: Sequence[Answer]
) -> tuple[dict[str, float], dict[str, object]]:
    """The three macro-F1 with the share coded, and what stands behind them."""
    roots, quads = [root for root, _ in answers], [quad for _, quad in answers]
    gold, gold_quads = [row["root"] for row in rows], [row["quad"] for row in rows]
    classes, by_root = counted(gold, roots)
    views = {
        "root": by_root,
        "quad": counted(gold_quads, quads)[1],
        "binary": counted([_side(q) or "" for q in gold_quads], [_side(q) for q in quads])[1],
    }
    figures = {f"{name}_macro_f1": macro_f1(counts) for name, counts in views.items()}
    figures["coded"] = round(sum(r is not None for r in roots) / len(rows), 3)
    return figures, {
        "intervals": {f"{name}_macro_f1": macro_interval(c) for name, c in views.items()},
        "per_category": per_class(classes, by_root),
        "confusions": confusions(gold, roots),
    }


def _plv_root(row: dict[str, str], kept: Kept, steps: Steps, parts: Parts) -> Answer:
    text = kept.article.text
    act = code_given(
        kept.article,
        kept.reading,
        kept.references,
        steps.knowledge,
        _find(text, row["source"]),
        _find(text, row["target"]),
        parts,
    )
    if act is None:
        return None, None
    root = _category(act, steps)
    quad = YIELD_QUAD if root in YIELD else steps.knowledge.codebook.quad(root)
    return YIELD.get(root, root), str(quad)


def _category(act: Act, steps: Steps) -> str:
    root = act.frame.category
    return final_category(root, steps.knowledge.codebook.quad(root), act.modality)[0]


def _find(text: str, words: str) -> tuple[int, int] | None:
    at = text.find(words)
    return (at, at + len(words)) if words and at >= 0 else None


def _side(quad: str | None) -> str | None:
    return None if quad is None else "cooperation" if quad in {"1", "2"} else "conflict"


# --- sentences with gold spans -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tagged:
    tokens: list[str]
    tags: list[str]

    def has(self, side: str) -> bool:
        return any(tag[-1] in {side, "R"} for tag in self.tags if tag != "O")

    def is_right(self, head: int | None, side: str) -> bool:
        return head is not None and self.tags[head] != "O" and self.tags[head][-1] in {side, "R"}

    def is_swapped(self, source: int | None, target: int | None) -> bool:
        """Both heads stand in the other side's span, and neither in its own."""
        crossed = self.is_right(source, "T") and self.is_right(target, "S")
        return crossed and not self.is_right(source, "S") and not self.is_right(target, "T")


@dataclass(frozen=True, slots=True)
class Heads:
    """The tokens that the coder takes for the heads of source and target of the main act."""

    root: str | None
    source: int | None = None
    target: int | None = None


def score_spans(
    path: Path, steps: Steps, write: Write, limit: int | None, show: Show[Tagged] = iter
) -> dict[str, object]:
    """F1 of source and target heads of the act each sentence is mainly about."""
    items = list(tagged(path))[:limit]
    found: list[Heads] = []
    for i, item in enumerate(show(items)):
        heads = _heads(item, steps)
        found.append(heads)
        write({"i": i, "root": heads.root, "source": heads.source, "target": heads.target})
    pairs = list(zip(items, found, strict=True))
    sides = {
        "source": np.array([_side_counts(t, h.source, "S") for t, h in pairs])[:, None],
        "target": np.array([_side_counts(t, h.target, "T") for t, h in pairs])[:, None],
    }
    both = [
        t.is_right(h.source, "S") and t.is_right(h.target, "T")
        for t, h in pairs
        if t.has("S") and t.has("T")
    ]
    return {
        **{f"{s}_head_f1": round(f1(*map(int, c.sum((0, 1)))), 3) for s, c in sides.items()},
        "both_right": round(sum(both) / len(both), 3) if both else 0.0,
        "swapped": sum(t.is_swapped(h.source, h.target) for t, h in pairs),
        "coded": round(sum(h.root is not None for h in found) / len(items), 3),
        "n": len(items),
        "intervals": {
            **{f"{s}_head_f1": micro_interval(counts) for s, counts in sides.items()},
            "both_right": share_interval(both) if both else [0.0, 0.0],
        },
    }


def _side_counts(item: Tagged, head: int | None, side: str) -> tuple[int, int, int]:
    """(right, found, due), of a sentence that has the side; else nothing is counted."""
    if not item.has(side):
        return 0, 0, 0
    return item.is_right(head, side), head is not None, 1


def tagged(path: Path) -> Iterator[Tagged]:
    tokens: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        word, _, tag = line.rstrip().rpartition(" ")
        if word:
            tokens.append(word)
            tags.append(tag)
        elif tokens:
            yield Tagged(tokens, tags)
            tokens, tags = [], []


def _heads(item: Tagged, steps: Steps) -> Heads:
    kept = parsed(" ".join(item.tokens), steps)
    coder = Coder(kept.article, kept.reading, kept.references, steps.knowledge, steps.parts)
    act = main_act(coder.acts())
    if act is None:
        return Heads(None)
    starts = [sum(len(t) + 1 for t in item.tokens[:i]) for i in range(len(item.tokens))]

    def index(found: Sequence[Found]) -> int | None:
        if not found:
            return None
        at = _head_offset(found[0], act)
        return max(i for i, start in enumerate(starts) if start <= at)

    return Heads(_category(act, steps), index(act.filled.sources), index(act.filled.targets))


def _head_offset(found: Found, act: Act) -> int:
    """Where the side's head begins; a pronoun's is that of the words it stands for."""
    if found.antecedent is not None:
        return found.antecedent[1] - 1
    return act.sentence.tokens[found.head].start if found.direct else found.side.start


def parsed(text: str, steps: Steps) -> Kept:
    return steps.all(capture_text(text, "benchmark", language="en"))
