"""Authors: by-lines, names under the text, and the lives told below them.

In: lines, and the names a page states of itself. Out: labels byline and bio, and authors with
what is said about them. Agencies and outlets are no persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.clean.lines import Line, key_of, labelled, straighten
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlets, fold_name
from dragoman.model import Author

LONGEST_BYLINE = 180
LONGEST_NAME_LINE = 160
MOST_NAME_WORDS = 5
MOST_NAMES = 12
MOST_GROUP_WORDS = 7
FEWEST_LIFE_WORDS = 4
NAME_ABOVE_LIFE = "name-above-life"
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
# What stands beside a name in one by-line: a date, or the name of whoever supplied the text.
BESIDE = re.compile(r"\s+[-–—|•·]\s+|\s+(?=(?:by|par|von|por)\s)|\n", re.I)
SUPPLIER = re.compile(r"\s*(?:[,;/(]|\b(?:with|avec|mit|con|via)\b)\s*", re.I)
LED = re.compile(r"\A\W*(?:par|by|von|por)\s", re.I)
ARTICLE = re.compile(r"\A(?:(?:the|la|le|die)\s+|l')")
PAIRED = re.compile(r"\s+(?:and|et|und|&)\s+")
GROUP = re.compile(
    r"\b(?:desk|newsroom|editorial|staff|team|service|rédaction|redaktion|redacción|redazione)\b",
    re.I,
)
NO_SIGNS = re.compile(r"[<>=\"]")
"""Of mark-up, never of a name."""
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


def is_name_line(text: str, rules: FurnitureRules) -> bool:
    """A line of one or several names and nothing else."""
    if (
        NO_SIGNS.search(text)
        or len(text) > LONGEST_NAME_LINE
        or re.search(r"\b\d", text)
        or re.search(r"[!?:;…。]", text)
    ):
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
    if len(text) > LONGEST_BYLINE or NO_SIGNS.search(text):
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
    stated: Sequence[str],
    text: str,
    lines: Sequence[Line],
    rules: FurnitureRules,
    outlets: Outlets,
    site: str | None = None,
) -> tuple[Author, ...]:
    """The persons a page states, else those of its by-lines, else the desk or group that signs.

    Each comes with the life below its name.
    """
    bylines = [line for line in _own_bylines(lines) if not NO_SIGNS.search(line.text)]
    stated = [entry for entry in stated if not NO_SIGNS.search(entry.strip(' "'))]
    persons = [n for entry in stated for n in split_names(entry) if looks_like_name(n, rules)]
    signing = [name for line in bylines for name in _names_in(line, rules)]
    groups = [name for entry in stated for name in _group_in(entry, stated=True)]
    groups = groups or [name for line in bylines for name in _group_of(line)]
    groups = [name for name in groups if not any(map(outlets.agency, PAIRED.split(name)))]
    for names in (persons, signing, groups):
        own = [n for n in names if is_person(n, outlets) and fold_name(n) != fold_name(site or "")]
        unique = {key_of(name): _cased(name) for name in reversed(own)}
        if unique:
            bios = _bios(text, lines)
            return tuple(
                Author(name, _about(name, bios, len(unique))) for name in reversed(unique.values())
            )
    return ()


def _group_of(line: Line) -> list[str]:
    if line.rule == NAME_ABOVE_LIFE:
        return [line.text.strip()]
    return list(_group_in(line.text, stated=False)) if len(line.text) <= LONGEST_BYLINE else []


def _group_in(entry: str, *, stated: bool) -> Iterator[str]:
    """A desk or a collective, without the agency it worked with: "News desk with AGENCY"."""
    for part in BESIDE.split(straighten(entry)):
        name = SUPPLIER.split(LEADING.sub("", part, count=1))[0]
        name = ARTICLE.sub("", name).strip(' .-–—*:"')
        signs = stated or LED.match(part) or GROUP.search(name)
        long_enough = 2 <= len(name.split()) <= MOST_GROUP_WORDS
        if signs and long_enough and not any(c.isdigit() for c in name) and "@" not in name:
            yield name[0].upper() + name[1:]


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
    if line.rule in ("dom: dateline", NAME_ABOVE_LIFE):
        return
    for part in BESIDE.split(line.text):
        found = byline_names(part, rules)
        if found:
            yield from found
        elif line.rule != "date-line" and is_name_line(part, rules):
            yield from split_names(part)


def _bios(text: str, lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Each life with the by-line right above it (or nothing)."""
    found: list[tuple[str, str]] = []
    above = ""
    for line in lines:
        if line.label == "bio" and line.words >= FEWEST_LIFE_WORDS:
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
