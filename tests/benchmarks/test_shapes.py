"""How shapes are made of a topology: two squares that share a side."""

from __future__ import annotations

from benchmarks.build_shapes import built

TOPOLOGY = {
    "transform": {"scale": [1.0, 1.0], "translate": [0.0, 0.0]},
    # The shared side upwards; round the left square and round the right one, both back down to it.
    "arcs": [
        [[1, 0], [0, 1]],
        [[1, 1], [-1, 0], [0, -1], [1, 0]],
        [[1, 1], [1, 0], [0, -1], [-1, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {
                    "type": "Polygon",
                    "id": "250",
                    "properties": {"name": "France"},
                    "arcs": [[0, 1]],
                },
                {
                    "type": "MultiPolygon",
                    "properties": {"name": "Kosovo"},
                    "arcs": [[[-3, 0]], [[~0, 0]]],
                },
            ]
        }
    },
}


def test_lines_become_rings_of_steps_and_numbers_become_codes() -> None:
    left, right = built(TOPOLOGY)
    assert (left["id"], left["name"]) == ("FRA", "France")
    assert left["rings"] == [[100, 0, 0, 100, -100, 0, 0, -100]]
    assert right["id"] == "XKX"
    # The line there and back again encloses nothing, and is left out.
    assert right["rings"] == [[100, 0, 100, 0, 0, 100, -100, 0]]
