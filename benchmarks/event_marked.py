"""Scores the coder's reports on texts whose events were marked by hand.

In: `Marked` texts and `Steps`. Out: figures of detection, categories, roots, sides and status, and
how many sentences without an event were left empty. Nothing is given to the coder but the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.event_gold import (
    ARTICLES,
    RUSSIAN,
    Event,
    Marked,
    Matched,
    Mention,
    is_same_category,
    match,
    read_articles,
    read_parallel,
    scored,
)
from benchmarks.event_scores import (
    DUE,
    FOUND,
    RIGHT,
    Counts,
    f1,
    macro_f1,
    macro_interval,
    micro_f1,
    micro_interval,
    overlap,
    per_class,
    row,
)
from dragoman.collect.pages import capture_text
from dragoman.model import Report, Side
from dragoman.pipeline import Steps

Scores = dict[str, object]
Show = Callable[[Iterable[Marked]], Iterable[Marked]]
Agrees = Callable[[Event, Report], bool]
Label = Callable[[Event | Report], str]


@dataclass(frozen=True, slots=True)
class Coded:
    """A marked text with what the coder made of it: the match, and each sentence's
    (events, reports)."""

    marked: Marked
    matched: Matched[Report]
    sentences: tuple[tuple[int, int], ...]


def coded(marked: Marked, steps: Steps) -> Coded:
    """The text read as bare text of its language; its sentences are those of the reading."""
    kept = steps.all(capture_text(marked.text, marked.name, language=marked.language))
    if kept.article.text != marked.text:
        raise ValueError(f"{marked.name}: its text was changed, so the offsets do not hold")
    sentences = [(s.start, s.end) for s in kept.reading.sentences]
    held = tuple(
        (
            sum(overlap(span, e.predicate) for e in marked.events),
            sum(overlap(span, r.predicate) for r in kept.reports),
        )
        for span in sentences
    )
    matched = scored(match(marked.events, kept.reports), marked.events)
    return Coded(marked, matched, held)


# --- sides -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Party:
    """One side as marked and as coded."""

    due: tuple[Mention, ...]
    alt: tuple[Mention, ...]
    found: tuple[Side, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """(right, found, due). An alternative mention serves for a due one, or is free."""
        left, free, right = list(self.due), 0, 0
        for side in self.found:
            hit = next((m for m in left if _meets(side, m)), None)
            if hit is not None:
                left.remove(hit)
                right += 1
            elif any(_meets(side, m) for m in self.alt):
                free += not left
                right += bool(left)
                del left[:1]
        return right, len(self.found) - free, len(self.due)

    @property
    def is_right(self) -> bool:
        """One mention right is enough; where none is due, none is found."""
        right, found, due = self.counts
        return right > 0 if due else found == 0


def _meets(side: Side, mention: Mention) -> bool:
    return any(overlap((side.start, side.end), span) for span in mention)


def parties(event: Event, report: Report) -> tuple[Party, Party]:
    """Source and target. Where gold or coder have all parties of a mutual act on one side, both
    are compared as one source."""
    is_mutual = (len(event.source) > 1 and not event.target and report.targets) or (
        len(report.sources) > 1 and not report.targets and event.target
    )
    if not is_mutual:
        return (
            Party(event.source, event.source_alt, report.sources),
            Party(event.target, event.target_alt, report.targets),
        )
    due, alt = event.source + event.target, event.source_alt + event.target_alt
    return Party(due, alt, report.sources + report.targets), Party((), (), ())


# --- figures -----------------------------------------------------------------------------------


def score_marked(found: Sequence[Coded]) -> Scores:
    """All figures over some texts."""
    acts = _counts(found, lambda _: "act", lambda e, r: True)
    category = _counts(found, lambda x: x.category, is_same_category)
    root = _counts(found, lambda x: x.root, lambda e, r: e.root == r.root)
    sourced = _counts(found, lambda _: "act", _is_sourced)
    pairs = [p for c in found for p in c.matched.pairs if is_same_category(*p)]
    silent = [coded == 0 for c in found for marked, coded in c.sentences if marked == 0]
    return {
        "predicate": _detection(acts),
        "category": _detection(category) | {"macro_f1": macro_f1(category[1])},
        "root": _detection(root) | {"macro_f1": macro_f1(root[1])},
        "category_and_source": _detection(sourced),
        "source_f1": _side_f1([parties(*p)[0] for p in pairs]),
        "target_f1": _side_f1([parties(*p)[1] for p in pairs]),
        "status_right": _share([e.status == r.status for e, r in pairs]),
        "empty_left": _share(silent),
        "empty_n": len(silent),
        "recall": _detection(category)["recall"],
        "texts": len(found),
        "intervals": {
            "category": micro_interval(category[1]),
            "root": micro_interval(root[1]),
            "root_macro": macro_interval(root[1]),
            "category_and_source": micro_interval(sourced[1]),
        },
        "per_category": per_class(*category),
    }


def _is_sourced(event: Event, report: Report) -> bool:
    return is_same_category(event, report) and parties(event, report)[0].is_right


def _counts(found: Sequence[Coded], label: Label, agrees: Agrees) -> tuple[list[str], Counts]:
    """Texts × labels × (right, found, due). A report that agrees counts under the event's label."""
    labels = {label(x) for c in found for p in c.matched.pairs for x in p}
    labels |= {label(e) for c in found for e in c.matched.missed}
    labels |= {label(r) for c in found for r in c.matched.false}
    classes = sorted(labels)
    counts = np.zeros((len(found), len(classes), 3), np.int64)
    for row_of, one in zip(counts, found, strict=True):
        for event, report in one.matched.pairs:
            right = agrees(event, report)
            row_of[classes.index(label(event)), DUE] += 1
            row_of[classes.index(label(event if right else report)), FOUND] += 1
            row_of[classes.index(label(event)), RIGHT] += right
        for event in one.matched.missed:
            row_of[classes.index(label(event)), DUE] += 1
        for report in one.matched.false:
            row_of[classes.index(label(report)), FOUND] += 1
    return classes, counts


