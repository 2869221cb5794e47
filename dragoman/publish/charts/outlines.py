"""Shapes of countries as paths of SVG, in whole pixels of a window.

In: shapes in degrees. Out: for each the text of its path, or nothing where it lies outside. What is
projected once is kept: the map of the world is the same for every reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dragoman.knowledge.shapes import Ring, Shape
from dragoman.publish.charts.projection import WIDTH, Window, across, upward

Numbers = NDArray[np.float64]
KEPT = 32
"""Windows whose outlines are kept in memory, some 100 kB each."""


@lru_cache(maxsize=KEPT)
def outlines(shapes: tuple[Shape, ...], window: Window) -> tuple[str, ...]:
    """The path of each shape, in order; "" for one that the window doesn't show."""
    return tuple("".join(_path(ring, window) for ring in rings) for rings in _parts(shapes))


@lru_cache(maxsize=2)
def _parts(shapes: tuple[Shape, ...]) -> tuple[tuple[tuple[Numbers, Numbers, Numbers], ...], ...]:
    """Of every ring its longitudes, and what the projection makes of its latitudes."""
    return tuple(tuple(_columns(ring) for ring in shape.rings) for shape in shapes)


def _columns(ring: Ring) -> tuple[Numbers, Numbers, Numbers]:
    return (
        np.array([lon for lon, _ in ring]),
        np.array([across(lat) for _, lat in ring]),
        np.array([upward(lat) for _, lat in ring]),
    )


def _path(ring: tuple[Numbers, Numbers, Numbers], window: Window) -> str:
    """Closed, in steps of whole pixels. The ring is moved by whole turns, never cut: what lies on
    the far side of the world falls outside."""
    lon, wide, high = ring
    middle = (lon.min() + lon.max()) / 2
    turned = lon + (window.near(middle) - middle) - window.middle
    x = np.rint((np.radians(turned) * wide - window.left) * window.scale).astype(int)
    y = np.rint((window.top - high) * window.scale).astype(int)
    if x.max() < 0 or x.min() > WIDTH or y.max() < 0 or y.min() > window.height:
        return ""
    return "".join(_steps(x.tolist(), y.tolist()))


def _steps(x: list[int], y: list[int]) -> Iterator[str]:
    yield f"M{x[0]},{y[0]}l"
    at, steps = (x[0], y[0]), []
    for spot in zip(x[1:], y[1:], strict=True):
        if spot != at:
            steps.append(f"{spot[0] - at[0]},{spot[1] - at[1]}")
            at = spot
    # A ring of which nothing is left is a dot, so that an island stays on the map.
    yield " ".join(steps or ["1,0 0,1"])
    yield "z"
