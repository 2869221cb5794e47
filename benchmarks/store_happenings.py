"""Made-up happenings of three years, as unevenly spread over actors as those of the news.

In: a seed, the atlas and the codebook. Out: happenings, each told once or more. Sides are states
and bodies of the atlas, drawn after Zipf's law; a tenth of all is between ten pairs. Nothing of it
is true.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TypeVar

from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Event, Place, Precision, Status, Told, ToldAs

T = TypeVar("T")
NEW = 0.25
"""Share of reports that are of a new happening; the others go on with what was told of late, one
that was told more often the likelier, unless it is over."""
RECENT, OVER = 1, 3
"""Days."""
HOT, HOT_SHARE = 10, 0.1
"""Pairs that are told of most, and their share of happenings."""
ALONE = 0.2
"""Share of happenings without a target."""
STATUSES: dict[Status, float] = {
    "happened": 70, "planned": 9, "demanded": 6, "ongoing": 4, "alleged": 4, "threatened": 3,
    "denied": 2, "hypothetical": 1.5, "halted": 0.5,
}  # fmt: skip
PRECISIONS: dict[Precision | None, float] = {
    "day": 80, "range": 6, "month": 6, "year": 4, None: 4,
}  # fmt: skip
TOWNS = 500


@dataclass(slots=True, eq=False)
class Happening:
    """One act, and who told of it so far."""

    id: str
    category: str
    quad: int
    status: Status
    told_as: ToldAs
    source: str
    target: str | None
    source_name: str
    target_name: str
    dated: Dated | None
    place: Place | None
    begun: date
    told: list[Told] = field(default_factory=list)

    def event(self) -> Event:
        return Event(
            self.id,
            self.category,
            self.status,
            self.told_as,
            self.source,
            self.target,
            self.source_name,
            self.target_name,
            self.dated,
            self.place,
            report_ids=tuple(one.report_id for one in self.told),
            outlets=len({one.outlet for one in self.told}),
            origins=len({one.outlet for one in self.told[::2]}),
            best=self.told[0].report_id,
            first=self.told[0],
            languages=tuple(sorted({one.language or "" for one in self.told})),
            alike=("category", "source", "target") if len(self.told) > 1 else (),
        )


class Happenings:
    def __init__(self, dice: Random, knowledge: Knowledge) -> None:
        self._dice, atlas = dice, knowledge.atlas
        actors = sorted(
            one.id for one in atlas.actors.values() if one.kind in {"state", "igo", "alliance"}
        )
        dice.shuffle(actors)
        self._actors = actors
        self._names = {one: atlas.actors[one].name("en") for one in actors}
        self._hot = [(actors[n], actors[HOT + n]) for n in range(HOT)]
        quads = {one: knowledge.codebook.find(one) for one in knowledge.codebook.categories}
        self._quads = [(name, found.quad) for name, found in quads.items() if found is not None]
        self._towns = [
            Place(f"town-{n}", f"Town {n}", dice.uniform(-60, 70), dice.uniform(-180, 180))
            for n in range(TOWNS)
        ]
        self._weights = {
            number: list(accumulate(1 / (rank + 2) for rank in range(number)))
            for number in (len(actors), HOT, len(self._quads), TOWNS)
        }
        self._statuses = list(STATUSES), list(accumulate(STATUSES.values()))
        self._precisions = list(PRECISIONS), list(accumulate(PRECISIONS.values()))
        self._recent: deque[tuple[date, Happening]] = deque()

    def told_on(self, day: date) -> Happening:
        """One that is told on a day: a new one, or more often one of the last days again."""
        while self._recent and (day - self._recent[0][0]).days > RECENT:
            self._recent.popleft()
        if not self._recent or self._dice.random() < NEW:
            one = self._new(day)
        else:
            one = self._dice.choice(self._recent)[1]
            if (day - one.begun).days > OVER:
                one = self._new(day)
        self._recent.append((day, one))
        return one

    def _new(self, day: date) -> Happening:
        dice = self._dice
        category, quad = self._one(self._quads)
        (status,) = dice.choices(self._statuses[0], cum_weights=self._statuses[1])
        source, target = self._sides()
        told_as, first = self._when(day, status)
        return Happening(
            f"e-{dice.getrandbits(64):016x}",
            category,
            quad,
            status,
            told_as,
            source,
            target,
            self._names[source],
            self._names[target] if target is not None else "",
            self._dated(first),
            self._one(self._towns) if dice.random() < 0.4 else None,
            day,
        )

    def _sides(self) -> tuple[str, str | None]:
        dice = self._dice
        if dice.random() < HOT_SHARE:
            one, other = self._one(self._hot)
            return (one, other) if dice.random() < 0.5 else (other, one)
        source, target = self._one(self._actors), self._one(self._actors)
        return source, None if target == source or dice.random() < ALONE else target

    def _when(self, day: date, status: Status) -> tuple[ToldAs, date]:
        """The day that is told: of the last three, long ago, or to come."""
        dice = self._dice
        if status == "planned" and dice.random() < 0.7:
            return "announced", day + timedelta(days=dice.randint(1, 60))
        if dice.random() < 0.15:
            return "background", day - timedelta(days=dice.randint(30, 900))
        return "news", day - timedelta(days=dice.randint(0, 2))

    def _dated(self, first: date) -> Dated | None:
        (precision,) = self._dice.choices(self._precisions[0], cum_weights=self._precisions[1])
        day, year = first.isoformat(), first.year
        if precision is None:
            return None
        if precision == "year":
            return Dated(f"{year}-01-01", f"{year}-12-31", precision, "stated")
        if precision == "month":
            last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            return Dated(first.replace(day=1).isoformat(), last.isoformat(), precision, "stated")
        if precision == "range":
            return Dated(day, (first + timedelta(days=5)).isoformat(), precision, "stated")
        return Dated(day, day, precision, "published, told as news")

    def _one(self, of: list[T]) -> T:
        """The first ones more often than the last: the n-th as 1 / (n + 1)."""
        return self._dice.choices(of, cum_weights=self._weights[len(of)])[0]
