"""The last part of cleaning, the same for pages and bare text: who, when, what kind, which id.

In: a draft with labelled lines. Out: the article. Whatever stays unknown is said in a doubt.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.clean import dates
from dragoman.clean.attribution import attribute
from dragoman.clean.draft import EVERYWHERE, Draft, rules_for
from dragoman.clean.genre import genre_of
from dragoman.clean.identity import article_id, identity_address
from dragoman.clean.lines import Line, blocks_of, labelled, part_of, replace_line
from dragoman.clean.signing import authors_of
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlets
from dragoman.model import BODY_LABELS, Article, Capture, Doubt


def finish(
    capture: Capture, draft: Draft, furniture: Mapping[str, FurnitureRules], outlets: Outlets
) -> Article:
    rules = rules_for(draft.language, furniture)
    if not capture.bare:
        _cut_dateline(draft.lines, rules)
    attribution, attribution_doubts = attribute(draft.lines, draft.facts, rules, outlets)
    published, date_doubts = dates.published(
        capture.published, draft.stated, draft.root, draft.url, draft.lines
    )
    authors = authors_of(draft, rules, outlets)
    doubts = (
        *draft.doubts, *_missing(draft, furniture), *date_doubts, *attribution_doubts
    )  # fmt: skip
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
        genre=genre_of(draft.lines, rules, authors, draft.stated, draft.url),
        published=published,
        modified=dates.modified(draft.stated) if draft.stated else None,
        authors=authors,
        images=draft.images,
        blocks=blocks_of(draft.lines),
        attribution=attribution,
        doubts=doubts,
    )


def _body(draft: Draft) -> list[Line]:
    return [line for line in draft.lines if line.label in BODY_LABELS]


def _cut_dateline(lines: list[Line], rules: FurnitureRules) -> None:
    """Place and agency before the first sentence become a block of their own."""
    first = next(labelled(lines, "body"), None)
    if first is None:
        return
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
