"""What `dragoman watch` counts of its rounds, written to a file that node_exporter reads.

In: what a round brought. Out: a file in the text format, replaced as a whole after each round; it
holds the figures of the desk too. Counts begin anew with the process, as Prometheus expects.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    write_to_textfile,
)

from dragoman.errors import DragomanError
from dragoman.publish.metrics.desk import DeskFigures
from dragoman.publish.metrics.names import NAMES
from dragoman.store import Store

_ROUND = re.compile(r"^dragoman_round_timestamp_seconds ([0-9.e+]{1,30})$", re.MULTILINE)


class RoundsCounted:
    def __init__(self, store: Store, file: Path) -> None:
        """Raises DragomanError where the file can't be written."""
        self._file = file
        self._registry = CollectorRegistry()
        self._registry.register(DeskFigures(store))
        self._visits = self._counter("dragoman_visits_total")
        self._pages = self._counter("dragoman_pages_total")
        self._at = self._gauge("dragoman_round_timestamp_seconds")
        self._took = self._gauge("dragoman_round_seconds")
        if file.suffix != ".prom":
            raise DragomanError(
                f"{file}: node_exporter reads files whose names end in .prom; call it so"
            )
        # None has ended yet: what stands still is told from now on, or from where it was begun
        # again without getting that far.
        self._at.set(_last_round(file) or time.time())
        self._write()

    def note(
        self, visits: Iterable[str], pages: Iterable[str], *, at: float, seconds: float
    ) -> None:
        """A round: the outcomes of its visits and pages, when it ended, how long it took."""
        for counter, outcomes in ((self._visits, visits), (self._pages, pages)):
            for outcome in outcomes:
                counter.labels(outcome).inc()
        self._at.set(at)
        self._took.set(seconds)
        self._write()

    def _write(self) -> None:
        try:
            write_to_textfile(str(self._file), self._registry)
        except OSError as fault:
            raise DragomanError(
                f"{self._file}: the metrics can't be written there ({fault.strerror}); "
                "--metrics takes a file in a folder that this user may write to"
            ) from fault

    def _counter(self, name: str) -> Counter:
        return Counter(name, NAMES[name].says, NAMES[name].labels, registry=self._registry)

    def _gauge(self, name: str) -> Gauge:
        return Gauge(name, NAMES[name].says, NAMES[name].labels, registry=self._registry)


def _last_round(file: Path) -> float | None:
    """When the last round ended, by a file that was written before."""
    try:
        found = _ROUND.search(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return float(found[1]) if found is not None else None
