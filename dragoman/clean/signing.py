"""Who signs an article: persons, else the desk, agency or outlet that the page puts in their place.

In: a draft with labelled lines and the names that its page states. Out: authors, each once, with
the life below the name. An outlet is its own author only where it names nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dragoman.clean.authors import FEWEST_LIFE_WORDS, MOST_GROUP_WORDS, NAME_ABOVE_LIFE
from dragoman.clean.draft import Draft
from dragoman.clean.lines import Line, key_of, labelled, straighten
from dragoman.clean.names import (
    BESIDE,
    COMPANY,
    LEADING,
    LONGEST_BYLINE,
    MOST_NAME_WORDS,
    NO_SIGNS,
    NOBODY,
    byline_names,
    is_name_line,
    looks_like_name,
    split_names,
    without_day,
)
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlets, fold_name, host_of
from dragoman.model import Author

SUPPLIER = re.compile(r"\s*(?:[,;/(]|\b(?:with|avec|mit|con|via)\b)\s*", re.I)
SUPPLIED = re.compile(r"\s+(?:with|avec|mit|con|via)\s+", re.I)
LED = re.compile(r"\A\W*(?:par|by|von|por)\s", re.I)
ARTICLE = re.compile(r"\A(?:(?:the|la|le|die)\s+|l')")
PAIRED = re.compile(r"\s+(?:and|et|und|&)\s+")
GROUP = re.compile(
    r"\b(?:desk|newsroom|editorial|staff|team|service|rédaction|redaktion|redacción|redazione)\b",
    re.I,
)
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\A\W*\d+\W*\Z")
SHORTEST_NAME, LONGEST_NAME = 2, 80


def authors_of(draft: Draft, rules: FurnitureRules, outlets: Outlets) -> tuple[Author, ...]:
    """The persons a page states, else those of its by-lines, else who else is stated to sign."""
    own = _Own(draft, outlets)
    stated = [entry for entry in draft.facts.authors if not NO_SIGNS.search(entry.strip(' "'))]
    bylines = [line for line in _own_bylines(draft.lines) if not NO_SIGNS.search(line.text)]
    named = [n for entry in stated for n in _stated_names(entry, rules, own) if n not in own]
    signing = [n for line in bylines for n in _names_in(line, rules, own, draft.language)]
    groups = [n for line in bylines for n in _group_of(line)]
    groups = [n for n in groups if not any(map(outlets.agency, PAIRED.split(n)))]
    persons = [n for n in named if outlets.agency(n) is None and looks_like_name(_cased(n), rules)]
    agencies = [n for line in bylines for n in _agency_alone(line, outlets, draft.language)]
    ranked = (
        named if persons else [],
        [n for n in signing if not own.has(n) and outlets.agency(n) is None],
        named,
        [n for n in groups if n not in own],
        [n for n in agencies if n not in own],
        [n for n in (draft.stated.people[:1] if draft.stated else ()) if not NOBODY.fullmatch(n)],
    )
    return _with_lives(next((names for names in ranked if names), []), draft)


class _Own:
    """Outlets, and which names are those of the page's own, as it and its address state them."""

    def __init__(self, draft: Draft, outlets: Outlets) -> None:
        self.outlets = outlets
        self.outlet = outlets.at(draft.url)
        self.host = host = host_of(draft.url or "")
        said = [*(draft.stated.own_names if draft.stated else ()), draft.facts.site_name or ""]
        folded = {fold_name(name) for name in (*said, host, host.rpartition(".")[0])}
        self.names = folded - {""}

    def has(self, name: str) -> bool:
        """The outlet, or one of its editions: its name with a region behind it."""
        words = name.split()
        heads = (" ".join(words[:count]) for count in range(1, len(words)))
        return name in self or any(fold_name(head) in self.names for head in heads)

    def __contains__(self, name: str) -> bool:
        known = self.outlets.named(name)
        if known is not None and known is self.outlet:
            return True
        return fold_name(name) in self.names or self.host.endswith(f".{name.casefold()}")


def _stated_names(entry: str, rules: FurnitureRules, own: _Own) -> Iterator[str]:
    """Persons, agencies and desks in one stated author, in its order."""
    whole = ADDRESS.sub("", straighten(entry)).strip()
    entry = SUPPLIED.split(whole)[0]
    if own.outlets.named(entry) or own.outlets.agency(entry):
        yield entry
        return
    found = [n for n in split_names(entry) if looks_like_name(n, rules) or own.outlets.agency(n)]
    if not found and entry.islower() and 2 <= len(entry.split()) <= MOST_NAME_WORDS:
        found = [n for n in split_names(entry) if looks_like_name(_cased(n), rules)]
    agencies = [n for n in found if n not in own and own.outlets.agency(n)]
    if agencies and len(agencies) < len(found) and all(n in agencies or n in own for n in found):
        yield whole  # "The outlet and an agency": neither wrote it alone
    elif found:
        yield from _without_strays(found, own)
    elif ":" not in entry and not COMPANY.search(entry):
        yield from _group_in(entry, stated=True)


def _without_strays(names: list[str], own: _Own) -> list[str]:
    """Beside a full name or an agency, one word is a place, a degree or a handle; outlets and
    their editions are no authors there."""
    full = [n for n in names if " " in n and not own.has(n) and own.outlets.named(n) is None]
    whole = full + [n for n in names if own.outlets.agency(n)]
    uncased = [n for n in names if n.upper() == n.lower()]
    return [n for n in names if n in whole or n in uncased] if whole else names


def _agency_alone(line: Line, outlets: Outlets, language: str | None) -> Iterator[str]:
    name = LEADING.sub("", without_day(line.text, language), count=1).strip()
    if outlets.agency(name) is not None:
        yield name


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


def _own_bylines(lines: Sequence[Line]) -> list[Line]:
    """By-lines of this article: what markup calls one below the text belongs to another."""
    last = max((line.start for line in labelled(lines, "body")), default=0)
    found = labelled(lines, "byline")
    return [line for line in found if line.start < last or not line.rule.startswith("dom:")]


def _names_in(line: Line, rules: FurnitureRules, own: _Own, language: str | None) -> Iterator[str]:
    if line.rule in ("dom: dateline", NAME_ABOVE_LIFE):
        return
    for part in BESIDE.split(line.text):
        name = without_day(part, language)
        found = byline_names(name, rules)
        if found:
            yield from _without_strays(found, own)
        elif line.rule != "date-line" and is_name_line(name, rules) and not _leads_day(name, part):
            yield from _without_strays(list(split_names(name)), own)


def _leads_day(name: str, part: str) -> bool:
    """One word before a day is "Published" in some language, unless its script has no spaces."""
    return name != part and " " not in name and name.upper() != name.lower()


def _with_lives(names: Iterable[str], draft: Draft) -> tuple[Author, ...]:
    unique: dict[str, str] = {}
    for name in names:
        if SHORTEST_NAME <= len(name) <= LONGEST_NAME:
            unique.setdefault(fold_name(name), name)
    bios = _bios(draft.text, draft.lines) if unique else []
    told = draft.stated.lives if draft.stated else {}
    return tuple(
        Author(name, _about(name, bios, len(unique)) or told.get(name)) for name in unique.values()
    )


def _cased(name: str) -> str:
    """A name that is written without any capital, as names are looked at."""
    return name.title() if name.islower() and " " in name else name


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
