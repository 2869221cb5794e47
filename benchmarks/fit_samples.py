"""Pages of the development sets as a layout model meets them: rows of numbers, and what to keep.

In: the folder of sets. Out: samples, each with the site it belongs to, so that no site need stand
both among the pages that a model is fitted on and among those it is judged by.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clean_sets import Page, align, line_sets, page_sets
from dragoman.clean import shape, standing
from dragoman.clean.decode import decode
from dragoman.clean.page import Ruled, draft_by_rules
from dragoman.clean.referee import NEVER
from dragoman.clean.text import draft_by_rules as text_by_rules
from dragoman.knowledge import Knowledge
from dragoman.model import BODY_LABELS, Capture

KNOWLEDGE = Knowledge()
FOLDS = 4
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
