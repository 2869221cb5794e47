"""Scores how reports are merged into happenings, on short texts that tell of known ones.

Each line of a set is a bare text with its day of printing; a desk of its own reads them all. The
report of its first sentence, the surest where there are several, stands for the happening that the
line is of. BCubed over these: of each report, how many of those joined with it are of its happening
(precision), and how many of its happening are joined with it (recall). The baseline joins what has
the same source, target, category and day.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import link_stories
from dragoman.collect.pages import capture_text
from dragoman.desk.corpus import Desk
from dragoman.engine import engine_for
from dragoman.knowledge.atlas import Atlas
from dragoman.model import Capture, Kept, Report
from dragoman.pipeline import Steps
from dragoman.record.telling import parties
from dragoman.store import open_store

GATE = Path(__file__).parents[1] / "tests" / "gate"
HALVES = {"dev": GATE / "reports_one.jsonl", "test": GATE / "reports_two.jsonl"}
"""The first writer's half was read while working, the second's was only measured."""


def measure(paths: Iterable[Path], steps: Steps) -> dict[str, float]:
    """B3 of the desk and of the baseline over all lines of some sets, read by one desk."""
    lines = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as home, open_store(home) as store:
        desk = Desk(store, steps, engine_for(1))
        made = [outcome.kept for outcome in desk.add(_capture(line) for line in lines)]
        first = {
            report.id: (line["event"], report)
            for line, kept in zip(lines, made, strict=True)
            if kept is not None and (report := first_report(kept)) is not None
        }
        found = {one: store.report(one) for one in first}
        joined = {one: row.event_id for one, row in found.items() if row is not None}
    gold = {one: event for one, (event, _) in first.items()}
    exact = {one: _exact(report, steps.knowledge.atlas) for one, (_, report) in first.items()}
    desk_scores, baseline = bcubed(gold, joined), bcubed(gold, exact)
    return {
        "lines": len(lines),
        "uncoded": len(lines) - len(first),
        "happenings": len(set(gold.values())),
        "precision": desk_scores[0],
        "recall": desk_scores[1],
        "f1": desk_scores[2],
        "baseline_precision": baseline[0],
        "baseline_recall": baseline[1],
        "baseline_f1": baseline[2],
        "over_baseline": round(desk_scores[2] - baseline[2], 3),
    }


def halves(steps: Steps) -> dict[str, dict[str, float]]:
    """Each half by itself, in a desk of its own."""
    return {half: measure([path], steps) for half, path in HALVES.items()}


def first_report(kept: Kept) -> Report | None:
    """The surest report of the first sentence; of several as sure the first one."""
    if not kept.reading.sentences:
        return None
    end = kept.reading.sentences[0].end
    first = [report for report in kept.reports if report.evidence[0] < end]
    return max(first, key=lambda report: report.confidence, default=None)


def bcubed(
    gold: Mapping[str, Hashable], found: Mapping[str, Hashable]
) -> tuple[float, float, float]:
    """Precision, recall and F1 over the members of `gold`; 0 where there are none."""
    if not gold:
        return 0.0, 0.0, 0.0
    precision, recall = link_stories.bcubed([found[one] for one in gold], list(gold.values()))
    f1 = 2 * precision * recall / (precision + recall)
    return round(precision, 3), round(recall, 3), round(f1, 3)


def _exact(report: Report, atlas: Atlas) -> Hashable:
    return (*parties(report, atlas), report.category, report.date.start if report.date else None)


def _capture(line: Mapping[str, Any]) -> Capture:
    return capture_text(
        line["text"], line["id"], language=line["language"], published=line["published"]
    )
