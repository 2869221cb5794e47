"""A map of events: countries filled by number, a circle at every place.

In: shapes, and places and countries with their numbers of events. Out: `Map` for an SVG drawn by a
template, and the same numbers for a table. It looks nothing up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt

from dragoman.knowledge.shapes import Shape
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.charts.outlines import outlines
from dragoman.publish.charts.projection import WIDTH, Window, window
from dragoman.publish.wording import gettext
from dragoman.publish.words import QUADS, counted

Numbers = tuple[int, int, int, int]
SMALLEST, LARGEST = 4.0, 26.0
"""Radius in pixels of a circle for one event, and of the largest one."""
STEPS = 4
"""Classes of fill."""
LABELS = 10
LETTER, LINE = 7.5, 17.0
"""Room for a letter of a label, and between lines, in pixels."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What happened at a place; `address`: of the search narrowed down to it."""

    id: str
    name: str
    lat: float
    lon: float
    count: int
    numbers: Numbers
    """Of each quad class, 1 to 4."""
    note: str | None
    address: str


@dataclass(frozen=True, slots=True)
class Land:
    """What happened in a country, its places included."""

    id: str
    name: str
    count: int
    numbers: Numbers
    address: str


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    r: float
    quad: int
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Fill:
    path: str
    step: int
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    words: str
    is_before: bool
    """Whether it stands left of its circle."""


@dataclass(frozen=True, slots=True)
class Map:
    spots: tuple[Spot, ...]
    lands: tuple[Land, ...]
    placed: int
    """Events with a place."""
    placeless: int
    left_out: int
    """Places with fewer events than those that are shown."""
    ground: str = field(metadata=DRAWN)
    """Countries without events, as one path."""
    fills: tuple[Fill, ...] = field(metadata=DRAWN)
    circles: tuple[Circle, ...] = field(metadata=DRAWN)
    """The largest first, so that small ones lie on top."""
    labels: tuple[Label, ...] = field(metadata=DRAWN)
    bounds: tuple[tuple[int, int], ...] = field(metadata=DRAWN)
    """Of each class of fill its least and its greatest number."""
    is_world: bool = field(metadata=DRAWN)
    height: int = field(metadata=DRAWN)
    width: int = field(default=WIDTH, metadata=DRAWN)

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """Names of the disputed places that are shown, each with its neutral line."""
        return tuple((one.name, one.note) for one in self.spots if one.note is not None)

    @property
    def description(self) -> str:
        told = gettext("%(events)s at %(places)s") % {
            "events": counted(self.placed, "event"),
            "places": counted(len(self.spots) + self.left_out, "place"),
        }
        most = [f"{one.name} ({one.count})" for one in self.spots[:5]]
        if not most:
            return f"{told}."
        return gettext("%(told)s; most at %(places)s.") % {"told": told, "places": ", ".join(most)}


def drawn(
    shapes: tuple[Shape, ...],
    spots: Sequence[Spot],
    lands: Sequence[Land],
    *,
    placed: int,
    placeless: int,
    left_out: int = 0,
) -> Map:
    """`spots` and `lands`: those with the most events first. A country that has a shape is filled;
    it gets a circle where the scale shows no shape of it."""
    seen = window([(one.lon, one.lat) for one in spots])
    paths = dict(
        zip((shape.id or shape.name for shape in shapes), outlines(shapes, seen), strict=True)
    )
    filled = {one.id: one for one in lands if paths.get(one.id)}
    bounds = steps(max((one.count for one in filled.values()), default=0))
    circles = [(one, _circle(one, seen, spots)) for one in spots if one.id not in filled]
    return Map(
        spots=tuple(spots),
        lands=tuple(lands),
        placed=placed,
        placeless=placeless,
        left_out=left_out,
        ground="".join(path for code, path in paths.items() if code not in filled),
        fills=tuple(_fills(filled, paths, bounds)),
        circles=tuple(circle for _, circle in circles),
        labels=tuple(_labels(circles, seen)),
        bounds=bounds,
        is_world=seen.is_world,
        height=seen.height,
    )


def steps(most: int) -> tuple[tuple[int, int], ...]:
    """Classes of numbers from 1 to `most`, each the same number of times as far as the one before:
    few countries have many events."""
    if most < 1:
        return ()
    tops = sorted({round(most ** (step / STEPS)) for step in range(1, STEPS + 1)})
    return tuple((low + 1, high) for low, high in pairwise((0, *tops)))


def leading(numbers: Numbers) -> int:
    """The quad class with the most events; of several the first."""
    return numbers.index(max(numbers)) + 1


def _fills(
    filled: Mapping[str, Land], paths: Mapping[str, str], bounds: Sequence[tuple[int, int]]
) -> Iterator[Fill]:
    for code, land in filled.items():
        step = next(i for i, (_, high) in enumerate(bounds, 1) if land.count <= high)
        yield Fill(paths[code], step, f"{land.name}: {counted(land.count, 'event')}", land.address)


def _circle(spot: Spot, seen: Window, spots: Sequence[Spot]) -> Circle:
    x, y = seen.spot(spot.lon, spot.lat)
    most = max(one.count for one in spots)
    quad = leading(spot.numbers)
    title = gettext("%(place)s: %(events)s, most often %(quad)s") % {
        "place": spot.name,
        "events": counted(spot.count, "event"),
        "quad": gettext(QUADS[quad]),
    }
    radius = max(LARGEST * sqrt(spot.count / max(most, 40)), SMALLEST)
    return Circle(round(x, 1), round(y, 1), round(radius, 1), quad, title, spot.address)


def _labels(circles: Sequence[tuple[Spot, Circle]], seen: Window) -> Iterator[Label]:
    """Names of the places with the most events, where they cover no other name."""
    taken: list[tuple[float, float, float]] = []
    for spot, circle in circles:
        if len(taken) == LABELS:
            return
        room = len(spot.name) * LETTER
        is_before = circle.x + circle.r + room > WIDTH
        x = circle.x - circle.r - 4 if is_before else circle.x + circle.r + 4
        left, right, y = (x - room, x, circle.y + 5) if is_before else (x, x + room, circle.y + 5)
        if all(right < a or left > b or abs(y - at) > LINE for a, b, at in taken):
            taken.append((left, right, y))
            yield Label(round(x, 1), round(y, 1), spot.name, is_before)
