"""Bare text → labelled lines: a scrape with no markup left, or an article's text alone.

In: a decoded text. Out: a draft whose text is that text, character for character. Where nothing
shows that it was scraped from a page, nothing is taken for furniture.
"""

from __future__ import annotations

from dragoman.clean.authors import mark_author_lines
from dragoman.clean.credits import (
    credit_marks,
    mark_captions,
    mark_credit_lines,
    mark_unpunctuated,
    split_glued,
)
from dragoman.clean.draft import CleaningKnowledge, Draft, rules_for
from dragoman.clean.facts import PageFacts
from dragoman.clean.furniture import count_cues, cut_footers, cut_placeholders, mark, mark_below
from dragoman.clean.headline import headline_of_text, mark_headline, opening_title, repeated_title
from dragoman.clean.images import image_of_text
from dragoman.clean.language import identify
from dragoman.clean.layout import (
    label_all_inside,
    label_by_place,
    looks_like_a_page,
    main_stretch,
    open_stretch,
)
from dragoman.clean.lines import Line, split_lines
from dragoman.clean.memory import SiteMemory
from dragoman.clean.referee import overrule_text
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlets, host_of
from dragoman.model import Capture

WEAK_CUES = 2
"""So many hints make a scrape of a text that nobody vouched for."""
PLAINLY_A_PAGE = 0.7
"""Share of short lines that no article has; checked on 352 bare French news texts."""
FIRST_LINES = 2
"""Captions of a bare text are looked for so many lines into its main stretch."""


def draft_text(
    capture: Capture, text: str, knowledge: CleaningKnowledge, memory: SiteMemory | None = None
) -> Draft:
    draft, is_page = draft_by_rules(capture, text, knowledge, memory)
    if is_page:
        overrule_text(draft.lines, knowledge.layout["text"])
        label_by_place(draft.lines, range(0))
    return draft


def draft_by_rules(
    capture: Capture, text: str, knowledge: CleaningKnowledge, memory: SiteMemory | None = None
) -> tuple[Draft, bool]:
    """The text before the layout model is asked, and whether it is a whole page, menus and all."""
    language = identify(text, knowledge.identifying, capture.language)
    rules = rules_for(language, knowledge.furniture)
    lines = split_lines(text)
    is_page = looks_like_a_page(lines)
    cut_placeholders(lines, rules)
    cut_footers(lines, rules)
    mark(lines, rules)
    if memory is not None and capture.url and not capture.bare:
        memory.mark(host_of(capture.url), lines)
    draft = Draft(text, lines, language, url=capture.url)
    draft.facts = PageFacts(url=capture.url, entry=capture.entry)
    if _was_scraped(lines, rules, capture.bare):
        _label_scrape(draft, rules, knowledge.outlets, is_page)
        return draft, is_page
    _label_plain(draft, capture.bare)
    return draft, False


def _was_scraped(lines: list[Line], rules: FurnitureRules, bare: bool) -> bool:
    """Proof, or hints together with the layout of a page.

    A text handed in as an article's own is believed more: it needs more hints than any other.
    """
    cues = count_cues(lines, rules)
    if cues.strong:
        return True
    if bare:
        menu = looks_like_a_page(lines, most_short=PLAINLY_A_PAGE)
        return menu or (cues.weak > WEAK_CUES and looks_like_a_page(lines))
    footer = any(line.label == "syndication" for line in lines)
    return cues.weak >= WEAK_CUES or footer or looks_like_a_page(lines)


def _label_plain(draft: Draft, bare: bool) -> None:
    rule = "handed-in-as-article" if bare else "no-furniture-cue"
    for line in draft.lines:
        line.set("body", rule)
    title = None if bare else opening_title(draft.lines)
    if title is not None:
        title.set("headline", "opening-title")
        draft.title = title.text


def _label_scrape(draft: Draft, rules: FurnitureRules, outlets: Outlets, is_page: bool) -> None:
    lines = draft.lines
    marks = credit_marks(rules, outlets)
    mark_below(lines)
    headline = repeated_title(lines) or headline_of_text(lines, main_stretch(lines))
    if headline is not None:
        mark_headline(lines, headline, "title-above-main-text")
        draft.title = draft.text[headline.start : headline.end]
    mark_author_lines(lines, rules)
    main = main_stretch(lines)
    first = [line for line in lines[main.start : main.stop] if line.label is None][:FIRST_LINES]
    above = lines[max(0, main.start - FIRST_LINES) : main.start]
    if first and split_glued(lines, first[0], draft.text, marks) is not None:
        first = []
    mark_captions(lines, [*above, *first], rules, marks)
    if headline is not None:
        mark_unpunctuated(lines, headline, marks)
    mark_credit_lines(lines, marks)
    if not is_page:
        label_all_inside(lines, open_stretch(lines))
    label_by_place(lines, main_stretch(lines))
    draft.images = image_of_text(draft, marks)
