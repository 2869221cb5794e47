"""What an event is found by beyond its own fields, as its reports tell it.

In: the JSON of an event, and of the reports that tell it with their languages. Out: quad class, all
sides, analysed words, and in which languages it is told. It works on plain JSON, so that migrations
may ask it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

from dragoman.model import is_done_together
from dragoman.store.analyse import analysed

SOURCE, TARGET = 1, 2
GAP = " \ue000 "
"""Between sentences: a sign that no stem holds, so that no phrase reaches over it."""
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Findable:
    quad: int | None
    """Of the report that tells it most fully."""
    sides: Mapping[str, int]
    """Actor → `SOURCE`, `TARGET` or both together."""
    names: str
    """Of the sides and the place, as the texts have them; analysed in no language."""
    told: str
    """The sentences that tell it, each analysed in its own language."""
    languages: str | None
    """Of the articles that tell it, sorted, with commas between; "" is one that nobody knows."""
    is_mutual: bool
    """Its sides did it together, by the report that tells it most fully."""


def findable(event: Json, reports: Sequence[tuple[Json, str | None]]) -> Findable:
    """Of an event and its reports that stand, in order, each with its article's language."""
    best = next((one for one, _ in reports if one["id"] == event.get("best")), None)
    best = best or next((one for one, _ in reports), None)
    sides: dict[str, int] = {}
    for actor, side in _sides(event, [one for one, _ in reports]):
        sides[actor] = sides.get(actor, 0) | side
    told = dict.fromkeys(analysed(one["evidence_text"], language) for one, language in reports)
    return Findable(
        quad=best["quad"] if best is not None else None,
        sides=dict(sorted(sides.items())),
        names=GAP.join(dict.fromkeys(analysed(name, None) for name in _names(event, reports))),
        told=GAP.join(told),
        languages=",".join(sorted({one or "" for _, one in reports})) if reports else None,
        is_mutual=best is not None and is_done_together(best["why"]),
    )


def _sides(event: Json, reports: Sequence[Json]) -> Iterator[tuple[str, int]]:
    for name, number in (("source", SOURCE), ("target", TARGET)):
        if reports and event[name] is not None:
            yield event[name], number
        for report in reports:
            for side in report[f"{name}s"]:
                if side["actor"] is not None:
                    yield side["actor"], number


def _names(event: Json, reports: Sequence[tuple[Json, str | None]]) -> Iterator[str]:
    if not reports:
        return
    yield from (event["source_name"], event["target_name"])
    for report, _ in reports:
        yield from (side["name"] for side in (*report["sources"], *report["targets"]))
    if event["place"] is not None:
        yield event["place"]["name"]


def place_columns(place: Json | None) -> dict[str, object]:
    """The columns of a place, null where nobody knows it."""
    if place is None:
        return dict.fromkeys(("place", "country", "x", "y", "z"))
    lat, lon = place.get("lat"), place.get("lon")
    spot = (None, None, None) if lat is None or lon is None else point(lat, lon)
    return {
        "place": place.get("id"),
        "country": place.get("country"),
        **dict(zip("xyz", spot, strict=True)),
    }


def point(lat: float, lon: float) -> tuple[float, float, float]:
    """A place (degrees) as a point of the unit sphere."""
    north, east = radians(lat), radians(lon)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)
