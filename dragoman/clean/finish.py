"""The last part of cleaning, the same for pages and bare text: who, when, what kind, which id.

In: a draft with labelled lines. Out: the article. Whatever stays unknown is said in a doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dragoman.clean import dates
from dragoman.clean.attribution import attribute
from dragoman.clean.draft import EVERYWHERE, Draft, rules_for
from dragoman.clean.genre import PageSays, genre_of
from dragoman.clean.identity import article_id, identity_address
from dragoman.clean.lines import Line, blocks_of, opening, part_of, replace_line
from dragoman.clean.metadata import Stated
from dragoman.clean.signing import authors_of
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlets
from dragoman.model import BODY_LABELS, Article, Author, Capture, Dated, Doubt

FED = "named by the feed alone; the page names nobody"


def finish(
    capture: Capture, draft: Draft, furniture: Mapping[str, FurnitureRules], outlets: Outlets
) -> Article:
    rules = rules_for(draft.language, furniture)
    if not capture.bare:
        _cut_dateline(draft.lines, rules)
    published, date_doubts = _dated(capture, draft)
    authors, author_doubts = _signed(draft, rules, outlets)
    attribution, attribution_doubts = attribute(draft.lines, draft.facts, authors, rules, outlets)
    says = PageSays(draft.stated or Stated(), draft.url, outlets.at(draft.url), attribution)
    doubts = (
        *draft.doubts,
        *_missing(draft, furniture),
        *date_doubts,
        *author_doubts,
        *attribution_doubts,
    )
    elsewhere = outlets.at(draft.canonical)
    copied = elsewhere is not None and elsewhere is not outlets.at(draft.url)
    address = identity_address(draft.url, draft.canonical, copied)
    body = " ".join(draft.text[line.start : line.end] for line in _body(draft))
    return Article(
        id=article_id(address, body, capture.id),
        capture_id=capture.id,
        text=draft.text,
        language=draft.language,
        url=draft.url,
        canonical=draft.canonical,
        title=draft.title,
        genre=genre_of(draft.lines, rules, authors, says),
        published=published,
        modified=dates.modified(draft.stated) if draft.stated else None,
        authors=authors,
        images=draft.images,
        blocks=blocks_of(draft.lines),
        attribution=attribution,
        doubts=doubts,
    )


def _dated(capture: Capture, draft: Draft) -> tuple[Dated | None, tuple[Doubt, ...]]:
    """What the page states, else what its feed says, else a guess or nothing."""
    dated, doubts = dates.published(
        capture.published, draft.stated, draft.root, draft.url, draft.lines
    )
    if dated is not None and dated.basis != "given" and dates.is_ahead(dated, capture.fetched):
        reason = f"the page says {dated.start}, a day that had not come when it was fetched"
        dated, doubts = None, (Doubt("published", reason),)
    day = dates.iso_day(capture.entry.published) if capture.entry is not None else None
    if day and doubts:
        return Dated(day, day, "day", "feed"), ()
    return dated, doubts


def _signed(
    draft: Draft, rules: FurnitureRules, outlets: Outlets
) -> tuple[tuple[Author, ...], tuple[Doubt, ...]]:
    """Who signs on the page, else whom its feed names."""
    authors, entry = authors_of(draft, rules, outlets), draft.facts.entry
    if authors or entry is None or not entry.authors:
        return authors, ()
    fed = replace(draft, facts=replace(draft.facts, authors=entry.authors))
    authors = authors_of(fed, rules, outlets)
    return authors, (Doubt("authors", FED),) if authors else ()


def _body(draft: Draft) -> list[Line]:
    return [line for line in draft.lines if line.label in BODY_LABELS]


def _cut_dateline(lines: list[Line], rules: FurnitureRules) -> None:
    """Place and agency before the first sentence become a block of their own."""
    for first in opening(lines):
        for pattern in rules.datelines:
            match = pattern.match(first.text)
            if match and match.end() < len(first.text) - 20:
                cut = first.start + match.end()
                head = part_of(first, first.start, cut, "dateline", "dateline-form")
                rest = part_of(first, cut, first.end, first.label, first.rule)
                replace_line(lines, first, [head, rest])
                return


def _missing(draft: Draft, furniture: Mapping[str, FurnitureRules]) -> list[Doubt]:
    doubts: list[Doubt] = []
    if draft.language is None:
        doubts.append(Doubt("language", "the text is too short or too mixed to tell its language"))
    elif draft.language not in furniture or draft.language == EVERYWHERE:
        doubts.append(Doubt("language", f"{draft.language!r} is not read yet"))
    if draft.title is None:
        doubts.append(Doubt("title", "no headline could be told from the text"))
    if not _body(draft) and not any(doubt.field == "text" for doubt in draft.doubts):
        doubts.append(Doubt("text", "no article was found in it"))
    return doubts
