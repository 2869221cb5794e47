"""Stretches: what bisection finds is what comparing all would find."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.stretches import Stretches

PLACES = st.lists(st.integers(0, 60), unique=True, max_size=20).map(sorted)


@given(places=PLACES, start=st.integers(0, 60), length=st.integers(1, 20))
def test_meeting_is_sharing_a_character(places: list[int], start: int, length: int) -> None:
    items = list(pairwise(places))[::2] + list(pairwise(places))[1::2]
    end = start + length
    found = Stretches(items, lambda item: item).meeting(start, end)
    assert list(found) == sorted((a, b) for a, b in items if a < end and start < b)
