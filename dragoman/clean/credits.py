"""Captions and photo credits: which lines are captions, and where in them the credit begins.

In: lines of text, and the names of agencies. Out: caption, credit and body as lines of their own,
even where a scraper glued them together. Who supplied the *text* is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.clean.lines import Line, ends_sentence, part_of, replace_line, straighten
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlets

LONGEST_CAPTION = 700
SHORTEST_CAPTION = 15
FEWEST_CAPTION_WORDS = 4
SHORTEST_BODY = 30
"""A glued body is at least a sentence."""
FEWEST_WORDS_BEFORE_BAR = 2
LONGEST_CREDIT = 110
MOST_CREDIT_WORDS = 8
SENTENCE_END = re.compile(r"(?<!\b\d)(?<!\b\d\d)[.!?…][\"'»”)\]]*\s+(?=\S)")
"""Not after the number of a day: "24. April"."""
NOTE = re.compile(r"\w*(?:archiv|bild|foto|photo|image|illustration)\w*|file", re.I)
BREAKS = ".!?…)([|—–-\n•·/"
SIGNS = ":©：＝（("
BARRED = re.compile(r"\s+[/|]\s+(?=\S)")
IN_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]+)[)\]）]\s*\Z")
# A capital where a word should go on; or right after a full stop.
GLUE = re.compile(
    r"(?<=[a-zà-ÿ])(?=[A-ZÀ-ÝŠŽ])"
    r"|(?<=[A-ZÀ-Ý]{2})(?=[A-ZÀ-Ý][a-zà-ÿ][a-zà-ÿ ])"
    r"|(?<=[a-zà-ÿ]{3}[.!?])(?=[A-ZÀ-ÝŠŽ«“\"])"
)
TOKEN = re.compile(r"[^\s/()]+")
# "Name Name / AGENCY", "Name/via Agency": words that go with the name at the end.
NAME_WORD = r"[^\W\d_a-zà-ÿ][\w.'’\-]*"
LEFT_OF_AGENCY = re.compile(
    rf"(?:(?:{NAME_WORD}\s+){{0,2}}{NAME_WORD}\s*(?:/|\||-|–|,|for|via|pour)\s*(?:via |pour )?)+\Z"
)


@dataclass(frozen=True, slots=True)
class CreditMarks:
    """What announces a credit, and the names that are one."""

    agency: re.Pattern[str]
    announced: tuple[re.Pattern[str], ...]
    particles: frozenset[str]
    joined_names: frozenset[str]


@lru_cache(maxsize=32)
def credit_marks(rules: FurnitureRules, outlets: Outlets) -> CreditMarks:
    names = {straighten(name) for name in rules.photo_agencies}
    for outlet in outlets:
        if outlet.is_agency:
            names |= {straighten(n).strip("() ") for n in (*outlet.agency_marks, outlet.name)}
    names = {name for name in names if len(name) > 1}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    alternatives = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
    return CreditMarks(
        re.compile(rf"(?<![\w])(?:{alternatives})"),
        rules.credits,
        rules.name_particles,
        rules.joined_names,
    )


def credit_start(text: str, marks: CreditMarks) -> int | None:
    """Where the credit begins that ends a caption; None where there is none."""
    start = _credit_start(text, marks)
    if start is None or text.count(")", start) <= text.count("(", start):
        return start
    opening = text.rfind("(", 0, start)
    if opening < 0 or len(text) - opening > LONGEST_CREDIT:
        return start
    # "Caption. Name Name (Archive / Agency)": the bracket is whole, and the name goes with it.
    last_end = max((match.end() for match in SENTENCE_END.finditer(text[:opening])), default=0)
    return last_end if last_end and looks_like_credit(text[last_end:], marks) else opening


def _credit_start(text: str, marks: CreditMarks) -> int | None:
    announced = announced_at(text, marks)
    if announced is not None:
        return announced
    tail = text.rstrip(" .)")
    for found in marks.agency.finditer(text):
        rest = text[found.end() :]
        if found.end() >= len(tail) - 1 or (rest[:1] in "/|" and looks_like_credit(rest, marks)):
            return _with_name_before(text, found.start(), marks)
    last_end = max((match.end() for match in SENTENCE_END.finditer(text)), default=0)
    rest = text[last_end:]
    if last_end and not ends_sentence(rest) and looks_like_credit(rest, marks):
        return None if _is_note(rest) else last_end
    return _after_bar(text)


def _is_note(text: str) -> bool:
    """A word in brackets, "(Archive)", says what kind of picture it is."""
    inner = IN_BRACKETS.match(text)
    return inner is not None and NOTE.fullmatch(inner.group(1)) is not None


def _after_bar(text: str) -> int | None:
    """Where names stand behind a bar: "The pier at night / A. Name / Agency"."""
    for bar in BARRED.finditer(text, max(0, len(text) - LONGEST_CREDIT)):
        words = text[bar.end() :].split()
        capitals = sum(word[0].isupper() for word in words)
        if words[0][0].isupper() and 2 * capitals > len(words) and len(words) <= MOST_CREDIT_WORDS:
            enough = len(text[: bar.start()].split()) >= FEWEST_WORDS_BEFORE_BAR
            return bar.start() if enough else None
    return None


def announced_at(text: str, marks: CreditMarks) -> int | None:
    """Where "Photo:", © or the like begins that a credit follows to the end."""
    starts = [
        match.start()
        for pattern in marks.announced
        for match in pattern.finditer(text)
        if _is_announced(text, match)
    ]
    fitting = [s for s in starts if len(text) - s <= LONGEST_CREDIT and len(text) - s > 2]
    if not fitting:
        return None
    start = min(fitting)
    return start - 1 if start and text[start - 1] in "([" else start


def _is_announced(text: str, match: re.Match[str]) -> bool:
    """The word stands at a break, or a colon follows it: "a photo by him" announces nothing."""
    before = text[: match.start()].rstrip(" ")
    if before and match.group()[0].isalnum() and text[match.start() - 1].isalnum():
        return False
    said = match.group().rstrip()
    return not before or before[-1] in BREAKS or any(c in said for c in SIGNS) or said[-1] == "."


def _with_name_before(text: str, agency: int, marks: CreditMarks) -> int:
    before = text[:agency]
    last_end = max((match.end() for match in SENTENCE_END.finditer(before)), default=0)
    between = before[last_end:]
    if len(between) <= 60 and (not between.strip() or looks_like_credit(between, marks)):
        return last_end
    left = LEFT_OF_AGENCY.search(before[-80:])
    start = agency - len(left.group()) if left else agency
    return start - 1 if start and text[start - 1] in "([" else start


def looks_like_credit(text: str, marks: CreditMarks) -> bool:
    """A few names: every word begins with a capital but for particles."""
    words = re.findall(r"[^\W\d_][\w.'’\-]*", text)
    if not words or len(words) > MOST_CREDIT_WORDS or len(text) > LONGEST_CREDIT:
        return False
    small = {"via", "for", "by", "pour", "par", "/"} | marks.particles
    return all(word[0].isupper() or word.lower() in small for word in words)


def glue_point(text: str, whole: str, marks: CreditMarks) -> int | None:
    """Where a body begins that a scraper glued to the caption or credit before it."""
    last = min(LONGEST_CAPTION, len(text) - SHORTEST_BODY)
    for found in marks.agency.finditer(text, 0, max(0, last)):
        if found.end() >= SHORTEST_CAPTION and _sentence_starts(text, found.end()):
            return found.end()
    for match in GLUE.finditer(text, SHORTEST_CAPTION, max(SHORTEST_CAPTION, last)):
        if not _one_word(text, match.start(), whole, marks):
            return _last_in_token(text, match.start())
    return None


def _last_in_token(text: str, at: int) -> int:
    """Where a credit has a capital inside ("AgencyHUBThe"), the body begins at the last one."""
    token = next(t for t in TOKEN.finditer(text) if t.start() <= at <= t.end())
    points = (match.start() for match in GLUE.finditer(text, at, token.end() + 2))
    return max((point for point in points if point < token.end()), default=at)


def _sentence_starts(text: str, at: int) -> bool:
    return (
        re.match(
            r"[«“\"][A-ZÀ-ÝŠŽ]|[A-ZÀ-ÝŠŽ](?:[a-zà-ÿ'’ ]|[A-ZÀ-Ý]{2,} [A-ZÀ-Ýa-zà-ÿ]\w)",
            text[at : at + 30],
        )
        is not None
    )


def _one_word(text: str, at: int, whole: str, marks: CreditMarks) -> bool:
    """A name with a capital inside: listed, short on the left, or used again in the text."""
    token = next(t for t in TOKEN.finditer(text) if t.start() <= at <= t.end())
    left, right = text[token.start() : at], text[at : token.end()]
    if "." in left[-1:]:
        return len(left) < 4 or "://" in token.group() or "@" in token.group()
    core = token.group().strip(".,;:!?\"'«»()")
    if "@" in core or core.startswith(("www", "http", "#")):
        return True
    if len(left) < (2 if left.isupper() else 3) or not right:
        return True
    if left in marks.joined_names or any(
        core.startswith(n) for n in marks.joined_names if len(n) > 4
    ):
        return True
    return whole.count(core) > 1


def split_glued(lines: list[Line], line: Line, whole: str, marks: CreditMarks) -> Line | None:
    """Cut "caption. CreditBody" in three; the line that holds the body, or None."""
    at = glue_point(line.text, whole, marks)
    if at is None:
        return None
    cut = line.start + at
    caption = part_of(line, line.start, cut, "caption", "caption-glued-to-body")
    body = part_of(line, cut, line.end, "body", "after-glued-caption")
    replace_line(lines, line, [caption, body])
    split_caption(lines, caption, marks)
    return body


def split_caption(lines: list[Line], caption: Line, marks: CreditMarks) -> None:
    """Put a caption's credit into a line of its own; a caption that is all credit becomes one."""
    rule = caption.rule or "caption"
    leading = _leading_credit(caption.text, marks)
    if leading:
        cut = caption.start + leading
        parts = [
            part_of(caption, caption.start, cut, "credit", "credit-before-caption"),
            part_of(caption, cut, caption.end, "caption", rule),
        ]
        replace_line(lines, caption, parts)
        return
    at = credit_start(caption.text, marks)
    if at is None:
        return
    if len(caption.text[:at].split()) < 2 and looks_like_credit(caption.text, marks):
        at = 0  # "A. L. Name": the full stop ends no sentence
    cut = caption.start + at
    parts = [
        part_of(caption, caption.start, cut, "caption", rule),
        part_of(caption, cut, caption.end, "credit", "credit-after-caption"),
    ]
    replace_line(lines, caption, parts)


