"""Which blocks of a page tell of a picture beside them, whatever their markup calls them.

In: pieces, and lines as the extractor and the markup label them. Out: labels caption and credit,
and a credit of its own element cut off the caption it ends. What no picture stands beside stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from dragoman.clean.authors import is_byline
from dragoman.clean.containers import words_of
from dragoman.clean.credits import CreditMarks, credit_start, is_credit_line, looks_like_credit
from dragoman.clean.extract import SPACES, Piece
from dragoman.clean.lines import Line, ends_sentence, part_of, replace_line, straighten
from dragoman.clean.pictures import Places, figure_of
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.model import Label

ABOVE = 8
"""How many blocks above the headline the lead picture is looked for."""
LONGEST = 600
FEWEST_WORDS = 2
LONGEST_CREDIT = 160
MOST_LINKED = 0.5
FURNITURE: frozenset[Label | None] = frozenset({
    "related", "teaser", "navigation", "other", "notice", "subscribe",
})  # fmt: skip
"""Labels that markup gives to blocks which may yet tell of a picture."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CREDIT_TAGS = frozenset({"cite", "small", "footer"})
"""Inside a figure these hold its credit."""
CREDIT_WORDS = frozenset({
    "copyright", "credit", "credits", "distributor", "fotograf", "photographer",
    "quelle", "rights", "source", "urheber",
})  # fmt: skip
SIGNING_WORDS = CREDIT_WORDS | {"author"}
"""Inside a caption; an author elsewhere is the article's."""
CAPTION_WORDS = frozenset({"bildtext", "bildunterschrift", "caption", "captions", "legend"})
NAMING = ("class", "itemprop", "data-testid")


def mark_beside_pictures(
    pieces: Sequence[Piece],
    lines: list[Line],
    places: Places,
    *,
    rules: FurnitureRules,
    marks: CreditMarks,
) -> None:
    """Label what stands beside a picture; outside a figure only amid the article."""
    pairs = list(zip(pieces, lines, strict=True))
    amid = _amid(lines)
    for index, (piece, line) in enumerate(pairs):
        told = _may_tell(line) and (index in amid or figure_of(piece.element) is not None)
        beside = places.beside(piece.element) if told else None
        if beside is None or is_byline(line.text, rules):
            continue
        below = pairs[index + 1][1] if index + 1 < len(pairs) else None
        label = _label(piece.element, line, below, beside.scope, marks)
        if label is not None:
            line.set(label, f"{label}-beside-picture")
    _name_sources(pairs, marks)
    for piece, line in pairs:
        if line.label == "caption":
            _cut_own_credit(piece, lines, line, marks)


def _amid(lines: Sequence[Line]) -> range:
    """From a little above the headline to the last paragraph."""
    body = [index for index, line in enumerate(lines) if line.label == "body"]
    if not body:
        return range(0)
    tops = [index for index in range(body[0]) if lines[index].tag == "h1"]
    return range(max(0, (tops[-1] if tops else body[0]) - ABOVE), body[-1])


def _may_tell(line: Line) -> bool:
    free = line.label is None or (line.label in FURNITURE and line.rule.startswith("dom:"))
    told = free and line.links < MOST_LINKED and len(line.text) <= LONGEST
    return told and line.tag not in HEADINGS


def _label(
    element: HtmlElement, line: Line, below: Line | None, scope: HtmlElement, marks: CreditMarks
) -> Label | None:
    named = _says(CREDIT_WORDS, element, scope) and looks_like_credit(line.text, marks)
    if named or is_credit_line(line.text, marks):
        return "credit"
    if line.words < FEWEST_WORDS or scope.tag == "figure":
        return None
    credited = below is not None and is_credit_line(below.text, marks)
    credited = credited or credit_start(line.text, marks) is not None
    return "caption" if credited or _says(CAPTION_WORDS, element, scope) else None


def _name_sources(pairs: Sequence[tuple[Piece, Line]], marks: CreditMarks) -> None:
    """Names and nothing else below a caption of the same picture say whose it is."""
    captions = [(p, line) for p, line in pairs if line.label == "caption"]
    for (above, caption), (piece, line) in pairwise(captions):
        if not looks_like_credit(line.text, marks) or line.ends_sentence:
            continue
        figure = figure_of(piece.element)
        if figure is not None and figure is figure_of(above.element) and caption.words > 2:
            line.set("credit", "names-below-caption")


def _cut_own_credit(piece: Piece, lines: list[Line], line: Line, marks: CreditMarks) -> None:
    """A credit that ends a caption's block in an element of its own."""
    begun = credit_start(line.text, marks)
    for element in _ends(piece.element, marks):
        said = _said(element)
        at = len(line.text) - len(said)
        if begun is not None and begun <= at:
            return  # announced before the element begins
        if said and at > 0 and line.text.endswith(said) and _names(said):
            cut = line.start + at
            parts = [
                part_of(line, line.start, cut, "caption", line.rule),
                part_of(line, cut, line.end, "credit", "credit-element"),
            ]
            replace_line(lines, line, parts)
            return


def _ends(block: HtmlElement, marks: CreditMarks) -> Iterator[HtmlElement]:
    """Elements named as a credit, and the last of several that hold all of the block's text."""
    elements = [e for e in block.iterdescendants() if isinstance(e.tag, str)]
    yield from (e for e in elements if _is_named(e, SIGNING_WORDS))
    bare = [block.text, *(child.tail for child in block)]
    if len(block) > 1 and not any(text and text.strip() for text in bare):
        said = _said(block[-1])
        if looks_like_credit(said, marks) or credit_start(said, marks) is not None:
            yield block[-1]


def _said(element: HtmlElement) -> str:
    return straighten(SPACES.sub(" ", "".join(element.itertext())).strip())


def _names(text: str) -> bool:
    """Not a day or a length, as <small> may hold, and no sentence or long text."""
    digits = sum(c.isdigit() for c in text)
    capital = any(c.isalpha() and c.upper() == c for c in text)
    return (
        len(text) <= LONGEST_CREDIT
        and capital
        and digits * 2 < len(text)
        and not ends_sentence(text)
    )


def _says(words: frozenset[str], element: HtmlElement, scope: HtmlElement) -> bool:
    """The block, or what holds it beside the picture, is named by one of these words."""
    for current in (element, *element.iterancestors()):
        if current is scope:
            return False
        if _is_named(current, words):
            return True
    return False


def _is_named(element: HtmlElement, words: frozenset[str]) -> bool:
    if words is not CAPTION_WORDS and element.tag in CREDIT_TAGS:
        return True
    written = " ".join((*(element.get(name, "") for name in NAMING), *_data_names(element)))
    return not words.isdisjoint(words_of(written))


def _data_names(element: HtmlElement) -> list[str]:
    """Names like data-photo-author, which say what the element holds."""
    return ["author" for name in map(str, element.attrib) if name.endswith("author")]
