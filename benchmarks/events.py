"""Scores the coder on public sentences. Calls the coder that `dragoman read` calls.

    python -m benchmarks.events --plv plv_train.tsv --json
    python -m benchmarks.events --spans cameo_spans_train.txt --json --predictions out.jsonl

`--plv`: source and target are given in the file and put in place of found ones; prints macro-F1
over roots (CONCEDE and RETREAT merged as YIELD), quad classes and cooperation against conflict.
A sentence left uncoded is wrong. `--spans`: nothing is given; a predicted head (the index of a
token) is right inside a gold span; `R` spans count for both sides. A pronoun that was resolved
in its sentence is judged by the words it stands for.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dragoman.collect.pages import capture_text
from dragoman.model import Kept
from dragoman.pipeline import Steps
from dragoman.record.acts import Act
from dragoman.record.coder import Coder
from dragoman.record.given import code_given, main_act
from dragoman.record.modality import final_category
from dragoman.record.sides import Found

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
YIELD_QUAD = 2
"""The test set puts its merged class among material cooperation."""
Write = Callable[[dict[str, object]], None]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plv", type=Path, metavar="FILE", help="sentences with given spans")
    parser.add_argument("--spans", type=Path, metavar="FILE", help="BIO-tagged sentences")
    parser.add_argument("--predictions", type=Path, metavar="FILE", help="write a line per item")
    parser.add_argument("--limit", type=int, help="only the first N items")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    if not (options.plv or options.spans):
        parser.error("name --plv FILE or --spans FILE")
    steps = Steps()
    result: dict[str, object] = {}
    file = options.predictions.open("w", encoding="utf-8") if options.predictions else None
    write = _writer(file)
    if options.plv:
        result["plv"] = score_plv(options.plv, steps, write, options.limit)
    if options.spans:
        result["spans"] = score_spans(options.spans, steps, write, options.limit)
    if file is not None:
        file.close()
    print(json.dumps(result) if options.json else json.dumps(result, indent=1))


def _writer(file: TextIO | None) -> Write:
    def write(row: dict[str, object]) -> None:
        if file is not None:
            print(json.dumps(row, ensure_ascii=False), file=file)

    return write


# --- sentences with given sides ----------------------------------------------------------------


def score_plv(path: Path, steps: Steps, write: Write, limit: int | None) -> dict[str, object]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[:limit]
    gold = [row["root"] for row in rows]
    roots: list[str | None] = []
    quads: list[str | None] = []
    for i, row in enumerate(rows):
        root, quad = _plv_root(row, steps)
        roots.append(root)
        quads.append(quad)
        given = {side: row[side] if root is not None else None for side in ("source", "target")}
        write({"i": i, "root": root, **given})
    gold_quads = [row["quad"] for row in rows]
    return {
        "root_macro_f1": macro_f1(gold, roots),
        "quad_macro_f1": macro_f1(gold_quads, quads),
        "binary_macro_f1": macro_f1(
            [_side(q) or "" for q in gold_quads], [_side(q) for q in quads]
        ),
        "coded": round(sum(r is not None for r in roots) / len(rows), 3),
        "n": len(rows),
    }


def _plv_root(row: dict[str, str], steps: Steps) -> tuple[str | None, str | None]:
    kept = parsed(row["sentence"], steps)
    text = kept.article.text
    act = code_given(
        kept.article,
        kept.reading,
        kept.references,
        steps.knowledge,
        _find(text, row["source"]),
        _find(text, row["target"]),
    )
    if act is None:
        return None, None
    book = steps.knowledge.codebook
    root, _ = final_category(act.frame.category, book.quad(act.frame.category), act.modality)
    quad = YIELD_QUAD if root in YIELD else book.quad(root)
    return YIELD.get(root, root), str(quad)


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


def score_spans(path: Path, steps: Steps, write: Write, limit: int | None) -> dict[str, object]:
    items = list(tagged(path))[:limit]
    right = {"S": 0, "T": 0}
    found = {"S": 0, "T": 0}
    due = {"S": 0, "T": 0}
    both, with_both = 0, 0
    for i, item in enumerate(items):
        root, source, target = _heads(item, steps)
        write({"i": i, "root": root, "source": source, "target": target})
        heads = {"S": source, "T": target}
        for side, head in heads.items():
            if item.has(side):
                due[side] += 1
                found[side] += head is not None
                right[side] += item.is_right(head, side)
        if item.has("S") and item.has("T"):
            with_both += 1
            both += item.is_right(source, "S") and item.is_right(target, "T")
    return {
        "source_head_f1": round(f1(right["S"], found["S"], due["S"]), 3),
        "target_head_f1": round(f1(right["T"], found["T"], due["T"]), 3),
        "both_right": round(both / with_both, 3) if with_both else 0.0,
        "n": len(items),
    }


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


def _heads(item: Tagged, steps: Steps) -> tuple[str | None, int | None, int | None]:
    kept = parsed(" ".join(item.tokens), steps)
    coder = Coder(kept.article, kept.reading, kept.references, steps.knowledge)
    act = main_act(coder.acts())
    if act is None:
        return None, None, None
    starts = [sum(len(t) + 1 for t in item.tokens[:i]) for i in range(len(item.tokens))]

    def index(found: Sequence[Found]) -> int | None:
        if not found:
            return None
        at = _head_offset(found[0], act)
        return max(i for i, start in enumerate(starts) if start <= at)

    book = steps.knowledge.codebook
    root, _ = final_category(act.frame.category, book.quad(act.frame.category), act.modality)
    return root, index(act.filled.sources), index(act.filled.targets)


def _head_offset(found: Found, act: Act) -> int:
    """Where the side's head begins; a pronoun's is that of the words it stands for."""
    if found.antecedent is not None:
        return found.antecedent[1] - 1
    return act.sentence.tokens[found.head].start if found.direct else found.side.start


def parsed(text: str, steps: Steps) -> Kept:
    return steps.all(capture_text(text, "benchmark", language="en"))


# --- scores ------------------------------------------------------------------------------------


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


if __name__ == "__main__":
    main()
