"""HTML → labelled lines: the page's visible text, what it states of itself, and its pictures.

In: a decoded page. Out: a draft whose text is rebuilt from the tree, block by block. Markup is
evidence, the extractor chooses, the furniture patterns have the last word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.clean.authors import is_byline, is_life, mark_signatures
from dragoman.clean.body import choose
from dragoman.clean.captions import mark_beside_pictures
from dragoman.clean.credits import CreditMarks, credit_marks, is_credit_line, split_caption
from dragoman.clean.draft import CleaningKnowledge, Draft, rules_for
from dragoman.clean.extract import Piece, compose, pieces_of, pieces_under
from dragoman.clean.facts import PageFacts, page_facts
from dragoman.clean.furniture import (
    cut_footers,
    cut_placeholders,
    footer_of,
    mark_below,
    matching_rule,
)
from dragoman.clean.furniture import mark as mark_furniture
from dragoman.clean.headline import mark_headline, mark_repeats
from dragoman.clean.images import images_of
from dragoman.clean.language import identify
from dragoman.clean.lines import Line, is_paragraph, key_of, labelled, split_lines
from dragoman.clean.metadata import Stated, read_stated
from dragoman.clean.pictures import Places
from dragoman.clean.referee import overrule_page
from dragoman.clean.restated import mark_restated
from dragoman.clean.title import alike, title_of, without_tail
from dragoman.clean.tree import parse_page
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import host_of
from dragoman.model import BODY_LABELS, Capture, Doubt, Label

# Patterns for single words ("Europe", "Reply") are for lines that nothing vouches for.
MOST_WORDS = 25
"""A kept block with more words than this is prose even if it begins like furniture."""
MORE: dict[Label, frozenset[Label]] = {
    "navigation": frozenset({"share", "subscribe", "notice"}),
    "related": frozenset({"share", "subscribe", "notice"}),
    "teaser": frozenset({"share", "subscribe", "notice"}),
    "comment": frozenset({"notice"}),
    "subscribe": frozenset({"navigation"}),
    "byline": frozenset({"share"}),
}
"""Labels by markup, and what a pattern may say in their place."""
BELOW_ARTICLE = "caption-below-article"
ENDS_IN_DASH = re.compile(r"[-–—]\Z")
MOST_HEADING_WORDS = 10
BOLD = frozenset({"b", "strong"})
FEWEST_TITLE_WORDS = 3
FEWEST_SUBTITLE_WORDS = 8
MOST_LINKS_OF_LEAD = 0.2
LONGEST_LIFE = 120
"""Words."""
ALIKE = 0.5
"""Share of common words from which an h1 is the headline that the page states elsewhere."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A page as the rules alone have labelled it: the lines of the draft, and the pieces."""

    draft: Draft
    pieces: Sequence[Piece]
    places: Places
    marks: CreditMarks


def draft_page(capture: Capture, text: str, knowledge: CleaningKnowledge) -> Draft:
    ruled = draft_by_rules(capture, text, knowledge)
    if not ruled.pieces:
        return ruled.draft
    draft, stated = ruled.draft, ruled.draft.stated
    overrule_page(ruled.pieces, draft.lines, knowledge.layout["page"])
    for line in draft.lines:
        if line.label is None:
            _label_left_over(line)
    mark_restated(draft, rules_for(draft.language, knowledge.furniture))
    _mark_bold_headings(ruled.pieces, draft.lines)
    if stated is not None:
        draft.images = images_of(draft, ruled.pieces, ruled.places, stated, ruled.marks)
    return draft


