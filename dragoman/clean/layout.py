"""Where the article stands in a bare text: the stretch of lines that reads like prose.

In: lines, some labelled as furniture. Out: the main stretch, and labels for what stands in it
and around it. Only layout is looked at here (length, punctuation, place), never words.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.clean.lines import Line
from dragoman.model import Label

# Set by hand and checked on 200 flattened pages of the development set; not fitted.
MOST_POINTS = 40
SHORT_LINE = -7.0
PENALTY: dict[Label, float] = {
    "comment_form": -60.0, "syndication": -60.0, "notice": -12.0, "related": -6.0,
    "teaser": -6.0, "navigation": -8.0, "share": -3.0, "subscribe": -4.0,
    "byline": -2.0, "bio": -10.0, "placeholder": 0.0, "caption": -1.0, "credit": -1.0,
    "headline": -2.0, "other": -2.0,
}  # fmt: skip
TAIL = frozenset({"syndication", "comment_form", "related"})
LONGEST_HEADING = 14
FEW_LINES = 20
MOST_SHORT = 0.5
"""Above this share of short lines without a full stop, many lines are a page, not an article."""


def points(line: Line) -> float:
    """How much a line speaks for the stretch it stands in."""
    if line.label is not None:
        return PENALTY.get(line.label, 0.0)
    if line.is_prose:
        return float(min(line.words, MOST_POINTS))
    return SHORT_LINE if line.words < 12 else SHORT_LINE / 2


def main_stretch(lines: Sequence[Line]) -> range:
    """The stretch of lines with the highest sum of points."""
    best = range(0)
    best_sum = total = 0.0
    first = 0
    for index, line in enumerate(lines):
        if total <= 0:
            total, first = 0.0, index
        total += points(line)
        if total > best_sum:
            best_sum, best = total, range(first, index + 1)
    return best


def looks_like_a_page(lines: Sequence[Line], *, most_short: float = MOST_SHORT) -> bool:
    if len(lines) < FEW_LINES:
        return False
    short = sum(not line.is_prose and not line.ends_sentence for line in lines)
    return short > most_short * len(lines)


def open_stretch(lines: Sequence[Line]) -> range:
    """In a short scrape, all that no rule has named, down to the first tail furniture."""
    start = next((i for i, line in enumerate(lines) if line.label == "headline"), 0)
    stop = next((i for i, line in enumerate(lines) if i > start and line.label in TAIL), len(lines))
    named = [i for i in range(start, stop) if lines[i].label in (None, "body")]
    return range(named[0], named[-1] + 1) if named else range(0)


def label_all_inside(lines: Sequence[Line], stretch: range) -> None:
    """Nothing that stands between the headline and the tail of a short scrape is dropped."""
    for index in stretch:
        line, following = lines[index], _next_open(lines, index, stretch)
        if line.label is None:
            label, rule = _inside(line, following)
            line.set(*(("body", "amid-main-text") if label == "other" else (label, rule)))


def label_by_place(lines: Sequence[Line], main: range) -> None:
    """Body and headings inside the main stretch; outside it, leftovers by their shape."""
    for index, line in enumerate(lines):
        if line.label is not None:
            continue
        if index in main:
            line.set(*_inside(line, _next_open(lines, index, main)))
        elif line.is_prose:
            line.set("other", "outside-main-text")
        else:
            line.set("navigation", "short-line-outside-main-text")


def _inside(line: Line, following: Line | None) -> tuple[Label, str]:
    if line.is_prose or line.ends_sentence:
        return "body", "main-text"
    if following is not None and following.is_prose and line.words <= LONGEST_HEADING:
        return "heading", "short-line-before-prose"
    if line.words >= 12:
        return "body", "main-text"
    return "other", "stray-line"


def _next_open(lines: Sequence[Line], index: int, main: range) -> Line | None:
    open_lines = (
        line for line in lines[index + 1 : main.stop] if line.label in (None, "body", "heading")
    )
    return next(open_lines, None)
