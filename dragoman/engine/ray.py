"""The engine of many machines: Ray, an extra. The only module that imports it.

Worker actors hold the function, so that models are loaded once in each; items go out as workers
get free, and results come in the order of the items. Nothing but items and results passes through
Ray. Nothing is reported to anybody.
"""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from dragoman.errors import SourceError, WorkerLost
from dragoman.extras import needed

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 2
"""Items in flight per worker: one that is worked at, and one that waits for it."""
ANSWER_SECONDS = 10
STORE = 100_000_000
"""Bytes of Ray's object store on one machine: items and results are small."""
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DISABLE_IMPORT_WARNING": "1",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
}


@contextmanager
def started(jobs: int, address: str | None = None) -> Iterator[None]:
    """Ray on this machine with so many processors, or the cluster at an address; ended with the
    block. Raises MissingPart without Ray, SourceError where no cluster answers."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    ray = needed("ray", "ray")
    if address and address != "auto":  # which asks the system where the cluster is
        look_for(address)
    own = {"num_cpus": jobs, "object_store_memory": STORE, "include_dashboard": False}
    try:
        ray.init(
            address or "local",
            logging_level="error",
            log_to_driver=False,
            **({} if address else own),
        )
    except (ConnectionError, ValueError, RuntimeError) as fault:
        where = f"no Ray cluster answers at {address}" if address else "Ray could not be started"
        raise SourceError(f"{where} ({str(fault).splitlines()[0][:200]})") from fault
    try:
        yield
    finally:
        ray.shutdown()


def look_for(address: str) -> None:
    """Raises SourceError where nothing listens at HOST:PORT; Ray itself would wait on and on."""
    try:
        place = urlsplit(address if "://" in address else f"ray://{address}")
        host, port = place.hostname, place.port
    except ValueError:
        host = port = None
    if host is None or port is None:
        raise SourceError(
            f"{address} is no address of a Ray cluster; write HOST:PORT (10.0.0.4:6379)"
        )
    try:
        socket.create_connection((host, port), ANSWER_SECONDS).close()
    except (OSError, UnicodeError) as fault:  # the latter for what can be no host
        raise SourceError(
            f"no Ray cluster answers at {address} ({getattr(fault, 'strerror', None) or fault}); "
            "`ray start --head` starts one and says its address"
        ) from fault


class Ray:
    """So many workers, wherever Ray has room for them; to be used while Ray is `started`."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        ray = needed("ray", "ray")
        # Retried by whoever has the items: it knows what was done.
        worker = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Worker)
        held = ray.put(function)
        workers = [worker.remote(held) for _ in range(self.jobs)]
        try:
            yield from self._mapped(ray, workers, items)
        except ray.exceptions.RayTaskError as fault:
            if isinstance(fault.cause, MemoryError):
                raise WorkerLost("a worker of Ray had not enough memory") from fault
            raise (fault.cause if isinstance(fault.cause, Exception) else fault) from fault
        except (ray.exceptions.RayActorError, ray.exceptions.ObjectLostError) as fault:
            raise WorkerLost("a worker of Ray was ended, perhaps for want of memory") from fault
        finally:
            for one in workers:
                ray.kill(one)

    def _mapped(self, ray: Any, workers: list[Any], items: Iterable[A]) -> Iterator[Any]:
        """Each item goes to the worker that has the fewest before it."""
        load = [0] * len(workers)
        ordered: deque[Any] = deque()
        running: dict[Any, int] = {}
        for item in items:
            while min(load) >= AHEAD:
                ready, _ = ray.wait(list(running), num_returns=1)
                for one in ready:
                    load[running.pop(one)] -= 1
            at = load.index(min(load))
            made = workers[at].work.remote(item)
            load[at] += 1
            running[made] = at
            ordered.append(made)
            while ordered and ordered[0] not in running:
                yield ray.get(ordered.popleft())
        while ordered:
            yield ray.get(ordered.popleft())


class _Worker:
    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function

    def work(self, item: Any) -> Any:
        return self._function(item)
