"""Figures of a desk: each is what the desk holds, and a store that is silent is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from dragoman.model import Entry, Item, SourceState
from dragoman.model.source import Source
from dragoman.publish.metrics.desk import FRESH, DeskFigures, figures
from dragoman.publish.metrics.names import NAMES
from dragoman.store import Found, Store, open_store, source_id
from tests.comments import new

FEED = "https://lake.example/feed"


def found(number: int, published: str | None) -> Found:
    address = f"https://lake.example/news/{number}"
    return Found(Item(address, address, Entry(FEED, published=published)))


def visited(store: Store, at: str, *items: Found, error: str | None = None) -> None:
    store._clock = lambda: at
    source = Source(source_id(FEED), FEED, "feed")
    store.add_source(source)
    state = SourceState(tried=at, succeeded=at, error=error, error_kind="gone" if error else None)
    store.keep_visit(source.id, state, items)


def test_what_the_desk_holds(home: Path) -> None:
    with open_store(home) as store:
        held = store.counts()
        store.set_aside("", "https://lake.example/x", "collect", "gone")
        store.set_aside("c-1", "here", "clean", "empty")
        store.set_aside("c-2", "there", "clean", "empty")
        made = figures(store)
    assert {what: made[f"dragoman_{what}"] for what in ("articles", "reports", "events")} == {
        what: held[what] for what in ("articles", "reports", "events")
    }
    assert made["dragoman_articles"] == 4
    assert made["dragoman_copies"] == 1
    assert made["dragoman_stories"] == 1
    assert made["dragoman_set_aside"] == {"collect": 1, "clean": 2}
    assert made["dragoman_store_up"] == 1
    size = made["dragoman_store_bytes"]
    assert isinstance(size, float | int)
    assert size >= (home / "desk.sqlite").stat().st_size
    assert "dragoman_collection_lag_seconds" not in made, "nothing was collected"


def test_what_its_sources_do(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        visited(store, "2024-03-18T08:00:00+00:00", found(1, "2024-03-10T08:00:00+00:00"))
        visited(
            store,
            "2024-03-18T12:00:00+00:00",
            found(2, "2024-03-18T11:50:00+00:00"),
            found(3, "2024-03-18T11:30:00+00:00"),
            found(4, "2024-03-18T13:40:00+02:00"),
            found(5, "2024-03-18"),
            found(6, None),
        )
        made = figures(store)
        assert made["dragoman_entries_waiting"] == 6
        assert made["dragoman_collection_lag_seconds"] == 20 * 60, "not of the first visit"
        assert made["dragoman_last_visit_timestamp_seconds"] == 1710763200
        states = made["dragoman_sources"]
        assert isinstance(states, dict)
        assert states["well"] + states["silent"] == 1
        visited(store, "2024-03-18T13:00:00+00:00", error="404")
        states = figures(store)["dragoman_sources"]
        assert isinstance(states, dict)
        assert (states["failing"], sum(states.values())) == (1, 1)


def test_what_waits_for_people(home: Path) -> None:
    with open_store(home) as store:
        store.keep_comment(new())
        store.keep_comment(new(state="shown"))
        assert figures(store)["dragoman_comments_waiting"] == 1


def test_alerts_are_overdue_after_their_time(home: Path) -> None:
    with open_store(home) as store:
        store.add_member("Rosa", "reader", "a bridge over the strait")
        member = store.member("Rosa").id
        search = store.save_search(member, "ferries", "ferry").id
        for at, overdue in (("2024-03-20T12:00:00+00:00", 1), ("2124-03-20T12:00:00+00:00", 1)):
            store._clock = lambda at=at: at  # type: ignore[misc]
            alert = store.add_alert(member, search, "feed", None, 1, language="en")
            store.queue_message(alert, (), {})
            assert figures(store)["dragoman_alerts_overdue"] == overdue
        store.close_account(member)
        assert store.due_messages() == []
        assert figures(store)["dragoman_alerts_overdue"] == 0


def test_figures_are_counted_at_most_every_few_seconds(home: Path) -> None:
    now = [0.0]
    with open_store(home) as store:
        registry = CollectorRegistry()
        registry.register(DeskFigures(store, lambda: now[0]))

        def aside() -> float | None:
            return registry.get_sample_value("dragoman_set_aside", {"step": "clean"})

        assert aside() is None
        store.set_aside("c-1", "here", "clean", "empty")
        now[0] = FRESH - 1
        assert aside() is None
        now[0] = FRESH
        assert aside() == 1


def test_a_store_that_is_silent_is_told(home: Path) -> None:
    with open_store(home) as store:
        pass
    made = figures(store)
    assert made.keys() == {"dragoman_build_info", "dragoman_store_up"}
    assert made["dragoman_store_up"] == 0


@pytest.mark.parametrize("name", NAMES)
def test_names_are_as_prometheus_wants_them(name: str) -> None:
    told = NAMES[name]
    assert name.startswith("dragoman_")
    assert name.endswith("_total") == (told.kind == "counter")
    assert len(told.labels) <= 3