def _leading_credit(text: str, marks: CreditMarks) -> int:
    """Where the caption begins in "Photo credit: Name | Caption"; 0 where it comes first."""
    bar = text.find(" | ")
    if bar < 0 or len(text) - bar < SHORTEST_CAPTION:
        return 0
    announced = any(pattern.match(text) for pattern in marks.announced)
    after = text[bar + 3 :]
    told = len(after.split()) >= FEWEST_CAPTION_WORDS and not looks_like_credit(after, marks)
    return bar + 3 if announced and told else 0


def credit_name(text: str, marks: CreditMarks) -> str | None:
    """The credit itself, without "Photo:", © and the brackets around it."""
    name = _unwrapped(text.strip(" \n|/•·—–-"))
    for _ in range(2):
        for pattern in marks.announced:
            match = pattern.match(name)
            if match and match.end() < len(name):
                name = name[match.end() :].strip(" |:")
    name = _unwrapped(name)
    if name.endswith(")") and "(" not in name:
        name = name[:-1]
    return name.strip() or None


def _unwrapped(name: str) -> str:
    return name[1:-1] if name[:1] in "([" and name[-1:] in ")]" else name


def is_credit_line(text: str, marks: CreditMarks) -> bool:
    """A line that holds nothing but a credit: "Photo: A. Name / AFP"."""
    if len(text) > LONGEST_CREDIT:
        return False
    if any(pattern.match(text) for pattern in marks.announced) and not ends_sentence(text):
        return not _leading_credit(text, marks)
    inner = IN_BRACKETS.match(text)
    if inner and looks_like_credit(inner.group(1), marks) and not _is_note(text):
        return True
    found = marks.agency.search(text)
    return bool(
        found and found.end() >= len(text.rstrip(" .)")) - 1 and looks_like_credit(text, marks)
    )


