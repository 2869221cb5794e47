"""Both engines keep the one contract: results in order, errors where they are due."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from dragoman.engine import engine_for


class Counting:
    """A function that knows how often it was loaded in its process."""

    loaded = 0

    def __call__(self, number: int) -> tuple[int, int, int]:
        if number < 0:
            raise ValueError(f"{number} is below zero")
        return number * number, Counting.loaded, os.getpid()

    def __setstate__(self, _state: object) -> None:
        Counting.loaded += 1

    def __getstate__(self) -> str:
        return "something to travel with"


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    made = engine_for(jobs).map(Counting(), range(40))
    assert [square for square, _, _ in made] == [number**2 for number in range(40)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_is_raised_where_it_is_due(jobs: int) -> None:
    made = engine_for(jobs).map(Counting(), [1, 2, -3, 4])
    assert [next(made)[0], next(made)[0]] == [1, 4]
    with pytest.raises(ValueError, match="-3 is below zero"):
        next(made)


def test_what_the_function_carries_is_loaded_once_in_each_process() -> None:
    made = list(engine_for(2).map(Counting(), range(40)))
    assert {loaded for _, loaded, _ in made} == {1}
    assert os.getpid() not in {process for _, _, process in made}


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_taken_only_as_they_are_needed(jobs: int) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    made = engine_for(jobs).map(Counting(), items())
    next(made)
    assert len(taken) < 50
