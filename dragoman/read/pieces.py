"""Long blocks in pieces that a parser takes.

In: spans of a text. Out: the same spans in the same order, those beyond `LONGEST` cut after a
paragraph, a sentence, or at least a word. It drops no character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dragoman.model import Label

LONGEST = 100_000
"""Characters in one piece. Parsers refuse a million, and need memory for each word at once."""
_REACH = 5_000
"""Characters before the limit in which a better place for the cut is looked for."""
_PLACES = (
    re.compile(r"\n\s*\n"),
    re.compile(r"[.!?…](?:\s?[\"»”’)\]])*\s+(?=[\W\d_]*[A-ZÀ-Þ])"),
    re.compile(r"\s+"),
)
"""Best first: a paragraph's end, a sentence's end before a capital, a word's end."""


def pieces(
    spans: Iterable[tuple[int, int, Label]], text: str, longest: int = LONGEST
) -> Iterator[tuple[int, int, Label]]:
    """Spans of at most `longest` characters that together cover `spans`."""
    for start, end, label in spans:
        while end - start > longest:
            cut = _cut(text, start, start + longest)
            yield start, cut, label
            start = cut
        yield start, end, label


def _cut(text: str, start: int, limit: int) -> int:
    low = max(start, limit - _REACH)
    for place in _PLACES:
        found = [match.end() for match in place.finditer(text, low, limit)]
        if found and found[-1] > start:
            return found[-1]
    return limit
