"""A desk copied whole, in one view: every table, the word indices, the counters; or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, create_engine, text

from dragoman.errors import StoreError
from dragoman.model import Kept
from dragoman.model.query import Words
from dragoman.store import NotTheSame, Store, copying, open_store
from dragoman.store.schema import metadata
from dragoman.store.sequences import sequences
from tests.publish.desk import FERRIES, PAGES, settle, tell_story
from tests.store.filling import fill_empty

MakeKept = Callable[..., Kept]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_whole(tmp_path_factory.mktemp("whole") / "desk.sqlite")


def make_whole(path: Path) -> Path:
    """A desk with a row in every table."""
    with open_store(path) as store:
        settle(store, PAGES)
        tell_story(store, "s-ferries", FERRIES, "2024-03-18")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        fill_empty(connection)
        # As after forgetting: a number was given to a row that is gone, and is not given again.
        connection.execute(text("UPDATE sqlite_sequence SET seq = 99 WHERE name = 'articles'"))
    engine.dispose()
    return path


def test_all_of_a_desk_comes_over(whole: Path, address: Path | str, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with open_store(whole, read_only=True) as old, open_store(address) as new:
        carried = old.copy_into(new, lambda *one: told.append(one))
        names = [table.name for table in metadata.sorted_tables]
        assert sorted(one.table for one in carried) == sorted(
            [*names, "article_words", "event_words"]
        )
        assert [one.table for one in carried if not one.old.rows or not one.is_same] == []
        assert old.digests() == new.digests() == {one.table: one.new for one in carried}
        assert {name for name, done, total in told if done == total} >= set(names)
        for word in ("ferry", "peace", "met", "visit"):
            assert hits(old, word) == hits(new, word)
        assert hits(new, "met") != ([], [])
        assert old.counts() == new.counts()
        assert counters(old) == counters(new)
        assert counters(new)["articles"] == 99
        with open_store(tmp_path / "back") as back:
            assert all(one.is_same for one in new.copy_into(back))
            assert back.digests() == old.digests()


def counters(store: Store) -> dict[str, int]:
    with store._reading() as connection:
        return sequences(connection)


def test_the_new_desk_must_be_new(
    whole: Path, tmp_path: Path, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    with open_store(whole, read_only=True) as old:
        with open_store(tmp_path) as new:
            new.keep(make_kept(), versions)
            with pytest.raises(StoreError, match=r"holds something already; .* delete that one"):
                old.copy_into(new)
            assert new.article_ids() == ["a-one"]
        with open_store(whole) as itself, pytest.raises(StoreError, match="already"):
            old.copy_into(itself)


def test_stopped_half_way_the_new_desk_is_empty(whole: Path, tmp_path: Path) -> None:
    def stop(table: str, done: int, _total: int) -> None:
        if table == "event_words" and done:
            raise KeyboardInterrupt

    with open_store(whole, read_only=True) as old, open_store(tmp_path) as new:
        with pytest.raises(KeyboardInterrupt):
            old.copy_into(new, stop)
        assert new.is_new()
        assert all(one.is_same for one in old.copy_into(new))


def test_what_differs_is_named_and_not_kept(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry = copying._carry
    trigger = (
        "CREATE TRIGGER lose AFTER INSERT ON comments BEGIN "
        "UPDATE comments SET text = 'x' WHERE id = new.id; END"
    )

    def lose(here: Connection, there: Connection, table: Table, told: copying.Told) -> object:
        if table.name == "comments":
            there.execute(text(trigger))
        return carry(here, there, table, told)

    monkeypatch.setattr(copying, "_carry", lose)
    with open_store(whole, read_only=True) as old, open_store(tmp_path) as new:
        with pytest.raises(NotTheSame, match=r"differs .* in comments; nothing") as fault:
            old.copy_into(new)
        assert [one.table for one in fault.value.carried if not one.is_same] == ["comments"]
        assert new.is_new()


def test_others_may_go_on_writing(
    tmp_path: Path, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    """What is written while a desk is copied is in none of the copy's tables."""
    with open_store(tmp_path / "old") as writer, open_store(tmp_path / "new") as new:
        writer.keep(make_kept("before"), versions)

        def told(table: str, _done: int, total: int) -> None:
            if not total:
                return
            thread = threading.Thread(
                target=lambda: writer.keep(make_kept(f"during-{table}"), versions)
            )
            thread.start()
            thread.join()

        with open_store(tmp_path / "old", read_only=True) as old:
            carried = old.copy_into(new, told)
        assert all(one.is_same for one in carried)
        assert new.article_ids() == ["a-before"]
        assert len(writer.article_ids()) > 5


def test_rows_in_any_order_have_one_digest_and_others_have_another() -> None:
    rows = [(1, "a", None), (2, "b", 0.5), (2, "b", 0.5)]
    digest = copying._digest(rows)
    assert copying._digest(reversed(rows)) == digest
    assert digest.rows == 3
    for other in (
        [rows[0], rows[1]],
        [*rows[:2], (2, "b", 0.25)],
        [rows[0], (2, "c", 0.5), rows[2]],
    ):
        assert copying._digest(other) != digest


def hits(store: Store, word: str) -> tuple[list[str], list[str]]:
    """Events and articles that have a word, the best first."""
    query = Words((word,))
    return (
        store.find_events(query, order="best", limit=20),
        store.find_articles(query, order="best", limit=20),
    )
