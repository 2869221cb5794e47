"""Many requests at once, but never two to one host: jobs in, each with its result or fault out.

Results come as they are ready. Whoever stops listening, or sets `stop`, stops the work: jobs that
have not begun are left undone, and nothing is waited for.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from dragoman.errors import DragomanError, SourceError

Job = TypeVar("Job")
Result = TypeVar("Result")

THREADS = 16
"""They mostly wait, for answers and out of politeness."""
LISTEN = 0.2
"""Seconds between looks at whether to stop."""


def by_host(
    jobs: Iterable[tuple[str, Job]],
    work: Callable[[Job], Result],
    *,
    stop: threading.Event | None = None,
    threads: int = THREADS,
) -> Iterator[tuple[Job, Result | DragomanError]]:
    """`jobs`: host and job. Jobs of one host are done one after the other, in order."""
    groups: dict[str, list[Job]] = {}
    for host, job in jobs:
        groups.setdefault(host, []).append(job)
    waiting: queue.SimpleQueue[list[Job]] = queue.SimpleQueue()
    for group in groups.values():
        waiting.put(group)
    ready: queue.Queue[tuple[Job, Result | DragomanError]] = queue.Queue(maxsize=4 * threads)
    left = threading.Event()
    asked = stop or threading.Event()

    def is_over() -> bool:
        return left.is_set() or asked.is_set()

    def run() -> None:
        while not is_over():
            try:
                group = waiting.get_nowait()
            except queue.Empty:
                return
            for job in group:
                if is_over():
                    return
                _hand_over(ready, (job, _attempt(work, job)), is_over)

    try:
        # Daemons: a request under way must not keep the program from ending.
        for _ in range(min(threads, len(groups))):
            threading.Thread(target=run, daemon=True).start()
        for _ in range(sum(map(len, groups.values()))):
            while not asked.is_set():
                try:
                    yield ready.get(timeout=LISTEN)
                    break
                except queue.Empty:
                    continue
    finally:
        left.set()


def _attempt(work: Callable[[Job], Result], job: Job) -> Result | DragomanError:
    """A fault of our own in one job is told as its fault and does not stop the others."""
    try:
        return work(job)
    except DragomanError as fault:
        return fault
    except Exception as fault:
        return SourceError(f"could not be read ({type(fault).__name__}: {str(fault)[:120]})")


def _hand_over(
    ready: queue.Queue[tuple[Job, Result | DragomanError]],
    made: tuple[Job, Result | DragomanError],
    is_over: Callable[[], bool],
) -> None:
    while not is_over():
        try:
            return ready.put(made, timeout=LISTEN)
        except queue.Full:
            continue
