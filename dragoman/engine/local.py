"""Engines of one machine: this process, or a pool of worker processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 4
"""Items in flight per worker: enough to keep all busy, few enough to hold memory down."""


class Here:
    """One item after the other, in this process."""

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        return map(function, items)


class Processes:
    """Worker processes; the function and the items must be picklable."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        # spawn, not fork: a forked parser model holds locks of the parent's threads.
        with ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn")) as pool:
            waiting: deque[Future[B]] = deque()
            for item in items:
                waiting.append(pool.submit(function, item))
                if len(waiting) >= self.jobs * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
