"""The sentence or paragraph that shows why something was found, with the words that were asked for.

In: texts as this desk may show them, and the phrases of a query. Out: pieces that together are what
is shown. Without words to look for it is how the article begins, or the sentence as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dragoman.model import BODY_LABELS, Article
from dragoman.store.analyse import composed
from dragoman.store.phrases import Phrase, hits

LONGEST = 320
"""Characters of a paragraph that are shown."""
BEFORE = 120
"""Of them before the first hit."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    lit: bool


def lit(text: str, language: str | None, phrases: Collection[Phrase]) -> tuple[Piece, ...]:
    """The whole text, cut where words that were asked for begin and end."""
    return _cut(composed(text), hits(composed(text), language, phrases))


def is_hit(pieces: tuple[Piece, ...]) -> bool:
    return any(piece.lit for piece in pieces)


def passage(article: Article, phrases: Collection[Phrase]) -> tuple[Piece, ...]:
    """The first paragraph of the body with a hit, cut around it; else how the body begins."""
    first: tuple[Piece, ...] | None = None
    for line in _paragraphs(article):
        text = composed(line)
        found = hits(text, article.language, phrases)
        if found:
            return _window(text, found)
        if first is None:
            first = _window(text, ())
    return first or ()


def _paragraphs(article: Article) -> Iterator[str]:
    for block in article.blocks:
        if block.label in BODY_LABELS:
            yield from filter(str.strip, article.text[block.start : block.end].splitlines())


def _window(text: str, found: tuple[tuple[int, int], ...]) -> tuple[Piece, ...]:
    start = max(found[0][0] - BEFORE, 0) if found and len(text) > LONGEST else 0
    if start:
        start = text.find(" ", start, found[0][0]) + 1 or start
    end = len(text)
    if end > start + LONGEST:
        end = max(text.rfind(" ", start, start + LONGEST), found[0][1] if found else start)
        end = end if end > start else start + LONGEST
    within = tuple((a - start, b - start) for a, b in found if a >= start and b <= end)
    shown = _cut(text[start:end], within)
    before = (Piece("… ", lit=False),) if start else ()
    after = (Piece(" …", lit=False),) if end < len(text) else ()
    return (*before, *shown, *after)


def _cut(text: str, found: tuple[tuple[int, int], ...]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for start, end in found:
        pieces += [Piece(text[at:start], lit=False), Piece(text[start:end], lit=True)]
        at = end
    pieces.append(Piece(text[at:], lit=False))
    return tuple(piece for piece in pieces if piece.text)
