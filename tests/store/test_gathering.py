"""Events in bulk, with their reports and their history."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.model import Event, Kept
from dragoman.store import Store


def test_events_come_in_bulk_with_their_reports(
    store: Store,
    make_kept: Callable[..., Kept],
    make_event: Callable[..., Event],
    versions: dict[str, str],
) -> None:
    store.keep(make_kept(reports=("a", "b", "c")), versions)
    store.keep_events(
        [
            make_event("late", ["r-one-a", "r-one-b"], day="2024-06-01"),
            make_event("early", ["r-one-c"], day="2023-09-19"),
        ]
    )
    ids = store.event_ids()
    assert ids == ["e-late", "e-early"]
    told = store.reports_of_events(ids)
    assert {one: [row.report.id for row in rows] for one, rows in told.items()} == {
        "e-late": ["r-one-a", "r-one-b"],
        "e-early": ["r-one-c"],
    }
    assert store.event_rows(ids)["e-late"].event.report_ids == ("r-one-a", "r-one-b")
    assert list(store.in_parts(ids, 1)) == [["e-late"], ["e-early"]]


def test_an_event_counts_its_changes_and_tells_when_it_was_withdrawn(
    store: Store,
    make_kept: Callable[..., Kept],
    make_event: Callable[..., Event],
    versions: dict[str, str],
) -> None:
    def history() -> tuple[int, bool]:
        row = store.event_rows(["e-x"])["e-x"]
        return row.revision, row.retracted_at is not None

    store.keep(make_kept(reports=("a", "b")), versions)
    store.keep_events([make_event("x", ["r-one-a"])])
    assert history() == (1, False)
    store.keep_events([make_event("x", ["r-one-a"])])
    assert history() == (1, False)
    store.keep_events([make_event("x", ["r-one-a", "r-one-b"])])
    assert history() == (2, False)
    store.keep_events([make_event("x", [])])
    assert history() == (3, True)
    assert store.event_ids() == []
    assert store.event_ids(with_retracted=True) == ["e-x"]
    store.keep_events([make_event("x", ["r-one-b"])])
    assert history() == (4, False)
