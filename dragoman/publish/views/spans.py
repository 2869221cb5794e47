"""A stretch of text cut into runs at the bounds of the marks that lie over it.

In: a text, the offset it begins at, and marks with offsets. Out: runs that together are the text,
each with the marks over all of it. Marks may overlap in any way; runs never do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dragoman.model import Report

Part = Literal["source", "predicate", "target"]
PARTS: tuple[Part, ...] = ("source", "predicate", "target")


@dataclass(frozen=True, slots=True)
class Mark:
    report: str
    part: Part
    start: int
    end: int
    quad: int
    number: int = 0
    """The number shown after the predicate; 0 shows none."""


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    parts: tuple[Part, ...] = ()
    reports: tuple[str, ...] = ()
    quads: tuple[int, ...] = ()
    """Quad classes of the predicates over it."""
    ends: tuple[Mark, ...] = ()
    """Numbered predicates that end with this run."""


def marks_of(report: Report, number: int = 0) -> list[Mark]:
    """Source, predicate and target as far as they stand in the evidence sentence."""
    low, high = report.evidence
    spans: list[tuple[Part, int, int]] = [("predicate", *report.predicate)]
    spans += [("source", side.start, side.end) for side in report.sources]
    spans += [("target", side.start, side.end) for side in report.targets]
    return [
        Mark(report.id, part, start, end, report.quad, number)
        for part, start, end in spans
        if low <= start < end <= high
    ]


def runs(text: str, start: int, marks: Iterable[Mark]) -> tuple[Run, ...]:
    """The text, which begins at offset `start`, cut where any mark begins or ends."""
    end = start + len(text)
    over = [mark for mark in marks if mark.start < end and mark.end > start]
    inner = {bound for mark in over for bound in (mark.start, mark.end) if start < bound < end}
    bounds = sorted({start, end} | inner)
    return tuple(
        _run(text[low - start : high - start], low, high, over) for low, high in pairwise(bounds)
    )


def evidence_runs(report: Report) -> tuple[Run, ...]:
    return runs(report.evidence_text, report.evidence[0], marks_of(report))


def _run(text: str, low: int, high: int, over: Sequence[Mark]) -> Run:
    here = [mark for mark in over if mark.start <= low and high <= mark.end]
    predicates = [mark for mark in here if mark.part == "predicate"]
    return Run(
        text,
        parts=tuple(part for part in PARTS if any(mark.part == part for mark in here)),
        reports=tuple(dict.fromkeys(mark.report for mark in here)),
        quads=tuple(sorted({mark.quad for mark in predicates})),
        ends=tuple(mark for mark in predicates if mark.end == high and mark.number),
    )
