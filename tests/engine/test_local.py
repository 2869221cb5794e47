"""Both engines keep the one contract: results in order, errors where they are due."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.engine import engine_for
from dragoman.engine.processes import Processes


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


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_came_before_its_source_failed_is_given_first(jobs: int) -> None:
    def items() -> Iterator[int]:
        yield from range(5)
        raise OSError("the archive ends here")

    made = engine_for(jobs, in_flight=16).map(Counting(), items())
    assert [next(made)[0] for _ in range(5)] == [0, 1, 4, 9, 16]
    with pytest.raises(OSError, match="ends here"):
        next(made)


def test_what_is_done_is_given_where_the_next_is_slow_to_come() -> None:
    """A first one that takes long, as a process that starts does, puts none off for good."""

    def items() -> Iterator[int]:
        yield from range(6)
        time.sleep(5)
        yield 6
        assert given == 6
        yield 7

    given = 0
    engine = Processes(1, in_flight=16)
    for square, _, _ in engine.map(Counting(), items()):
        assert square == given**2
        given += 1
    assert given == 8
    engine.close()


class Touching:
    """Leaves a file for each number."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, number: int) -> int:
        (self.folder / str(number)).touch()
        return number


def test_items_are_worked_on_while_what_is_done_is_dealt_with(tmp_path: Path) -> None:
    engine = Processes(1, in_flight=16)
    made = engine.map(Touching(tmp_path), range(1000))
    assert next(made) == 0
    ends = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 16 and time.monotonic() < ends:
        time.sleep(0.01)
    # Starting a process takes so long that as many are waiting by then as may.
    assert len(list(tmp_path.iterdir())) == 16
    assert [next(made) for _ in range(20)] == list(range(1, 21))
    engine.close()