def _detection(counted: tuple[list[str], Counts]) -> dict[str, float | int]:
    right, found, due = (int(x) for x in counted[1].sum((0, 1)))
    return row(right, found, due)


def _side_f1(found: Sequence[Party]) -> float:
    sums = np.array([party.counts for party in found] or [(0, 0, 0)]).sum(0)
    return round(f1(*(int(x) for x in sums)), 3)


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 3) if right else 0.0


# --- sets --------------------------------------------------------------------------------------


def score_parallel(steps: Steps, show: Show, limit: int | None = None) -> Scores:
    """Our own sentence pairs in each language, and how far French stays behind English; the same
    for Russian, on the pairs that are told in it, by the half of each hand."""
    result: Scores = {}
    roots: dict[str, tuple[float, float]] = {}

    def score(name: str, language: str, half: str | None = None) -> None:
        texts = list(read_parallel(language=language, half=half))[:limit]
        found = [coded(marked, steps) for marked in show(texts)]
        result[name] = score_marked(found)
        counts = _counts(found, lambda x: x.root, lambda e, r: e.root == r.root)[1]
        roots[name] = micro_f1(counts), macro_f1(counts)

    def behind(name: str, english: str) -> Scores:
        gaps = [round(f - e, 3) for f, e in zip(roots[name], roots[english], strict=True)]
        return {"root_f1": gaps[0], "root_macro_f1": gaps[1]}

    for language in ("en", "fr"):
        score(language, language)
    result["french_minus_english"] = behind("fr", "en")
    for half in RUSSIAN:
        score(f"ru {half}", "ru", half)
        score(f"en beside ru {half}", "en", half)
        result[f"russian_minus_english {half}"] = behind(f"ru {half}", f"en beside ru {half}")
    return result


def score_articles(
    folder: Path, steps: Steps, show: Show, limit: int | None = None, path: Path = ARTICLES
) -> Scores:
    """Whole French articles out of `folder`, by offsets."""
    texts = list(read_articles(folder, path))[:limit]
    return score_marked([coded(marked, steps) for marked in show(texts)])
