"""Who first published the text, who re-published it, and which agency supplied it.

In: labelled lines, and what a page states of itself. Out: one decision, each part with the span it
stands in and the rule that read it. Where nothing is claimed, nothing is attributed.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.clean.agencies import agency_claims, agency_named, signs_alone
from dragoman.clean.facts import PageFacts
from dragoman.clean.first_publisher import House, first_publisher_claims, house_of
from dragoman.clean.lines import Line, labelled
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlets, host_of
from dragoman.model import Attribution, Claim, Doubt

AGENCY_ALONE = "byline of an agency alone"


def attribute(
    lines: Sequence[Line], facts: PageFacts, rules: FurnitureRules, outlets: Outlets
) -> tuple[Attribution, tuple[Doubt, ...]]:
    """The most trusted claim of each kind; no re-publisher without a first publisher."""
    house = house_of(facts, outlets)
    agency = next(iter(agency_claims(lines, facts, rules, outlets)), None)
    claims = first_publisher_claims(lines, facts, rules, outlets, house)
    first = claims[0] if claims else _signed_by_agency(lines, facts, outlets, house)
    if first is None:
        return Attribution(None, None, agency), ()
    found = outlets.named(first.value)
    if found is not None and found.is_agency and agency is None:
        agency = first
    republisher = _page_outlet(facts, house)
    doubts: tuple[Doubt, ...] = ()
    if republisher is None:
        reason = "no address was given, so the page that re-published this is not known"
        doubts = (Doubt("attribution.republisher", reason),)
    return Attribution(first, republisher, agency), doubts


def _page_outlet(facts: PageFacts, house: House) -> Claim | None:
    if house.outlet is not None:
        rule = "page: address" if facts.url else "page: site name"
        return Claim(house.outlet.name, None, None, rule)
    if facts.site_name:
        return Claim(facts.site_name, None, None, "page: site name")
    host = host_of(facts.url) if facts.url else ""
    return Claim(host, None, None, "page: address") if host else None


def _signed_by_agency(
    lines: Sequence[Line], facts: PageFacts, outlets: Outlets, house: House
) -> Claim | None:
    """Where nobody but an agency signs, the text is the agency's own, printed again."""
    if house.outlet is None or house.outlet.is_agency:
        return None
    signing = [line for line in labelled(lines, "byline") if not any(map(str.isdigit, line.text))]
    for line in signing:
        outlet = signs_alone(line, outlets)
        return Claim(outlet.name, line.start, line.end, AGENCY_ALONE) if outlet else None
    names = [agency_named(name, outlets) for name in facts.authors]
    if len(names) == 1 and names[0] is not None:
        return Claim(names[0].name, None, None, "page: stated author")
    return None
