"""The engine boundary: a function over many items, in order, here or in worker processes.

`Engine.map` is the whole contract: results come in the order of the items, and an exception of
the function is raised where its result is due. Workers are started once and load models once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Engine(Protocol):
    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]: ...


def engine_for(jobs: int) -> Engine:
    """In this process for one job, else that many local processes."""
    from dragoman.engine.local import Here, Processes

    return Here() if jobs == 1 else Processes(jobs)
