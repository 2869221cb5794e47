"""The articles of the last days in memory, to find those that an arriving one may go on.

In: rows with id and day. Out: what an article is linked with, a function of each pair alone. Only
days around the article's own are looked at, whatever else the desk holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date

import numpy as np

from dragoman.link.measure import ROW, Rows, shared, understood, unlike
from dragoman.link.similarity import compared
from dragoman.link.stories import LINK
from dragoman.model import STORY_DAYS

NEAR = 205
"""Signs of 512 in which the vectors of two articles on one story may differ. On the development
sets 995 of 1,000 pairs differ in fewer, and three quarters of pairs at random in more."""
CLOSE = 170
FEW_NAMES = 0.02
"""Two articles that differ in more signs than `CLOSE` need so much of their names in common; so do
all of which one is in a language that the encoder doesn't know, whatever their signs."""
DAYS = 40
"""Days held in memory; those that were not asked for longest go first."""

Entry = tuple[str, Rows]


class Window:
    def __init__(self) -> None:
        self._days: OrderedDict[str, _Day] = OrderedDict()

    def __contains__(self, day: str) -> bool:
        return day in self._days

    def load(self, day: str, entries: Iterable[Entry]) -> None:
        """Take up a day with all of its articles."""
        self._days[day] = made = _Day()
        for identity, row in entries:
            made.put(identity, row)

    def put(self, day: str, identity: str, row: Rows) -> None:
        """An article in place of what was known of it; nothing where its day is not held."""
        self.drop(identity)
        if day in self._days:
            self._days[day].put(identity, row)

    def drop(self, identity: str) -> None:
        for held in self._days.values():
            held.drop(identity)

    def near(self, identity: str, day: str, row: Rows) -> dict[str, float]:
        """The others that an article is linked with, each with the score. All days that
        `days_around` gives must have been loaded."""
        found: dict[str, float] = {}
        for other in days_around(day):
            self._days.move_to_end(other)
            found |= self._days[other].near(row, days_between(day, other))
        while len(self._days) > DAYS:
            self._days.popitem(last=False)
        found.pop(identity, None)
        return found


class _Day:
    def __init__(self) -> None:
        self._rows = np.zeros(16, ROW)
        self._beside()
        self._ids: list[str | None] = []
        self._places: dict[str, int] = {}

    def _beside(self) -> None:
        """Side by side what is looked at of many rows: a whole row is thirty times as long."""
        self._signs = self._rows["signs"].copy(order="F")
        self._names = {column: self._rows[column].copy() for column in ("names", "name_weights")}
        self._understood = np.isin(self._rows["language"], understood())

    def put(self, identity: str, row: Rows) -> None:
        self.drop(identity)
        if len(self._ids) == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros(len(self._rows), ROW)])
            self._beside()
        self._places[identity] = len(self._ids)
        self._rows[len(self._ids)] = row[0]
        self._signs[len(self._ids)] = row["signs"][0]
        self._understood[len(self._ids)] = np.isin(row["language"], understood())[0]
        for column, values in self._names.items():
            values[len(self._ids)] = row[column][0]
        self._ids.append(identity)

    def drop(self, identity: str) -> None:
        place = self._places.pop(identity, None)
        if place is not None:
            self._ids[place] = None

    def near(self, row: Rows, days: int) -> dict[str, float]:
        differing = unlike(row["signs"][0], self._signs[: len(self._ids)])
        told = self._understood[: len(self._ids)] & np.isin(row["language"], understood())
        places = np.flatnonzero((differing <= NEAR) | ~told)
        if not len(places):
            return {}
        is_close = (differing[places] <= CLOSE) & told[places]
        far = places[~is_close]
        names = {column: values[far] for column, values in self._names.items()}
        is_close[~is_close] = shared(row, names, "names") >= FEW_NAMES
        places = places[is_close]
        if not len(places):
            return {}
        scores = compared(row, self._rows[places]).story(days)
        likely = scores >= LINK - 0.001  # what is rounded up is looked at as well
        places, scores = places[likely], scores[likely]
        linked = [(self._ids[p], round(float(s), 3)) for p, s in zip(places, scores, strict=True)]
        return {name: score for name, score in linked if name is not None and score >= LINK}


def days_around(day: str) -> list[str]:
    """The days whose articles may belong with one of this day. What has no day ("") is compared
    with what has none."""
    if not day:
        return [day]
    middle = date.fromisoformat(day).toordinal()
    first, last = max(middle - STORY_DAYS, 1), min(middle + STORY_DAYS, date.max.toordinal())
    return [date.fromordinal(n).isoformat() for n in range(first, last + 1)]


def days_between(a: str, b: str) -> int:
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days) if a and b else 0
