"""From ties between outlines to happenings: which ties hold, and what they bring together.

In: outlines and the ties between them. Out: groups, each the outlines of one happening. What tells
its day is held by what tells the same day; what does not, by the one dated outline that it is most
like. So no chain of vague reports joins the days of a war, and a new report changes little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from dragoman.grouping import Group
from dragoman.model import Footing, Outline, Tie
from dragoman.record.outline import DISPUTING
from dragoman.record.sameness import MUTUAL, acts_near, is_elsewhere, is_unknown, overlap

Bond = tuple[float, str, str]
"""The score of a tie that holds, and what it ties, the lesser id first; once for both."""


def footing(one: Footing, ties: Iterable[Tie]) -> Footing:
    """What holds an outline now; `ties`: all that it has, itself first."""
    dated = [tie for tie in ties if tie.is_other_dated]
    if one.is_dated:
        return replace(one, anchor=None, is_alone=not any(tie.same_day for tie in dated))
    best = min(dated, key=lambda tie: (-tie.score, tie.other), default=None)
    return replace(one, anchor=best.other if best is not None else None, is_alone=best is None)


def firmer(one: Footing, more: Iterable[Tie]) -> Footing | None:
    """What holds an outline that got more ties; None where that hangs on those it had as well."""
    if one.is_dated:
        return replace(one, is_alone=one.is_alone and footing(one, more).is_alone)
    return footing(one, more) if one.anchor is None else None


def holds(tie: Tie, one: Footing, other: Footing) -> bool:
    """Whether a tie counts, by what else holds the two."""
    if one.is_dated and other.is_dated:
        return tie.same_day or (one.is_alone and other.is_alone)
    if one.is_dated or other.is_dated:
        vague, dated = (other, one) if one.is_dated else (one, other)
        return vague.anchor == dated.id
    return one.is_alone and other.is_alone


def happenings(outlines: Mapping[str, Outline], ties: Sequence[Bond]) -> list[Group]:
    """The groups of whole connected parts: the strongest ties first, unless the two groups that
    one would join tell of other days, places or sides. `ties`: those that hold, in any order."""
    home = {identity: _Joined.of(made) for identity, made in sorted(outlines.items())}
    for one, other in _strongest_first(list(home), ties):
        a, b = home[one], home[other]
        if a is not b and not a.clashes(b):
            a.take(b)
            for identity in b.members:
                home[identity] = a
    return sorted({frozenset(joined.members) for joined in home.values()}, key=min)


def _strongest_first(ids: Sequence[str], ties: Sequence[Bond]) -> Iterator[tuple[str, str]]:
    """Both ends of each tie; of equals, those of the lesser ids first. By numbers, since most ties
    of a large part are equals and ids are slow to compare. `ids`: in their order."""
    place = {identity: at for at, identity in enumerate(ids)}
    scores = np.fromiter((score for score, _, _ in ties), np.float64, len(ties))
    ones = np.fromiter((place[one] for _, one, _ in ties), np.int64, len(ties))
    others = np.fromiter((place[other] for _, _, other in ties), np.int64, len(ties))
    for at in np.lexsort((others, ones, -scores)).tolist():
        _, one, other = ties[at]
        yield one, other


@dataclass(eq=False)
class _Joined:
    """Reports joined so far, and what they tell between them."""

    members: list[str]
    sources: set[str]
    targets: set[str]
    named: set[str]
    spots: list[Outline]
    acts: set[str]
    dated: list[Outline] = field(default_factory=list)
    is_mutual: bool = False

    @staticmethod
    def of(made: Outline) -> _Joined:
        return _Joined(
            [made.id],
            set() if made.status in DISPUTING else set(made.sources),
            set(made.targets),
            {*made.named, *made.things},
            [made] if made.spot is not None else [],
            {made.act},
            [made] if made.is_dated else [],
            made.act in MUTUAL,
        )

    def take(self, other: _Joined) -> None:
        self.members += other.members
        # What all tell alike is what the group stands for: where each report might add a side or
        # a name, a few vague ones would open it to everything.
        self.sources = _core(self.sources, other.sources)
        self.targets = _core(self.targets, other.targets)
        self.named &= other.named
        self.acts |= other.acts
        self.spots += other.spots
        self.dated += other.dated
        self.is_mutual = self.is_mutual or other.is_mutual

    def clashes(self, other: _Joined) -> bool:
        if any(is_elsewhere(a, b) for a in self.spots for b in other.spots):
            return True
        if any(act not in acts_near(its) for act in self.acts for its in other.acts):
            return True
        if self.dated and other.dated and not _meet(self.dated, other.dated):
            return True
        if self.is_mutual and other.is_mutual:
            own, its = self.sources | self.targets, other.sources | other.targets
            return self._other_side(own, its, other)
        return self._other_side(self.sources, other.sources, other) or self._other_side(
            self.targets, other.targets, other
        )

    def _other_side(self, own: set[str], its: set[str], other: _Joined) -> bool:
        if not own or not its or own & its or own & other.named or its & self.named:
            return False
        return is_unknown(own) == is_unknown(its)


def _core(own: set[str], its: set[str]) -> set[str]:
    """The sides that two groups share; those of the one that knows any; else all."""
    return own & its or own | its


def _meet(some: Sequence[Outline], others: Sequence[Outline]) -> bool:
    """Days overlap; or are next to each other, and were printed on one day."""
    return any(overlap(a, b) or a.published == b.published for a in some for b in others)
