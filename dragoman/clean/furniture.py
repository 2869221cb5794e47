"""Page furniture, line by line: what the patterns of a language know at sight.

In: lines and a language's rules. Out: labels on the lines, and the cues that say whether a bare
text was scraped from a page. The same pass serves bare text and the blocks of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.clean.lines import Line, key_of, part_of, replace_line
from dragoman.knowledge.furniture import Cue, FurnitureRules, LineRule
from dragoman.model import Label

LONGEST = 400
"""A longer line is prose, whatever it begins with; only a footer that quotes a title may be."""
LONGEST_FOOTER = 700
LEADING = "([*_—–-• "
WEAK_FOOTERS: tuple[str, ...] = ("source-line", "via-line", "original-line")
LAST_KEPT = 4
"""Where an extractor chose, a glued footer stands in one of the last lines that it kept."""
GLUED = frozenset({"feed-footer", "first-published-line"})
SHORT = frozenset({"original-line", "via-line"})
# "First published in 1987, the novel …" is a sentence of the article.
GOES_ON = re.compile(r"\A\d|,\s+(?-i:[a-zà-ÿа-я])|.{90}|\A(?-i:[a-zà-ÿ ,.'-]+)\Z")
SENTENCE_START = re.compile(r"(?<=[.!?…。!?»”\"')\]])\s*(?=[^\W\d_])|\n\s*")
MOST_WORDS_BELOW = 30
"""A longer sentence below "Read also" is the article again."""
# Strong tail furniture: what hangs below it ends only at other furniture.
TAIL_RULES = frozenset({"check-also"})


@dataclass(frozen=True, slots=True)
class Cues:
    """How many different lines prove, or hint, that a text was scraped from a page."""

    strong: int
    weak: int


def mark(lines: Iterable[Line], rules: FurnitureRules) -> None:
    for line in lines:
        if line.label is None:
            _mark_line(line, rules)


def matching_rule(text: str, rules: FurnitureRules) -> LineRule | None:
    if len(text) > LONGEST or not rules.any_line.match(text.lower()):
        return None
    return next((rule for rule in rules.lines if rule.pattern.match(text)), None)


@dataclass(frozen=True, slots=True)
class Footer:
    """A sentence that says who first published the text. `words`: those that name the outlet."""

    name: str
    words: str
    start: int
    """Where the words begin in the line."""
    end: int
    """Where the sentence ends in the line."""


def footer_of(line: Line, rules: FurnitureRules) -> Footer | None:
    """The sentence with which a line names a first publisher."""
    if len(line.text) > LONGEST_FOOTER:
        return None
    return _footer_at(line.text, len(line.text) - len(line.text.lstrip(LEADING)), rules)


def _footer_at(text: str, at: int, rules: FurnitureRules) -> Footer | None:
    if not rules.any_footer.match(text[at:].lower()):
        return None
    for rule in rules.footers:
        match = rule.pattern.match(text, at)
        if match and not (rule.name in SHORT and GOES_ON.search(match["outlet"])):
            return Footer(rule.name, match["outlet"], match.start("outlet"), match.end())
    return None


def _mark_line(line: Line, rules: FurnitureRules) -> None:
    footer = footer_of(line, rules)
    if footer is not None:
        line.set("syndication", footer.name)
        return
    rule = matching_rule(line.text, rules)
    if rule is not None:
        line.set(rule.label, rule.name)
        line.opens = rule.opens


def count_cues(lines: Sequence[Line], rules: FurnitureRules) -> Cues:
    """Strong: a comment form, a feed footer, a placeholder, a title twice on top."""
    by_rule: dict[str, Cue] = {rule.name: rule.cue for rule in rules.lines}
    by_rule |= {footer.name: "strong" for footer in rules.footers}
    by_rule |= dict.fromkeys(WEAK_FOOTERS, "weak")
    seen = {(line.rule, key_of(line.text)) for line in lines if line.rule in by_rule}
    strong = sum(by_rule[rule] == "strong" for rule, _ in seen)
    strong += sum(line.label == "placeholder" for line in lines)
    strong += len(lines) > 2 and key_of(lines[0].text) == key_of(lines[1].text)
    return Cues(strong, sum(by_rule[rule] == "weak" for rule, _ in seen))


def cut_placeholders(lines: list[Line], rules: FurnitureRules) -> None:
    """Template fields that were never filled in become blocks of their own."""
    for line in list(lines):
        found = sorted(
            (
                match.span()
                for pattern in rules.placeholders
                for match in pattern.finditer(line.text)
            ),
            key=lambda span: (span[0], -span[1]),
        )
        if found:
            replace_line(lines, line, _around(line, found))


def cut_footers(lines: list[Line], rules: FurnitureRules) -> None:
    """A footer that a feed glued to the last sentence becomes a line of its own."""
    kept = [line for line in lines if line.kept]
    for line in kept[-LAST_KEPT:] or list(lines):
        first = max(1, len(line.text) - LONGEST_FOOTER)
        for match in SENTENCE_START.finditer(line.text, first):
            footer = _footer_at(line.text, match.end(), rules)
            if footer is not None and footer.name in GLUED:
                at = (line.start, line.start + match.end(), line.start + footer.end, line.end)
                parts = [part_of(line, a, b, line.label, line.rule) for a, b in pairwise(at)]
                replace_line(lines, line, parts)
                break


def _around(line: Line, spans: Sequence[tuple[int, int]]) -> list[Line]:
    parts: list[Line] = []
    at = 0
    for first, last in spans:
        if first < at:
            continue
        parts.append(part_of(line, line.start + at, line.start + first, line.label, line.rule))
        parts.append(
            part_of(
                line, line.start + first, line.start + last, "placeholder", "template-placeholder"
            )
        )
        at = last
    parts.append(part_of(line, line.start + at, line.end, line.label, line.rule))
    return parts


def mark_below(lines: Sequence[Line]) -> None:
    """Lines that hang below a heading such as "Check also" take the label that it opens."""
    label: Label | None = None
    rule = ""
    for line in lines:
        if line.opens is not None:
            label, rule = line.opens, line.rule
        elif line.label == "placeholder":
            continue
        elif line.label is not None:
            label = None
        elif label is not None:
            if rule not in TAIL_RULES and line.is_prose and line.words > MOST_WORDS_BELOW:
                label = None
            else:
                line.set(label, f"below-{rule}")