def is_caption(line: Line, rules: FurnitureRules, marks: CreditMarks) -> bool:
    """A line above the body that says so, or that ends in a credit and in no full stop."""
    if not SHORTEST_CAPTION <= len(line.text) <= LONGEST_CAPTION:
        return False
    if any(pattern.search(line.text) for pattern in rules.captions) and len(line.text) < 400:
        return True
    return not line.ends_sentence and credit_start(line.text, marks) not in (None, 0)


def mark_credit_lines(lines: Iterable[Line], marks: CreditMarks) -> None:
    for line in lines:
        if line.label is None and is_credit_line(line.text, marks):
            line.set("credit", "credit-line")


def mark_unpunctuated(lines: list[Line], headline: Line, marks: CreditMarks) -> None:
    """Below a headline and above the first sentence, words without a full stop are a caption."""
    below = [
        line for line in lines if line.start > headline.start and line.rule != "duplicate-headline"
    ]
    for line in below[:2]:
        if line.label is not None or line.ends_sentence or line.words < FEWEST_CAPTION_WORDS:
            return
        following = below[below.index(line) + 1 : below.index(line) + 2]
        if not following or not following[0].is_prose:
            return
        line.set("caption", "unpunctuated-line-below-headline")
        split_caption(lines, line, marks)
        return


def mark_captions(
    lines: list[Line], first: Sequence[Line], rules: FurnitureRules, marks: CreditMarks
) -> None:
    """Captions among the first lines of a bare text, before its second paragraph."""
    for line in first:
        if line.label is None and is_caption(line, rules, marks):
            line.set("caption", "caption-form")
            split_caption(lines, line, marks)
