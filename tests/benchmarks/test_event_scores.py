"""F1, intervals and confusions from counts that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.event_scores import (
    Counts,
    confusions,
    counted,
    f1,
    macro_f1,
    macro_interval,
    micro_f1,
    micro_interval,
    per_class,
    share_interval,
)
from dragoman.checking.examples import occurrences, stands_in

GOLD = ["AID", "AID", "REJECT", "REQUEST"]
CODED = ["AID", None, "AID", "THREATEN"]


def test_macro_f1_is_the_mean_over_the_classes_of_the_gold() -> None:
    _, counts = counted(GOLD, CODED)
    assert macro_f1(counts) == round((0.5 + 0 + 0) / 3, 3)


def test_micro_f1_counts_what_is_coded_and_due() -> None:
    # THREATEN is no class of the gold, so two are found, one is right, four are due
    assert micro_f1(counted(GOLD, CODED)[1]) == round(2 * 1 / (2 + 4), 3)


def test_nothing_found_and_nothing_due_is_nought() -> None:
    assert f1(0, 0, 0) == 0.0


def test_per_class() -> None:
    rows = per_class(*counted(GOLD, CODED))
    assert rows["AID"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "n": 2}
    assert rows["REJECT"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 1}
    assert set(rows) == set(GOLD)


def test_confusions_come_the_most_frequent_first() -> None:
    found = confusions(["AID", "AID", "AID", "REJECT"], ["REJECT", "REJECT", None, "REJECT"])
    assert found == [["AID", "REJECT", 2], ["AID", None, 1]]


@pytest.mark.parametrize("interval", [macro_interval, micro_interval])
def test_an_interval_is_the_same_every_time_and_holds_what_never_varies(
    interval: Callable[[Counts], list[float]],
) -> None:
    _, right = counted(["AID"] * 30, ["AID"] * 30)
    assert interval(right) == [1.0, 1.0]
    _, mixed = counted(["AID", "REJECT"] * 30, ["AID", "AID"] * 30)
    low, high = interval(mixed)
    assert 0 < low < high < 1
    assert interval(mixed) == [low, high]


def test_more_items_make_a_narrower_interval() -> None:
    few, many = share_interval([True, False] * 10), share_interval([True, False] * 1000)
    assert many[1] - many[0] < few[1] - few[0]
    assert few[0] < many[0] < 0.5 < many[1] < few[1]


def test_words_stand_whole() -> None:
    assert occurrences("he", "The hen saw that he left; he did") == [(17, 19), (26, 28)]
    assert stands_in((26, 32), "he", "The hen saw that he left; he did")
    assert not stands_in((0, 3), "he", "The hen saw that he left; he did")
