"""What stands behind an article, and what a set of articles goes back to.

A `Voice` is somebody whose word is passed on; `Backing` is all that one article says of where its
contents come from; `Origins` is what is left of many articles when they are grouped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

VoiceKind = Literal["agency", "outlet", "speaker", "statement", "release", "post"]
Standing = Literal["independent", "unknown", "opinion"]


@dataclass(frozen=True, slots=True)
class Voice:
    """A source as one article names it.

    `body` is the actor it stands for: a minister and his ministry both stand for their state.
    `outlet` is the id of a known outlet or agency. `is_named` is false where an office or a
    statement is meant and nothing tells whose: "the army", "a statement".
    """

    name: str
    kind: VoiceKind = "speaker"
    body: str | None = None
    outlet: str | None = None
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class Backing:
    """`rests_on`: the voices that all or most of the article hangs on, most first; empty where it
    tells by its own authority. `by_report` has the reports that differ from the whole."""

    article_id: str
    url: str | None = None
    shown_by: str | None = None
    """Who shows it, as the page names them."""
    agency: str | None = None
    first_publisher: str | None = None
    genre: str = "other"
    published: str | None = None
    rests_on: tuple[Voice, ...] = ()
    by_report: tuple[tuple[str, tuple[Voice, ...]], ...] = ()
    is_read: bool = True
    """False for a language that is not read: whose word it passes on is not known."""

    def voices(self, report_ids: tuple[str, ...] = ()) -> tuple[Voice, ...]:
        """What these reports rest on together, or the whole article: none where one is its own."""
        if not report_ids:
            return self.rests_on
        own = dict(self.by_report)
        each = [own.get(identity, self.rests_on) for identity in report_ids]
        return tuple(dict.fromkeys(voice for one in each for voice in one)) if all(each) else ()


@dataclass(frozen=True, slots=True)
class NamedSource:
    """Somebody named on whom articles rest. `names`: how they are named, without repeats."""

    name: str
    kind: VoiceKind
    names: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OriginMember:
    """An article in a group, and why it is in it."""

    article_id: str
    outlet: str
    reason: str


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """Articles that count once. `reason` says why the group stands as it does."""

    source: str
    standing: Standing
    reason: str
    members: tuple[OriginMember, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(member.outlet for member in self.members))


@dataclass(frozen=True, slots=True)
class Origins:
    """What a set of articles goes back to, the group with the most articles first."""

    outlets: int = 0
    texts: int = 0
    separate_texts: int = 0
    """Texts that are no copies of one another, without opinion pieces."""
    sources: tuple[NamedSource, ...] = ()
    groups: tuple[OriginGroup, ...] = ()

    @property
    def independent(self) -> int:
        return self._standing("independent")

    @property
    def unknown(self) -> int:
        """Groups of which it can't be known whether they are independent of the others."""
        return self._standing("unknown")

    @property
    def opinion(self) -> int:
        return self._standing("opinion")

    def _standing(self, standing: Standing) -> int:
        return sum(group.standing == standing for group in self.groups)