def draft_by_rules(capture: Capture, text: str, knowledge: CleaningKnowledge) -> Ruled:
    """The page before the layout model is asked."""
    furniture = knowledge.furniture
    tree = parse_page(text)
    root = tree.root
    if root is None:
        language = identify(text, knowledge.identifying, capture.language)
        bare = Draft(text, split_lines(text), language, url=capture.url)
        rules = rules_for(bare.language, furniture)
        marks = credit_marks(rules, knowledge.outlets)
        return Ruled(bare, (), Places((), ()), marks)
    stated = read_stated(root)
    pieces = pieces_of(root, rules_for(None, furniture).markup)
    visible, lines = compose(pieces)
    found = choose(root, pieces, lines)
    body = " ".join(line.text for line in lines if line.label in BODY_LABELS)
    language = identify(body or visible, knowledge.identifying, capture.language, stated.language)
    if language is None and body:  # a sentence alone may be too short to tell it
        language = identify(visible, knowledge.identifying)
    rules = rules_for(language, furniture)
    draft = Draft(visible, lines, language, url=capture.url, stated=stated, root=root)
    draft.facts = _facts(draft, stated, capture)
    draft.title = _title(draft, stated, pieces)
    if tree.doubt is not None:
        draft.doubts.append(tree.doubt)
    if not found:
        draft.doubts.append(Doubt("text", "no article was found on the page"))
    marks = credit_marks(rules, knowledge.outlets)
    places = Places(pieces, lines)
    mark_beside_pictures(pieces, lines, places, rules=rules, marks=marks)
    _label(draft, rules, marks)
    return Ruled(draft, pieces, places, marks)


def _facts(draft: Draft, stated: Stated, capture: Capture) -> PageFacts:
    title = draft.root.findtext(".//title") if draft.root is not None else None
    facts = page_facts(stated, draft.url, capture.entry, title)
    draft.url, draft.canonical = facts.url or facts.canonical, facts.canonical
    return facts


def _title(draft: Draft, stated: Stated, pieces: Sequence[Piece]) -> str | None:
    headings = [" ".join(p.text.split()) for p in pieces if p.element.tag == "h1"]
    named = draft.root.findtext(".//title") if draft.root is not None else None
    headings = headings or [" ".join(p.text.split()) for p in pieces if _begins(named, p)]
    return title_of(stated, headings, named, [*stated.own_names, host_of(draft.url or "")])


def _begins(named: str | None, piece: Piece) -> bool:
    """Whether a block says what the page's <title> says before the first bar or dash."""
    said = " ".join(piece.text.split())
    return len(said.split()) >= FEWEST_TITLE_WORDS and (
        without_tail(" ".join((named or "").split()), said) == said
    )


def _label(draft: Draft, rules: FurnitureRules, marks: CreditMarks) -> None:
    lines = draft.lines
    cut_placeholders(lines, rules)
    cut_footers(lines, rules)
    _mark_headline(draft)
    _correct_kept(lines, rules, marks)
    _say_more(lines, rules)
    open_lines = [line for line in lines if line.label is None]
    mark_furniture(open_lines, rules)
    for line in open_lines:
        if line.label is None and is_byline(line.text, rules) and _near_headline(lines, line):
            line.set("byline", "byline-form")
        elif line.label is None and is_credit_line(line.text, marks) and _amid(lines, line):
            line.set("credit", "credit-line")
    mark_below(lines)
    for line in list(lines):
        if line.label == "caption":
            _split_caption(lines, line, marks)
        elif line.label is None:
            _label_left_over(line)
    _mark_above_credits(lines)
    _mark_standfirst(lines)


def _mark_headline(draft: Draft) -> None:
    """The h1 that says the stated title or nearly so; else another block that says just that."""
    title = draft.title or ""
    tops = [line for line in draft.lines if line.tag == "h1"]
    near = max(tops, key=lambda line: alike(line.text, title), default=None)
    same = [line for line in draft.lines if key_of(line.text) == key_of(title) and title]
    if near is not None and (alike(near.text, title) >= ALIKE or (len(tops) == 1 and not same)):
        mark_headline(draft.lines, near, "dom: h1")
    elif same:
        mark_headline(draft.lines, same[0], "stated-title")
    if title:
        mark_repeats(draft.lines, title)


def _correct_kept(lines: Sequence[Line], rules: FurnitureRules, marks: CreditMarks) -> None:
    """Furniture that the extractor kept: footers, "Read also", bios, by-lines."""
    for line in lines:
        if line.label not in BODY_LABELS or line.label == "standfirst":
            continue
        footer = footer_of(line, rules)
        matched = None if footer else matching_rule(line.text, rules)
        if footer:
            line.set("syndication", footer.name)
        elif matched is not None and (line.words <= MOST_WORDS or matched.cue == "strong"):
            line.set(matched.label, matched.name)
            line.opens = matched.opens
    _correct_ends(lines, rules, marks)


