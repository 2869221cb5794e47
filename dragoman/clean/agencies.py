"""Which agency supplied the text: by dateline, by-line, signature, credit line, or the page's word.

In: labelled lines and what the page states. Out: claims, the best evidence first. A photo's agency
says nothing of the text's, and an agency that is quoted did not supply the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.clean.facts import PageFacts
from dragoman.clean.furniture import footer_of
from dragoman.clean.lines import Line, is_paragraph, labelled, opening
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlet, Outlets
from dragoman.model import BODY_LABELS, Claim

SHARED = frozenset({"agency-line", "byline with an agency"})
"""Rules by which an agency supplied a part, and somebody else wrote the text."""
WITH = re.compile(r"(?<!\w)(?:with|avec|mit|con|com|med|met|z|с|з|ile|και|dan)(?!\w)", re.I)
SHORTEST_SIGNATURE = 3
"""Two capitals alone are as often a button ("AA" sets the size of letters) as an agency."""
LONGEST_SIGNATURE = 60
LONGEST_CREDIT_LINE = 260
"""Characters: a line that does nothing but credit, or the last words of a text."""
CREDIT = "agency-credit"
"""The rule of a line that credits an agency and was not known to until then."""
LINES_BELOW = 4
"""So far below the last paragraph a signature is looked for."""
RIGHT_BELOW = 2
# At the very end, in brackets or between slashes: "… in June. (AFP)", "… /TASS/", "… [ANI]".
IN_BRACKETS = re.compile(
    r"[(\[/（【]\s*([^\s()\[\]/（）【】][^()\[\]/（）【】\n]{1,59}?)\s*[)\]/）】]\W*\Z"
)
DASHED = re.compile(r"[.!?»”\"]\s*(?:—|–|--|-)\s*([^\s.,;][^.;,\n]{1,30}?)\.?\s*\Z")
APART = re.compile(
    r"\s*(?:[,;|/•·&()\[\]]|\s[-–—]\s|(?<!\w)(?:and|et|und|y|e|i|и|та|with|avec|mit|con|com|с|з|by|par|von"
    r"|por|di|de|source|quelle|fonte|fuente|from|via|agencies|agences|agencias)(?!\w):?)\s*",
    re.I,
)
LED = re.compile(
    r"\A(?:l'|the |la |l’|die |der |agentur |agence |agenzia |agencia |агентства? )", re.I
)
STAFF = re.compile(r"\s+(?:staff|news|writers?|correspondents?|reporters?|bureau)\Z", re.I)


def agency_claims(
    lines: Sequence[Line], facts: PageFacts, rules: FurnitureRules, outlets: Outlets
) -> list[Claim]:
    """All that is said of the text's agency, the best evidence first."""
    claims = [
        *_datelines(lines, rules, outlets),
        *_bylines(lines, outlets),
        *_source_lines(lines, rules, outlets),
        *_credit_lines(lines, rules, outlets),
        *_signatures(lines, outlets),
    ]
    for stated in (*facts.authors, *facts.credited):
        claims += [
            Claim(outlet.name, None, None, "page: stated source")
            for outlet, _, _ in agencies_in(stated, outlets)
        ]
    for stated in facts.entry.authors if facts.entry is not None else ():
        claims += [
            Claim(outlet.name, None, None, "feed: author")
            for outlet, _, _ in agencies_in(stated, outlets)
        ]
    return claims


def agencies_in(words: str, outlets: Outlets) -> Iterator[tuple[Outlet, int, int]]:
    """Agencies that a credit names part by part, each with the span it stands in."""
    at = 0
    whole = outlets.agency(words.strip(" .()[]"))
    if whole is not None:
        yield whole, 0, len(words)
        return
    for part in APART.split(words):
        start = words.index(part, at)
        at = start + len(part)
        outlet = agency_named(part, outlets)
        if outlet is not None:
            yield outlet, start, at


def agency_named(name: str, outlets: Outlets) -> Outlet | None:
    """An agency by name or mark, with or without its article, its staff, or a case ending."""
    bare = STAFF.sub("", LED.sub("", name.strip(" .:*_\"'«»“”"), count=1))
    if len(bare) < 2:
        return None
    found = outlets.agency(name) or outlets.agency(bare)
    if found is None and len(bare) > SHORTEST_SIGNATURE:
        named = outlets.inflected(bare)
        found = named if named is not None and named.is_agency else None
    return found


def signs_alone(line: Line, outlets: Outlets) -> bool:
    """Nobody is named beside agencies: no person, no initials, no desk, no other outlet."""
    text = line.text.strip(" .|•·—–-")
    if len(text) < SHORTEST_SIGNATURE or WITH.search(text):
        return False
    if agency_named(APART.sub("", text, count=1), outlets) or agency_named(text, outlets):
        return True
    parts = [part for part in APART.split(text) if any(map(str.isalpha, part))]
    undated = [part for part in parts if not any(map(str.isdigit, part))]
    return bool(undated) and all(agency_named(part, outlets) for part in undated)


