"""A question put to the record, as the query language's parser leaves it: a tree of conditions.

Each condition holds for an event or not, and for an article or not. Names are ids already: what a
person wrote for an actor or a place is looked up before a tree is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.model.record import Status, ToldAs

SideOf = Literal["any", "source", "target"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand one after the other, as they were written; the last one may be begun only.

    Of an article headline and body are searched, of an event the sentences that tell it.
    """

    words: tuple[str, ...]
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class OfActor:
    """One of these actors is a side of the event; `any` also where an article names it."""

    actors: tuple[str, ...]
    side: SideOf = "any"


@dataclass(frozen=True, slots=True)
class OfPair:
    """The event counts for these two: one is its source and the other its target."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class OfEvent:
    """One of these events, also under the id of one that was merged into it."""

    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfStory:
    """The article belongs to one of these stories, or repeats a text that does; of an event, an
    article that tells it. Without ids: any story that more than one page tells."""

    stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfCategory:
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfQuad:
    quads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OfStatus:
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class OfTelling:
    """News, background or announced."""

    told_as: tuple[ToldAs, ...]


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The article is in one of these languages (ISO 639); of an event, an article that tells it."""

    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfOutlet:
    """Names of outlets as the desk counts them."""

    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Ids of places; a state's id (ISO 3166 alpha-3) stands for all that lies in it."""

    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """At most so many kilometres from a point."""

    lat: float
    lon: float
    km: float


@dataclass(frozen=True, slots=True)
class Between:
    """Days from `first` to `last` (ISO, both included); of an article that of its publication."""

    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class OriginsOf:
    """At least `low` and at most `high` independent origins."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Every:
    """No condition at all."""


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Query


Condition = (
    Words
    | OfActor
    | OfPair
    | OfEvent
    | OfStory
    | OfCategory
    | OfQuad
    | OfStatus
    | OfTelling
    | InLanguage
    | OfOutlet
    | AtPlace
    | Near
    | Between
    | OriginsOf
)
Query = Condition | Every | And | Or | Not
EVERYTHING = Every()
