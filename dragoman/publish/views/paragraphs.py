"""The paragraphs that an article's page is made of, and the address of each on it.

In: an article as this desk shows it. Out: spans, and the names that links lead to. Only the body
has paragraphs; headline and captions stand at the top of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.model import BODY_LABELS, Article, Block

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def paragraphs(article: Article, block: Block) -> Iterator[tuple[int, int]]:
    """A block is one paragraph, or several where bare text has line breaks inside it."""
    for match in _LINE.finditer(article.text, block.start, block.end):
        yield match.span()


def anchor_of(start: int) -> str:
    """The name of the paragraph that begins at an offset."""
    return f"at-{start}"


def anchor_at(article: Article, offset: int) -> str | None:
    """The name of the paragraph that an offset lies in; None where it lies in none."""
    for block in article.blocks:
        if block.label in BODY_LABELS and block.start <= offset < block.end:
            held = (start for start, end in paragraphs(article, block) if start <= offset < end)
            return next(map(anchor_of, held), None)
    return None
