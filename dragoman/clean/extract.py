"""A page's tree → the visible text in document order, block by block.

In: a page's tree. Out: pieces of visible text with the elements they stand in. It runs no
scripts, drops what is hidden, and decides nothing about what is article and what is not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from dragoman.clean.containers import INLINE_PARTS, Evidence, Markup, evidence_of, is_hidden
from dragoman.clean.lines import Line, straighten

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
DROPPED = frozenset({
    "audio", "canvas", "datalist", "embed", "head", "iframe", "input", "link", "map", "math",
    "meta", "meter", "noscript", "object", "param", "progress", "rp", "script", "select",
    "source", "style", "svg", "template", "textarea", "title", "track", "video",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
LONGEST_CELL = 60
LONGEST_ROW = 600
"""Characters; a longer row lays out a page."""
LONGEST_MARKED = 120
"""Inline marks (a name, a time) tell of the whole block only where it holds little else."""
MOST_PIECES = 60_000
SPACES = re.compile(r"[ \t\r\f\v\n\u00a0\u200b\ufeff]+")
MANY_SPACES = re.compile(r" {2,}")
AROUND_BREAK = re.compile(r" *\n *")
SEPARATOR = "\n\n"


@dataclass(slots=True)
class Piece:
    """One block of visible text. `chain`: the elements around it that say what they hold."""

    element: HtmlElement
    text: str
    link_chars: int
    chain: tuple[tuple[HtmlElement, Evidence], ...]
    hrefs: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """The piece being gathered while the tree is walked."""

    parts: list[str] = field(default_factory=list)
    link_chars: int = 0
    links: int = 0
    """How many link elements are open."""
    hrefs: list[str] = field(default_factory=list)
    marks: list[tuple[HtmlElement, Evidence]] = field(default_factory=list)
    """By-line parts that stand inline in it."""
    marked: int = 0
    """How many characters stand in them."""


def pieces_of(root: HtmlElement, markup: Markup) -> list[Piece]:
    walker = _Walker(markup)
    walker.walk(root)
    return walker.pieces


class _Walker:
    """Walks the tree without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.pieces: list[Piece] = []
        self.open = _Open()
        self.chain: list[tuple[HtmlElement, Evidence]] = []
        self.holders: list[HtmlElement] = []
        self.alive: list[HtmlElement] = []
        self.tables = _Tables()

    def walk(self, root: HtmlElement) -> None:
        # lxml makes a Python object at each touch of an element that none is held of: held, the
        # objects are made once.
        self.alive = list(root.iter())
        stack: list[tuple[HtmlElement, Iterator[HtmlElement] | None]] = [(root, None)]
        while stack and len(self.pieces) < MOST_PIECES:
            element, children = stack.pop()
            if children is None:
                children = self._enter(element)
                if children is None:
                    self._say(element.tail)
                    continue
            child = next(children, None)
            if child is None:
                self._leave(element)
                self._say(element.tail)
                continue
            stack.append((element, children))
            stack.append((child, None))
        self._flush()

    def _enter(self, element: HtmlElement) -> Iterator[HtmlElement] | None:
        tag = element.tag
        if not isinstance(tag, str) or tag in DROPPED:
            return None
        given = dict(element.items())
        if is_hidden(tag, given):
            return None
        if tag == "br":
            self._break()
            return None
        said = evidence_of(tag, given, self.markup)
        if self._is_block(element, said):
            self._flush()
            self.holders.append(element)
        elif said and said.label == "byline":
            if not any(outer.label == "byline" for _, outer in self.chain):
                self.open.marked += len(element.text_content().strip())
            self.open.marks.append((element, said))
        if said:
            self.chain.append((element, said))
        self.open.links += tag == "a"
        if tag == "a" and given.get("href"):
            self.open.hrefs.append(given["href"].strip())
        self._say(element.text)
        children: Iterator[HtmlElement] = iter(element)
        return children

    def _leave(self, element: HtmlElement) -> None:
        if self.holders and self.holders[-1] is element:
            self._flush()
            self.holders.pop()
        if self.chain and self.chain[-1][0] is element:
            self.chain.pop()
        self.open.links -= element.tag == "a"

    def _is_block(self, element: HtmlElement, said: Evidence | None) -> bool:
        if element.tag in CELLS and (self._in_row() or _is_short_cell(element)):
            self._say(" ")
            return False
        return element.tag in BLOCKS or (said is not None and said.label in INLINE_PARTS)

    def _say(self, text: str | None) -> None:
        if text:
            self.open.parts.append(text if self._in_pre() else SPACES.sub(" ", text))
            if self.open.links > 0:
                self.open.link_chars += len(text.strip())

    def _in_row(self) -> bool:
        """Inside a row of a table of data, which reads as one line."""
        holder = self.holders[-1] if self.holders else None
        return holder is not None and holder.tag == "tr" and self.tables.is_data(holder)

    def _in_pre(self) -> bool:
        return bool(self.holders) and self.holders[-1].tag == "pre"

    def _break(self) -> None:
        """One line break stays inside a piece, two in a row end it."""
        if self.open.parts and not "".join(self.open.parts[-2:]).rstrip(" ").endswith("\n"):
            self.open.parts.append("\n")
        else:
            self._flush()

    def _flush(self) -> None:
        if not self.open.parts:
            self.open.marks.clear()
            self.open.hrefs.clear()
            return
        text = "".join(self.open.parts).strip()
        if text and self.holders:
            text = AROUND_BREAK.sub("\n", MANY_SPACES.sub(" ", text))
            chain = (*self.chain, *self._marks(text))
            self.pieces.append(
                Piece(self.holders[-1], text, self.open.link_chars, chain, tuple(self.open.hrefs))
            )
        self.open = _Open(links=self.open.links)

    def _marks(self, text: str) -> list[tuple[HtmlElement, Evidence]]:
        """By-line parts inside a block that holds little else, and that is no picture's text."""
        if not self.open.marks or len(text) > LONGEST_MARKED or 2 * self.open.marked <= len(text):
            return []
        if any(said.label in INLINE_PARTS for _, said in self.chain):
            return []
        return [mark for mark in self.open.marks if mark not in self.chain]


