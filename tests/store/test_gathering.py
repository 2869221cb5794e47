"""Events in bulk, with their reports and their history."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import event

from dragoman.model import Event, Kept
from dragoman.store import Store, open_store


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
    ids = list(store.each_event())
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
    assert list(store.each_event()) == []
    assert list(store.each_event(with_retracted=True)) == ["e-x"]
    store.keep_events([make_event("x", ["r-one-b"])])
    assert history() == (4, False)


def test_reports_of_some_events_are_looked_up_and_not_gone_through(
    tmp_path: Path,
    make_kept: Callable[..., Kept],
    make_event: Callable[..., Event],
    versions: dict[str, str],
) -> None:
    store = open_store(tmp_path)
    store.keep(make_kept(reports=("a",)), versions, events=[make_event("x", ["r-one-a"])])
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _k: object, statement: str, given: Any, *_rest: object) -> None:
        asked.append((statement, given))

    event.listen(store._engine, "before_cursor_execute", note)
    assert set(store.reports_of_events(["e-x", "e-y"])) == {"e-x"}
    event.remove(store._engine, "before_cursor_execute", note)
    ((statement, given),) = [one for one in asked if "FROM reports" in one[0]]
    with closing(sqlite3.connect(store.path)) as file:
        plan = file.execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall()
    store.close()
    steps = [row[3] for row in plan]
    assert any(step.startswith("SEARCH reports") for step in steps)
    assert not any(step.startswith("SCAN") for step in steps)
