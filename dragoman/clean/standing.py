"""Where each block of a page stands in its tree, as numbers: what a layout model looks at.

In: a page's pieces, and its lines as the rules have labelled them. Out: one row of numbers a line:
its element, what its mark-up says it holds, its label, whether the extractor kept it, how much of
the page's prose its parents hold and how much of theirs is links. No host, no class name and no
word has a number of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from lxml.html import HtmlElement

from dragoman.clean.extract import Piece, pieces_under
from dragoman.clean.lines import Line
from dragoman.clean.shape import FEATURES as SHAPE
from dragoman.clean.shape import OWN, Rows, neighbours, shape
from dragoman.model import Label

# fmt: off
TAGS = {
    "p": "p", "h1": "h1", "h2": "h2", "h3": "h2", "h4": "h2", "h5": "h2", "h6": "h2", "dt": "h2",
    "li": "li", "td": "td", "tr": "td", "th": "td", "div": "div", "section": "div",
    "article": "div", "blockquote": "blockquote", "figcaption": "figcaption",
}
KINDS = ("p", "h1", "h2", "li", "td", "div", "blockquote", "figcaption", "other")
OF_KIND = {kind: tuple(float(kind == one) for one in KINDS) for kind in KINDS}
SAID: tuple[Label, ...] = (
    "navigation", "related", "teaser", "comment", "comment_form", "share", "subscribe", "notice",
    "caption", "credit", "byline", "standfirst", "bio", "syndication",
)
# fmt: on
AROUND = ("article", "main", "blockquote", "table", "ul", "ol")
HIGHEST = 5
"""How many elements up a block's surroundings are looked at."""
MOST_LINKED = 0.5
OF_PARENT = ("prose share", "link share", "sentences", "blocks")

STANDING = (
    *(f"tag {kind}" for kind in KINDS),
    *(f"said {label}" for label in SAID),
    *(f"in {tag}" for tag in AROUND),
    "links",
    "kept",
    *(f"{name} {level} up" for level in range(1, HIGHEST) for name in OF_PARENT),
)
NEIGHBOURLY = (
    "tag p", "tag h2", "tag li", "said caption", "said related", "links", "kept",
    "prose share 1 up", "prose share 2 up",
)  # fmt: skip
STEPS = (-2, -1, 1, 2)
FEATURES = (
    *SHAPE,
    *STANDING,
    *(f"{name} {step:+d}" for step in STEPS for name in NEIGHBOURLY),
)


@dataclass(slots=True)
class _Holding:
    """What an element holds, counted in words: all, those in links, those in sentences."""

    words: float = 0.0
    linked: float = 0.0
    prose: float = 0.0
    sentences: int = 0
    blocks: int = 0


def standing(pieces: Sequence[Piece], lines: Sequence[Line]) -> Rows:
    """Rows of `FEATURES`, one for each line."""
    rows = shape(lines)
    prose = rows[:, OWN.index("sentence")] > 0
    counts = np.expm1(rows[:, OWN.index("words")])
    under = pieces_under(pieces, lines)
    parents = [_parents(piece.element) for piece in under]
    held: defaultdict[HtmlElement, _Holding] = defaultdict(_Holding)
    for line, own, count, told in zip(lines, parents, counts, prose, strict=True):
        for element in own:
            _count(held[element], line, float(count), bool(told))
    total = max(1.0, float(counts[prose].sum()))
    around: dict[HtmlElement, tuple[float, ...]] = {}
    own_rows = np.array(
        [
            (
                *_by_element(piece, around),
                line.links,
                float(line.kept),
                *_by_parents(own, held, total),
            )
            for piece, line, own in zip(under, lines, parents, strict=True)
        ],
        np.float32,
    ).reshape(len(lines), len(STANDING))
    near = own_rows[:, [STANDING.index(name) for name in NEIGHBOURLY]]
    return np.concatenate((rows, own_rows, *(neighbours(near, step) for step in STEPS)), axis=1)


def _parents(element: HtmlElement) -> list[HtmlElement]:
    """The element and those above it, the nearest first."""
    found = [element]
    for parent in element.iterancestors():
        if len(found) >= HIGHEST:
            break
        found.append(parent)
    return found


def _count(holding: _Holding, line: Line, count: float, told: bool) -> None:
    holding.words += count
    holding.linked += count * line.links
    holding.blocks += 1
    if told and line.links < MOST_LINKED:
        holding.prose += count
        holding.sentences += 1


def _by_element(piece: Piece, around: dict[HtmlElement, tuple[float, ...]]) -> tuple[float, ...]:
    kind = TAGS.get(str(piece.element.tag), "other")
    said = frozenset(evidence.label for _, evidence in piece.chain)
    return (*OF_KIND[kind], *_of_said(said), *_around(piece.element, around))


@lru_cache(maxsize=1024)
def _of_said(said: frozenset[Label]) -> tuple[float, ...]:
    return tuple(float(label in said) for label in SAID)


def _around(element: HtmlElement, known: dict[HtmlElement, tuple[float, ...]]) -> tuple[float, ...]:
    """Which of `AROUND` the element is or stands in; `known`: what was found of others so far."""
    if element not in known:
        parent = element.getparent()
        above = (0.0,) * len(AROUND) if parent is None else _around(parent, known)
        own = (float(element.tag == tag) for tag in AROUND)
        known[element] = tuple(map(max, own, above))
    return known[element]


def _by_parents(
    parents: Sequence[HtmlElement], held: dict[HtmlElement, _Holding], total: float
) -> list[float]:
    row: list[float] = []
    for level in range(1, HIGHEST):
        holding = held[parents[min(level, len(parents) - 1)]]
        row += [
            holding.prose / total, holding.linked / max(1.0, holding.words),
            min(20, holding.sentences), min(40, holding.blocks),
        ]  # fmt: skip
    return row
