"""An audit: a sample of coded sentences, what people said of each, and how right the code is.

A sample is drawn once and kept as it was shown, so that a rebuild changes nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dragoman.model.article import Dated
from dragoman.model.record import Status, ToldAs

Verdict = Literal["right", "wrong", "unsure"]
Part = Literal["category", "source", "target", "status", "date", "place", "not-an-event"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
PARTS: tuple[Part, ...] = get_args(Part)
"""What may be wrong of a coded sentence; where it tells no event, all of it is."""


@dataclass(frozen=True, slots=True)
class Named:
    """A side as its sentence names it, and the actor it was taken for."""

    name: str
    actor: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader is shown: a sentence and its code, without what the machine thinks of it."""

    sentence: str
    act: str
    """The words of the sentence that the code rests on; one sentence may tell several acts."""
    language: str | None
    title: str | None
    outlet: str
    url: str | None
    published: str | None
    category: str
    mode: str | None
    status: Status
    told_as: ToldAs
    sources: tuple[Named, ...]
    targets: tuple[Named, ...]
    date: Dated | None
    place: str | None
    said_by: str | None


@dataclass(frozen=True, slots=True)
class AuditItem:
    """One report of a sample; `shown` is None where its article was forgotten since."""

    report_id: str
    event_id: str
    article_id: str
    stratum: tuple[str, ...]
    revision: int
    coder_version: str | None
    codebook_version: str | None
    shown: Shown | None


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the reports that a query finds: how many there are, and how many were drawn."""

    values: tuple[str, ...]
    reports: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Audit:
    name: str
    query: str
    """As it was asked; empty for the whole desk."""
    by: tuple[str, ...]
    seed: int
    made_at: str
    """An instant (ISO, UTC)."""
    strata: tuple[Stratum, ...]

    @property
    def reports(self) -> int:
        """How many the query found."""
        return sum(one.reports for one in self.strata)

    @property
    def drawn(self) -> int:
        return sum(one.drawn for one in self.strata)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a reader said of a report; `wrong` names at least one part where it is wrong."""

    report_id: str
    reader: str
    verdict: Verdict
    wrong: tuple[Part, ...] = ()
    note: str | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval; all None where nothing was read."""

    read: int
    value: float | None
    low: float | None = None
    high: float | None = None
    error: float | None = None
    """Standard error, of an estimate over strata."""


@dataclass(frozen=True, slots=True)
class StratumResult:
    values: tuple[str, ...]
    reports: int
    drawn: int
    right: int
    wrong: int
    unsure: int
    precision: Share


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readers on the reports that both read. `kappa` is None where chance alone makes them
    agree: where both gave one and the same verdict throughout."""

    readers: tuple[str, str]
    both: int
    same: int
    kappa: float | None
    low: float | None
    high: float | None
    differ: tuple[str, ...]
    """The reports on which they differ."""


@dataclass(frozen=True, slots=True)
class Since:
    """What became of the reports of a sample after it was drawn."""

    withdrawn: int
    changed: int
    """Coded otherwise now, or by another version."""
    forgotten: int


@dataclass(frozen=True, slots=True)
class AuditResult:
    name: str
    query: str
    made_at: str
    by: tuple[str, ...]
    reports: int
    drawn: int
    read: int
    right: int
    wrong: int
    unsure: int
    readers: tuple[str, ...]
    precision: Share
    """Of what the query found, weighted by stratum; what nobody is sure of is left out."""
    unsure_as_wrong: Share
    """The same with every "unsure" counted as wrong."""
    covered: float
    """Share of the reports that lie in strata of which anything was read."""
    strata: tuple[StratumResult, ...]
    parts: tuple[tuple[Part, Share], ...]
    agreement: tuple[Agreement, ...]
    since: Since
    coder_versions: tuple[str, ...]
    """That made the reports, when the sample was drawn."""
