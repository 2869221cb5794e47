"""Outlines: found by key and day, tied from both ends, and gone with their last report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dragoman.errors import StoreError
from dragoman.model import OUTLINE_DAYS, Event, Footing, Outline, Tie, Told
from dragoman.store import Store
from tests.store.conftest import VERSIONS, event_of, kept_of


def outline_of(name: str, start: str | None = "2024-03-17", end: str | None = None) -> Outline:
    return Outline(
        id=f"o-{name}",
        act="CONSULT",
        mode=None,
        status="happened",
        sources=("AZE",),
        targets=(),
        people=(),
        named=(),
        things=(),
        spot=(40.4, 49.9),
        numbers=(),
        start=start,
        end=end or start,
        is_told=True,
        is_dated=True,
        published=None,
        words="",
    )


def told(name: str) -> Told:
    return Told(f"r-{name}", "a-one", "Quay Post", "2024-03-18", "en")


def keep(store: Store, *outlines: Outline) -> None:
    store.keep_outlines({one: [f"key of {one.id}", "AZE"] for one in outlines})


def tie(store: Store, one: str, other: str) -> None:
    store.keep_ties(
        [Tie(f"o-{a}", f"o-{b}", 3.5, True, True) for a, b in ((one, other), (other, one))]
    )


def test_outlines_are_kept_once(store: Store) -> None:
    a, b = outline_of("a"), outline_of("b")
    assert store.keep_outlines({a: ["x"], b: []}) == [a, b]
    assert store.keep_outlines({a: ["x"]}) == []
    assert store.outlines(["o-a", "o-b", "o-none"]) == {"o-a": a, "o-b": b}


def test_near_is_what_shares_a_key_and_a_day(store: Store) -> None:
    march = outline_of("march", "2024-03-01", "2024-03-31")
    day, later = outline_of("day"), outline_of("later", "2024-03-19")
    keep(store, march, day, later)
    store.keep_outlines({outline_of("undated", None): []})
    assert store.outlines_near(["AZE"], "2024-03-17", "2024-03-18") == [day, march]
    assert store.outlines_near(["AZE", "key of o-day"], "2024-03-10", "2024-03-10") == [march]
    assert store.outlines_near(["another"], "2024-03-17", "2024-03-18") == []
    assert store.outlines_near([], "2024-03-17", "2024-03-18") == []


def test_the_longest_is_found_by_its_last_day(store: Store) -> None:
    first = date(2024, 3, 1)
    last = (first + timedelta(days=OUTLINE_DAYS)).isoformat()
    keep(store, longest := outline_of("long", first.isoformat(), last))
    assert store.outlines_near(["AZE"], last, last) == [longest]
    with pytest.raises(StoreError, match="more days"):
        keep(store, outline_of("longer", "2024-02-29", last))


def test_footings_by_part(store: Store) -> None:
    keep(store, outline_of("a"), outline_of("b"), outline_of("c"))
    first = Footing("o-b", True, None, False, part="o-a")
    store.keep_footings([first])
    assert store.footings(["o-b"]) == {"o-b": first}
    assert set(store.held_together(["o-a"])) == {"o-a", "o-b"}


def test_the_last_report_takes_its_outline_along(store: Store) -> None:
    keep(store, outline_of("a"), outline_of("b"), outline_of("c"))
    tie(store, "a", "b")
    store.keep_footings([Footing("o-c", True, None, False, part="o-a")])
    store.keep_told("a-one", {"r-1": ("o-a", told("1")), "r-2": ("o-b", told("2"))})
    assert store.drop_outlines_without_reports(["o-a", "o-b"]) == set()
    store.keep_told("a-one", {"r-2": ("o-b", told("2"))})
    assert store.told_by("a-one") == {"r-2": ("o-b", told("2"))}
    # what it was tied to, and what was held together with it
    assert store.drop_outlines_without_reports(["o-a"]) == {"o-b", "o-c"}
    assert store.ties_of(["o-a", "o-b"]) == []
    assert store.outlines_near(["key of o-a"], "2024-03-17", "2024-03-17") == []
    assert set(store.outlines(["o-a", "o-b"])) == {"o-b"}


def test_tellings_of_an_outline(store: Store) -> None:
    keep(store, outline_of("a"))
    store.keep_told("a-one", {"r-1": ("o-a", told("1")), "r-2": ("o-a", told("2"))})
    assert store.tellings(["o-a"]) == {"o-a": [told("1"), told("2")]}
    assert store.where_told(["r-2", "r-none"]) == {"r-2": told("2")}


def test_a_report_needs_its_outline(store: Store) -> None:
    with pytest.raises(StoreError, match="does not hold"):
        store.keep_told("a-one", {"r-1": ("o-none", told("1"))})
    assert store.told_by("a-one") == {}


def test_ids_of_events_that_are_free(store: Store) -> None:
    kept = kept_of(reports=("a", "b"))
    store.keep(kept, VERSIONS)
    x, y = event_of("x", ["r-one-a"]), event_of("y", ["r-one-b"])
    store.keep_events([x, y])
    assert store.events_of(["r-one-a"]) == {"e-x": {"r-one-a"}}
    assert not store.is_event_id_free("e-x")
    both: Event = replace(x, report_ids=("r-one-a", "r-one-b"))
    store.keep_events([both], {"e-y": "e-x"})
    assert not store.is_event_id_free("e-y")
    store.keep_events([replace(both, report_ids=())])
    assert store.is_event_id_free("e-x")
    assert [report.id for report in store.reports_of(["r-one-b"])] == ["r-one-b"]
