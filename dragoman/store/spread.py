"""Where the hits of a query happened, and who did them to whom: counted by place and by pair.

In: a tree. Out: numbers by quad class, over the newest `SUMMED` hits at most, as facets are. Names
are looked up elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, atan2, degrees
from typing import Any

from sqlalchemy import Connection, Row, Select, func, literal_column, select

from dragoman.model.query import Query
from dragoman.store.finding import SUMMED, hits
from dragoman.store.schema import events
from dragoman.store.transactions import Transactions

Numbers = tuple[int, int, int, int]
"""Events of each quad class, 1 to 4."""


@dataclass(frozen=True, slots=True)
class AtPlace:
    """`place` and `country` as events have them; `lat` and `lon` in degrees, None where nobody
    knows them; `event`: one of those that happened there, for its name."""

    place: str
    country: str | None
    lat: float | None
    lon: float | None
    numbers: Numbers
    event: str

    @property
    def count(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True, slots=True)
class Between:
    """What one actor did to another one, as events are counted."""

    source: str
    target: str
    numbers: Numbers

    @property
    def count(self) -> int:
        return sum(self.numbers)


class Spreading(Transactions):
    def places_found(self, query: Query) -> list[AtPlace]:
        """Of the events that have a place, the most first."""
        place = func.coalesce(events.c.place, events.c.country)
        at = (place, events.c.country, events.c.x, events.c.y, events.c.z)
        with self._reading() as connection:
            rows = _counted(connection, query, at, least_id=True, where=place.is_not(None))
        found = [
            AtPlace(key[0], key[1], *_degrees(*key[2:]), numbers, least)
            for key, numbers, least in _by_quad(rows, len(at))
        ]
        return sorted(found, key=lambda one: (-one.count, one.place))

    def pairs_found(self, query: Query) -> list[Between]:
        """Of the events with two known sides that are not the same, the most first."""
        source, target = events.c.source, events.c.target
        with self._reading() as connection:
            rows = _counted(connection, query, (source, target), where=source != target)
        found = [Between(key[0], key[1], numbers) for key, numbers, _ in _by_quad(rows, 2)]
        return sorted(found, key=lambda one: (-one.count, one.source, one.target))


def _counted(
    connection: Connection,
    query: Query,
    by: Sequence[Any],
    *,
    where: Any,
    least_id: bool = False,
) -> Iterable[Row[*tuple[Any, ...]]]:
    some = hits(connection, "events", query).ordered("newest").limit(SUMMED).cte("hits")
    quad = func.coalesce(events.c.quad, literal_column("1"))
    sample = func.min(events.c.id) if least_id else func.max("")
    counted: Select[*tuple[Any, ...]] = (
        select(*by, quad, func.count(), sample)
        .select_from(some.join(events, events.c.id == some.c.id))
        .where(where)
        .group_by(*by, quad)
    )
    return connection.execute(counted).all()


def _by_quad(
    rows: Iterable[Row[*tuple[Any, ...]]], width: int
) -> list[tuple[tuple[Any, ...], Numbers, str]]:
    """Rows of one key put together: the key, its numbers, the least sample."""
    numbers: dict[tuple[Any, ...], list[int]] = {}
    samples: dict[tuple[Any, ...], str] = {}
    for row in rows:
        key = tuple(row[:width])
        quad, number, sample = row[width:]
        numbers.setdefault(key, [0, 0, 0, 0])[quad - 1] += number
        samples[key] = min(samples.get(key, sample), sample)
    return [(key, (n[0], n[1], n[2], n[3]), samples[key]) for key, n in numbers.items()]


def _degrees(
    x: float | None, y: float | None, z: float | None
) -> tuple[float | None, float | None]:
    """A point of the unit sphere as latitude and longitude."""
    if x is None or y is None or z is None:
        return None, None
    lat = degrees(asin(max(-1.0, min(1.0, z))))
    return round(lat, 3), round(degrees(atan2(y, x)), 3)
