"""What a form caught, before it is resolved: fields with numbers instead of words.

In: a text and compiled forms. Out: `Found` records that do not overlap, in order, with ranges and
lists joined ("du 17 au 19 mars 2024": the first borrows month and year). Resolves nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from dragoman.knowledge.times import TimeForm, TimeRules, WordValue, words_of

_PLAIN = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "ё": "е"})
_INTEGERS = frozenset({"day", "year", "hour", "minute", "first", "second", "third", "quarter"})
_BORROWED = ("month", "year", "side", "part", "half")
_MEANT = {
    "sure": "month",
    "stretch": "unit",
    "tenfold": "unit",
    "textside": "side",
    "hourword": "hour",
    "nth": "century",
}
"""Slots that take some of another's words, and fill it."""
_REACH = 50
"""Characters on each side of a word of the needed class within which a form is tried."""
_JOIN_REACH = 16
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .,]\d{3})+")


@dataclass(slots=True)
class Found:
    """One expression. `partner` is the other end when it is one end of a range."""

    start: int
    end: int
    kind: str
    fields: dict[str, WordValue]
    partner: Found | None = None

    def number(self, name: str) -> int | None:
        value = self.fields.get(name)
        return value if isinstance(value, int) else None

    def word(self, name: str) -> str | None:
        value = self.fields.get(name)
        return value if isinstance(value, str) else None


def plain(text: str) -> str:
    """Lower case, straight apostrophes, plain spaces, е for ё and i for İ, offset for offset."""
    lowered = text.lower()
    if len(lowered) != len(text):  # "İ" and a few more grow when lowered
        lowered = "".join(c.lower()[0] for c in text)
    return lowered.translate(_PLAIN)


def find_expressions(text: str, start: int, end: int, rules: TimeRules) -> list[Found]:
    """Expressions of `text[start:end]`, longest first where they compete, in order of the text."""
    flat = plain(text[start:end])
    places = _places(flat, rules)
    windows: dict[frozenset[str], list[tuple[int, int]]] = {}
    caught: list[tuple[int, int, int, int, TimeForm, re.Match[str]]] = []
    present = frozenset(places)
    for order, form in enumerate(rules.forms):
        if not form.needs <= present:
            continue
        for low, high in _near(form, places, windows, len(flat)):
            for match in form.regex.finditer(flat, low, high):
                left, right = match.span("span")
                caught.append((left - right, order, left, right, form, match))
    caught.sort(key=lambda item: item[:4])
    taken: list[tuple[int, int]] = []
    kept: list[Found] = []
    for _, _, left, right, form, match in caught:
        at = bisect_left(taken, (left, right))
        free = (at == 0 or taken[at - 1][1] <= left) and (at == len(taken) or taken[at][0] >= right)
        if free and _cased(text, start, match, rules):
            taken.insert(at, (left, right))
            fields = _fields(match, form.constants, rules)
            kept.append(Found(start + left, start + right, form.kind, fields))
    kept.sort(key=lambda found: found.start)
    _join(kept, flat, start, rules)
    return [found for found in kept if found.kind != "never" and not _lone_day(found)]


def _places(flat: str, rules: TimeRules) -> dict[frozenset[str], list[int]]:
    """Where a word of each needed set begins."""
    found: dict[frozenset[str], list[int]] = {}
    for word, starts in words_of(flat).items():
        for need in rules.needing.get(word, ()):
            found.setdefault(need, []).extend(starts)
    return found


def _near(
    form: TimeForm,
    places: Mapping[frozenset[str], list[int]],
    windows: dict[frozenset[str], list[tuple[int, int]]],
    size: int,
) -> list[tuple[int, int]]:
    """The stretches in which the form may fit: around what it needs and the text has fewest of."""
    if not form.needs:
        return [(0, size)]
    need = min(form.needs, key=lambda need: len(places[need]))
    if need not in windows:
        windows[need] = _windows(places[need], size)
    return windows[need]


def _windows(places: list[int], size: int) -> list[tuple[int, int]]:
    """Stretches around the places that don't overlap."""
    merged: list[tuple[int, int]] = []
    for start in sorted(places):
        low, high = max(0, start - _REACH), min(size, start + _REACH)
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return merged


def _cased(text: str, start: int, match: re.Match[str], rules: TimeRules) -> bool:
    """Words of classes that the language writes with a capital must have one ("May", not "may");
    what is a name with one must have none."""
    groups = match.groupdict()
    if groups["span"] in rules.names and text[start + match.start("span")].isupper():
        return False
    return all(
        text[start + match.start(name)].isupper() for name in rules.capitalised if groups.get(name)
    )


def _fields(
    match: re.Match[str], constants: Mapping[str, WordValue], rules: TimeRules
) -> dict[str, WordValue]:
    fields: dict[str, WordValue] = dict(constants)
    for group, value in match.groupdict().items():
        if value is None or group == "span":
            continue
        name = group.rstrip("23")  # a slot that one form has twice is numbered
        fields[_MEANT.get(name, name)] = _value(name, value, rules)
    return fields


def _value(name: str, value: str, rules: TimeRules) -> WordValue:
    if name in _INTEGERS:
        return int(value)
    if name == "number":
        return _count(value, rules.words.get("number", {}))
    table = rules.words.get(name)
    return value if table is None else table[re.sub(r"\s+", " ", value)]


def _count(value: str, words: Mapping[str, WordValue]) -> WordValue:
    """A number of units; 0 where the text doesn't say how many, text where it has a fraction."""
    value = re.sub(r"\s+", " ", value)
    if value in words:
        return words[value]
    if _THOUSANDS.fullmatch(value):
        return int(re.sub(r"\D", "", value))
    if value[0].isdigit():
        return int(value) if value.isdigit() else value.replace(",", ".")
    parts = re.findall("|".join(sorted(map(re.escape, words), key=len, reverse=True)), value)
    return sum(int(words[part]) for part in parts)


def _join(kept: list[Found], flat: str, offset: int, rules: TimeRules) -> None:
    """Let the first of two joined dates borrow from the second, and mark ranges."""
    for left, right in reversed(list(pairwise(kept))):
        if left.kind != "date" or right.kind != "date" or left.end >= right.start:
            continue
        between = flat[left.end - offset : right.start - offset]
        if len(between) > _JOIN_REACH or not rules.joins.fullmatch(between):
            continue
        if "day" in right.fields and "month" in left.fields:
            right.fields.setdefault("month", left.fields["month"])
        lacking = [name for name in _BORROWED if name not in left.fields]
        alike = ("day" in left.fields) == ("day" in right.fields) and "year" not in left.fields
        if alike:
            for name in lacking:
                if name in right.fields and (name != "month" or "weekday" not in left.fields
                                             or "day" in left.fields):  # fmt: skip
                    left.fields[name] = right.fields[name]
        before = flat[max(0, left.start - offset - 10) : left.start - offset]
        if rules.ranges.search(before + "\0" + between):
            left.partner, right.partner = right, left


def _lone_day(found: Found) -> bool:
    fields = found.fields
    return found.kind == "date" and "day" in fields and "month" not in fields
