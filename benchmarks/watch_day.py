"""A day of `watch` in minutes, with servers that misbehave, a kill and clocks that jump.

    python -m benchmarks.watch_day --hours 24 --json [--outlets 26] [--kills 2] [--seed N]

The real loop of `dragoman watch`, real fetching over this machine's loopback, the real store; only
the clock is made up, and articles are cleaned but not read, except where `--read` asks for it. The
watching process is killed (SIGKILL) at moments drawn at random and started again; its system clock
is set back by an hour and later forward; the outlets' own clocks go over to summer time. After the
hours nothing new appears and what waits is given time to come. Out: entries that the outlets named,
how many of them the desk lacks or has twice, articles that are none of them, what was met on the
way. Ends with 1 where there was any of these, or the loop ended by itself.
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.timing import Figures
from benchmarks.watch_day_web import START, Web
from dragoman.cli import collecting
from dragoman.collect import connect
from dragoman.collect.fetch import Fetcher, Limits
from dragoman.collect.manners import Manners
from dragoman.desk.corpus import Desk
from dragoman.engine import engine_for
from dragoman.errors import DragomanError
from dragoman.model import Capture, Kept, Source
from dragoman.pipeline import Steps, unread
from dragoman.rounds import Rounds
from dragoman.store import open_store, source_id
from dragoman.store.connect import FILE_NAME
from tests.collect.loopback import Loopback

AFTER = 50.0
"""Hours in which nothing new appears and, but for the first, all servers behave: a visit may be put
off for a day, and a feed whose ETag is always the same is asked for the whole once a day."""
LONGEST_WAIT = 300.0
"""Seconds of the day after which the loop looks again where nothing is due: nobody else adds
sources here, so it need not be every minute."""
BACK, FORTH = 0.45, 0.7
"""Shares of the hours at which the system's clock is set back by an hour, and right again."""
PATIENCE = 1_800
"""Seconds of ours after which the whole of it is given up."""


class Clock(threading.Event):
    """Hours since the beginning, in a file that several processes map: whoever waits moves it on.

    As the event that a loop is stopped by, it is set once the time is over.
    """

    def __init__(self, path: Path, hours: float, after: float = AFTER) -> None:
        super().__init__()
        if not path.exists():
            path.write_bytes(struct.pack("d", 0.0))
        with path.open("r+b") as file:
            self._kept = mmap.mmap(file.fileno(), 8)
        self._hours = hours
        self._ends = hours + after
        self._moving = threading.Lock()

    def elapsed(self) -> float:
        return float(struct.unpack("d", self._kept[:8])[0])

    def seconds(self) -> float:
        return self.elapsed() * 3600

    def now(self) -> datetime:
        """As the system would say: an hour late for a part of the day."""
        elapsed = self.elapsed()
        is_late = BACK * self._hours <= elapsed < FORTH * self._hours
        moment = START + timedelta(hours=elapsed - is_late)
        return moment.replace(microsecond=0)

    def wait(self, timeout: float | None = None) -> bool:
        """Nobody waits: time passes."""
        with self._moving:
            later = self.elapsed() + (timeout or 0.0) / 3600
            self._kept[:8] = struct.pack("d", later)
        if later >= self._ends:
            self.set()
        return self.is_set()


class Unread(Steps):
    """Cleans an article, and reads it only where its outlet is one that is read."""

    read_of: frozenset[str] = frozenset()

    def all(self, capture: Capture) -> Kept:
        if any(f"//{host}:" in (capture.url or "") for host in self.read_of):
            return super().all(capture)
        return unread(self.clean(capture))

    def signed(self, capture: Capture | None, made: Kept | DragomanError) -> Kept | DragomanError:
        if isinstance(made, DragomanError) or made.reading.tier == "none":
            return made
        return super().signed(capture, made)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Wanted:
    outlets: int = 26
    hours: float = 24.0
    kills: int = 2
    seed: int = 1815
    read: int = 0
    """Outlets whose articles are read."""
    after: float = AFTER


def watch(home: Path, wanted: Wanted) -> None:
    """The process that is killed: the loop over the desk in a home, until the day is over."""
    clock = Clock(home / "clock", wanted.hours, wanted.after)
    web = Web(wanted.outlets, wanted.hours, clock.elapsed, wanted.seed)
    hosts = [web.host(outlet) for outlet in range(wanted.outlets)]

    def resolve(host: str, port: int) -> list[str]:
        if host not in hosts:
            raise socket.gaierror(f"{host} is no outlet of this day")
        return ["127.0.0.1"]

    connect.resolve = resolve
    collecting.MOST_WAIT = LONGEST_WAIT
    steps = Unread()
    steps.read_of = frozenset(hosts[: wanted.read])
    with (
        open_store(home, clock=lambda: clock.now().isoformat(timespec="seconds")) as store,
        Fetcher(allow_hosts=hosts, limits=Limits(seconds=2.0, silence=0.5)) as fetcher,
    ):
        manners = Manners(fetcher, delay=0.0, clock=clock.seconds, sleep=clock.wait)
        rounds = Rounds(
            Desk(store, steps, engine_for(1)),
            manners.get,
            clock=clock.now,
            dice=Random(wanted.seed),
            stop=clock,
        )
        collecting.keep_watching(rounds, as_json=True)


