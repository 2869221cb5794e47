"""Conditions that narrow a query down, as addresses: of facets, of places, of months.

In: a query as it was written, and what was counted among its hits. Out: `Facet`s whose values are
links. A condition is added to the text of the query, which otherwise stays as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.model.query import Or, Query
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.wanted import Wanted
from dragoman.publish.wording import N_, Table
from dragoman.publish.words import STATUSES, language_words, month_words
from dragoman.store.facets import Facets

SHOWN = 10
"""Values of a facet."""
FIELDS = {
    "category": "category", "status": "status", "language": "lang", "outlet": "outlet",
    "actor": "actor", "country": "place", "place": "place",
}  # fmt: skip
NAMES = Table(
    {
        "category": N_("Category"), "status": N_("Status"), "language": N_("Language"),
        "outlet": N_("Outlet"), "actor": N_("Actor"), "country": N_("Country"),
        "year": N_("Year"), "month": N_("Month"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    words: str
    count: int
    address: str
    """Of the search with this value as a further condition."""


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The query that is narrowed down, and how its narrower ones are to be shown."""

    wanted: Wanted
    query: Query

    def to(self, name: str, value: str) -> str:
        """The address with one more condition."""
        if name in FIELDS:
            condition = f"{FIELDS[name]}:{value if value.isalnum() else _quoted(value)}"
        else:
            condition = f"after:{value} before:{value}"
        text = self.wanted.text
        whole = f"({text})" if isinstance(self.query, Or) else text
        return self.wanted.of_text(f"{whole} {condition}".strip()).address()


def facets(room: ReadingRoom, counted: Facets, narrowing: Narrowing) -> tuple[Facet, ...]:
    # Within one year its months tell more.
    coarse = "month" if len(counted["year"]) > 1 else "year"
    return tuple(
        Facet(name, NAMES[name], _values(room, name, values, narrowing))
        for name, values in counted.items()
        if values and name != coarse
    )


def _values(
    room: ReadingRoom, name: str, values: Sequence[tuple[str, int]], narrowing: Narrowing
) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(value, _words(room, name, value), number, narrowing.to(name, value))
        for value, number in values[:SHOWN]
    )


def _words(room: ReadingRoom, name: str, value: str) -> str:
    if name == "category":
        return room.category(value)
    if name == "status":
        return STATUSES[value]
    if name == "language":
        return language_words(value)
    if name == "month":
        return month_words(value)
    return room.actor_name(value) if name in ("actor", "country") else value


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def by_period(counted: Mapping[str, Sequence[tuple[str, int]]], name: str) -> dict[str, int]:
    """What was counted of "month" or "year", the earliest first."""
    return dict(sorted(counted[name]))
