"""Hits counted by place and by pair, and sorted by a column, as a walk over the records does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.model import Event
from dragoman.model.query import EVERYTHING, OfActor, Query, Words
from dragoman.store import Store, open_store
from dragoman.store.finding import SORTED
from tests import found
from tests.found import Made

MADE = found.make()
QUERIES: tuple[Query, ...] = (EVERYTHING, Words(("minister",)), OfActor(("AZE",)))


@pytest.fixture(scope="module")
def desk(lasting_address: Path | str) -> Iterator[Store]:
    with open_store(lasting_address) as store:
        found.settle(store, MADE)
        yield store


def events_of(made: Made, query: Query) -> list[Event]:
    ids = found.events_found(made, query)
    return [event for event in made.events if event.id in ids]


@pytest.mark.parametrize("query", QUERIES)
def test_places_are_plain_counts(desk: Store, query: Query) -> None:
    events = events_of(MADE, query)
    counted = desk.places_found(query)
    assert {(one.place, one.country): one.count for one in counted} == Counter(
        (event.place.id, event.place.country) for event in events if event.place
    )
    assert [one.count for one in counted] == sorted((one.count for one in counted), reverse=True)
    by_id = {event.id: event for event in events}
    for one in counted:
        place = by_id[one.event].place
        assert place is not None
        assert place.id == one.place
        if place.lat is None or place.lon is None:
            assert (one.lat, one.lon) == (None, None)
        else:
            assert (one.lat, one.lon) == pytest.approx((place.lat, place.lon), abs=1e-3)


@pytest.mark.parametrize("query", QUERIES)
def test_pairs_are_plain_counts(desk: Store, query: Query) -> None:
    expected = Counter(
        (event.source, event.target)
        for event in events_of(MADE, query)
        if event.source and event.target and event.source != event.target
    )
    assert {(one.source, one.target): one.count for one in desk.pairs_found(query)} == expected
    assert expected


def test_only_the_newest_are_counted(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = set(desk.find_events(EVERYTHING, limit=7))
    monkeypatch.setattr("dragoman.store.spread.SUMMED", 7)
    placed = [event for event in MADE.events if event.id in newest and event.place]
    assert sum(one.count for one in desk.places_found(EVERYTHING)) == len(placed)


@pytest.mark.parametrize("order", SORTED)
def test_a_column_sorts_all_and_the_unknown_come_last(desk: Store, order: str) -> None:
    (known,) = (one for one in SORTED if one == order)
    ids = desk.find_events(EVERYTHING, order=known, limit=1000)
    assert set(ids) == set(found.events_found(MADE, EVERYTHING))
    assert len(ids) == len(set(ids))
    by_id = {event.id: event for event in MADE.events}
    values = [_value(by_id[one], order) for one in ids]
    kept = [value for value in values if value is not None]
    assert values == kept + [None] * (len(values) - len(kept))
    assert kept == sorted(kept, reverse=order == "origins")


def _value(event: Event, order: str) -> Any:
    """What is sorted by, so that it compares as the column does."""
    place, date = event.place, event.date
    return {
        "oldest": date.start if date is not None else None,
        "source": event.source,
        "act": event.category,
        "target": event.target,
        "place": (place.country or "", place.id) if place is not None else None,
        "status": event.status,
        "origins": event.origins,
    }[order]
