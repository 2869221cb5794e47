"""What one page costs to collect, clean and read, first and after thousands of others.

In: a number of made-up pages, which feeds name. Out: processor milliseconds of a page in the first
and in the last window of one run, and megabytes of the process at the end of each. They are visited
and fetched by `Rounds` from memory, without a network; what is read is not kept, so that all else
that grows is the sources' entries and the captures.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.load_day import START
from benchmarks.peers_pages import A_DAY, FEEDS, Pages
from benchmarks.peers_work import steps
from benchmarks.timing import Figures
from dragoman.collect.answer import Response, Validators
from dragoman.collect.fetch import MAX_BYTES
from dragoman.desk.corpus import Desk, Outcome
from dragoman.engine import engine_for
from dragoman.model import Capture, Source
from dragoman.rounds import Rounds
from dragoman.store import open_store, source_id

WINDOW = 1_000
"""Pages of the first window and of the last; at most a third of all."""
PARTS = ("collect", "clean", "read")


class _Web:
    """Feeds and pages from memory."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.spent = 0.0
        """Processor seconds of making what is asked for, which are nobody's."""

    def __call__(
        self,
        url: str,
        *,
        robots: bool = True,
        validators: Validators | None = None,
        most_bytes: int = MAX_BYTES,
    ) -> Response:
        began = time.thread_time()
        host, path = urlsplit(url).netloc, urlsplit(url).path
        if path == "/feed":
            outlet = int(host.removeprefix("outlet").partition(".")[0])
            body, kind = self._pages.feed(outlet), "application/rss+xml"
        else:
            number = int(path.removeprefix("/news/").partition(".")[0])
            body, kind = self._pages.html(number), "text/html"
        self.spent += time.thread_time() - began
        return Response(url, 200, body, kind, "utf-8", Validators())


class _Desk(Desk):
    """Cleans and reads what it is given, and keeps only the page."""

    def __init__(self, home: Path, web: _Web, window: int, number: int) -> None:
        super().__init__(open_store(home), steps(), engine_for(1))
        self._web, self._window, self._number = web, window, number
        self._done = 0
        self._spent = dict.fromkeys(PARTS, 0.0)
        self._began = self._now()
        self.windows: list[Figures] = []

    def _now(self) -> float:
        return time.process_time() - self._web.spent

    def add(self, captures: Iterable[Capture]) -> Iterator[Outcome]:
        for capture in captures:
            self.store.keep_capture(capture)
            began = time.process_time()
            article = self.steps.clean(capture)
            cleaned = time.process_time()
            self.steps.read(article, capture.fetched)
            self._spent["clean"] += cleaned - began
            self._spent["read"] += time.process_time() - cleaned
            self._done += 1
            yield Outcome(capture.origin, "added")
            self._look()

    def _look(self) -> None:
        if self._done == self._number - self._window:
            self.begin()
        elif self._done in (self._window, self._number):
            self._end()

    def begin(self) -> None:
        self._spent, self._began = dict.fromkeys(PARTS, 0.0), self._now()

    def _end(self) -> None:
        others = self._spent["clean"] + self._spent["read"]
        self._spent["collect"] = self._now() - self._began - others
        each = {f"{part}_ms": round(1000 * self._spent[part] / self._window, 3) for part in PARTS}
        last = f"{self._done - self._window + 1}-{self._done}"
        self.windows.append({"pages": last, **each, "resident_mb": _resident()})


def _resident() -> float | None:
    """Megabytes that the process holds now; Linux tells, others don't."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return None
    return round(pages * 4096 / 1e6, 1)


def measure(number: int, folder: Path | None = None) -> Figures:
    window = min(WINDOW, number // 3)
    web = _Web(Pages(number))
    moment: datetime = START + timedelta(days=number / A_DAY + 1)
    with tempfile.TemporaryDirectory(dir=folder) as home:
        desk = _Desk(Path(home), web, window, number)
        rounds = Rounds(desk, web, clock=lambda: moment, dice=random.Random(1), threads=1)
        for outlet in range(FEEDS):
            address = f"https://outlet{outlet}.example/feed"
            desk.store.add_source(Source(source_id(address), address, "feed"))
        for _ in rounds.visit(desk.store.sources()):
            pass
        desk.begin()
        for _ in rounds.read():
            pass
        desk.store.close()
    if len(desk.windows) < 2:
        raise SystemExit(f"of {number} pages fewer arrived; ask for 3 or more")
    return _beside(*desk.windows)


def _beside(first: Figures, last: Figures) -> Figures:
    ratios = {part: round(last[f"{part}_ms"] / first[f"{part}_ms"], 3) for part in PARTS}
    return {"first": first, "last": last, "ratios": ratios}
