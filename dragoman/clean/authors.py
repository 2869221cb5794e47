"""By-lines, names under the text, and the lives told below them.

In: lines. Out: labels byline and bio. Who the authors are is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.clean.lines import Line, key_of
from dragoman.clean.names import LONGEST_BYLINE, MOST_NAME_WORDS, byline_names, is_name_line
from dragoman.knowledge.furniture import FurnitureRules

APART = re.compile(r"\s+[-–—|•·]\s+|\n")
LISTS = frozenset({"li", "dt", "dd", "td", "th", "tr", "h2", "h3", "h4", "h5", "h6"})
MOST_GROUP_WORDS = 7
FEWEST_LIFE_WORDS = 4
FEWEST_SIGNING_WORDS = 2
NAME_ABOVE_LIFE = "name-above-life"
BELOW_TEXT = frozenset({"syndication", "comment_form"})
TOP_LINES = 12
"""A by-line is looked for so far below the headline."""


def mark_author_lines(lines: Sequence[Line], rules: FurnitureRules) -> None:
    """Names and lives below the last paragraph, and by-lines above the first."""
    _mark_tail(lines, rules)
    mark_line_above_footer(lines)
    _mark_top(lines, rules)


def _mark_top(lines: Sequence[Line], rules: FurnitureRules) -> None:
    prose = next((i for i, line in enumerate(lines) if _open_prose(line)), len(lines))
    for line in lines[max(0, prose - TOP_LINES) : prose + 1]:
        if line.label is None and byline_names(line.text, rules):
            line.set("byline", "byline-form")


def _mark_tail(lines: Sequence[Line], rules: FurnitureRules) -> None:
    """From the bottom up to the last paragraph: a life, and the name above it."""
    open_lines = [line for line in lines if line.label is None]
    below: Line | None = None
    for line in reversed(open_lines):
        if is_life(line, open_lines, rules):
            line.set("bio", "bio-form")
        elif is_name_line(line.text, rules) and _may_sign(lines, line, below):
            line.set("byline", "name-below-text")
            break
        elif below is not None and below.label == "bio" and _is_short_name(line):
            line.set("byline", NAME_ABOVE_LIFE)
            break
        elif below is not None and byline_names(line.text, rules) and not line.is_prose:
            line.set("byline", "byline-form")
            break
        elif line.is_prose or below is None or below.label == "bio":
            break
        below = line


def mark_line_above_footer(lines: Sequence[Line]) -> None:
    """A few words between the last paragraph and the first tail furniture sign the text."""
    tail = next((i for i, line in enumerate(lines) if line.label in BELOW_TEXT and i > 2), 0)
    if tail and lines[tail - 1].label is None and lines[tail - 2].is_prose:
        line = lines[tail - 1]
        if not line.ends_sentence and line.words <= MOST_NAME_WORDS + 1:
            line.set("byline", "line-above-footer")


def _may_sign(lines: Sequence[Line], line: Line, below: Line | None) -> bool:
    """A name signs a text where a paragraph stands above it and no prose below."""
    at = next(index for index, other in enumerate(lines) if other is line)
    above = [other for other in lines[:at] if other.label is None]
    return bool(above) and above[-1].words > 8 and (below is None or below.label == "bio")


def _open_prose(line: Line) -> bool:
    return line.label is None and line.is_prose


def _is_short_name(line: Line) -> bool:
    """What signs above a life though it is not all capitals: "Atelier d'analyse du Caucase"."""
    return line.words <= MOST_GROUP_WORDS and not line.ends_sentence and line.text[:1].isupper()


def is_life(line: Line, lines: Sequence[Line], rules: FurnitureRules) -> bool:
    """A life of the author, told in the form that its language uses for it.

    A name that the article has told of before is one of its subjects; and a life without a name
    hangs below a name.
    """
    if line.words < FEWEST_LIFE_WORDS:
        return False
    for pattern in rules.bios:
        match = pattern.match(line.text)
        if match:
            subject = match.groupdict().get("subject")
            if subject:
                return " " in subject.strip() and not _told_of(subject, line, lines)
            return _hangs_below_name(line, lines, rules)
    return False


def _told_of(subject: str, line: Line, lines: Sequence[Line]) -> bool:
    surname = key_of(subject).split()[-1:]
    others = (other for other in lines if other is not line and other.is_prose)
    return any(set(surname) & set(key_of(other.text).split()) for other in others)


def _hangs_below_name(line: Line, lines: Sequence[Line], rules: FurnitureRules) -> bool:
    at = next((index for index, other in enumerate(lines) if other is line), 0)
    if any(other.label == "byline" or byline_names(other.text, rules) for other in lines):
        return True
    above = lines[at - 1] if at else None
    return above is not None and (is_name_line(above.text, rules) or _is_short_name(above))


def is_byline(text: str, rules: FurnitureRules) -> bool:
    """The line names who wrote, alone or beside a date or place: "2 March | By Name"."""
    if len(text) > LONGEST_BYLINE:
        return False
    return any(byline_names(part, rules) for part in (text, *APART.split(text)))


def mark_signatures(body: Sequence[Line], rules: FurnitureRules) -> None:
    """Names and nothing else above the first paragraph of a page's article."""
    first = next((index for index, line in enumerate(body) if line.is_prose), 0)
    for line in body[:first]:
        cased = line.text.upper() != line.text.lower()
        plain = line.label == "body" and line.tag not in LISTS and cased
        if plain and line.words >= FEWEST_SIGNING_WORDS and is_name_line(line.text, rules):
            line.set("byline", "names-above-text")
