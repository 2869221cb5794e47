"""Judgements in the store: found by what they name, undone, and those of older desks."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.kill_old import old_tables
from dragoman.errors import StoreError
from dragoman.model import Correction, Joining, Kept, OtherActor, Rulings, SameActor, Verdict
from dragoman.store import Store, open_store
from tests.store.conftest import event_of
from tests.store.test_forgetting import copy_rows


def test_found_by_whatever_they_name(store: Store) -> None:
    verdict = store.judge(Verdict("reject", "e-x", ("r-a", "r-b"), ("a-one",)), None, "ada")
    merge = store.judge(Joining("event", ("e-x", "e-y"), (("r-a",), ("r-c",))), "one raid", None)
    store.judge(SameActor("AAA", "BBB"), None, None)
    for name, found in (
        ("e-x", [verdict, merge]), ("r-a", [verdict, merge]), ("r-b", [verdict]), ("e-y", [merge]),
        ("a-one", [verdict]), ("r-z", []),
    ):  # fmt: skip
        assert store.judgements(name) == found
    assert store.words_on("a-one") == [(verdict.id, verdict.word)]
    assert store.groupings("event", ["r-c"]) == (merge.word,)
    assert store.groupings("story", ["r-c"]) == ()
    assert store.rulings() == Rulings((SameActor("AAA", "BBB"),))


def test_undone_ones_count_no_more_and_stay(store: Store) -> None:
    made = store.judge(OtherActor("AAA", ("a-one",), None), None, "ada")
    store.carried_out(made.id)
    assert store.due_judgements() == []
    gone = store.undo(made.id, "a slip", "bob")
    assert (gone.undone_why, gone.undone_by, gone.is_due) == ("a slip", "bob", True)
    assert store.due_judgements() == [gone]
    assert (store.judgements(), store.rulings()) == ([], Rulings())
    assert store.judgements("AAA", with_undone=True) == [gone]
    with pytest.raises(StoreError, match="undone on"):
        store.undo(made.id, None, None)
    with pytest.raises(StoreError, match="no judgement 7"):
        store.judgement(7)


def test_the_order_is_that_of_saying_wherever_it_was(store: Store) -> None:
    first = Verdict("confirm", "r-a", ("r-a",), ("a-one",))
    later = Verdict("reject", "r-a", ("r-a",), ("a-one",))
    store.judge(later, None, "ada", at="2024-03-02T10:00:00+00:00")
    store.judge(first, None, "bob", at="2024-03-01T10:00:00+00:00")
    assert [word for _, word in store.words_on("a-one")] == [first, later]


@pytest.mark.parametrize(
    ("old", "new"), [("right", "confirm"), ("wrong", "reject"), ("unsure", "unsure")]
)
def test_words_of_an_older_desk(
    tmp_path: Path, versions: dict[str, str], make_kept: Callable[..., Kept], old: str, new: str
) -> None:
    kept = make_kept(reports=("first", "second"))
    (tmp_path / "new").mkdir()
    with open_store(tmp_path / "new") as store:
        store.keep(kept, versions, events=[event_of("met", ["r-one-first"])])
    path = tmp_path / "desk.sqlite"
    old_tables(path, "0011")
    copy_rows(tmp_path / "new" / "desk.sqlite", path)
    with closing(sqlite3.connect(path)) as file:
        for target in ("r-one-second", "a-one"):
            file.execute(
                "INSERT INTO judgements (target_id, verdict, note, by, at) VALUES (?, ?, ?, ?, ?)",
                (target, old, "seen in print", "ada", "2024-03-01T10:00:00+00:00"),
            )
        file.commit()
    with open_store(tmp_path) as store:
        (one,) = store.judgements("r-one-second")
        assert (one.kind, one.note, one.by, one.is_due) == (new, "seen in print", "ada", True)
        assert one.word.ids == ("r-one-second", "r-one-second", "a-one")
        assert isinstance(one.word, Verdict)
        assert [pin.report for pin in one.word.pinned] == (
            [kept.reports[1]] if new == "confirm" else []
        )
        assert [o.kind for o in store.judgements("a-one")] == [new, new]


def test_a_correction_without_its_report_says_nothing(store: Store) -> None:
    made = store.judge(Correction("r-a", "a-one", ("mode",)), None, None)
    assert store.judgement(made.id).word == Correction("r-a", "a-one", ("mode",), None)
