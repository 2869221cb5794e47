"""Whether a row of other event data may be what a query asks for, as far as such a row can tell.

In: a query's tree and a row. Out: yes, no, or None where the row lacks what it takes: it has no
text of ours, no outlet, no status.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from math import cos, hypot, radians

from dragoman.checking.foreign import ForeignEvent
from dragoman.model.query import (
    And,
    Between,
    Every,
    Near,
    Not,
    OfActor,
    OfCategory,
    OfPair,
    OfQuad,
    Or,
    Query,
)

KM_OF_DEGREE = 111.2
Quads = Mapping[str, int]
"""Quad class by category."""


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two spots in degrees, on a flat map: good to a hundredth within 200 km."""
    turn = abs(one[1] - other[1])
    east = min(turn, 360 - turn) * cos(radians((one[0] + other[0]) / 2))
    return KM_OF_DEGREE * hypot(one[0] - other[0], east)


@singledispatch
def may_be(query: Query, row: ForeignEvent, quads: Quads) -> bool | None:
    """None for conditions on what only texts of the desk have."""
    return None


@may_be.register
def _(query: Every, row: ForeignEvent, quads: Quads) -> bool | None:
    return True


@may_be.register
def _(query: And, row: ForeignEvent, quads: Quads) -> bool | None:
    found = {may_be(part, row, quads) for part in query.parts}
    return False if False in found else None if None in found else True


@may_be.register
def _(query: Or, row: ForeignEvent, quads: Quads) -> bool | None:
    found = {may_be(part, row, quads) for part in query.parts}
    return True if True in found else None if None in found else False


@may_be.register
def _(query: Not, row: ForeignEvent, quads: Quads) -> bool | None:
    found = may_be(query.part, row, quads)
    return None if found is None else not found


@may_be.register
def _(query: OfActor, row: ForeignEvent, quads: Quads) -> bool | None:
    sides = {"source": row.sources, "target": row.targets, "any": row.sources + row.targets}
    return not set(query.actors).isdisjoint(sides[query.side])


@may_be.register
def _(query: OfPair, row: ForeignEvent, quads: Quads) -> bool | None:
    ways = ((query.one, query.other), (query.other, query.one))
    return any(source in row.sources and target in row.targets for source, target in ways)


@may_be.register
def _(query: OfCategory, row: ForeignEvent, quads: Quads) -> bool | None:
    return not set(query.categories).isdisjoint(row.categories)


@may_be.register
def _(query: OfQuad, row: ForeignEvent, quads: Quads) -> bool | None:
    return any(quads.get(one) in query.quads for one in row.categories)


@may_be.register
def _(query: Between, row: ForeignEvent, quads: Quads) -> bool | None:
    day = row.day.isoformat()
    return (query.first or day) <= day <= (query.last or day)


@may_be.register
def _(query: Near, row: ForeignEvent, quads: Quads) -> bool | None:
    return kilometres(row.spot, (query.lat, query.lon)) <= query.km if row.spot else None
