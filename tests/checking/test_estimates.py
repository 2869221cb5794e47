"""Intervals and kappa, against figures that others published or that can be reckoned by hand."""

from __future__ import annotations

from itertools import product
from math import inf, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.checking.estimates import Counted, kappa, of_stratum, stratified, wilson


@pytest.mark.parametrize(
    ("hits", "read", "low", "high"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_as_newcombe_printed_it(hits: int, read: int, low: float, high: float) -> None:
    assert wilson(hits / read, read) == pytest.approx((low, high), abs=5e-5)


def test_nothing_is_left_to_chance_where_all_was_read() -> None:
    made = of_stratum(Counted(size=8, read=8, hits=6))
    assert (made.value, made.low, made.high, made.error) == (0.75, 0.75, 0.75, 0.0)
    assert wilson(0.75, inf) == (0.75, 0.75)


def test_a_stratum_half_read_is_as_sure_as_one_of_twice_the_sample() -> None:
    half = of_stratum(Counted(size=40, read=20, hits=15))
    assert (half.low, half.high) == wilson(0.75, 40)


def test_strata_weigh_by_their_size() -> None:
    """By hand: weights 0.25 and 0.75; 0.25² · 0.9 · 0.09 / 9, and nothing of the second."""
    made = stratified([Counted(100, 10, 9), Counted(300, 30, 30)])
    assert made.value == pytest.approx(0.25 * 0.9 + 0.75)
    assert made.error == pytest.approx(sqrt(0.0625 * 0.9 * 0.09 / 9))
    assert (made.low, made.high) == pytest.approx(wilson(0.975, 0.975 * 0.025 / made.error**2))


def test_a_large_stratum_without_an_error_makes_no_interval_narrow() -> None:
    """By the variance alone the sample would tell as much as 110, and it is one of 40."""
    made = stratified([Counted(100, 10, 9), Counted(900, 30, 30)])
    assert made.value * (1 - made.value) / made.error**2 == pytest.approx(110)
    size = 1 / (0.01 * 0.9 / 10 + 0.81 * (29 / 30) / 30)
    assert (made.low, made.high) == pytest.approx(wilson(0.99, size))


def test_an_estimate_of_one_stratum_is_that_stratum_s() -> None:
    only = Counted(500, 50, 41)
    assert stratified([only]).value == of_stratum(only).value
    assert stratified([only]).error == pytest.approx(of_stratum(only).error)


def test_a_sample_without_an_error_is_no_proof() -> None:
    made = stratified([Counted(1000, 20, 20), Counted(1000, 20, 20)])
    assert made.value == 1
    assert made.error == 0
    assert 0.85 < made.low < 0.95


@given(st.lists(st.tuples(st.integers(1, 500), st.floats(0.01, 1), st.floats(0, 1)), min_size=1))
def test_an_estimate_lies_in_its_interval(parts: list[tuple[int, float, float]]) -> None:
    strata = []
    for size, share, right in parts:
        read = max(1, round(size * share))
        strata.append(Counted(size, read, round(read * right)))
    made = stratified(strata)
    assert 0 <= made.low <= made.value + 1e-12
    assert made.value - 1e-12 <= made.high <= 1


TABLE = ((75, 1, 4), (5, 4, 1), (0, 0, 10))
"""Two raters on a hundred cases: J. L. Fleiss, Statistical Methods for Rates and Proportions."""


def pairs_of(table: tuple[tuple[int, ...], ...]) -> list[tuple[str, str]]:
    places = product(range(len(table)), repeat=2)
    return [(str(i), str(j)) for i, j in places for _ in range(table[i][j])]


def test_kappa_is_as_fleiss_printed_it() -> None:
    made = kappa(pairs_of(TABLE))
    assert made is not None
    assert made.value == pytest.approx(0.68, abs=0.005)
    assert made.error == pytest.approx(0.088, abs=0.0005)
    assert (made.low, made.high) == pytest.approx((0.505, 0.848), abs=0.001)


def test_kappa_is_as_scikit_learn_has_it() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    first, second = zip(*pairs_of(TABLE), strict=True)
    made = kappa(pairs_of(TABLE))
    assert made is not None
    assert made.value == pytest.approx(metrics.cohen_kappa_score(first, second))


def test_kappa_of_those_who_always_agree_and_of_those_who_never_do() -> None:
    always = kappa([("right", "right"), ("wrong", "wrong")] * 5)
    assert always is not None
    assert (always.value, always.error) == (1.0, 0.0)
    never = kappa([("right", "wrong"), ("wrong", "right")] * 5)
    assert never is not None
    assert never.value == -1.0


def test_there_is_no_kappa_without_two_verdicts() -> None:
    assert kappa([("right", "right")] * 9) is None
    assert kappa([]) is None
