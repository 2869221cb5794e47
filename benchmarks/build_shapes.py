"""Builds `dragoman/shapes/world.json` of Natural Earth's countries at 1:110,000,000.

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python -m benchmarks.build_shapes package/countries-110m.json

In: the TopoJSON file of that package. Out: rings in hundredths of a degree, each point after the
first as the step from the one before. Codes that ISO doesn't give stay null.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from math import copysign
from pathlib import Path
from typing import Any

from babel.core import get_global

UNIT = 100
"""Parts of a degree; a point of the source stands for several."""
OWN_IDS = {"Kosovo": "XKX"}
"""Shapes that ISO has no code for and the atlas has."""
GONE = frozenset({"BUR", "DDR", "FXX", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"})
"""Codes of former states and of a part of one, which CLDR still leads to those of today."""
OUT = Path(__file__).parent.parent / "dragoman" / "shapes" / "world.json"
Point = tuple[int, int]


def built(topology: Mapping[str, Any]) -> list[dict[str, object]]:
    """Each country with its rings, in the order of their names."""
    arcs = list(_arcs(topology))
    codes = _codes()
    made: list[dict[str, object]] = []
    for one in topology["objects"]["countries"]["geometries"]:
        name = one["properties"]["name"]
        polygons = [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]
        rings = (_ring(arcs, ring) for polygon in polygons for ring in polygon)
        made.append(
            {
                "id": codes.get(one.get("id", "")) or OWN_IDS.get(name),
                "name": name,
                "rings": [steps for ring in rings if (steps := _steps(ring))],
            }
        )
    return sorted(made, key=lambda one: str(one["name"]))


def _arcs(topology: Mapping[str, Any]) -> Iterator[list[Point]]:
    """Lines of the topology in hundredths of a degree, which both neighbours share."""
    (wide, high), (left, low) = (topology["transform"][name] for name in ("scale", "translate"))
    for arc in topology["arcs"]:
        steps = accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1]))
        yield [(round((x * wide + left) * UNIT), round((y * high + low) * UNIT)) for x, y in steps]


def _ring(arcs: Sequence[list[Point]], numbers: Iterable[int]) -> list[Point]:
    """Lines put one after the other; ~n is line n backwards. Each begins where the last ended."""
    made: list[Point] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        made += line[1:] if made else line
    return made


def _steps(ring: Sequence[Point]) -> list[int]:
    """Without points that fall together, and without the last, which is the first; nothing of a
    ring that comes to less than a triangle."""
    whole = _unrolled(ring)
    kept = [whole[0], *(after for before, after in pairwise(whole) if after != before)]
    kept = kept[:-1] if kept[-1] == kept[0] else kept
    if len(kept) < 3:
        return []
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(kept)]
    return [number for point in (kept[0], *steps) for number in point]


def _unrolled(ring: Sequence[Point]) -> list[Point]:
    """A ring that crosses 180° goes on beyond it. One that goes round the world, as Antarctica's
    does, is closed along its pole."""
    turn = 360 * UNIT
    made = [ring[0]]
    for x, y in ring[1:]:
        made.append((x + turn * round((made[-1][0] - x) / turn), y))
    if made[-1][0] != made[0][0]:
        pole = round(copysign(90 * UNIT, made[0][1]))
        made += [(made[-1][0], pole), (made[0][0], pole)]
    return made


def _codes() -> dict[str, str]:
    """ISO 3166: numeric to alpha-3, by the alpha-2 code that CLDR gives for both."""
    aliases = {old: new[0] for old, new in get_global("territory_aliases").items()}
    letters = {
        new: old
        for old, new in aliases.items()
        if len(old) == 3 and old.isalpha() and old not in GONE
    }
    return {old: letters[new] for old, new in aliases.items() if old.isdigit() and new in letters}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("topology", type=Path, help="countries-110m.json of world-atlas")
    shapes = built(json.loads(parser.parse_args().topology.read_text("utf-8")))
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in shapes)
    OUT.write_text(f"[\n{lines}\n]\n", "utf-8")
    print(f"{len(shapes)} shapes, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
