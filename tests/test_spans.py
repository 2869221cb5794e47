"""Stretches are met as the plain comparison of each says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.spans import Spans

SPAN = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda one: (one[0], sum(one)))


@given(st.lists(SPAN, max_size=8), SPAN)
def test_spans_meet_as_each_of_them_does(
    spans: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    start, end = asked
    assert Spans(spans).meet(start, end) == any(low < end and start < high for low, high in spans)
