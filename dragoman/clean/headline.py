"""The headline: which line is it, and which lines only repeat it.

In: lines, and the title that a page states of itself. Out: one line labelled headline, and its
repetitions as `other`. A line that ends like a sentence is no headline of a bare text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.clean.lines import Line, key_of

LONGEST = 250
NEAR = 12
"""How many lines above the main text a headline is looked for in a flattened page."""
FEWEST_WORDS = 3
ENDS_LIKE_SENTENCE = re.compile(r"(?:(?<!\.\.)\.|[。;:,])\Z")


def repeated_title(lines: Sequence[Line]) -> Line | None:
    """A title among the first lines that stands again right below, as scrapes have it."""
    for index, line in enumerate(lines[:NEAR]):
        again = [key_of(other.text) for other in lines[index + 1 : index + 4]]
        if line.label is None and has_title_shape(line) and key_of(line.text) in again:
            return line
    return None


def headline_of_text(lines: Sequence[Line], main: range) -> Line | None:
    """A line that stands twice, else the last line above the main text with a title's shape."""
    above = [line for line in lines[: main.start] if line.label is None and has_title_shape(line)]
    for line in above:
        repeats = [other for other in lines if key_of(other.text) == key_of(line.text)]
        if len(repeats) > 1 and line.words >= FEWEST_WORDS:
            return repeats[0]
    near = [line for line in above if line in lines[max(0, main.start - NEAR) : main.start]]
    return max(near, key=lambda line: min(line.words, 12), default=None)


DATE_LINE = re.compile(r"\b(?:19|20)\d\d\b")
MOST_DATE_WORDS = 6


def opening_title(lines: Sequence[Line]) -> Line | None:
    """A short first line set off from the paragraphs below, in a text without furniture."""
    if len(lines) < 2 or not has_title_shape(lines[0]):
        return None
    first, second = lines[0], lines[1]
    if len(lines) > 2 and DATE_LINE.search(second.text) and second.words <= MOST_DATE_WORDS:
        second = lines[2]  # a line with the day stands between headline and text
    longer = second.is_prose and second.words > 1.5 * first.words
    return first if longer or (second.gap and second.is_prose) else None


def has_title_shape(line: Line) -> bool:
    if len(line.text) > LONGEST or ENDS_LIKE_SENTENCE.search(line.text):
        return False
    return line.words >= FEWEST_WORDS


def mark_repeats(lines: Sequence[Line], title: str) -> None:
    """Lines that say the headline again; a heading that only resembles it is left alone."""
    key = key_of(title)
    for line in lines:
        free = line.label is None or line.label in ("heading", "body", "navigation")
        if free and key and key_of(line.text) == key:
            line.set("other", "duplicate-headline")


def mark_headline(lines: Sequence[Line], line: Line, rule: str) -> None:
    line.set("headline", rule)
    mark_repeats(lines, line.text)
