"""Where a query's hits happened, and between whom: what its map and its network are drawn of.

In: a room and a query. Out: `Map` and `Network`. Names are the atlas's, in the language that is
spoken; of a place that it lacks the name is the one that an event has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add

from dragoman.model import Event, Place
from dragoman.model.query import Query
from dragoman.publish.charts import map as map_chart
from dragoman.publish.charts import network as network_chart
from dragoman.publish.charts.map import Land, Map, Numbers, Spot
from dragoman.publish.charts.network import Network, Pair
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.narrowing import Narrowing
from dragoman.publish.wording import spoken_language
from dragoman.store.spread import AtPlace, Between

SPOTS = 150
"""Circles on a map."""


def map_of(room: ReadingRoom, query: Query, narrowing: Narrowing, count: int) -> Map:
    """`count`: how many events the query finds, of which those with a place are counted."""
    found = room.store.places_found(query)
    on_map = [one for one in found if one.lat is not None and one.lon is not None]
    shown = on_map[:SPOTS]
    told = {event.id: event for event in room.store.events_called([one.event for one in shown])}
    placed = sum(one.count for one in found)
    return map_chart.drawn(
        room.knowledge.shapes,
        [_spot(room, one, told, narrowing) for one in shown],
        _lands(room, found, narrowing),
        placed=placed,
        placeless=max(count - placed, 0),
        left_out=len(on_map) - len(shown),
    )


def network_of(room: ReadingRoom, query: Query, count: int) -> Network:
    """`count`: how many events the query finds."""
    found = room.store.pairs_found(query)
    both_ways: dict[tuple[str, str], list[Between]] = {}
    for one in found:
        both_ways.setdefault(_key(one), []).append(one)
    pairs = [_pair(room, a, b, ways) for (a, b), ways in both_ways.items()]
    pairs.sort(key=lambda pair: (-pair.count, pair.a, pair.b))
    events = sum(one.count for one in found)
    return network_chart.drawn(pairs, events=events, sideless=max(count - events, 0))


def _spot(room: ReadingRoom, one: AtPlace, told: Mapping[str, Event], narrowing: Narrowing) -> Spot:
    event = told.get(one.event)
    place = event.place if event is not None else None
    return Spot(
        id=one.place,
        name=_name(room, one, place),
        lat=one.lat or 0.0,
        lon=one.lon or 0.0,
        count=one.count,
        numbers=one.numbers,
        note=place.note if place is not None else None,
        address=narrowing.to("place", one.place),
    )


def _name(room: ReadingRoom, one: AtPlace, place: Place | None) -> str:
    known = room.knowledge.atlas.places.get(one.place)
    if known is not None:
        return known.name(spoken_language())
    if one.place == one.country or place is None:
        return room.actor_name(one.place)
    return place.name


def _lands(room: ReadingRoom, found: Sequence[AtPlace], narrowing: Narrowing) -> list[Land]:
    numbers: dict[str, Numbers] = {}
    for one in found:
        if one.country is not None:
            before = numbers.get(one.country, (0, 0, 0, 0))
            a, b, c, d = map(add, before, one.numbers)
            numbers[one.country] = (a, b, c, d)
    made = [
        Land(code, room.actor_name(code), sum(four), four, narrowing.to("country", code))
        for code, four in numbers.items()
    ]
    return sorted(made, key=lambda land: (-land.count, land.id))


def _key(one: Between) -> tuple[str, str]:
    return (one.source, one.target) if one.source < one.target else (one.target, one.source)


def _pair(room: ReadingRoom, a: str, b: str, ways: Sequence[Between]) -> Pair:
    forth = sum(one.count for one in ways if one.source == a)
    count = sum(one.count for one in ways)
    cooperation = sum(sum(one.numbers[:2]) for one in ways)
    return Pair(
        a,
        room.actor_name(a),
        b,
        room.actor_name(b),
        count,
        forth,
        count - forth,
        cooperation,
        count - cooperation,
    )
