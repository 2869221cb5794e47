"""A day of many feeds, replayed at speed into a desk that others read meanwhile. Linux only.

    python -m benchmarks.load --feeds 200 --articles 20000 --clients 50 [--minutes M] [--json]

A made-up day (`load_day`) is served by this machine, collected, read and joined by the real `watch`
with a faster clock, and the desk is asked by clients through the real `dragoman serve --workers 2`.
All of them are processes of their own and share the machine. Out:

`lag`: from an entry's appearing in its feed to its article's being in the desk, where the next
search finds it: in minutes of the day, in seconds by the clock, and in its two parts: until the
feed is visited (the schedule's: minutes of the day), and from then on (the desk's: seconds).
`searches`: articles that were looked for by a word of their own once they were there.
`pages`: milliseconds until a whole answer is there, by kind of page. `processes`: memory at moments
of the day, growth for each 1,000 articles after the first quarter, processor time.
`errors`: everything that went wrong, by what it was. `lost`, `doubled`, `strange`: the day's
articles that the desk has not, or has twice, and articles in it that are none of the day's.

It ends by itself: when all is in, or after the day's minutes and half of them more.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import load_sampled
from benchmarks.load_clock import Replay
from benchmarks.load_day import START, Day
from benchmarks.load_desk import Arrivals, Looking, accounts
from benchmarks.load_readers import PAUSE
from benchmarks.load_sampled import Taken
from benchmarks.timing import Figures, percentile
from dragoman.model import Source
from dragoman.store import open_store, source_id

A_MINUTE = 500
"""Articles, where no minutes are given."""
LEAD = 25.0
"""Seconds before the day begins: parsers are loaded, the site answers, feeds are known."""
WAIT = 180
"""For the site; seconds."""
EVERY = 0.2
"""Seconds between two looks at what has come."""
SAMPLED = 2.0


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2, help="processes that serve")
    parser.add_argument(
        "--pause", type=float, default=PAUSE, help="seconds that a reader looks at a page (mean)"
    )
    parser.add_argument("--minutes", type=float, help=f"default: {A_MINUTE} articles in each")
    parser.add_argument(
        "--hours", type=float, default=24.0, help="of the day; fewer for a trial at its pace"
    )
    parser.add_argument("--page-seconds", type=float, default=5.0, help="as in dragoman.toml")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read, beside watch")
    parser.add_argument("--keep", type=Path, help="folder that the desk stays in; must be new")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what it started ends with it
    minutes = given.minutes or given.articles / A_MINUTE
    with tempfile.TemporaryDirectory() as folder:
        home = given.keep or Path(folder)
        if (home / "desk.sqlite").exists():
            parser.error(f"{home} has a desk already; name a folder that has none")
        home.mkdir(parents=True, exist_ok=True)
        own = f"page_seconds = {given.page_seconds}\njobs = {given.jobs}\n"
        (home / "dragoman.toml").write_text(own, "utf-8")
        found = measure(
            home,
            given.feeds,
            given.articles,
            given.clients,
            given.workers,
            minutes,
            given.hours,
            given.pause,
        )
    if given.json:
        print(json.dumps(found, indent=1))
        return
    for name, figures in found.items():
        print(name, json.dumps(figures))


def measure(
    home: Path,
    feeds: int,
    articles: int,
    clients: int,
    workers: int = 2,
    minutes: float = 1.0,
    hours: float = 24.0,
    pause: float = PAUSE,
) -> Figures:
    """A whole run in a home without a desk."""
    here, site = free_port(), free_port()
    settle(home, Day(feeds, articles, hours), here)
    module = [sys.executable, "-m"]
    serve = [*module, "dragoman", "serve", "--home", str(home), "--port", str(site)]
    today = {"DRAGOMAN_TODAY": START.date().isoformat()}
    most = LEAD + 90 * minutes + 60
    ask = [*module, "benchmarks.load_readers", str(site), str(clients), str(most)]
    ask.append(str(pause))
    with running([*serve, "--workers", str(workers)], home, **today) as serving:
        wait_for(site)
        replay = Replay(feeds, articles, hours, time.time() + LEAD, 60 * hours / minutes)
        settings = replay.settings()
        with (
            running([*module, "benchmarks.load_outlets", str(here), settings], home) as outlets,
            running([*module, "benchmarks.load_watch", str(home), settings], home) as watch,
            running(ask, home) as readers,
        ):
            processes = {"watch": watch.pid, "outlets": outlets.pid, "readers": readers.pid}
            workers_of = load_sampled.children(serving.pid)[-workers:]
            processes |= {f"serve {n + 1}": one for n, one in enumerate(workers_of)}
            arrivals = Arrivals(home, replay)
            looking = Looking(site, replay.day)
            samples = followed(arrivals, looking, processes, most)
            readers.send_signal(signal.SIGTERM)
            readers.wait(100)
    asked = json.loads((home / "load_readers.out").read_text("utf-8"))
    return told(home, replay, arrivals, looking, samples, asked)


def settle(home: Path, day: Day, port: int) -> None:
    """A desk with the day's feeds as its sources, which may be asked without a pause."""
    hosts = [day.host(outlet) for outlet in range(day.feeds)]
    with (home / "dragoman.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"polite_delay = 0\nallow_hosts = {json.dumps(hosts)}\n")
    with open_store(home) as store:
        for host in hosts:
            address = f"http://{host}:{port}/feed.xml"
            store.add_source(Source(source_id(address), address, "feed"))


def followed(
    arrivals: Arrivals, looking: Looking, processes: dict[str, int], most: float
) -> dict[str, list[Taken]]:
    """Until all is in, or there was no more time: looks at what comes and what it takes."""
    samples: dict[str, list[Taken]] = {name: [] for name in processes}
    ends, sampled, said = time.time() + most, 0.0, 0.0
    while time.time() < ends:
        for number in arrivals.look():
            looking.wants(number)
        now = time.time()
        if now - sampled >= SAMPLED:
            sampled = now
            for name, process in processes.items():
                if (one := load_sampled.taken(process, arrivals.count)) is not None:
                    samples[name].append(one)
                else:
                    looking.errors[f"{name} ended before its time"] = 1
        if now - said >= 10:
            said = now
            print(f"{arrivals.progress()}; {len(looking.errors)} kinds of errors",
                  file=sys.stderr, flush=True)  # fmt: skip
        if arrivals.is_whole:
            break
        if any(f"{name} ended before its time" in looking.errors for name in ("watch", "readers")):
            break
        looking.look()
        time.sleep(EVERY)
    return samples


def told(
    home: Path,
    replay: Replay,
    arrivals: Arrivals,
    looking: Looking,
    samples: dict[str, list[Taken]],
    asked: Figures,
) -> Figures:
    errors = dict(looking.errors) | asked["faults"]
    state = accounts(home, replay)
    errors |= state.pop("errors")
    for name in ("outlets", "watch", "serve"):
        for line in set((home / f"load_{name}.err").read_text("utf-8").splitlines()):
            errors[f"{name}: {line[:160]}"] = 1
    every = [spent for spends in asked["waited"].values() for spent in spends]
    pages = {
        kind: {
            "asked": len(spends),
            "p50_ms": percentile(spends, 0.5),
            "p95_ms": percentile(spends, 0.95),
        }
        for kind, spends in sorted((asked["waited"] | {"all": every}).items())
    }
    return {
        "asked_for": {
            "feeds": replay.feeds,
            "articles": replay.articles,
            "hours": replay.hours,
            "speed": round(replay.speed, 1),
            "copies": sum(one.told != one.number for one in replay.day.printed),
        },
        "seconds": round(arrivals.seconds, 1),
        "articles_a_second": round(arrivals.count / max(1.0, arrivals.seconds), 2),
        "lag": arrivals.lag(),
        "searches": looking.figures(),
        "pages": pages,
        "statuses": asked["statuses"],
        "processes": load_sampled.figures(samples),
        **state,
        "errors": errors,
    }


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(10 * WAIT):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the site did not begin to answer within {WAIT} seconds")


@contextmanager
def running(
    command: Sequence[str], home: Path, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """What it says is left in the home, by its name; it ends with the block."""
    name = next(part for part in command[2:] if part != "dragoman").rpartition(".")[2]
    name = f"load_{name.removeprefix('load_')}"
    with (home / f"{name}.out").open("wb") as out, (home / f"{name}.err").open("wb") as err:
        process = subprocess.Popen(
            command, stdout=out, stderr=err, env={**os.environ, **environment}
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


if __name__ == "__main__":
    main()
