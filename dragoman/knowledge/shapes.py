"""The shapes of countries, for maps that are drawn on the server.

In: `shapes/world.json`. Out: `Shape`s with rings in degrees. The shapes show who holds a territory;
they say nothing of whose it is, and decide nothing that is read or coded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from dragoman.errors import DataFileError

UNIT = 100
"""Parts of a degree in the file."""
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """`id`: ISO 3166 alpha-3, or the atlas's own; None for what neither has a code for.

    A shape equals itself alone: thousands of points are never compared.
    """

    id: str | None
    name: str
    """In English, as the source has it."""
    rings: tuple[Ring, ...]
    """Longitude and latitude in degrees, east and north positive. A ring that crosses
    180° goes on beyond it."""


def load_shapes(path: Path) -> tuple[Shape, ...]:
    """Raises DataFileError where the file is not what `benchmarks/build_shapes.py` writes."""
    try:
        return tuple(
            Shape(one["id"], one["name"], tuple(map(_ring, one["rings"])))
            for one in json.loads(path.read_text("utf-8"))
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        reason = f"no shapes ({fault}); build it anew with benchmarks/build_shapes.py"
        raise DataFileError(path, None, reason) from fault


def _ring(steps: Sequence[int]) -> Ring:
    """A first point, and then the steps from each to the next."""
    if len(steps) % 2 or len(steps) < 6:
        raise ValueError(f"a ring of {len(steps)} numbers")
    across, up = accumulate(steps[::2]), accumulate(steps[1::2])
    return tuple((x / UNIT, y / UNIT) for x, y in zip(across, up, strict=True))
