"""Who first published the text, who re-published it, and which agency supplied it.

In: labelled lines, and what a page states of itself. Out: claims, each with the span it stands in
and the rule that read it. A photo's agency says nothing of the text's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.clean.lines import Line, key_of, labelled
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlet, Outlets, fold_name, host_of
from dragoman.model import Attribution, Claim, Doubt

# Best evidence first. A feed's footer is there only when the page was imported from that feed.
TRUST = ("feed-footer", "first-published-line", "outlet-phrase", "source-line")
SHORTEST_SIGNATURE = 3
"""Two capitals alone are as often a button ("AA" sets the size of letters) as an agency."""
SIGNED = re.compile(
    r"[(\[]([^()\[\]]{2,40})[)\]]\s*\Z|(?:\bavec|\bwith|\bsource\s*:)\s+(?:l')?([^.;,]{2,30})\.?\s*\Z",
    re.I,
)
NAME_IN_BYLINE = re.compile(r"\s*(?:[,;|/•·&()]|\b(?:and|et|with|avec|par|by|source)\b:?)\s*", re.I)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page states of its own origin; all empty for a bare text."""

    url: str | None = None
    canonical: str | None = None
    site_name: str | None = None
    based_on: tuple[str, ...] = ()
    """Names or addresses: isBasedOn, sourceOrganization, creditText, syndication-source."""
    authors: tuple[str, ...] = field(default=())


def attribute(
    lines: Sequence[Line], facts: PageFacts, rules: FurnitureRules, outlets: Outlets
) -> tuple[Attribution, tuple[Doubt, ...]]:
    own = outlets.at(facts.url) or outlets.named(facts.site_name or "")
    agency = _agency(lines, facts, rules, outlets)
    first = _first_publisher(lines, facts, rules, outlets, own)
    if first is None and own is not None and not own.is_agency:
        first = _signed_by_agency(lines, facts, outlets)
    if first is None or (own is not None and outlets.named(first.value) is own):
        return Attribution(None, None, agency), ()
    found = outlets.named(first.value)
    if found is not None and found.is_agency and agency is None:
        agency = first
    republisher = _page_outlet(facts, own)
    if republisher is not None and fold_name(republisher.value) == fold_name(first.value):
        return Attribution(None, None, agency), ()
    doubts: tuple[Doubt, ...] = ()
    if republisher is None:
        reason = "no address was given, so the page that re-published this is not known"
        doubts = (Doubt("attribution.republisher", reason),)
    return Attribution(first, republisher, agency), doubts


def _page_outlet(facts: PageFacts, own: Outlet | None) -> Claim | None:
    if own is not None:
        return Claim(own.name, None, None, "page: address" if facts.url else "page: site name")
    if facts.site_name:
        return Claim(facts.site_name, None, None, "page: site name")
    host = host_of(facts.url) if facts.url else ""
    return Claim(host, None, None, "page: address") if host else None


def _first_publisher(
    lines: Sequence[Line],
    facts: PageFacts,
    rules: FurnitureRules,
    outlets: Outlets,
    own: Outlet | None,
) -> Claim | None:
    claims = [*_footer_claims(lines, rules, outlets), *_phrase_claims(lines, outlets)]
    claims = [claim for claim in claims if own is None or outlets.named(claim.value) is not own]
    if claims:
        return min(claims, key=lambda claim: TRUST.index(claim.rule))
    elsewhere = outlets.at(facts.canonical)
    if facts.url and elsewhere is not None and elsewhere is not outlets.at(facts.url):
        return Claim(elsewhere.name, None, None, "page: canonical address")
    for stated in facts.based_on:
        found = _outlet_of(stated, outlets)
        if found is not None and found is not own and not found.is_agency:
            return Claim(found.name, None, None, "page: stated source")
    return None


