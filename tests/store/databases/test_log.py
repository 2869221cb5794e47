"""The log of changes beside a desk's file stays short, whoever reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dragoman.errors import StoreError
from dragoman.store import Store, open_store, soundness
from tests.publish.desk import PAGES, settle
from tests.telling import told as telling


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(soundness, "MOMENT", 0.05)
    with open_store(tmp_path) as made:
        settle(made, PAGES[:1])
        yield made


def test_a_short_log_is_left_alone(store: Store) -> None:
    before = store.log_size()
    store.keep_log_short()
    assert store.log_size() == before > 0


def test_a_long_one_is_written_into_the_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "LONG_LOG", 1)
    store.keep_log_short()
    assert store.log_size() == 0


def test_one_that_cannot_be_written_costs_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "LONG_LOG", 1)
    asked: list[float] = []

    def fails(wait: float) -> None:
        asked.append(wait)
        raise StoreError("the disk is full")

    monkeypatch.setattr(store._database, "shrink_log", fails)
    with telling() as log:
        store.keep_log_short()
        store.keep_log_short()  # nothing more was written
    assert asked == [soundness.MOMENT]
    assert [line["reason"] for line in log.lines("log")] == ["the disk is full"]


def test_whoever_reads_what_was_before_is_not_waited_for_long_and_keeps_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "LONG_LOG", 1)
    counted = "SELECT count(*) FROM articles"
    with closing(sqlite3.connect(tmp_path / "desk.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        before = reader.execute(counted).fetchone()
        settle(store, PAGES[1:2])
        store.keep_log_short()
        assert store.log_size() > 0
        assert reader.execute(counted).fetchone() == before
        reader.execute("COMMIT")
        settle(store, PAGES[2:3])  # it is tried again when more was written
        store.keep_log_short()
        assert store.log_size() == 0
        assert reader.execute(counted).fetchone() == (before[0] + 2,)