def _datelines(lines: Sequence[Line], rules: FurnitureRules, outlets: Outlets) -> Iterator[Claim]:
    for line in (*labelled(lines, "dateline"), *opening(lines)):
        for pattern in rules.datelines:
            match = pattern.match(line.text + " ")
            name = match.groupdict().get("agency") if match else None
            for outlet, start, end in agencies_in(name, outlets) if name else ():
                at = line.start + match.start("agency") if match else 0
                yield Claim(outlet.name, at + start, at + end, "dateline")


def _bylines(lines: Sequence[Line], outlets: Outlets) -> Iterator[Claim]:
    for line in labelled(lines, "byline"):
        if len(line.text.strip()) < SHORTEST_SIGNATURE:
            continue
        for outlet, start, end in agencies_in(line.text, outlets):
            rule = "byline" if signs_alone(line, outlets) else "byline with an agency"
            yield Claim(outlet.name, line.start + start, line.start + end, rule)


def _source_lines(
    lines: Sequence[Line], rules: FurnitureRules, outlets: Outlets
) -> Iterator[Claim]:
    """ "Source: AFP" below the text; above it stands the source of a picture."""
    last = max((line.start for line in lines if is_paragraph(line)), default=0)
    for line in labelled(lines, "syndication"):
        footer = footer_of(line, rules) if line.rule == "source-line" else None
        if footer is None or line.start < last:
            continue
        for outlet, start, end in agencies_in(footer.words, outlets):
            at = line.start + footer.start
            yield Claim(outlet.name, at + start, at + end, "source-line")


def _credit_lines(
    lines: Sequence[Line], rules: FurnitureRules, outlets: Outlets
) -> Iterator[Claim]:
    """ "… contributed to this report", "Con información de …"; or of all of it: "© …"."""
    patterns = [
        *((pattern, "agency-line") for pattern in rules.agency_lines),
        *((pattern, "signature") for pattern in rules.agency_signatures),
    ]
    for line in tail_of(lines):
        if len(line.text) > LONGEST_CREDIT_LINE or line.rule == "source-line":
            continue
        shift = len(line.text) - len(line.text.lstrip("([*_—–-• "))
        for pattern, rule in patterns:
            match = pattern.match(line.text, shift)
            if match:
                at = line.start + match.start("agency")
                for outlet, start, end in agencies_in(match.group("agency"), outlets):
                    _label(line)
                    yield Claim(outlet.name, at + start, at + end, rule)


def _signatures(lines: Sequence[Line], outlets: Outlets) -> Iterator[Claim]:
    for line in tail_of(lines):
        if line.rule == "source-line":
            continue
        for pattern in (IN_BRACKETS, DASHED):
            tail = max(0, len(line.text) - 90)
            match = pattern.search(line.text, tail)
            if match is None:
                continue
            rule = "agency-line" if WITH.search(match.group(1)) else "signature"
            for outlet, start, end in agencies_in(match.group(1), outlets):
                at = line.start + match.start(1)
                _label(line)
                yield Claim(outlet.name, at + start, at + end, rule)
        if SHORTEST_SIGNATURE <= len(line.text) <= LONGEST_SIGNATURE and signs_alone(line, outlets):
            for outlet, start, end in agencies_in(line.text, outlets):
                _label(line)
                yield Claim(outlet.name, line.start + start, line.start + end, "signature")


def _label(line: Line) -> None:
    """What credits the text is no menu."""
    if line.label == "navigation":
        line.set("credit", CREDIT)


def tail_of(lines: Sequence[Line]) -> list[Line]:
    """The last paragraph and what stands right below it, but for pictures and menus."""
    body = [i for i, line in enumerate(lines) if is_paragraph(line)]
    if not body:
        return []
    near = lines[body[-1] + 1 :][: 2 * LINES_BELOW]
    below = [
        line for at, line in enumerate(near) if _may_credit(line, right_below=at < RIGHT_BELOW)
    ]
    return [lines[body[-1]], *below[:LINES_BELOW], *_syndication(lines, body[-1])]


def _may_credit(line: Line, *, right_below: bool) -> bool:
    """Not a picture's text or a menu; a short line that the extractor passed over is neither."""
    passed_over = right_below and line.rule.startswith("short-line-outside") and line.links < 0.5
    own = line.label in BODY_LABELS | {"syndication", "byline", "bio", "other"}
    return own or passed_over or line.rule in ("credit-line", CREDIT)


def _syndication(lines: Sequence[Line], last: int) -> list[Line]:
    return [line for line in lines[last + 1 + LINES_BELOW * 2 :] if line.label == "syndication"]