def measure(home: Path, wanted: Wanted) -> Figures:
    """A whole day in a home without a desk."""
    begun = time.time()
    clock = Clock(home / "clock", wanted.hours, wanted.after)
    web = Web(wanted.outlets, wanted.hours, clock.elapsed, wanted.seed)
    dice = Random(wanted.seed)
    kills = sorted(dice.uniform(0.1, 0.95) * wanted.hours for _ in range(wanted.kills))
    ended: list[int] = []
    with Loopback(web) as server:
        with open_store(home) as store:
            for outlet in range(wanted.outlets):
                address = f"http://{web.host(outlet)}:{server.port}/feed"
                store.add_source(Source(source_id(address), address, "feed"))
        for kill in [*kills, None]:
            ended.append(lived(home, wanted, clock, kill))
            if clock.elapsed() >= wanted.hours + wanted.after:
                break
        found = accounts(home, web, server.port)
    lines = (home / "watch.out").read_text("utf-8").splitlines()
    found["rounds"] = rounds_told(lines)
    found["faults_met"] = dict(sorted(web.struck.items()))
    killed = sum(code == -signal.SIGKILL for code in ended)
    found["killed"], found["ended_otherwise"] = killed, sum(map(bool, ended)) - killed
    found["said"] = sorted(set((home / "watch.err").read_text("utf-8").splitlines()))[:20]
    found["hours"], found["minutes_it_took"] = wanted.hours, round((time.time() - begun) / 60, 2)
    return found


def lived(home: Path, wanted: Wanted, clock: Clock, kill: float | None) -> int:
    """How a life of the watching process ended: by itself, or killed at an hour of the day."""
    asked = json.dumps(astuple(wanted))
    command = [sys.executable, "-m", "benchmarks.watch_day", "--watch", str(home), asked]
    environment = {**os.environ, "TZ": "Europe/Paris"}
    with (home / "watch.out").open("ab") as out, (home / "watch.err").open("ab") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
        until = time.monotonic() + PATIENCE
        said = time.monotonic()
        try:
            while process.poll() is None and time.monotonic() < until:
                if kill is not None and clock.elapsed() >= kill:
                    process.kill()
                if time.monotonic() - said > 20:
                    said = time.monotonic()
                    print(f"hour {clock.elapsed():.1f}", file=sys.stderr, flush=True)
                time.sleep(0.005)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
    return process.returncode


def accounts(home: Path, web: Web, port: int) -> Figures:
    """Each entry by its own word: in how many articles of the desk it stands."""
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        texts = [json.loads(one)["text"] for (one,) in file.execute("SELECT json FROM articles")]
        states = dict(file.execute("SELECT state, count(*) FROM entries GROUP BY state"))
        reasons = Counter(
            (reason or "")[:80]
            for (reason,) in file.execute(
                "SELECT reason FROM entries WHERE state IN ('failed', 'waiting')"
            )
        )
        aside = file.execute("SELECT count(*) FROM failures").fetchone()[0]
    held = Counter(map(_word_of, texts))
    lost = [one for one in web.named if not held[one.word]]
    twice = [one for one in web.named if held[one.word] > 1]
    return {
        "outlets": web.outlets,
        "named": len(web.named),
        "articles": len(texts),
        "strange": sum(n for word, n in held.items() if word not in {o.word for o in web.named}),
        "lost": len(lost),
        "doubled": len(twice),
        "lost_by_fault": dict(Counter(web.fault(one.outlet) for one in lost)),
        "doubled_by_fault": dict(Counter(web.fault(one.outlet) for one in twice)),
        "entries": states,
        "not_had": dict(reasons),
        "set_aside": aside,
    }


def _word_of(text: str) -> str:
    """The word that its page alone has: the place that the council met in."""
    return text.partition("The council of ")[2].partition(" ")[0]


def rounds_told(lines: Sequence[str]) -> Figures:
    """What the loop said of itself; a line that a kill cut is none."""
    visits: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            visits["lines_cut"] += 1
            continue
        pages.update(said.get("pages", {}))
        for call in said.get("sources", ()):
            visits["visits"] += 1
            visits["failed"] += call["error"] is not None
            visits["unchanged"] += call["unchanged"]
            visits["in_part"] += call["damaged"] is not None
    return {"rounds": len(lines), **visits, "pages": dict(pages)}


def is_whole(found: Figures) -> bool:
    bad = ("lost", "doubled", "strange", "set_aside", "ended_otherwise")
    return not any(found[name] for name in bad)


def main(arguments: Sequence[str] | None = None) -> None:
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["--watch"]:
        watch(Path(given[1]), Wanted(*json.loads(given[2])))
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--outlets", type=int, default=26)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1815)
    parser.add_argument("--read", type=int, default=0, help="outlets whose articles are read")
    parser.add_argument("--keep", type=Path, help="folder that the desk stays in; must be new")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(given)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what it started ends with it
    wanted = Wanted(asked.outlets, asked.hours, asked.kills, asked.seed, asked.read)
    with tempfile.TemporaryDirectory() as folder:
        home = asked.keep or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        found = measure(home, wanted)
    print(json.dumps(found, indent=1 if asked.json else None))
    sys.exit(0 if is_whole(found) else 1)


if __name__ == "__main__":
    main()
