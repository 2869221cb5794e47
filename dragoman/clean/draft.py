"""What both ways through the clean step hand to its last part: text, lines, statements.

In: nothing. Out: the record that `page` and `text` fill and `finish` reads. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from dragoman.clean.facts import PageFacts
from dragoman.clean.lines import Line
from dragoman.clean.metadata import Stated
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.model import Doubt, Image

EVERYWHERE = "any"


@dataclass(slots=True)
class Draft:
    text: str
    lines: list[Line]
    language: str | None
    title: str | None = None
    url: str | None = None
    canonical: str | None = None
    stated: Stated | None = None
    root: HtmlElement | None = None
    facts: PageFacts = field(default_factory=PageFacts)
    images: tuple[Image, ...] = ()
    doubts: list[Doubt] = field(default_factory=list)


def rules_for(language: str | None, furniture: Mapping[str, FurnitureRules]) -> FurnitureRules:
    """A language's own rules, those for all, and the proofs of scraping in every other."""
    rules = furniture.get(language or EVERYWHERE, FurnitureRules())
    if language not in (None, EVERYWHERE):
        rules = rules.joined(furniture.get(EVERYWHERE, FurnitureRules()))
    for code, others in furniture.items():
        if code not in (language, EVERYWHERE):
            rules = rules.joined(others.proofs())
    return rules
