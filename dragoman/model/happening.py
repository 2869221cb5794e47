"""What joins reports to happenings: outlines that are compared, and the events they make.

An event says what its reports tell alike, on what they differ, and who told which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from dragoman.model.article import Dated
from dragoman.model.reading import Place
from dragoman.model.record import Status, ToldAs

OUTLINE_DAYS = 33
"""From the first to the last day that an outline may be of: what is to come "soon" is looked for
from three days before it was printed to a month after."""


@dataclass(frozen=True, slots=True)
class Number:
    """How many were killed, paid, sent: `what` as `Count` has it."""

    what: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a report is compared with others. Reports that tell the same of the same day, such as
    those of copies, have one outline between them; `id` is the digest of the rest.

    Ids of sides are those of all that they stand for: an official's state stands beside him. A
    person whom no table holds is "~" and the surname.
    """

    id: str
    act: str
    """The root category where the act is told as done, planned, denied or alleged; else the
    category: what is demanded or threatened is another act than what is done."""
    mode: str | None
    status: Status
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    people: tuple[str, ...]
    """Officials among the sides, each with the state or body served: "emmanuel-macron@FRA"."""
    named: tuple[str, ...]
    """All states and bodies that its sentence names."""
    things: tuple[str, ...]
    """All else that it names: towns, names that no table holds ("~"), figures ("#")."""
    spot: tuple[float, float] | None
    """Latitude and longitude of the town it happened in."""
    numbers: tuple[Number, ...]
    start: str | None
    """First and last day (ISO) it may be of; None where not even the day of printing is known."""
    end: str | None
    is_told: bool
    """Whether its words tell when, however roughly; else the days are those around printing."""
    is_dated: bool
    """Whether they tell the day, or a few days."""
    published: str | None
    """The day of printing, where the days hang on it or are close to it."""
    words: str
    """Digest of the sentence, of one that tells too little without it."""


class Tie(NamedTuple):
    """Two outlines that may be of one happening, seen from the first of them."""

    one: str
    other: str
    score: float
    same_day: bool
    """Both tell the day, and it is the same."""
    is_other_dated: bool


@dataclass(frozen=True, slots=True)
class Footing:
    """What holds an outline. `anchor`, of one that tells no day: the dated one it is most like.
    `is_alone`: none of its day is tied to a dated one, none that is dated to another one."""

    id: str
    is_dated: bool
    anchor: str | None
    is_alone: bool
    part: str = ""
    """The least of those that it is held together with, by whatever chain."""


@dataclass(frozen=True, slots=True)
class Told:
    """Where a report was told: outlet, article, moment (ISO) and language."""

    report_id: str
    article_id: str
    outlet: str
    moment: str | None
    language: str | None


Aspect = Literal[
    "category", "mode", "status", "source", "target", "date", "place",
    "killed", "wounded", "detained", "displaced", "troops", "money",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """One of several things told: the value in words or as an id, and the reports that tell it."""

    value: str
    report_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What reports contradict each other on, the version told by most first."""

    aspect: Aspect
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A status, when it was first told, and by which report."""

    status: Status
    moment: str | None
    report_id: str


@dataclass(frozen=True, slots=True)
class Event:
    """A happening: its reports, how many independent origins tell it, and whether they agree.

    `report_ids` stand in the order of printing. Denials and allegations are among them, but count
    as telling only where nobody tells it otherwise.
    """

    id: str
    category: str
    status: Status
    told_as: ToldAs
    source: str | None
    target: str | None
    source_name: str
    target_name: str
    date: Dated | None
    place: Place | None
    report_ids: tuple[str, ...]
    outlets: int
    origins: int
    best: str | None = None
    """The report that tells it most fully."""
    first: Told | None = None
    """Who told it first."""
    languages: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    """The statuses it was told with, in the order in which they were first told."""
    alike: tuple[Aspect, ...] = ()
    """What two reports at least tell, and all that tell it tell alike."""
    differences: tuple[Difference, ...] = ()
