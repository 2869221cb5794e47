"""The engine boundary: a function over many items, in order, here or in worker processes.

`Engine.map` is the whole contract: results come in the order of the items, and an exception of
the function is raised where its result is due. With `Guarded` an item that takes too long, eats
too much memory or ends its process costs itself alone: `instead` says what stands for it. Its
workers are started with the first item, kept over several maps, and ended by `close`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take; None is as much as it likes."""

    seconds: float | None = None
    """Of the clock."""
    megabytes: int | None = None
    """Of memory, for the process that works on it, with all that it has loaded."""
    starting: float = 60.0
    """Seconds more for the first item of a process, with which it loads what it needs."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that had to be given up: why, as the rest of a sentence, and at which stage."""

    reason: str
    stage: str | None = None


FREE = Limits()


class Engine(Protocol):
    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """An item whose worker is lost is raised as `WorkerLost`."""
        ...


class Guarded(Engine, Protocol):
    """An engine that goes on after an item was lost, and keeps its workers for the next map."""

    def map(
        self,
        function: Callable[[A], B],
        items: Iterable[A],
        instead: Callable[[A, Lost], B] | None = None,
    ) -> Iterator[B]: ...

    def close(self) -> None: ...


def engine_for(jobs: int, limits: Limits = FREE, in_flight: int | None = None) -> Guarded:
    """In this process for one job without a limit of time, else that many processes: what is to be
    ended whatever it does must be a process of its own. `in_flight`: items that such processes
    have or wait for at most; by default a few each."""
    if jobs == 1 and limits.seconds is None:
        from dragoman.engine.here import Here

        return Here(limits)
    from dragoman.engine.processes import Processes

    return Processes(jobs, limits, in_flight)
