"""Events on the map: a GeoJSON FeatureCollection (RFC 7946), a Point for each event with a place.

Positions are longitude, latitude (WGS 84). Events that no place is known of are left out, and
counted in the member `dragoman`, which also says what the file is and how it was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import BinaryIO

from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.account import article_address, bound, headline, sentence
from dragoman.publish.formats.json_stream import Json, write_document
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_

FIELDS = (
    Field("id", "text", "Id of the event, on the feature itself; it never changes."),
    Field("geometry", "Point", "Longitude and latitude in degrees (WGS 84) of the place."),
    Field("title", "text", "Who did what to whom, and when, in a line."),
    Field("category", "code", "PLOVER category, or one of the desk's own codebook."),
    Field("mode", "code", "Finer kind within the category; null if none was told."),
    Field(
        "quad",
        "integer",
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; "
        "null for what was withdrawn.",
    ),
    Field("status", "code", "Only happened and ongoing are told as done."),
    Field("told_as", "code", "news, background (recalled) or announced (to come)."),
    Field("source", "code", "Id of the actor that acts; null for one not in the atlas."),
    Field("source_name", "text", "Its name in the words of the article."),
    Field("target", "code", "Id of the actor that is acted on; null for one not in the atlas."),
    Field("target_name", "text", "Its name in the words of the article."),
    Field("start", "date", "First day on which it may have been, as exact as precision says."),
    Field("end", "date", "Last day, included; null while it lasts or if it is not known."),
    Field("precision", "code", "How exact the day is, such as day, month or year."),
    Field("place", "text", "Name of the place."),
    Field("place_id", "code", "Id of the place."),
    Field("place_country", "code", "State that holds it by UN recognition (ISO 3166 alpha-3)."),
    Field("place_note", "text", "A neutral line on a disputed or historical place."),
    Field("evidence", "text", "The sentence that tells it most fully."),
    Field("outlet", "text", "Who printed that sentence."),
    Field("article", "text", "Address of the article that it is from."),
    Field("outlets", "integer", "How many outlets tell it, copies included."),
    Field("origins", "integer", "How many independent origins tell it."),
    Field("languages", "list of codes", "Languages (ISO 639) in which it is told."),
    Field("address", "text", "Address of its page on the desk."),
    Field("revision", "integer", "Grows with every change of the event."),
    Field("retracted_at", "instant", "When it was withdrawn; null while it stands."),
    Field(
        "dragoman",
        "object",
        "On the collection: desk, query, time, versions, and left_out, the number of events "
        "without a place.",
    ),
)


def is_placed(item: EventItem) -> bool:
    place = item.event.place
    return place is not None and place.lat is not None and place.lon is not None


def _write(items: Iterable[EventItem], about: About, out: BinaryIO) -> int:
    left_out = 0

    def features() -> Iterator[Json]:
        nonlocal left_out
        for item in items:
            if is_placed(item):
                yield _feature(item)
            else:
                left_out += 1

    def said(_count: int) -> Json:
        return {"dragoman": {**asdict(about), "left_out": left_out}}

    return write_document({"type": "FeatureCollection"}, "features", features(), out, tail=said)


def _feature(item: EventItem) -> Json:
    place = item.event.place
    return {
        "type": "Feature",
        "id": item.event.id,
        "geometry": place and {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {**_act(item), **_when_and_where(item), **_behind_it(item)},
    }


def _act(item: EventItem) -> Json:
    event, report = item.event, item.best.report if item.best else None
    return {
        "title": headline(item),
        "category": event.category,
        "mode": report and report.mode,
        "quad": report and report.quad,
        "status": event.status,
        "told_as": event.told_as,
        "source": event.source,
        "source_name": event.source_name,
        "target": event.target,
        "target_name": event.target_name,
    }


def _when_and_where(item: EventItem) -> Json:
    date, place = item.event.date, item.event.place
    return {
        "start": date and bound(date.start, date),
        "end": date and bound(date.end, date),
        "precision": date and date.precision,
        "place": place and place.name,
        "place_id": place and place.id,
        "place_country": place and place.country,
        "place_note": place and place.note,
    }


def _behind_it(item: EventItem) -> Json:
    return {
        "evidence": sentence(item),
        "outlet": item.best and item.best.outlet,
        "article": article_address(item),
        "outlets": item.event.outlets,
        "origins": item.event.origins,
        "languages": list(item.event.languages),
        "address": item.address,
        "revision": item.revision,
        "retracted_at": item.retracted_at,
    }


FORMAT = Format(
    "geojson",
    ".geojson",
    "application/geo+json",
    "events",
    N_(
        "Events as points on a map, for QGIS, Leaflet, geopandas and kepler.gl. Events of "
        "which no place with coordinates is told are left out."
    ),
    _write,
    FIELDS,
    holds=is_placed,
    says_left_out=True,
)
