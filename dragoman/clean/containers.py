"""What the elements of a page say they hold, by their tag, role and class names.

In: one element. Out: the label its content would have, and the rule, or None. Class names are the
makers' own words and often wrong: who reads this must check it against the text that was kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dragoman.model import Label

SAYING = ("class", "id", "itemprop", "data-component", "data-testid")
LONGEST_NAMES = 600
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")

BY_TAG: dict[str, Label] = {
    "nav": "navigation", "footer": "navigation", "aside": "related", "figcaption": "caption",
    "form": "subscribe", "dialog": "notice", "button": "navigation", "menu": "navigation",
}  # fmt: skip
BY_ROLE: dict[str, Label] = {
    "navigation": "navigation", "banner": "navigation", "contentinfo": "navigation",
    "search": "navigation", "complementary": "related", "dialog": "notice", "alertdialog": "notice",
    "menu": "navigation", "menubar": "navigation",
}  # fmt: skip
INLINE_PARTS: frozenset[Label] = frozenset({"credit", "caption"})
"""Labels that split a block even where the element is inline, as in figcaption > span.credit."""
HIDING_NAMES = frozenset({
    "screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    label: Label
    rule: str


Markup = Sequence[tuple[Label, frozenset[str]]]
"""Words of class names by label; the first label that fits decides, a pair stands side by side."""


def evidence_of(tag: str, given: Mapping[str, str], markup: Markup) -> Evidence | None:
    """What a tag and its attributes say."""
    if tag in ("html", "body", "main", "article"):
        return None
    if tag == "time":
        return Evidence("byline", "dom: time")
    by_words = _by_words(given, markup) if given else None
    if tag == "form":
        label = by_words.label if by_words else "subscribe"
        return Evidence("comment_form" if label == "comment" else label, "dom: form")
    if tag in ("figcaption", "nav"):
        return Evidence(BY_TAG[tag], f"dom: {tag}")
    if by_words:
        return by_words
    if tag in BY_TAG:
        return Evidence(BY_TAG[tag], f"dom: {tag}")
    role = given.get("role", "").lower() if given else ""
    return Evidence(BY_ROLE[role], f"dom: role {role}") if role in BY_ROLE else None


def _by_words(given: Mapping[str, str], markup: Markup) -> Evidence | None:
    written = " | ".join(given[name] for name in SAYING if name in given)
    return _of_words(written, tuple(markup)) if 2 < len(written) < LONGEST_NAMES else None


def words_of(written: str) -> list[str]:
    """The words that class names and ids are put together of."""
    return [word.lower() for word in CAMEL.split(written) if word]


@lru_cache(maxsize=8192)
def _of_words(written: str, markup: tuple[tuple[Label, frozenset[str]], ...]) -> Evidence | None:
    words = words_of(written)
    said = {f"{one} {other}" for one, other in pairwise(words)}.union(words)
    for label, known in markup:
        found = said & known
        if found:
            return Evidence(label, f"dom: {min(found)}")
    return None


def is_hidden(tag: str, given: Mapping[str, str]) -> bool:
    """Not shown to a reader, as far as the element itself says."""
    if not given:
        return False
    if "hidden" in given:
        return True
    style = given.get("style", "").replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    names = given.get("class", "").lower().split()
    return tag != "h1" and not HIDING_NAMES.isdisjoint(names)
