"""Engines of one machine: this process, or a pool of worker processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from dragoman.errors import WorkerLost

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 4
"""Items in flight per worker: enough to keep all busy, few enough to hold memory down."""


class Here:
    """One item after the other, in this process."""

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        return map(function, items)


class Processes:
    """Worker processes; the function and the items must be picklable.

    The function travels once to each worker, so that what it loads is loaded once.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        # spawn, not fork: a forked parser model holds locks of the parent's threads.
        with ProcessPoolExecutor(
            self.jobs, get_context("spawn"), initializer=_take, initargs=(function,)
        ) as pool:
            waiting: deque[Future[B]] = deque()
            try:
                for item in items:
                    waiting.append(pool.submit(_work, item))
                    if len(waiting) >= self.jobs * AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            except BrokenProcessPool as fault:
                raise WorkerLost(
                    "a worker process was ended, perhaps for want of memory; run it again, with "
                    "fewer jobs if it happens again"
                ) from fault


_taken: list[Callable[[Any], Any]] = []
"""In a worker: the one function that it is there for."""


def _take(function: Callable[[Any], Any]) -> None:
    _taken[:] = [function]


def _work(item: Any) -> Any:
    return _taken[0](item)
