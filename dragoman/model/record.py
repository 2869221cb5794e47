"""What `record` makes: reports (an event as one article tells it) and events (the happenings)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from dragoman.model.article import Article, Dated, Doubt
from dragoman.model.origins import Backing
from dragoman.model.reading import Place, Reading, Reference, Speaker, Tier
from dragoman.model.story import Signature

# fmt: off
Status = Literal[
    "happened", "ongoing", "planned", "demanded", "threatened",
    "hypothetical", "denied", "alleged", "halted",
]
# fmt: on
ToldAs = Literal["news", "background", "announced"]


@dataclass(frozen=True, slots=True)
class Side:
    """A source or target. The span is the noun phrase's head words, without the article."""

    actor: str | None
    name: str
    sector: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Count:
    what: str
    low: int
    high: int
    unit: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OwnLabel:
    """A category of the desk's own that a clause resembles, and its nearest example there."""

    category: str
    score: float
    example: str


@dataclass(frozen=True, slots=True)
class Report:
    """One coded event as one article tells it. `id` never depends on offsets or versions."""

    id: str
    article_id: str
    category: str
    root: str
    mode: str | None
    context: tuple[str, ...]
    cameo: str | None
    quad: int
    status: Status
    told_as: ToldAs
    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    counts: tuple[Count, ...]
    date: Dated | None
    place: Place | None
    predicate: tuple[int, int]
    evidence: tuple[int, int]
    evidence_text: str
    attributed_to: Speaker | None
    confidence: float
    why: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    labels: tuple[OwnLabel, ...] = ()
    """Of the desk's own codebook, best first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """All that the per-article steps made of one capture."""

    article: Article
    reading: Reading
    references: tuple[Reference, ...] = ()
    reports: tuple[Report, ...] = ()
    id: str | None = None
    backing: Backing | None = None
    """None before the record step, and in what was kept before backing was noted."""
    signature: Signature | None = None
    """Of an article that was linked just now; the store gives it apart."""

    @property
    def tier(self) -> Tier:
        """How far its text was read."""
        return self.reading.tier or ("full" if self.reading.sentences else "none")

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        own = self.article.doubts + self.reading.doubts
        return own + tuple(doubt for report in self.reports for doubt in report.doubts)


def is_done_together(why: Collection[str]) -> bool:
    """Whether a report's reasons say that both sides were found in one slot of the clause ("A and B
    met"): the coder writes the slots into them. Reasons without slots say no."""
    slots: dict[str, set[str]] = {"source": set(), "target": set()}
    for reason in why:
        label, found, rest = reason.partition(" from ")
        if found and label in slots:
            slots[label].add(rest.partition(": ")[0])
    return bool(slots["source"]) and slots["source"] == slots["target"]
