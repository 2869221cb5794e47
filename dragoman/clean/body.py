"""Which blocks of a page are the article: an extractor's choice, checked against the markup.

In: the page's tree, pieces and lines. Out: labels on the lines. The extractor (trafilatura) only
chooses; the text stays the page's own, so that what was not chosen is labelled and shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import takewhile

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from dragoman.clean.containers import Evidence
from dragoman.clean.extract import Piece
from dragoman.clean.layout import main_stretch
from dragoman.clean.lines import Line, key_of, tokens_of
from dragoman.model import Label

SIZE = 4
"""Words in a shingle."""
ENOUGH = 0.7
"""Share of a block's shingles that the extractor must have kept."""
WRAPS_ARTICLE = 0.5
"""An element that holds this share of the kept text is the article, whatever its class says."""
NAMES_ARTICLE = 0.35
"""Class words that stand around this share of it mean something else on this page."""
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt"})
# Elements that only say that something stands beside the article; what stands in them says more.
CONTAINERS = frozenset({"dom: sidebar", "dom: widget", "dom: aside", "dom: role complementary"})
MOST_LINKED = 0.6
ALL_LINK = 0.9
FEWEST_ALIKE = 3
"""So many kept sentences in containers of one kind make a lost one there the article's."""
NEAR_END = 4
"""Blocks below the last paragraph where a picture may still be the article's."""
FEWEST_TAIL_WORDS = 6
SHORTEST_ARTICLE = 60
"""Characters; an extractor gives back a menu's words rather than nothing."""
FEWEST_WORDS = 3
# What an element says that outweighs the extractor's choice.
ALWAYS: frozenset[Label] = frozenset({"caption", "credit", "comment", "comment_form"})


@dataclass(frozen=True, slots=True)
class _Void:
    elements: frozenset[HtmlElement]
    rules: frozenset[str]


def choose(root: HtmlElement, pieces: Sequence[Piece], lines: Sequence[Line]) -> bool:
    """Label each line by markup and by what is kept; False where no article was found."""
    if mark_extracted(root, lines):
        _disown_links(lines)
        _disown_top(lines)
        _disown_tail(lines)
    void = _void(pieces, lines)
    for piece, line in zip(pieces, lines, strict=True):
        _label(piece, line, void)
    if not any(line.kept and line.label == "body" for line in lines):
        return _by_layout(lines)
    _recover(pieces, lines)
    _name_table_heads(pieces, lines)
    _name_subtitles(lines)
    _disown_captions(lines)
    _name_the_rest(lines)
    return True


def mark_extracted(root: HtmlElement, lines: Sequence[Line]) -> bool:
    """Note on each line whether the extractor kept it; False where it found no article."""
    kept = _extracted(root)
    if len(kept) < SHORTEST_ARTICLE:
        return False
    _mark_kept(lines, kept)
    return True


def _extracted(root: HtmlElement) -> str:
    try:
        document = bare_extraction(
            deepcopy(root), include_comments=False, include_tables=True, fast=True
        )
    except Exception:  # a third party's fault must not cost us the page
        return ""
    return (document.text or "") if isinstance(document, Document) else ""


def _mark_kept(lines: Sequence[Line], kept: str) -> None:
    words = tokens_of(kept)
    shingles = set(zip(*(words[i:] for i in range(SIZE)), strict=False))
    whole = {key_of(row) for row in kept.splitlines()}
    for line in lines:
        line.kept = _is_kept(line, shingles, whole)
    _drop_repeats(lines)


def _is_kept(line: Line, shingles: set[tuple[str, ...]], whole: set[str]) -> bool:
    words = tokens_of(line.text)
    if len(words) < 2 * SIZE:
        return bool(words) and key_of(line.text) in whole
    own = list(zip(*(words[i:] for i in range(SIZE)), strict=False))
    return sum(shingle in shingles for shingle in own) >= ENOUGH * len(own)


def _disown_top(lines: Sequence[Line]) -> None:
    """Above the headline only prose can be the article: old pages set their menus in tables."""
    tops = [index for index, line in enumerate(lines) if line.tag == "h1"]
    if len(tops) != 1 or not any(line.kept and line.is_prose for line in lines[tops[0] :]):
        return
    for line in lines[: tops[0]]:
        line.kept = line.kept and line.is_prose and line.links < MOST_LINKED


