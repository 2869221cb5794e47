"""Who first published the text, who re-published it, and which agency supplied it.

In: labelled lines, who signs, and what a page states of itself. Out: one decision, each part with
the span it stands in and the rule that read it. Where nothing is claimed, nothing is attributed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.clean.agencies import SHARED, agency_claims
from dragoman.clean.facts import PageFacts
from dragoman.clean.first_publisher import first_publisher_claims
from dragoman.clean.house import House, house_of
from dragoman.clean.lines import Line
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlets
from dragoman.model import Attribution, Author, Claim, Doubt

ALONE = "an agency alone signs"
"""What the rule of a first publisher ends in that was read from an agency's mark."""


def attribute(
    lines: Sequence[Line],
    facts: PageFacts,
    authors: Sequence[Author],
    rules: FurnitureRules,
    outlets: Outlets,
) -> tuple[Attribution, tuple[Doubt, ...]]:
    """The most trusted claim of each kind; no re-publisher without a first publisher."""
    house = house_of(facts, lines, rules, outlets)
    agencies = agency_claims(lines, facts, rules, outlets)
    agency = next(iter(agencies), None)
    claims = first_publisher_claims(lines, facts, rules, outlets, house)
    first = claims[0] if claims else None
    if first is None and not any(_is_person(author, outlets) for author in authors):
        first = _signed_alone(agencies, outlets, house)
    if first is None:
        return Attribution(None, None, agency), ()
    found = outlets.named(first.value)
    if found is not None and found.is_agency and agency is None:
        agency = first
    doubts: tuple[Doubt, ...] = ()
    republisher = Claim(house.name, None, None, house.rule) if house.name else None
    if republisher is None:
        reason = "no address was given, so the page that re-published this is not known"
        doubts = (Doubt("attribution.republisher", reason),)
    return Attribution(first, republisher, agency), doubts


def _signed_alone(agencies: Sequence[Claim], outlets: Outlets, house: House) -> Claim | None:
    """Where nobody but an agency signs, the text is the agency's own, printed again.

    "With AFP" says that somebody else wrote it, and two agencies that somebody joined them. On a
    page of no known house, or of an agency, the agency may speak for itself.
    """
    if house.name is None or (house.outlet is not None and house.outlet.is_agency):
        return None
    best = agencies[0].rule if agencies else ""
    several = {claim.value for claim in agencies if claim.rule == best}
    if len(several) != 1 or any(claim.rule in SHARED for claim in agencies):
        return None
    for claim in agencies:
        if not house.owns(claim.value, outlets.named(claim.value)):
            return replace(claim, rule=f"{claim.rule}: {ALONE}")
    return None


def _is_person(author: Author, outlets: Outlets) -> bool:
    """A name that is no outlet's and no agency's: somebody, or a desk, who wrote it here."""
    return outlets.agency(author.name) is None and outlets.named(author.name) is None
