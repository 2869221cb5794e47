"""Figures of a desk as metrics, counted when they are asked for, and at most every few seconds.

In: a store. Out: what `prometheus_client` collects. A store that does not answer is itself told,
by `dragoman_store_up 0`.
"""

from __future__ import annotations

import threading
import time
from collections import Counter as Counted
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from prometheus_client import Metric, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from dragoman import __version__
from dragoman.errors import StoreError
from dragoman.publish.metrics.names import NAMES
from dragoman.publish.views.health import STATE_WORDS, state_of
from dragoman.store import Store

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series beside each one
FRESH = 15.0
"""Seconds for which figures are told again as they were: on a large desk counting takes some."""
Figure = float | Mapping[str, float]
"""One number, or one for each value of a label."""


def gauge(name: str, figure: Figure) -> Metric:
    told = NAMES[name]
    made = GaugeMetricFamily(name, told.says, labels=told.labels)
    for label, value in figure.items() if isinstance(figure, Mapping) else [("", figure)]:
        made.add_metric([label] if told.labels else [], value)
    return made


class DeskFigures(Collector):
    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        """`store`: the whole desk, also where its site shows less."""
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._counted: Mapping[str, Figure] = {}
        self._until = float("-inf")

    def describe(self) -> Iterable[Metric]:
        return ()  # so that nothing is counted when it is registered

    def collect(self) -> Iterable[Metric]:
        with self._lock:
            if self._clock() >= self._until:
                self._counted = figures(self._store)
                self._until = self._clock() + FRESH
            counted = self._counted
        return [gauge(name, figure) for name, figure in counted.items()]


def figures(store: Store) -> Mapping[str, Figure]:
    """By the name of the metric; what is not known is left out."""
    made: dict[str, Figure | None] = {"dragoman_build_info": {__version__: 1.0}}
    try:
        made |= _counted(store)
    except StoreError:
        made["dragoman_store_up"] = 0.0
    return {name: figure for name, figure in made.items() if figure is not None}


def _counted(store: Store) -> Mapping[str, Figure | None]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    held, kept, sources = store.counts(), store.upkeep(now), store.sources()
    silent = store.silent_sources(now)
    states = Counted(state_of(source, is_silent=source.id in silent) for source in sources)
    tried = [source.state.tried for source in sources if source.state.tried is not None]
    return {
        "dragoman_store_up": 1.0,
        "dragoman_store_bytes": kept.size,
        **{f"dragoman_{what}": held[what] for what in ("articles", "reports", "events", "copies")},
        "dragoman_stories": kept.stories,
        "dragoman_set_aside": kept.set_aside,
        "dragoman_sources": {state: float(states[state]) for state in STATE_WORDS},
        "dragoman_last_visit_timestamp_seconds": max(map(_seconds, tried), default=None),
        "dragoman_collection_lag_seconds": kept.lag_seconds,
        "dragoman_entries_waiting": kept.waiting,
        "dragoman_comments_waiting": store.count_comments().get("held", 0),
        "dragoman_alerts_overdue": kept.overdue,
    }


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()
