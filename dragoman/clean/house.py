"""Whose page it is: its outlet where a file knows it, else the names and the host it goes by.

In: what a page states, and its lines. Out: `House`. A name is taken from the page's own words only
where its address, or the page itself, says it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.clean.facts import PageFacts
from dragoman.clean.lines import Line, is_paragraph
from dragoman.clean.outlet_names import holds_press_word
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlet, Outlets, fold_name, host_of

SHORTEST_ALIKE = 5
"""Letters that two names must share before one is taken for a longer form of the other."""
SECOND_LEVELS = frozenset(
    {"co", "com", "org", "net", "gov", "gouv", "gob", "edu", "ac", "or", "ne"}
)
SHORTEST_LABEL = 3
"""Letters of a host: two of them stand in too many names."""
# Hosts write Cyrillic names in Latin letters, each in its own way; w and v are one there.
LATIN = str.maketrans("абвгґдеєжзиіїйклмнопрстуфхыэw", "abvggdeejziiiiklmnoprstufhyev", "ьъ") | {
    ord("ц"): "ts",
    ord("ч"): "ch",
    ord("ш"): "sh",
    ord("щ"): "sch",
    ord("ю"): "yu",
    ord("я"): "ya",
}
TOP_LINES = 3
MOST_NAME_WORDS = 6
LONGEST_NAME = 50
SEPARATED = re.compile(r"(?<!\s)\s+(?:[-–—|·:•]|::|»)\s+")


@dataclass(frozen=True, slots=True)
class House:
    """`name`: as pages show it. `names`: folded, all that it is called."""

    outlet: Outlet | None
    host: str
    name: str | None
    rule: str
    names: frozenset[str]

    def owns(self, name: str, outlet: Outlet | None) -> bool:
        if outlet is not None and self.outlet is not None:
            return outlet is self.outlet
        folded = fold_name(name).translate(LATIN)
        initials = "".join(word[0] for word in name.split()).casefold()
        if len(initials) > 1 and initials in self.names:
            return True
        return any(
            folded == own
            or (min(len(folded), len(own)) >= SHORTEST_ALIKE and (folded in own or own in folded))
            for own in self.names
        )

    def holds(self, host: str) -> bool:
        return bool(host and self.host) and site_of(host) == site_of(self.host)


def house_of(
    facts: PageFacts, lines: Sequence[Line], rules: FurnitureRules, outlets: Outlets
) -> House:
    """By address, by what the page calls its site, then by the name that stands on top of it."""
    host = host_of(facts.url or "")
    label = fold_name(site_of(host).split(".")[0]).translate(LATIN) if host else ""
    name, rule = facts.site_name, "page: site name"
    if not name or "://" in name or fold_name(name) == fold_name(facts.title or ""):
        name, rule = _name_on_page(facts, lines, label, rules), "page: name on top"
    outlet = outlets.at(facts.url) or outlets.named(name or "")
    if outlet is not None:
        name = outlet.name
        rule = "page: address" if outlets.at(facts.url) else rule
    elif not name and host:
        name, rule = host, "page: address"
    names = {fold_name(given) for given in (name or "", facts.site_name or "")} | {label}
    folded = {given.translate(LATIN) for given in names - {""}}
    return House(outlet, host, name, rule, frozenset(folded))


def site_of(host: str) -> str:
    """The part of a host that is one owner's: "news.bbc.co.uk" → "bbc.co.uk"."""
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in SECOND_LEVELS else 2
    return ".".join(labels[-keep:])


def _name_on_page(
    facts: PageFacts, lines: Sequence[Line], label: str, rules: FurnitureRules
) -> str | None:
    """A short first line, or the last part of the page's title, that address or page repeats.

    The first line of a bare scrape may also be made as names of outlets are.
    """
    tops = list(_tops(lines))
    tails = SEPARATED.split(facts.title or "")[1:]
    for name in (*reversed(tails), *tops):
        folded = fold_name(name.replace("&", "and")).translate(LATIN)
        alike = folded in label or label in folded
        if label and alike and 2 * len(folded) >= len(label) and len(label) >= SHORTEST_LABEL:
            return name
    last = max((i for i, line in enumerate(lines) if is_paragraph(line)), default=0)
    below = [fold_name(line.text) for line in lines[last + 1 :]]
    for name in tops[:1]:
        folded = fold_name(name)
        if len(folded) >= SHORTEST_ALIKE and any(text.startswith(folded) for text in below):
            return name
    first = lines[0].text if lines and facts.title is None and tops else ""
    named = " " in first and first in tops and holds_press_word(first, rules)
    return first if named and not any(line.is_prose for line in lines[1:2]) else None


def _tops(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines[:TOP_LINES]:
        for name in (SEPARATED.split(line.text)[0], line.text):
            short = len(name) <= LONGEST_NAME and len(name.split()) <= MOST_NAME_WORDS
            if short and not line.ends_sentence:
                yield name.strip()
