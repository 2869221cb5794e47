"""What a site prints on page after page: lines of a scrape that stand on its other pages too.

In: the texts of one batch, by site. Out: for each text the lines that are the site's and not the
article's. Pages that hold the same article again count once, or its paragraphs would pass for
furniture. It remembers digests, not words.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable

from dragoman.clean.lines import Line, key_of, split_lines

RULE = "seen-on-other-pages"
FEWEST_PAGES = 3
"""A site that fewer distinct pages are known of has no memory."""
SAME_ARTICLE = 0.6
"""Share of the smaller page's sentences that two pages with one article have in common."""
FEWEST_COMMON = 3
"""And so many of them: notices at the foot of two short pages make no article."""

Digest = bytes


class SiteMemory:
    def __init__(self) -> None:
        self._pages: defaultdict[str, list[frozenset[Digest]]] = defaultdict(list)
        self._lines: defaultdict[str, Counter[Digest]] = defaultdict(Counter)

    def learn(self, site: str, text: str) -> None:
        """Take a page's lines into the memory of its site, unless its article is known there."""
        lines = split_lines(text)
        told = frozenset(_digest(line) for line in lines if line.is_prose)
        if any(_is_same(told, other) for other in self._pages[site]):
            return
        self._pages[site].append(told)
        self._lines[site].update({_digest(line) for line in lines})

    def mark(self, site: str, lines: Iterable[Line]) -> None:
        """Label the lines that no rule has named and that stand on another page of the site."""
        counts = self._lines.get(site)
        if counts is None or len(self._pages[site]) < FEWEST_PAGES:
            return
        for line in lines:
            if line.label is None and counts[_digest(line)] > 1:
                line.set("navigation", RULE)


def _digest(line: Line) -> Digest:
    key = key_of(line.text) or line.text
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _is_same(one: frozenset[Digest], other: frozenset[Digest]) -> bool:
    common = len(one & other)
    return common >= FEWEST_COMMON and common >= SAME_ARTICLE * min(len(one), len(other))
