"""What of a replayed day is in the desk: when it came, whether it is found, and what went wrong.

In: the home of a desk that others write, read without a write of our own. Out: lags, searches, and
an account of every article of the day.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.load_clock import Replay
from benchmarks.load_day import Day
from benchmarks.timing import Figures, percentile
from dragoman.store.connect import FILE_NAME

ONE_IN = 20
"""Articles of which one is searched for."""


class Arrivals:
    """Articles as they come into the desk."""

    def __init__(self, home: Path, replay: Replay) -> None:
        self._replay = replay
        self._printed = replay.day.printed
        self._file = _file(home)
        self._last = 0
        self._came: dict[int, float] = {}
        self._begun = time.time()
        self._newest = self._begun

    @property
    def count(self) -> int:
        return len(self._came)

    @property
    def is_whole(self) -> bool:
        return self.count >= self._replay.articles

    @property
    def seconds(self) -> float:
        """From the beginning of the day to the last arrival."""
        return self._newest - self._replay.begins

    def look(self) -> Iterator[int]:
        """Numbers of those that came since the last look."""
        query = "SELECT seq, url FROM articles WHERE seq > ? ORDER BY seq"
        rows = self._file.execute(query, (self._last,)).fetchall()
        now = time.time()
        for seq, url in rows:
            self._last = seq
            number = number_of(url)
            if number is not None and number not in self._came:
                self._came[number] = self._newest = now
                yield number

    def progress(self) -> str:
        now = self._replay.now()
        out = sum(one.moment <= now for one in self._printed)
        return f"{now:%H:%M} of the day: {out} published, {self.count} in the desk"

    def lag(self) -> Figures:
        """Of all that came."""
        replay = self._replay
        seen = dict(
            self._file.execute("SELECT address, first_seen FROM entries WHERE address IS NOT NULL")
        )
        seen_at = {number_of(url): datetime.fromisoformat(at) for url, at in seen.items()}
        whole, visits, reading = [], [], []
        for number, came in self._came.items():
            moment = self._printed[number].moment
            whole.append(came - replay.wall(moment))
            if (visited := seen_at.get(number)) is not None:
                visits.append(max(0.0, (visited - moment).total_seconds() / 60))
                reading.append(max(0.0, came - replay.wall(visited)))
        return {
            "minutes_of_the_day": _spread([one * replay.speed / 60 for one in whole]),
            "seconds": _spread(whole),
            "until_visited_minutes_of_the_day": _spread(visits),
            "from_then_on_seconds": _spread(reading),
        }


class Looking:
    """Searches for articles that are there, each by a word that no other text has."""

    def __init__(self, port: int, day: Day) -> None:
        self._port = port
        self._printed = day.printed
        self._wanted: deque[int] = deque()
        self._spent: list[float] = []
        self._missed = 0
        self.errors: Counter[str] = Counter()

    def wants(self, number: int) -> None:
        if number % ONE_IN == 0:
            self._wanted.append(number)

    def look(self) -> None:
        """One search, where one is wanted: it must not hold up the looks at what comes."""
        if not self._wanted:
            return
        one = self._printed[self._wanted.popleft()]
        begun = time.perf_counter()
        path = f"/explore.json?q={quote(one.word)}&of=articles"
        try:
            with closing(HTTPConnection("127.0.0.1", self._port, timeout=60)) as line:
                line.request("GET", path)
                answer = line.getresponse()
                body = answer.read().decode("utf-8")
        except (OSError, HTTPException) as fault:
            self.errors[f"search: {type(fault).__name__} {fault}"[:160]] += 1
            return
        self._spent.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            self.errors[f"search: {answer.status} {body[:80]}"] += 1
        elif f"{one.path}" not in body:
            self._missed += 1
            self.errors["search: an article that is in the desk was not found"] += 1

    def figures(self) -> Figures:
        return {"looked_for": len(self._spent), "not_found": self._missed} | _spread(self._spent)


def accounts(home: Path, replay: Replay) -> Figures:
    """Every article of the day once, and what the desk itself says went wrong."""
    with closing(_file(home)) as file:
        urls = [url for (url,) in file.execute("SELECT url FROM articles")]
        states = dict(file.execute("SELECT state, count(*) FROM entries GROUP BY state"))
        aside = file.execute("SELECT step, reason, count(*) FROM failures GROUP BY 1, 2").fetchall()
        late = file.execute("SELECT reason, count(*) FROM entries WHERE state <> 'passed' "
                            "AND reason IS NOT NULL GROUP BY 1").fetchall()  # fmt: skip
        made = {
            table: file.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("articles", "reports", "events", "stories")
        }
        faults: Counter[str] = Counter()
        for (state,) in file.execute("SELECT state FROM sources"):
            if fault := json.loads(state).get("error"):
                faults[f"source: {fault}"[:160]] += 1
    counted = Counter(number_of(url) for url in urls)
    strange = counted.pop(None, 0)
    errors = {f"set aside, {step}: {reason}"[:160]: n for step, reason, n in aside}
    errors |= {f"entry: {reason}"[:160]: n for reason, n in late}
    rounds = _rounds(home)
    return {
        "desk": made,
        "entries": states,
        "rounds": rounds,
        "lost": replay.articles - len(counted),
        "doubled": sum(n > 1 for n in counted.values()),
        "strange": strange,
        "errors": errors | faults,
    }


def _rounds(home: Path) -> Figures:
    """What `watch` said of its rounds."""
    pages: Counter[str] = Counter()
    visits: Counter[str] = Counter()
    number = 0
    for line in (home / "load_watch.out").read_text("utf-8").splitlines():
        said = json.loads(line)
        if "pages" not in said:
            continue
        number += 1
        pages.update(said["pages"])
        for call in said["sources"]:
            visits["visits"] += 1
            visits["unchanged"] += call["unchanged"]
            visits["failed"] += call["error"] is not None
            visits["put_off"] += call["put_off"]
    return {"rounds": number, **visits, "pages": pages}


def number_of(url: str | None) -> int | None:
    """The day's number of the article at an address."""
    name = urlsplit(url or "").path.rpartition("/")[2]
    number = name.removesuffix(".html")
    return int(number) if number.isdecimal() else None


def _spread(found: list[float]) -> Figures:
    if not found:
        return {}
    return {f"p{round(100 * share)}": percentile(found, share) for share in (0.5, 0.95, 1.0)}


def _file(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{home / FILE_NAME}?mode=ro", uri=True, timeout=30)
