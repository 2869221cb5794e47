"""What both ways through the clean step hand to its last part: text, lines, statements.

In: nothing. Out: the record that `page` and `text` fill and `finish` reads. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from lxml.html import HtmlElement

from dragoman.clean.facts import PageFacts
from dragoman.clean.lines import Line
from dragoman.clean.metadata import Stated
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.identifying import Identifying
from dragoman.knowledge.layout import LayoutModel
from dragoman.knowledge.outlets import Outlets
from dragoman.model import Doubt, Image

EVERYWHERE = "any"


class CleaningKnowledge(Protocol):
    @property
    def furniture(self) -> Mapping[str, FurnitureRules]:
        """By language; `any` holds for all."""

    @property
    def identifying(self) -> Identifying: ...

    @property
    def outlets(self) -> Outlets: ...

    @property
    def layout(self) -> Mapping[str, LayoutModel]:
        """`text` for bare text, `page` for pages."""


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
    own = [code for code in (language, EVERYWHERE) if code in furniture]
    others = [code for code in furniture if code not in own]
    return _joined(
        tuple(furniture[code] for code in dict.fromkeys(own) if code),
        tuple(furniture[code] for code in others),
    )


@lru_cache(maxsize=64)
def _joined(own: tuple[FurnitureRules, ...], others: tuple[FurnitureRules, ...]) -> FurnitureRules:
    rules = FurnitureRules()
    for one in (*own, *(other.proofs() for other in others)):
        rules = rules.joined(one)
    return rules
