"""Weights and lessons as bytes: what is written comes back, and nothing else is read."""

from __future__ import annotations

import zlib
from contextlib import suppress
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.publish.spam.grams import PLACES, Sparse
from dragoman.publish.spam.weights import STRONGEST, Lesson, Weights, WeightsError, settled

VECTOR = Sparse(np.array([3, 70_000, PLACES - 1], np.int32), np.array([0.5, 1, 0.25], np.float32))


def taught() -> tuple[Weights, Lesson]:
    weights = Weights()
    return weights, weights.learn(VECTOR, 12345, True, 0.0)


def test_a_lesson_survives_as_bytes() -> None:
    weights, lesson = taught()
    weights.unlearn(Lesson.from_bytes(lesson.to_bytes()))
    assert weights.to_bytes() == Weights().to_bytes()


def test_a_copy_adds_nothing_and_takes_nothing_away() -> None:
    weights, _ = taught()
    held = weights.to_bytes()
    copy = weights.learn(VECTOR, 12345, True, 0.0)
    assert weights.to_bytes() == held
    weights.unlearn(Lesson.from_bytes(copy.to_bytes()))
    assert weights.to_bytes() == held


@given(st.binary(max_size=200))
def test_other_bytes_are_refused(data: bytes) -> None:
    for read in (Weights.from_bytes, Lesson.from_bytes):
        with pytest.raises(WeightsError):
            read(data)


@given(st.integers(0, 400), st.integers(0, 255))
def test_damage_is_refused_or_harmless(at: int, to: int) -> None:
    """Whatever one byte is changed to, no other exception comes."""
    weights, lesson = taught()
    for data, read in (
        (weights.to_bytes(), Weights.from_bytes),
        (lesson.to_bytes(), Lesson.from_bytes),
    ):
        damaged = bytearray(data)
        damaged[at % len(data)] = to
        with suppress(WeightsError):
            assert read(bytes(damaged)) is not None


def test_more_than_is_promised_is_not_unpacked() -> None:
    data = Weights().to_bytes()
    start = data.index(zlib.compress(b"")[:2])
    with pytest.raises(WeightsError, match="damaged"):
        Weights.from_bytes(data[:start] + zlib.compress(bytes(50_000_000)))


def test_an_older_version_says_what_to_do() -> None:
    data = bytearray(Weights().to_bytes())
    data[len(b"dragoman-comments")] = 99
    with pytest.raises(WeightsError, match="teach the filter again"):
        Weights.from_bytes(bytes(data))


@given(st.floats(-60, 60), st.floats(0.01, 20))
def test_a_push_is_as_hard_as_the_surprise_it_leaves(margin: float, square: float) -> None:
    push = settled(margin, square)
    assert 0 <= push <= STRONGEST
    left = STRONGEST / (1 + exp(margin + square * push))
    assert push == pytest.approx(left, abs=1e-5)
