"""How many of the places that a text names are put where they are, and which states are known.

In: GeoVirus, or LGL, in XML: texts with the spans of their place names, a point for each and the
page or gazetteer row it was taken from. Out: shares. Spans are given; the product's own resolver
answers. A state is right when it is the same state; anything else within 161 km.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from dragoman.knowledge import Knowledge
from dragoman.link.places import Settled, resolve_places
from dragoman.model import Place
from dragoman.pipeline import Steps

NEAR = 161.0
"""Kilometres: a hundred miles, as the field counts."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name in a text: its span, the point due, the name of what it stands for, and the state it
    is, if it is one."""

    start: int
    end: int
    lat: float
    lon: float
    meant: str
    state: str | None


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    toponyms: tuple[Toponym, ...]


def measure(path: Path, steps: Steps) -> dict[str, float]:
    """Shares of all names: right (`acc161`), given a place (`found`), left open between several
    (`open`); and of the names of states, right (`states`)."""
    answers = [
        (toponym, settled)
        for text in texts(path, steps.knowledge)
        for toponym, settled in answered(text, steps.knowledge)
    ]
    states = [(t, s) for t, s in answers if t.state is not None]
    return {
        "acc161": _share(sum(is_right(t, s.place) for t, s in answers), len(answers)),
        "found": _share(sum(s.place is not None for _, s in answers), len(answers)),
        "open": _share(sum(bool(s.candidates) for _, s in answers), len(answers)),
        "states": _share(sum(is_right(t, s.place) for t, s in states), len(states)),
    }


def answered(text: Text, knowledge: Knowledge) -> list[tuple[Toponym, Settled]]:
    """Each name of an English text with the product's answer."""
    spans = [(toponym.start, toponym.end) for toponym in text.toponyms]
    found = resolve_places(text.text, spans, knowledge, "en")
    by_span = {settled.span: settled for settled in found}
    return [(t, by_span[t.start, t.end]) for t in text.toponyms]


def is_right(toponym: Toponym, place: Place | None) -> bool:
    if place is None:
        return False
    if toponym.state is not None:
        return place.id == toponym.state
    if place.lat is None or place.lon is None:
        return False
    return _kilometres(toponym.lat, toponym.lon, place.lat, place.lon) <= NEAR


def texts(path: Path, knowledge: Knowledge) -> Iterator[Text]:
    """The texts of a file in either form, without names that have no point."""
    for article in etree.parse(path).iterfind("article"):
        text = article.findtext("text") or ""
        found = [*_geovirus(article, text, knowledge), *_lgl(article, knowledge)]
        yield Text(text, tuple(sorted(set(found), key=lambda t: (t.start, t.end))))


def _geovirus(article: etree._Element, text: str, knowledge: Knowledge) -> Iterator[Toponym]:
    for location in article.iterfind("locations/location"):
        name = location.findtext("name") or ""
        start = int(location.findtext("start") or 0)
        # Offsets count from one; where a text was changed since, the name tells.
        near = [a for a in (start - 1, start) if text[a : a + len(name)] == name]
        at = near[0] if near else start - 1
        page = unquote((location.findtext("page") or "").rsplit("/", 1)[-1]).replace("_", " ")
        lat, lon = location.findtext("lat"), location.findtext("lon")
        if lat and lon:
            state = _state(page, knowledge)
            yield Toponym(at, at + len(name), float(lat), float(lon), page, state)


def _lgl(article: etree._Element, knowledge: Knowledge) -> Iterator[Toponym]:
    for toponym in article.iterfind("toponyms/toponym"):
        row = toponym.find("gaztag")
        if row is None or not row.findtext("lat"):
            continue
        name = row.findtext("name") or ""
        code = row.findtext("fcode") or ""
        state = _state(name, knowledge) if code.startswith("PCL") else None
        yield Toponym(
            int(toponym.findtext("start") or 0),
            int(toponym.findtext("end") or 0),
            float(row.findtext("lat") or 0),
            float(row.findtext("lon") or 0),
            name,
            state,
        )


def _state(name: str, knowledge: Knowledge) -> str | None:
    """The state that a page or row of this title is about."""
    found = {c.id for c in knowledge.names("en").look_up(name) if c.kind == "state"}
    return next(iter(found)) if len(found) == 1 else None


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    a, b = math.radians(lat), math.radians(other_lat)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(
        math.radians(other_lon - lon)
    )
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