def _disown_links(lines: Sequence[Line]) -> None:
    """A block that is one link and no sentence leads to another page."""
    for line in lines:
        if line.kept and line.links >= ALL_LINK and not line.ends_sentence:
            line.kept = False


def _disown_tail(lines: Sequence[Line]) -> None:
    """A heading with nothing below it, and a few words below the last sentence, end no article."""
    for line in reversed(lines):
        if line.kept:
            few = line.words < FEWEST_TAIL_WORDS and not line.ends_sentence and line.tag != "li"
            if not few and line.tag not in HEADINGS:
                return
            line.kept = False


def _drop_repeats(lines: Sequence[Line]) -> None:
    """Of blocks with one text (a teaser, a pull quote) only that amid the article is kept."""
    kept = [index for index, line in enumerate(lines) if line.kept]
    counts = Counter(key_of(lines[index].text) for index in kept)
    centre = kept[len(kept) // 2] if kept else 0
    for key in (key for key, count in counts.items() if count > 1):
        same = [index for index in kept if key_of(lines[index].text) == key]
        nearest = min(same, key=lambda index: abs(index - centre))
        for index in same:
            lines[index].kept = index == nearest


def _void(pieces: Sequence[Piece], lines: Sequence[Line]) -> _Void:
    """Elements and class words whose evidence is void, because they hold the kept text."""
    total = sum(len(line.text) for line in lines if line.kept)
    by_element: Counter[HtmlElement] = Counter()
    by_rule: Counter[str] = Counter()
    for piece, line in zip(pieces, lines, strict=True):
        if line.kept:
            by_element.update({element: len(line.text) for element, _ in piece.chain})
            by_rule.update({said.rule: len(line.text) for _, said in piece.chain})
    return _Void(
        frozenset(e for e, size in by_element.items() if size > WRAPS_ARTICLE * total),
        frozenset(rule for rule, size in by_rule.items() if size > NAMES_ARTICLE * total),
    )


def _label(piece: Piece, line: Line, void: _Void) -> None:
    chain = [
        said
        for element, said in piece.chain
        if element not in void.elements and said.rule not in void.rules
    ]
    if piece.element.tag == "h1":
        return
    said = _strongest(chain)
    in_caption = any(e.label in ("caption", "credit") for e in chain)
    if said is not None and (said.label in ALWAYS or not line.kept or said.label != "standfirst"):
        if said.label == "standfirst" and not line.kept:
            return
        if said.label in ("byline", "bio") and line.kept and line.words > 40:
            line.set("body", "kept-by-extractor")
            return
        line.set(said.label, said.rule)
    elif line.kept and not in_caption:
        _label_kept(piece, line, said)


def _strongest(chain: Sequence[Evidence]) -> Evidence | None:
    """A menu decides, then the outermost furniture; else the innermost part of the article."""
    parts: frozenset[Label] = frozenset({"caption", "credit", "byline", "standfirst", "bio"})
    furniture = [said for said in chain if said.label not in parts]
    for label in ("comment_form", "comment"):
        said_so = [said for said in furniture if said.label == label]
        if said_so:
            return said_so[-1]
    furniture = [said for said in furniture if said.rule not in CONTAINERS] or furniture
    furniture = [said for said in furniture if said.rule != "dom: button"] or furniture
    menus = [said for said in furniture if said.label == "navigation"]
    if furniture:
        return (menus or furniture)[0]
    return chain[-1] if chain else None


def _label_kept(piece: Piece, line: Line, said: Evidence | None) -> None:
    if said is not None and said.label == "standfirst":
        line.set("standfirst", said.rule)
    elif piece.element.tag in HEADINGS:
        line.set("heading", f"dom: {piece.element.tag}")
    elif _is_quoted(piece.element):
        line.set("quote", "dom: blockquote")
    else:
        line.set("body", "kept-by-extractor")


def _recover(pieces: Sequence[Piece], lines: Sequence[Line]) -> None:
    """Paragraphs, headings, rows and quoted posts that the extractor lost amid the article."""
    kept = [i for i, line in enumerate(lines) if line.label == "body"]
    parents = Counter(pieces[i].element.getparent() for i in kept)
    for index in range(kept[0], kept[-1] + 1):
        line, element = lines[index], pieces[index].element
        sibling = element.tag == "p" and parents[element.getparent()] >= 2
        if line.label in (None, "share") and _is_quoted(element):
            line.set("quote", "quoted-post")
        if line.label is not None or line.links >= MOST_LINKED:
            continue
        if sibling and line.is_prose:
            line.set("body", "between-kept-paragraphs")
        elif element.tag == "tr" and line.words > 1:
            line.set("body", "table-amid-article")
        elif element.tag in HEADINGS and parents[element.getparent()] >= 2 and index + 1 in kept:
            line.set("heading", f"dom: {element.tag}")
    _recover_chunks(pieces, lines, kept)


def _recover_chunks(pieces: Sequence[Piece], lines: Sequence[Line], kept: Sequence[int]) -> None:
    """Of an article in several containers alike, between advertisements, those that were lost."""
    places = Counter(_place(pieces[i].element) for i in kept if lines[i].is_prose)
    article = _whole(pieces[kept[0]].element)
    for index in range(kept[0], len(lines)):
        line, element = lines[index], pieces[index].element
        if element.tag == "h1":
            return
        place = _place(element) if line.label is None and line.is_prose else None
        if place is None or places[place] < FEWEST_ALIKE or line.links >= MOST_LINKED:
            continue
        if _whole(element) is article:
            line.set("body", "alike-container")


def _place(element: HtmlElement) -> tuple[str, ...] | None:
    """Tag, and tags and classes of the two elements above; None where no class tells them apart."""
    above = [parent for _, parent in zip(range(2), element.iterancestors(), strict=False)]
    said = [f"{parent.tag} {parent.get('class') or ''}" for parent in above]
    named = any(parent.get("class") for parent in above)
    return (str(element.tag), *said) if named else None


def _whole(element: HtmlElement) -> HtmlElement | None:
    """The <article> or <main> that an element stands in: another one holds another article."""
    return next(element.iterancestors("article", "main"), None)


def _is_quoted(element: HtmlElement) -> bool:
    return (
        element.tag == "blockquote" or next(element.iterancestors("blockquote"), None) is not None
    )


def _name_table_heads(pieces: Sequence[Piece], lines: Sequence[Line]) -> None:
    for piece, line in zip(pieces, lines, strict=True):
        cells = [cell.tag for cell in piece.element] if piece.element.tag == "tr" else []
        if line.label == "body" and cells and all(tag == "th" for tag in cells):
            line.set("other", "table-head")


def _name_subtitles(lines: Sequence[Line]) -> None:
    """Below the first paragraph and above the last a subtitle heads a section."""
    prose = [line.start for line in lines if line.label == "body" and line.is_prose]
    for line in lines:
        if line.label == "standfirst" and prose and prose[0] < line.start < prose[-1]:
            line.set("body" if line.is_prose else "heading", line.rule)


def _disown_captions(lines: Sequence[Line]) -> None:
    """Pictures well below the last paragraph illustrate other stories."""
    last = max(index for index, line in enumerate(lines) if line.label == "body")
    for line in lines[last + 1 + NEAR_END :]:
        if line.label in ("caption", "credit"):
            line.set("teaser", "caption-below-article")


def _name_the_rest(lines: Sequence[Line]) -> None:
    """What is neither kept nor named by its markup waits for the furniture patterns."""
    for line in lines:
        if line.label is None and line.tag != "h1":
            line.rule = "not-kept"


def _by_layout(lines: Sequence[Line]) -> bool:
    """No extractor's choice: the stretch that reads most like prose, outside named furniture."""
    main = main_stretch([line for line in lines if line.links < MOST_LINKED])
    open_lines = [line for line in lines if line.links < MOST_LINKED][main.start : main.stop]
    for line in open_lines:
        if line.label is None and line.is_prose:
            line.set("body", "main-text")
    if not any(line.label == "body" for line in lines):
        for line in _a_few_words(lines):
            line.set("body", "below-headline")
    return any(line.label == "body" for line in lines)


def _a_few_words(lines: Sequence[Line]) -> list[Line]:
    """An article of a sentence or two: right below the only h1, or all that is on the page."""
    tops = [index for index, line in enumerate(lines) if line.tag == "h1"]
    below = lines[tops[0] + 1 :] if len(tops) == 1 else lines
    few = list(takewhile(_is_short_sentence, below))
    return few if tops[1:] == [] and (tops or len(few) == len(lines)) else []


def _is_short_sentence(line: Line) -> bool:
    said = line.label is None and line.tag == "p" and not line.links
    return said and line.words >= FEWEST_WORDS and line.ends_sentence
