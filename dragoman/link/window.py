"""The articles of the last days in memory, to find those that an arriving one may go on.

In: rows with id and day. Out: what an article is linked with, a function of each pair alone. Only
days around the article's own are looked at, whatever else the desk holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from typing import Literal

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
LATELY = 1_000
"""A day goes that so many articles did not ask for: as time goes on, none comes back to it."""
HELD = 50_000
"""Articles of days, some 150 MB, of which those that were not asked for longest go before, if the
article at hand does not need them."""

Entry = tuple[str, Rows]


class Window:
    def __init__(self) -> None:
        self._days: OrderedDict[str, _Day] = OrderedDict()
        self._asked = 0

    def __len__(self) -> int:
        """Articles that are held, and those of the days held that were dropped since."""
        return sum(map(len, self._days.values()))

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
        self._asked += 1
        for other in days_around(day):
            self._days.move_to_end(other)
            self._days[other].asked = self._asked
            found |= self._days[other].near(row, days_between(day, other))
        self._let_go()
        found.pop(identity, None)
        return found

    def _let_go(self) -> None:
        """The days that were not asked for longest stand first."""
        while self._days:
            day, oldest = next(iter(self._days.items()))
            is_late = oldest.asked <= self._asked - LATELY
            if oldest.asked == self._asked or not (is_late or len(self) > HELD):
                break
            del self._days[day]


class _Day:
    def __init__(self) -> None:
        self.asked = 0
        """For which article it was last asked, by number."""
        self._ids: list[str | None] = []
        self._places: dict[str, int] = {}
        self._rows = np.zeros(0, ROW)
        self._make_room(0)

    def __len__(self) -> int:
        return len(self._ids)

    def _make_room(self, most: int) -> None:
        """Side by side what is looked at of many rows: a whole row is thirty times as long. What
        is left zero takes no memory yet."""
        rows = np.zeros(most, ROW)
        rows[: len(self._rows)] = self._rows
        self._rows = rows
        self._signs = _apart(rows["signs"], len(self), order="F")
        self._names = {
            column: _apart(rows[column], len(self)) for column in ("names", "name_weights")
        }
        self._understood = np.isin(rows["language"], understood())

    def put(self, identity: str, row: Rows) -> None:
        self.drop(identity)
        if len(self._ids) == len(self._rows):
            self._make_room(2 * len(self) or 1)
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
        if not len(self):
            return {}
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


def _apart(column: np.ndarray, known: int, order: Literal["C", "F"] = "C") -> np.ndarray:
    """A column of its own, of which so many rows are known and the others zero."""
    made = np.zeros(column.shape, column.dtype, order)
    made[:known] = column[:known]
    return made


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
