"""The shapes of countries: whole, small, known to the atlas, and where their capitals are."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge import DATA, Knowledge
from dragoman.knowledge.shapes import load_shapes

FILE = DATA / "shapes" / "world.json"
TERRITORIES = {"ATA", "ATF", "ESH", "FLK", "GRL", "NCL", "PRI"}
"""They have a code, and are no states of the atlas."""
UNCODED = {"N. Cyprus", "Somaliland"}
CAPITALS = {"FRA": (2.35, 48.86), "AZE": (49.0, 40.4), "AUS": (149.1, -35.3), "CHL": (-70.6, -33.4)}


def test_every_shape_is_whole_and_named(knowledge: Knowledge) -> None:
    shapes = knowledge.shapes
    assert len({one.name for one in shapes}) == len(shapes) == 177
    assert {one.name for one in shapes if one.id is None} == UNCODED
    codes = [one.id for one in shapes if one.id is not None]
    assert len(set(codes)) == len(codes)
    assert {code for code in codes if not _is_state(knowledge, code)} == TERRITORIES
    for one in shapes:
        assert one.rings
        for ring in one.rings:
            assert len(ring) >= 3
            assert all(abs(lon) <= 200 and abs(lat) <= 90 for lon, lat in ring)
            assert ring[0] != ring[-1]
            # No leap from one edge of the world to the other; Antarctica's pole is a straight line.
            leaps = [abs(a - b) for (a, _), (b, _) in pairwise(ring)]
            assert one.id == "ATA" or max(leaps) < 30


def _is_state(knowledge: Knowledge, code: str) -> bool:
    actor = knowledge.atlas.actors.get(code)
    return actor is not None and actor.kind == "state"


@pytest.mark.parametrize("code", CAPITALS)
def test_a_shape_stands_where_its_country_is(knowledge: Knowledge, code: str) -> None:
    (shape,) = (one for one in knowledge.shapes if one.id == code)
    lon, lat = CAPITALS[code]
    crossings = sum(
        (a[1] > lat) != (b[1] > lat) and lon < a[0] + (lat - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for ring in shape.rings
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)
    )
    assert crossings % 2 == 1


def test_the_file_stays_small() -> None:
    assert FILE.stat().st_size < 150_000


@pytest.mark.parametrize("text", ["", "[{}]", '[{"id": null, "name": "x", "rings": [[1, 2, 3]]}]'])
def test_another_file_is_refused_with_what_mends_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "world.json"
    path.write_text(text, "utf-8")
    with pytest.raises(DataFileError, match="build_shapes"):
        load_shapes(path)