def _say_more(lines: Sequence[Line], rules: FurnitureRules) -> None:
    """What a pattern knows for certain outweighs the menu, list or comment that it stands in."""
    for line in lines:
        if line.rule == "dom: dateline" and ENDS_IN_DASH.search(line.text):
            line.set("dateline", line.rule)
        by_markup = line.rule.startswith("dom:") or line.rule == BELOW_ARTICLE
        if line.label not in MORE or not by_markup:
            continue
        matched = matching_rule(line.text, rules) if line.words <= MOST_WORDS else None
        if matched is not None and matched.label in MORE[line.label]:
            line.set(matched.label, matched.name)


def _correct_ends(lines: Sequence[Line], rules: FurnitureRules, marks: CreditMarks) -> None:
    body = [line for line in lines if line.label in BODY_LABELS]
    for line in body[:3]:
        if not line.is_prose and is_byline(line.text, rules):
            line.set("byline", "byline-form")
    mark_signatures(body, rules)
    for line in body:
        if is_credit_line(line.text, marks) and line.tag not in ("li", "h2", "h3"):
            line.set("credit", "credit-line")
    last = body[-1] if len(body) > 3 else None
    if last is not None and last.words < LONGEST_LIFE and is_life(last, lines, rules):
        last.set("bio", "bio-form")


def _near_headline(lines: Sequence[Line], line: Line) -> bool:
    at = next(index for index, other in enumerate(lines) if other is line)
    near = [other.label for other in lines[max(0, at - 6) : at + 7]]
    return "headline" in near or "body" in near


def _amid(lines: Sequence[Line], line: Line) -> bool:
    """Below the headline and above the last paragraph: an agency's name elsewhere is a logo."""
    heads = [other.start for other in labelled(lines, "headline")]
    last = max((other.start for other in labelled(lines, "body")), default=0)
    return line.links < 0.5 and min(heads, default=0) < line.start < last


def _split_caption(lines: list[Line], line: Line, marks: CreditMarks) -> None:
    if is_credit_line(line.text, marks):
        line.set("credit", "credit-line")
    else:
        split_caption(lines, line, marks)


def _mark_standfirst(lines: Sequence[Line]) -> None:
    """A sentence or subtitle right below the headline, which the extractor may have passed over."""
    below = [line for line in lines if line.rule != "duplicate-headline"]
    for line, following in pairwise(below):
        passed_over = following.rule == "outside-article" and not following.links
        subtitle = following.label == "heading" and following.words >= FEWEST_SUBTITLE_WORDS
        if line.label == "headline" and (passed_over or subtitle):
            following.set("standfirst", "below-headline")
    first = next((line.start for line in labelled(lines, "body") if line.is_prose), 0)
    top = max((line.start for line in labelled(lines, "headline")), default=first)
    for line in lines:
        above = line.label == "heading" and line.start < first
        passed_over = line.rule == "outside-article" and top < line.start < first
        if line.is_prose and (above or (passed_over and line.links < MOST_LINKS_OF_LEAD)):
            line.set("standfirst", "prose-above-body")


def _mark_above_credits(lines: Sequence[Line]) -> None:
    """What stands right above a credit amid the article and is none of it tells of the picture."""
    last = max((line.start for line in labelled(lines, "body")), default=0)
    for line, below in pairwise(lines):
        left_over = line.rule in ("outside-article", "short-line-outside-article")
        if left_over and below.label == "credit" and below.start < last and line.words > 3:
            line.set("caption", "above-credit")


def _mark_bold_headings(pieces: Sequence[Piece], lines: Sequence[Line]) -> None:
    """A few words in bold and nothing else head the paragraph below, if one stands above too."""
    begun = False
    for (piece, line), (_, below) in pairwise(zip(pieces_under(pieces, lines), lines, strict=True)):
        if begun and line.tag == "p" and line.label == "body" and is_paragraph(below):
            short = line.words <= MOST_HEADING_WORDS and not line.ends_sentence
            said = "".join(e.text_content() for e in piece.element if e.tag in BOLD)
            if short and key_of(said) == key_of(line.text):
                line.set("heading", "bold-line")
        begun = begun or is_paragraph(line)


def _label_left_over(line: Line) -> None:
    if line.links > 0.5:
        line.set("navigation", "links-outside-article")
    elif line.is_prose:
        line.set("other", "outside-article")
    else:
        line.set("navigation", "short-line-outside-article")