def _signed_by_agency(lines: Sequence[Line], facts: PageFacts, outlets: Outlets) -> Claim | None:
    """Where nobody but an agency signs, the text is the agency's own, printed again."""
    signing = [line for line in labelled(lines, "byline") if not any(map(str.isdigit, line.text))]
    for line in signing:
        outlet = outlets.agency(NAME_IN_BYLINE.sub("", line.text, count=1)) or outlets.agency(
            line.text
        )
        if outlet is not None and len(line.text) >= SHORTEST_SIGNATURE:
            return Claim(outlet.name, line.start, line.end, "byline of an agency alone")
        return None
    names = [outlets.agency(name) for name in facts.authors]
    if len(names) == 1 and names[0] is not None:
        return Claim(names[0].name, None, None, "page: stated author")
    return None


def _footer_claims(
    lines: Sequence[Line], rules: FurnitureRules, outlets: Outlets
) -> Iterator[Claim]:
    for line in labelled(lines, "syndication"):
        shift = len(line.text) - len(line.text.lstrip("([*_—–- "))
        for footer in rules.footers:
            match = footer.pattern.match(line.text[shift:]) if footer.name == line.rule else None
            if match:
                start = line.start + shift + match.start("outlet")
                name = match.group("outlet").strip(' ."»«')
                known = _outlet_of(name, outlets)
                end = line.start + shift + match.end("outlet")
                yield Claim(known.name if known else name, start, end, footer.name)
                break


def _phrase_claims(lines: Sequence[Line], outlets: Outlets) -> Iterator[Claim]:
    """Sentences that one outlet's re-publishers must print."""
    phrases = [
        (outlet, key_of(phrase))
        for outlet in outlets
        for phrase in outlet.republisher_phrases
        if key_of(phrase)
    ]
    for line in lines:
        key = key_of(line.text) if phrases and len(line.text) < 700 else ""
        for outlet, phrase in phrases:
            if key and phrase in key:
                line.set("syndication", "outlet-phrase")
                yield Claim(outlet.name, line.start, line.end, "outlet-phrase")


def _agency(
    lines: Sequence[Line], facts: PageFacts, rules: FurnitureRules, outlets: Outlets
) -> Claim | None:
    """By dateline, by-line, signature under the last paragraph, then the page's own word."""
    found = [
        *_dateline_agencies(lines, rules, outlets),
        *_byline_agencies(lines, outlets),
        *_signatures(lines, outlets),
    ]
    for stated in (*facts.authors, *facts.based_on):
        for part in NAME_IN_BYLINE.split(stated):
            outlet = outlets.agency(part)
            if outlet:
                found.append(Claim(outlet.name, None, None, "page: stated source"))
    return next(iter(found), None)


def _dateline_agencies(
    lines: Sequence[Line], rules: FurnitureRules, outlets: Outlets
) -> Iterator[Claim]:
    for line in labelled(lines, "dateline"):
        for pattern in rules.datelines:
            match = pattern.match(line.text + " ") or pattern.match(line.text)
            name = match.groupdict().get("agency") if match else None
            outlet = outlets.agency(name) if name else None
            if match and outlet:
                start = line.start + match.start("agency")
                yield Claim(outlet.name, start, line.start + match.end("agency"), "dateline")


def _byline_agencies(lines: Sequence[Line], outlets: Outlets) -> Iterator[Claim]:
    for line in labelled(lines, "byline"):
        if len(line.text) < SHORTEST_SIGNATURE:
            continue
        for part in NAME_IN_BYLINE.split(line.text):
            outlet = outlets.agency(part)
            if outlet:
                start = line.start + line.text.index(part)
                yield Claim(outlet.name, start, start + len(part), "byline")


def _signatures(lines: Sequence[Line], outlets: Outlets) -> Iterator[Claim]:
    body = list(labelled(lines, "body"))[-1:]
    for line in (*body, *labelled(lines, "syndication")):
        match = SIGNED.search(line.text[-80:])
        name = (match.group(1) or match.group(2)) if match else None
        for part in NAME_IN_BYLINE.split(name) if name else ():
            outlet = outlets.agency(part)
            if outlet:
                start = line.start + line.text.rindex(part)
                yield Claim(outlet.name, start, start + len(part), "signature")


def _outlet_of(stated: str, outlets: Outlets) -> Outlet | None:
    return outlets.named(stated) or (outlets.at(stated) if "." in stated else None)
