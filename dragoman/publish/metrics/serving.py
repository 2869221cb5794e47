"""What a site's processes count of their answers, and the page that Prometheus reads.

In: answers as they are given. Out: the text format. Where several processes answer, each counts
into files of a folder that all of them share (`shared`), and whichever is asked adds them up.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Histogram,
    Metric,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from dragoman.publish.metrics.desk import DeskFigures, gauge
from dragoman.publish.metrics.names import NAMES
from dragoman.store import Store

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own variable: it is read when the library is imported."""
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST"})
OTHER = "other"
_OF_PROCESS = re.compile(r"counter_(\d+)\.db")


@contextmanager
def shared() -> Iterator[None]:
    """Processes that are started within count together."""
    with TemporaryDirectory(prefix="dragoman-metrics-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]


class Counting:
    """Of one application in one process."""

    def __init__(self, store: Store) -> None:
        folder = os.environ.get(FOLDER)
        self._told = CollectorRegistry()
        counted = self._told if folder is None else None
        if folder is not None:
            MultiProcessCollector(self._told, folder)  # type: ignore[no-untyped-call]
        self._told.register(DeskFigures(store))
        self._told.register(_Memory(folder))
        self._requests = _counter("dragoman_http_requests_total", counted)
        self._cached = _counter("dragoman_page_cache_total", counted)
        name = "dragoman_http_request_seconds"
        says, labels = NAMES[name].says, NAMES[name].labels
        self._seconds = Histogram(name, says, labels, registry=counted, buckets=BUCKETS)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        known = method if method in METHODS else OTHER
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def looked_up(self, *, is_hit: bool) -> None:
        """Whether a page was there as it was made before."""
        self._cached.labels("hit" if is_hit else "miss").inc()

    def page(self) -> bytes:
        return generate_latest(self._told)


def _counter(name: str, registry: CollectorRegistry | None) -> Counter:
    return Counter(name, NAMES[name].says, NAMES[name].labels, registry=registry)


class _Memory(Collector):
    """Of each process that has counted something and still runs."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        found = {str(pid): size for pid in self._pids() if (size := _resident(pid)) is not None}
        return [gauge("dragoman_process_memory_bytes", found)] if found else []

    def _pids(self) -> set[int]:
        names = os.listdir(self._folder) if self._folder is not None else []
        matches = (_OF_PROCESS.fullmatch(name) for name in names)
        return {os.getpid()} | {int(match[1]) for match in matches if match}


def _resident(pid: int) -> float | None:
    """None where it ended, and where the system does not tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
    except OSError:
        return None
    return float(int(pages) * os.sysconf("SC_PAGE_SIZE"))
