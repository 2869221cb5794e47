"""Readers of a site: each asks for a page, reads it for a moment, and follows what it leads to.

    python -m benchmarks.load_readers PORT READERS SECONDS PAUSE

A process of `benchmarks.load`, until it is terminated or the seconds are over. Out, at the end: one
object with the milliseconds of each answer by kind of page, and every answer that was none. Readers
keep the ETags of pages, as browsers do, and ask with them.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import threading
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from urllib.parse import quote

PAUSE = 2.0
"""Seconds that a reader looks at a page, on average: from half of it to half more."""
FIXED = {"today": "/", "stories": "/stories", "sources": "/sources", "feed": "/today.atom"}
FOUND = ("event", "story", "article", "actor", "pair")
MIX = {
    "today": 6, "stories": 3, "event": 4, "story": 3, "article": 4, "actor": 2, "pair": 2,
    "search": 4, "sources": 1, "feed": 1, "today json": 1, "event json": 1, "search json": 1,
}  # fmt: skip
"""Of so many questions, how many are of which kind."""
WORDS = (
    "harbour", "border", "clinic", "ballot", "refinery", "verdict", "forest", "visas",
    "sanctions", "Oslo", "Nairobi", "Quito", "récolte", "frontière", "Norway", "Chile",
)  # fmt: skip
KNOWN = 300
"""Addresses of a kind that readers remember, the newest."""
ADDRESS = re.compile(
    r'href="(/(?:(?:event|story|article|actor)/[^"#?./]+|pair/[^"#?./]+/[^"#?./]+))"'
)
GOOD = (200, 304, 308)
"""The last leads from an event or a story that was merged to the one that it is in now."""
HEADERS = {"Accept": "text/html", "Accept-Encoding": "identity"}


@dataclass
class Seen:
    """What all readers found, and how long they waited."""

    known: dict[str, deque[str]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=KNOWN))
    )
    waited: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)


class Reader:
    def __init__(self, port: int, seed: int, seen: Seen, pause: float = PAUSE) -> None:
        self._port = port
        self._pause = (pause / 2, pause * 1.5)
        self._dice = Random(seed)
        self._seen = seen
        self._tags: dict[str, str] = {}
        self._line: HTTPConnection | None = None

    def run(self) -> None:
        kinds, weights = list(MIX), list(MIX.values())
        while not self._seen.stop.wait(self._dice.uniform(*self._pause)):
            kind = self._dice.choices(kinds, weights)[0]
            if (path := self._path(kind)) is not None:
                self._ask(kind, path)

    def _path(self, kind: str) -> str | None:
        name, _, form = kind.partition(" ")
        suffix = f".{form}" if form else ""
        if kind == "today json":
            return "/today.json"
        if name in FIXED:
            return FIXED[name]
        if name == "search":
            return f"/explore{suffix}?q={quote(self._dice.choice(WORDS))}"
        with self._seen.lock:
            found = self._seen.known[name]
            # The newest are asked for most: what is on the front page is what is read.
            at = int(len(found) * (1 - self._dice.random() ** 2)) if found else 0
            return found[min(at, len(found) - 1)] + suffix if found else None

    def _ask(self, kind: str, path: str) -> None:
        begun = time.perf_counter()
        try:
            status, body = self._answer(path)
        except (OSError, HTTPException) as fault:
            self._line = None
            with self._seen.lock:
                self._seen.faults[f"{kind}: {type(fault).__name__} {fault}"[:160]] += 1
            return
        spent = (time.perf_counter() - begun) * 1000
        with self._seen.lock:
            self._seen.waited[kind].append(spent)
            self._seen.statuses[str(status)] += 1
            if status not in GOOD:
                self._seen.faults[f"{kind}: {status} {path}"[:160]] += 1
            for found in ADDRESS.findall(body):
                known = self._seen.known[found.split("/")[1]]
                if found not in known:
                    known.append(found)

    def _answer(self, path: str) -> tuple[int, str]:
        self._line = self._line or HTTPConnection("127.0.0.1", self._port, timeout=60)
        tag = self._tags.get(path)
        headers = HEADERS | ({"If-None-Match": tag} if tag else {})
        self._line.request("GET", path, headers=headers)
        answer = self._line.getresponse()
        body = answer.read().decode("utf-8", "replace")
        if tagged := answer.getheader("etag"):
            self._tags[path] = tagged
        return answer.status, body


def main() -> None:
    port, readers = int(sys.argv[1]), int(sys.argv[2])
    seconds, pause = float(sys.argv[3]), float(sys.argv[4])
    seen = Seen()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: seen.stop.set())
    threads = [
        threading.Thread(target=Reader(port, seed, seen, pause).run, daemon=True)
        for seed in range(readers)
    ]
    for thread in threads:
        thread.start()
    seen.stop.wait(seconds)
    seen.stop.set()
    for thread in threads:
        thread.join(90)
    print(json.dumps({"waited": seen.waited, "statuses": seen.statuses, "faults": seen.faults}))


if __name__ == "__main__":
    main()
