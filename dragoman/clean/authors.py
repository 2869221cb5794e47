"""Authors: by-lines, names under the text, and the lives told below them.

In: lines, and the names a page states of itself. Out: labels byline and bio, and authors with
what is said about them. Agencies and outlets are no persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dragoman.clean.lines import Line, key_of, labelled, straighten
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlets, fold_name
from dragoman.model import Author

LONGEST_BYLINE = 180
LONGEST_NAME_LINE = 160
MOST_NAME_WORDS = 5
MOST_NAMES = 12
BELOW_TEXT = frozenset({"syndication", "comment_form"})
TOP_LINES = 12
"""A by-line is looked for so far below the headline."""
LEADING = re.compile(
    r"\A(?:\W|(?:par|by|von|por|di|door|av|af|written by|text(?:e)?|author|auteur)\b\s*:?\s)+", re.I
)
SEPARATOR = re.compile(r"\s*(?:[,;|/•·&]|\b(?:and|et|und|y|og|och|en|ve|with|avec)\b)\s*")
TAIL = re.compile(
    r"\s*(?:\(.*\)|\[.*\]|\bfor the .*|\bin [A-Z]\w+$|@\w+.*|\S+@\S+|https?://\S+|(?<=[a-z])Twitter)\s*\Z"
)
NO_NAME = re.compile(
    r"\b(?:staff|editorial|redaktion|rédaction|redacción|redazione|team|desk|newsroom|admin|"
    r"correspondent|reporter|editor|writer|journalist\w*|service|agenc\w+|news|published|updated)\b",
    re.I,
)


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
        if is_bio(line, rules):
            line.set("bio", "bio-form")
        elif is_name_line(line, rules) and _may_sign(lines, line, below):
            line.set("byline", "name-below-text")
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


def is_bio(line: Line, rules: FurnitureRules) -> bool:
    return line.words >= 4 and any(pattern.match(line.text) for pattern in rules.bios)


def is_name_line(line: Line, rules: FurnitureRules) -> bool:
    """A line of one or several names and nothing else."""
    text = line.text
    if len(text) > LONGEST_NAME_LINE or re.search(r"\b\d", text) or re.search(r"[!?:;…。]", text):
        return False
    cased = [c for c in text if c.upper() != c.lower()]
    if len(cased) < 0.5 * sum(c.isalpha() for c in text):
        return len(text) <= 40
    words = re.findall(r"[^\W\d_][\w.'’\-]*", text)
    if not words or len(words) > 4 * MOST_NAMES or text.endswith("."):
        return False
    if max(len(name.split()) for name in SEPARATOR.split(text) or [""]) > MOST_NAME_WORDS + 1:
        return False
    return all(w[0].isupper() or w.lower().rstrip(".") in rules.name_particles for w in words)


def byline_names(text: str, rules: FurnitureRules) -> list[str]:
    """The persons that a by-line names; empty for any other line."""
    if len(text) > LONGEST_BYLINE:
        return []
    for pattern in rules.bylines:
        match = pattern.match(text)
        if match:
            names = list(split_names(match.group("names")))
            if names and all(looks_like_name(name, rules) for name in names):
                return names
    return []


def looks_like_name(name: str, rules: FurnitureRules) -> bool:
    words = name.split()
    if not 1 <= len(words) <= MOST_NAME_WORDS or any(c.isdigit() for c in name):
        return False
    if not any(c.upper() != c.lower() for c in name):
        return True
    return all(word[0].isupper() or word.lower() in rules.name_particles for word in words)


def split_names(names: str) -> Iterator[str]:
    """One name after the other, without "By", roles, addresses or brackets."""
    text = LEADING.sub("", " ".join(straighten(names).split()), count=1) if names else ""
    for part in SEPARATOR.split(text):
        name = TAIL.sub("", part).strip(' .-–—*:"')
        if name and not NO_NAME.search(name):
            yield name


def authors_of(
    stated: Iterable[str],
    text: str,
    lines: Sequence[Line],
    rules: FurnitureRules,
    outlets: Outlets,
    site: str | None = None,
) -> tuple[Author, ...]:
    """The names a page states, else those of its by-lines; each with the life below its name."""
    names = [n for entry in stated for n in split_names(entry) if looks_like_name(n, rules)]
    names = [name for name in names if fold_name(name) != fold_name(site or "")]
    if not any(is_person(name, outlets) for name in names):
        names = [name for line in _own_bylines(lines) for name in _names_in(line, rules)]
    unique: dict[str, str] = {}
    for name in names:
        if is_person(name, outlets):
            unique.setdefault(key_of(name), _cased(name))
    bios = _bios(text, lines)
    return tuple(Author(name, _about(name, bios, len(unique))) for name in unique.values())


def _cased(name: str) -> str:
    """A name set in capitals, as names are written."""
    return name.title() if name.isupper() and " " in name else name


def is_person(name: str, outlets: Outlets) -> bool:
    known = outlets.named(name) or outlets.agency(name)
    return known is None and 2 < len(name) < 80


def _own_bylines(lines: Sequence[Line]) -> list[Line]:
    """By-lines of this article: what markup calls one below the text belongs to another."""
    last = max((line.start for line in labelled(lines, "body")), default=0)
    found = labelled(lines, "byline")
    return [line for line in found if line.start < last or not line.rule.startswith("dom:")]


def _names_in(line: Line, rules: FurnitureRules) -> Iterator[str]:
    found = byline_names(line.text, rules)
    if found:
        yield from found
    elif line.rule != "date-line" and is_name_line(line, rules):
        yield from split_names(line.text)


def _bios(text: str, lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Each life with the by-line right above it (or nothing)."""
    found: list[tuple[str, str]] = []
    above = ""
    for line in lines:
        if line.label == "bio":
            found.append((above, text[line.start : line.end]))
        elif line.label == "byline":
            above = line.text
    return found


def _about(name: str, bios: Sequence[tuple[str, str]], authors: int) -> str | None:
    key = key_of(name)
    own = [bio for above, bio in bios if key in key_of(above) or key in key_of(bio)]
    if not own and authors == 1:
        own = [bio for _, bio in bios]
    return " ".join(own) or None
