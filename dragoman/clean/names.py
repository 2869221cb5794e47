"""The shapes of names: what a by-line names, and what can be no person.

In: a line or a stated author. Out: names one by one, without "By", roles, addresses, dates or
brackets. Whether the article is signed by them is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from dragoman.clean.lines import straighten
from dragoman.knowledge.furniture import FurnitureRules

LONGEST_BYLINE = 180
LONGEST_NAME_LINE = 160
LONGEST_DATED = 400
"""Characters; no by-line is longer, and marks without end would stall the search."""
MOST_NAME_WORDS = 5
MOST_NAMES = 12
LEADING = re.compile(
    r"\A(?:\W|(?:par|by|von|por|di|door|av|af|od|written by|text(?:e)?|author|auteur)\b\s*:?\s)+",
    re.I,
)
SEPARATOR = re.compile(
    r"\s*(?:[,;|/•·&、，；]|(?<=[a-z]{3})\.\s+(?=[A-Z])|\b(?:and|et|und|y|og|och|en|ve|with|avec|и|та|oraz)\b)\s*"
)
TAIL = re.compile(
    r"\s*(?:\(.*\)|\[.*\]|\bfor the .*|\bin [A-Z]\w+$|@\w+.*|\S+@\S+|https?://\S+|(?<=[a-z])Twitter)\s*\Z"
)
# What stands beside a name in one by-line: a date, or the name of whoever supplied the text.
BESIDE = re.compile(r"\s+[-–—|•·]\s+|\s+(?=(?:by|par|von|por)\s)|\n", re.I)
PLACED = re.compile(r",\s+(?:in|à|en|aus)\s.*")
"""Where or under what heading it was written: "By Name, in Oslo", "By Name, in News, Sea"."""
NO_SIGNS = re.compile(r"[<>=\"]")
"""Of mark-up, never of a name."""
NO_NAME = re.compile(
    r"\b(?:staff|editorial|redaktion|rédaction|redacción|redazione|team|desk|newsroom|admin|"
    r"correspondent|reporter|editor|writer|journalist\w*|service|agenc\w+|news|published|updated|"
    r"posted|written|reported)\b",
    re.I,
)
COMPANY = re.compile(
    r"\b(?:sp\.? z o\.? ?o|s\.a|s\.r\.[ol]|gmbh|ltd|llc|inc|corp|co\.|plc|b\.v|ООО|ЗАО|ТОВ)\b", re.I
)
"""The firm that made the site, as old meta elements name it."""
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}", re.I)
NOBODY = re.compile(
    r"(?:admin\w*|web\s?master|root|user\d*|guest|author|autor|auteur|unknown|anonymous|none|null|"
    r"default|test|n/?a|redaktion|redakteur|rédaction|redacción|redazione|editors?|staff)",
    re.I,
)
"""What a publishing system writes where nobody is named; matched whole."""


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
    for part in SEPARATOR.split(PLACED.sub("", text)):
        name = TAIL.sub("", part).strip(' .-–—*:"()[]')
        if ":" in name or COMPANY.search(name) or DOMAIN.fullmatch(name):
            continue
        if name and not NO_NAME.search(name) and not NOBODY.fullmatch(name):
            yield name


def without_day(text: str, language: str | None) -> str:
    """A by-line up to the day or hour that follows its names, even where they are glued."""
    return text if len(text) > LONGEST_DATED else _day_at_end(language or "en").sub("", text)


@lru_cache(maxsize=64)
def _day_at_end(language: str) -> re.Pattern[str]:
    words = sorted(_calendar("en") | _calendar(language), key=len, reverse=True)
    said = "|".join(map(re.escape, words))
    return re.compile(rf"[\s,;:·|•–—-]*(?:(?:{said})[\s.,]*){{0,2}}\d.*\Z", re.I | re.S)


def _calendar(language: str) -> set[str]:
    """Names of months and weekdays, long and short, as CLDR has them."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return set()
    tables = (t for kind in (locale.months, locale.days) for t in kind["format"].values())
    words = {str(word).strip(".").lower() for table in tables for word in table.values()}
    return {word for word in words if len(word) > 1 and word.isalpha()}
