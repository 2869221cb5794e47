"""The engine of several processes, each of which can be ended whatever it does.

A thread for each process hands it one item and waits for the answer, so that it is always known
which item a process was at when it ended. Results come in the order of the items.
"""

from __future__ import annotations

import pickle
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, TypeVar

from dragoman.engine import FREE, Limits, Lost
from dragoman.engine.losing import given_up
from dragoman.engine.worker import DiedIdle, Worker

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 4
"""Items in flight per worker, unless their number is given: enough to keep all busy, few enough to
hold memory down. A single worker has one, and takes the next when it is asked for."""
STAYS = 5_000
"""Items after which a worker ends and another takes its place: a parser keeps every word that it
ever met, some 4 kB a page, and a desk runs for years."""
SLOW = 0.5
"""Seconds for which a next item is waited, after which all that is done is given at once."""


class Processes:
    """Worker processes; the function and the items must be picklable.

    The function travels once to each worker, so that what it loads is loaded once, and is kept
    there until another one comes. Workers stay for the next map where `instead` was
    given; else they end with the map.
    """

    def __init__(self, jobs: int, limits: Limits = FREE, in_flight: int | None = None) -> None:
        """`in_flight`: items that are asked for before the first of them is done, at most."""
        self.jobs = jobs
        self.limits = limits
        self._most = in_flight or (jobs * AHEAD if jobs > 1 else 1)
        self._idle: deque[Worker] = deque()
        self._all: set[Worker] = set()
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None

    def map(
        self,
        function: Callable[[A], B],
        items: Iterable[A],
        instead: Callable[[A, Lost], B] | None = None,
    ) -> Iterator[B]:
        carried = pickle.dumps(function, pickle.HIGHEST_PROTOCOL)
        self._pool = pool = self._pool or ThreadPoolExecutor(self.jobs, "engine")
        waiting: deque[tuple[A, Future[Any]]] = deque()
        faults: list[Exception] = []

        def next_one() -> B:
            item, future = waiting.popleft()
            made = future.result()
            return given_up(item, made, instead) if isinstance(made, Lost) else made

        try:
            asked = time.monotonic()
            for item in _until_fault(items, faults):
                is_slow = time.monotonic() - asked > SLOW
                waiting.append((item, pool.submit(self._ask, carried, item)))
                # One for one, though more may be done: so no worker idles while what is done is
                # dealt with, however long that takes.
                if len(waiting) >= self._most or waiting[0][1].done():
                    yield next_one()
                while is_slow and waiting and waiting[0][1].done():
                    yield next_one()
                asked = time.monotonic()
            while waiting:
                yield next_one()
            if faults:
                raise faults[0]
        finally:
            # Left in the middle, or by somebody who knows of no `close`: nothing stays behind.
            if waiting or instead is None:
                for _, future in waiting:
                    future.cancel()
                self.close()

    def close(self) -> None:
        """End all workers, whatever they do."""
        with self._lock:
            pool, self._pool = self._pool, None
            for worker in self._all:
                worker.kill()
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.end()
        self._all.clear()
        self._idle.clear()

    def _ask(self, carried: bytes, item: Any) -> Any:
        """In a thread: what a worker makes of an item, or that it was lost."""
        while True:
            worker = self._taken()
            try:
                return worker.ask(carried, item)
            except DiedIdle:
                continue  # another one takes it
            finally:
                self._give_back(worker)

    def _taken(self) -> Worker:
        with self._lock:
            if self._pool is None:
                raise CancelledError
            if self._idle:
                return self._idle.pop()
            worker = Worker(self.limits)
            self._all.add(worker)
            return worker

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if worker.is_alive and worker.asked < STAYS:
                self._idle.append(worker)
                return
            self._all.discard(worker)
        worker.end()


def _until_fault(items: Iterable[A], faults: list[Exception]) -> Iterator[A]:
    """Items up to where they fail; what is under way then is waited for before that is told."""
    try:
        yield from items
    except Exception as fault:
        faults.append(fault)
