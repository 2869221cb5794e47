"""Months of a record, what is asked of it, and where it turns."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from math import comb

import pytest

from dragoman.model import is_done_together
from dragoman.record.dossier import (
    Choice,
    Month,
    done_by_month,
    months_between,
    series,
    tallied,
    way_of,
)
from dragoman.record.turning import ALPHA, LEAST, fisher, turning_points, two_rates
from dragoman.store.dossiers import Mark

QUADS = {"CONSULT": 1, "AID": 2, "ACCUSE": 3, "ASSAULT": 4}
MARK = Mark(
    "e-1",
    "CONSULT",
    "happened",
    "news",
    "NOR",
    "FIN",
    "2024-03-05",
    "2024-03-05",
    1,
    ("en",),
    False,
)


def test_months_are_without_gaps_and_share_the_desk() -> None:
    marks = [
        MARK,
        replace(MARK, category="ASSAULT"),
        replace(MARK, category="AID", start="2024-05-01", end="2024-05-31"),
    ]
    found = series(tallied(marks), done_by_month(marks), QUADS.__getitem__, {"2024-03": 8})
    assert found.months == (
        Month("2024-03", (1, 0, 0, 1), 1, 1, 2, 8, 0.25),
        Month("2024-04", (0, 0, 0, 0), 0, 0, 0, 0, None),
        Month("2024-05", (0, 1, 0, 0), 1, 0, 1, 0, None),
    )
    assert (found.coarse, found.undated, found.not_done) == (0, 0, 0)


@pytest.mark.parametrize(
    ("start", "end", "status", "apart"),
    [
        ("2024-01-01", "2024-12-31", "happened", (1, 0, 0)),  # a year
        ("2024-02-28", "2024-03-02", "ongoing", (1, 0, 0)),  # across two months
        ("2024-03-05", None, "happened", (1, 0, 0)),  # or later
        (None, None, "happened", (0, 1, 0)),
        ("2024-03-05", "2024-03-05", "planned", (0, 0, 1)),
        ("2024-03-05", "2024-03-05", "denied", (0, 0, 1)),
    ],
)
def test_what_lies_in_no_month_or_was_not_done_is_counted_apart(
    start: str | None, end: str | None, status: str, apart: tuple[int, int, int]
) -> None:
    mark = replace(MARK, start=start, end=end, status=status)  # type: ignore[arg-type]
    found = series(tallied([mark]), done_by_month([mark]), QUADS.__getitem__, {})
    assert found.months == ()
    assert (found.coarse, found.undated, found.not_done) == apart


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        (Choice(), True),
        (Choice(categories=("CONSULT", "AID")), True),
        (Choice(categories=("AID",)), False),
        (Choice(quads=(1,)), True),
        (Choice(quads=(3, 4)), False),
        (Choice(way="ab"), True),
        (Choice(way="ba"), False),
        (Choice(way="both"), False),
        (Choice(statuses=("planned",)), False),
        (Choice(told_as=("news",)), True),
        (Choice(languages=("fr",)), False),
        (Choice(origins=2), False),
        (Choice(first="2024"), True),
        (Choice(last="2024"), True),
        (Choice(first="2024-03", last="2024-03"), True),
        (Choice(first="2024-03-06"), False),
        (Choice(last="2024-02"), False),
    ],
)
def test_what_is_asked(choice: Choice, *, taken: bool) -> None:
    def way(mark: Mark) -> str:
        return way_of(mark, "NOR")

    assert choice.takes(MARK, QUADS.__getitem__, way) is taken


def test_an_undated_act_lies_in_no_time() -> None:
    mark = replace(MARK, start=None, end=None)
    assert not Choice(first="1900").takes(mark, QUADS.__getitem__, lambda _: "ab")


def test_what_two_do_together_goes_neither_way() -> None:
    together = replace(MARK, is_mutual=True)
    assert [way_of(one, "FIN") for one in (MARK, together)] == ["ba", "both"]


def test_both_sides_in_one_slot_of_the_clause_did_it_together() -> None:
    assert is_done_together(("lexicon", "source from subj: Norway", "target from subj: Finland"))
    assert not is_done_together(("source from subj: Norway", "target from obj: Finland"))
    assert not is_done_together(("a rule",))


def test_months_between() -> None:
    assert months_between("2023-11", "2024-02") == ("2023-11", "2023-12", "2024-01", "2024-02")


# --- turning points --------------------------------------------------------------------------


def months(*counts: tuple[int, int, int]) -> list[Month]:
    """(cooperation, conflict, other events of the desk) of one month after the other."""
    names = months_between("2015-01", "2034-12")
    return [
        Month(name, (one, 0, two, 0), one, two, one + two, one + two + rest, None)
        for name, (one, two, rest) in zip(names, counts, strict=False)
    ]


def test_a_rise_is_found_in_its_month_and_names_what_was_compared() -> None:
    (point,) = turning_points(months(*[(1, 1, 60)] * 12, *[(6, 6, 60)] * 12))
    assert (point.month, point.kind, point.rises, point.by) == ("2016-01", "level", True, "share")
    assert (point.before.first, point.before.last, point.before.count) == ("2015-07", "2015-12", 12)
    assert (point.after.first, point.after.last, point.after.count) == ("2016-01", "2016-06", 72)
    assert point.after.others == 360


def test_a_turn_of_the_balance_alone() -> None:
    (point,) = turning_points(months(*[(5, 1, 60)] * 9, *[(1, 5, 60)] * 9))
    assert (point.month, point.kind, point.rises) == ("2015-10", "balance", True)


def test_a_spike_is_a_rise_and_a_fall() -> None:
    found = turning_points(months(*[(2, 1, 60)] * 12, (2, 40, 60), *[(2, 1, 60)] * 12))
    level = [(one.month, one.rises) for one in found if one.kind == "level"]
    assert level == [("2016-01", True), ("2016-02", False)]


def test_a_desk_that_reads_more_of_everything_has_not_seen_a_turn() -> None:
    assert turning_points(months(*[(1, 1, 60)] * 12, *[(6, 6, 360)] * 12)) == ()


def test_a_desk_that_holds_nothing_else_is_compared_by_months() -> None:
    (point,) = turning_points(months(*[(1, 1, 0)] * 9, *[(6, 6, 0)] * 9))
    assert (point.month, point.by) == ("2015-10", "months")


def test_with_few_events_nothing_is_said() -> None:
    few = (LEAST - 1) // 3
    assert turning_points(months(*[(0, 0, 600)] * 9, *[(0, few, 600)] * 3)) == ()
    assert turning_points(months()) == ()
    assert turning_points(months((90, 0, 5), (0, 90, 5))) == ()  # too few months


@pytest.mark.parametrize(
    ("cooperation", "conflict", "others", "length"),
    [(3, 2, 60, 36), (1, 1, 0, 60), (0.3, 0.2, 6, 120)],
)
def test_random_series_without_a_change_rarely_show_one(
    cooperation: float, conflict: float, others: float, length: int
) -> None:
    """The rate of false alarms is at most `ALPHA`; of 300 seeded series 8 would be far above it."""
    chance = random.Random(7)
    alarms = 0
    for _ in range(300):
        draws = [
            (poisson(chance, cooperation), poisson(chance, conflict), poisson(chance, others))
            for _ in range(length)
        ]
        alarms += bool(turning_points(months(*draws)))
    assert alarms / 300 <= 2 * ALPHA


def test_random_series_with_a_clear_change_mostly_show_it() -> None:
    chance, hits = random.Random(7), 0
    for _ in range(60):
        draws = [
            (poisson(chance, 3), poisson(chance, 2 if at < 12 else 12), poisson(chance, 80))
            for at in range(24)
        ]
        found = turning_points(months(*draws))
        hits += any(one.month in {"2015-12", "2016-01", "2016-02"} for one in found)
    assert hits >= 54


def poisson(chance: random.Random, mean: float) -> int:
    """Arrivals within one unit of time."""
    number, passed = 0, chance.expovariate(mean) if mean else 2.0
    while passed < 1:
        number += 1
        passed += chance.expovariate(mean)
    return number


@pytest.mark.parametrize("table", [(3, 7, 9, 2), (9, 2, 3, 7), (0, 5, 5, 0), (4, 4, 4, 4)])
def test_fisher_is_twice_the_tail(table: tuple[int, int, int, int]) -> None:
    a, b, c, d = table

    def tail(test: Callable[[int], bool]) -> float:
        ways = (
            comb(a + c, x) * comb(b + d, a + b - x)
            for x in range(a + b + 1)
            if x <= a + c and a + b - x <= b + d and test(x)
        )
        return sum(ways) / comb(a + b + c + d, a + b)

    expected = min(1.0, 2 * min(tail(lambda x: x <= a), tail(lambda x: x >= a)))
    assert fisher(*table) == pytest.approx(expected)
    for most in (expected * 2, expected / 2):
        told = fisher(*table, most)
        assert told == fisher(*table) if expected <= most else most < told <= expected + 1e-9


def test_tests_of_large_counts_end_and_of_none_say_nothing() -> None:
    assert fisher(0, 0, 0, 0) == 1.0
    assert fisher(40_000, 900_000, 52_000, 900_000) < 1e-100
    assert two_rates(40_000, 6, 40_100, 6) > 0.5
    assert two_rates(0, 6, 0, 6) == 1.0
