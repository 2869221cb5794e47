"""What people say of the record: a record for each kind of word, and those of actors together.

A word names what it is about by ids, and holds what must not be lost when the machine changes its
mind: reports as they stood, and who was in which group. Who said it, when and why stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.model.record import Report

VerdictKind = Literal["confirm", "reject", "unsure"]
JudgementKind = Literal["confirm", "reject", "unsure", "correct", "merge", "split"]
GroupKind = Literal["event", "story"]


@dataclass(frozen=True, slots=True)
class Pinned:
    """A report as a person left it, and the names of its fields that this person answers for."""

    report: Report
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """That reports stand as they are, that they are wrong, or that nobody can tell. `target` is
    the report, or the event that these reports told when it was judged."""

    kind: VerdictKind
    target: str
    reports: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    pinned: tuple[Pinned, ...] = ()
    """Of what is confirmed."""
    says: Literal["verdict"] = "verdict"

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.target, *self.reports, *self.articles)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a report should say instead."""

    target: str
    article: str
    fields: tuple[str, ...]
    pinned: Pinned | None = None
    """None once the article was forgotten."""
    says: Literal["correction"] = "correction"

    @property
    def kind(self) -> Literal["correct"]:
        return "correct"

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.target, self.article)


@dataclass(frozen=True, slots=True)
class Joining:
    """That several events, or stories, are one. `members`: the reports of the events, or articles
    of the stories, that each had then; groups are made anew, their members stay what they are."""

    of: GroupKind
    groups: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]
    says: Literal["joining"] = "joining"

    @property
    def kind(self) -> Literal["merge"]:
        return "merge"

    @property
    def target(self) -> str:
        return self.groups[0]

    @property
    def ids(self) -> tuple[str, ...]:
        return (*self.groups, *(one for group in self.members for one in group))


@dataclass(frozen=True, slots=True)
class Parting:
    """That some reports of an event, or articles of a story, are apart from the rest it had."""

    of: GroupKind
    target: str
    out: tuple[str, ...]
    rest: tuple[str, ...]
    says: Literal["parting"] = "parting"

    @property
    def kind(self) -> Literal["split"]:
        return "split"

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.target, *self.out, *self.rest)


@dataclass(frozen=True, slots=True)
class SameActor:
    """That two ids of the atlas are one actor, which goes by the second."""

    target: str
    into: str
    says: Literal["same actor"] = "same actor"

    @property
    def kind(self) -> Literal["merge"]:
        return "merge"

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.target, self.into)


@dataclass(frozen=True, slots=True)
class OtherActor:
    """That who is taken for an actor in some articles is somebody else, or nobody known (None)."""

    target: str
    articles: tuple[str, ...]
    into: str | None
    says: Literal["other actor"] = "other actor"

    @property
    def kind(self) -> Literal["split"]:
        return "split"

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.target, *([self.into] if self.into is not None else ()), *self.articles)


Grouping = Joining | Parting
Word = Verdict | Correction | Joining | Parting | SameActor | OtherActor


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people say of actors, oldest first: whom the linker's answers mean."""

    words: tuple[SameActor | OtherActor, ...] = ()
