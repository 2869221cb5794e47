"""The Equal Earth projection, and the part of the world that a map shows.

In: longitudes and latitudes in degrees. Out: pixels within a `Window`. The formulas are those of
B. Šavrič, T. Patterson and B. Jenny (2018); areas keep their ratios, so that fills compare fairly.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = sqrt(3) / 2
WIDTH = 960
LOWEST, HIGHEST = 400, 560
"""Height of a map in pixels; a part of the world has the shape that it needs between them."""
WORLD = (-180.0, -56.0, 180.0, 84.0)
"""West, south, east, north of the whole map: without Antarctica, where little is reported from."""
REGIONAL = 100.0
"""Degrees of longitude; what reaches farther is shown on a map of the world."""
MARGIN = 0.18
"""Of a region's width and height, on each side."""
LEAST = 0.24
"""Least width of a region as the projection has it (some 15° at the equator): what lies in one town
is shown amid its neighbours."""


def across(lat: float) -> float:
    """How far one radian of longitude reaches at a latitude in degrees."""
    theta = asin(M * sin(radians(lat)))
    square = theta * theta
    sixth = square**3
    slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    return cos(theta) / (M * slope)


def upward(lat: float) -> float:
    """How far a latitude in degrees is from the equator."""
    theta = asin(M * sin(radians(lat)))
    square = theta * theta
    return theta * (A1 + A2 * square + square**3 * (A3 + A4 * square))


@dataclass(frozen=True, slots=True)
class Window:
    """`middle`: the meridian (degrees) that stands upright; `left`, `top`: the upper left corner as
    the projection has it; `scale`: pixels for one of its units."""

    middle: float
    left: float
    top: float
    scale: float
    height: int
    is_world: bool

    def spot(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        x = radians(self.near(lon) - self.middle) * across(lat)
        return (x - self.left) * self.scale, (self.top - upward(lat)) * self.scale

    def near(self, lon: float) -> float:
        """The same meridian, less than half a turn from the middle."""
        return (lon - self.middle + 180) % 360 - 180 + self.middle


def window(points: Collection[tuple[float, float]]) -> Window:
    """The region that holds all points (longitude, latitude), or the world where they are far
    apart or there are none."""
    west, span = _arc(sorted({lon for lon, _ in points}))
    if not points or span > REGIONAL:
        return _world()
    middle = round(west + span / 2)
    seen = Window(middle, 0, 0, 1, 0, is_world=False)
    spots = [seen.spot(lon, lat) for lon, lat in points]
    return _around([x for x, _ in spots], [-y for _, y in spots], middle)


def _world() -> Window:
    west, south, east, north = WORLD
    width, top = radians(east - west) * across(0), upward(north)
    scale = WIDTH / width
    return Window(0, -width / 2, top, scale, round((top - upward(south)) * scale), is_world=True)


def _around(x: Sequence[float], y: Sequence[float], middle: float) -> Window:
    width = max((max(x) - min(x)) * (1 + 2 * MARGIN), LEAST)
    height = (max(y) - min(y)) * (1 + 2 * MARGIN)
    scale = min(WIDTH / width, HIGHEST / height if height else WIDTH)
    pixels = round(min(max(height * scale, LOWEST), HIGHEST))
    return Window(
        middle,
        left=(max(x) + min(x)) / 2 - WIDTH / scale / 2,
        top=(max(y) + min(y)) / 2 + pixels / scale / 2,
        scale=scale,
        height=pixels,
        is_world=False,
    )


def _arc(meridians: Sequence[float]) -> tuple[float, float]:
    """The shortest arc that holds all meridians, which are sorted: its west end, and its length."""
    if not meridians:
        return 0.0, 360.0
    gaps = [(b - a, b) for a, b in pairwise((*meridians, meridians[0] + 360))]
    widest, after = max(gaps)
    return after, 360 - widest