class _Tables:
    """Which rows are rows of data; asked for at each cell, so answers are kept."""

    def __init__(self) -> None:
        self.rows: dict[HtmlElement, bool] = {}
        self.plain: dict[HtmlElement, bool] = {}

    def is_data(self, row: HtmlElement) -> bool:
        if row not in self.rows:
            table = next(row.iterancestors("table"), row)
            if table not in self.plain:
                self.plain[table] = table.find(".//table") is None
            self.rows[row] = self.plain[table] and _holds_words(row)
        return self.rows[row]


def _holds_words(row: HtmlElement) -> bool:
    """Two cells or more, in none of them a block or a line break."""
    cells = [cell for cell in row if cell.tag in CELLS]
    if len(cells) < 2 or len(row.text_content()) > LONGEST_ROW:
        return False
    inner = (child.tag for cell in cells for child in cell.iterdescendants())
    return not any(tag in BLOCKS or tag == "br" for tag in inner)


def _is_short_cell(element: HtmlElement) -> bool:
    """A cell of a table of data, whose row reads as one line; not of a table for layout."""
    if len(element) > 3 or any(child.tag in BLOCKS for child in element):
        return False
    return len(element.text_content()) <= LONGEST_CELL


def compose(pieces: list[Piece]) -> tuple[str, list[Line]]:
    """The article's text and one line for each piece, in the same order."""
    lines: list[Line] = []
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        share = min(1.0, piece.link_chars / max(1, len(piece.text)))
        tag = str(piece.element.tag)
        lines.append(
            Line(at, end, straighten(piece.text), True, tag=tag, links=share, hrefs=piece.hrefs)
        )
        at = end + len(SEPARATOR)
    return SEPARATOR.join(piece.text for piece in pieces), lines


def pieces_under(pieces: Sequence[Piece], lines: Sequence[Line]) -> list[Piece]:
    """The piece that each line is, or is a part of."""
    starts: list[int] = []
    at = 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + len(SEPARATOR)
    return [pieces[bisect_right(starts, line.start) - 1] for line in lines]
