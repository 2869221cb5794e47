"""The site over a large desk: how fast each screen is for eight readers at once, and how heavy.

    python -m benchmarks.site --json [--keep FOLDER] [--articles 100000] [--reports 1000000]

In: a desk as `benchmarks.store` makes it (with `--keep`, the same one). Out: for every screen the
milliseconds until a whole answer is there (p50, p95), seen by clients that ask without a pause:
cold, each address for the first time; warm, a few addresses over and over, after each process has
made them; with one reader alone, as cold. And kilobytes as sent. Beside them a bare page of 20 kB
of Starlette that asks no store, served and asked in the same way on the same machine. The servers
are processes of their own; the clients are threads of this one, and share the machine with them.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import TypeVar

from benchmarks import store
from benchmarks.timing import Figures
from dragoman.knowledge import Knowledge
from dragoman.model import Signature
from dragoman.store import open_store
from dragoman.store.connect import FILE_NAME
from dragoman.store.rows import Membership

T = TypeVar("T")
IN_STORY, AT_ONCE = 6, 500
"""Articles of a story; stories written at once."""
CLIENTS, WORKERS, ASKED, WARM, ALONE = 8, 2, 400, 16, 40
"""Readers at once; processes that serve; questions of a screen in all; those before them that are
not counted, and those after them of one reader alone: each of another address."""
LIKED, OFTEN = 10, 8
"""Addresses that are asked over and over; how often before it counts: connections go to whichever
process takes them, and each makes a page once."""
HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip"}
SEED = 1648
BARE = """
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
import uvicorn, sys
from uvicorn.supervisors import Multiprocess
from dragoman.publish.site.workers import listening
page = "<!doctype html><title>bare</title>" + "<p>a line of text</p>" * 950
def bare(request):
    return HTMLResponse(page)
app = Starlette(routes=[Route("/{rest:path}", bare)])
if __name__ == "__main__":
    workers, port = map(int, sys.argv[1:])
    config = uvicorn.Config(
        "bare:app", host="127.0.0.1", port=port, workers=workers, log_level="error"
    )
    Multiprocess(config, sockets=[listening(config)]).run()
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=store.ARTICLES)
    parser.add_argument("--reports", type=int, default=store.REPORTS)
    parser.add_argument("--keep", type=Path, help="folder that the desk stays in")
    parser.add_argument("--asked", type=int, default=ASKED, help="questions of a screen")
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--workers", type=int, default=WORKERS, help="processes that serve")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made_folder:
        home = given.keep or Path(made_folder)
        store.ready(home, given.articles, given.reports, Knowledge())
        tell_stories(home)
        found = measure(home, given.asked, given.clients, given.workers)
    if given.json:
        print(json.dumps(found, indent=1))
        return
    for name, figures in found.items():
        print(name, figures)


def tell_stories(home: Path) -> None:
    """Put articles that follow one another into stories, unless the desk has stories: the desk
    is made without, since joining 100,000 articles is what another benchmark is about."""
    with open_store(home) as desk:
        if desk.stories(limit=1):
            return
        with closing(sqlite3.connect(home / FILE_NAME)) as file:
            days: list[tuple[str, str]] = file.execute(
                "SELECT id, substr(published, 1, 10) FROM articles "
                "WHERE published IS NOT NULL ORDER BY newest"
            ).fetchall()
        for part in batched(batched(days, IN_STORY), AT_ONCE):
            told = {}
            for members in part:
                for article, day in members:
                    signature = Signature(article, "en", b"")
                    desk.keep_signature(signature, day, b"", is_original=True)
                places = {one: Membership(day, None, 0.5, "alike") for one, day in members}
                told[f"s-{members[0][0]}"] = places
            desk.keep_stories({}, told, {})


def batched(things: Iterable[T], number: int) -> Iterator[list[T]]:
    walk = iter(things)
    while part := list(islice(walk, number)):
        yield part


def measure(
    home: Path, asked: int = ASKED, clients: int = CLIENTS, workers: int = WORKERS
) -> Figures:
    """Every screen in turn; `of_bare` is its warm p95 in p95s of the bare page."""
    found: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare.py").write_text(BARE, "utf-8")
        here = {"PYTHONPATH": os.pathsep.join([os.getcwd(), *sys.path])}
        bare_page = [sys.executable, "bare.py", str(workers)]
        with process(bare_page, folder=folder, **here) as port:
            found["bare page"] = bare = _figures(port, [f"/{n}" for n in range(asked)], clients)
    serve = [sys.executable, "-m", "dragoman", "serve", "--home", str(home)]
    # Today is the desk's last day: after it nothing happens, and most of the page is empty.
    day = {"DRAGOMAN_TODAY": last_day(home)}
    with process([*serve, "--workers", str(workers), "--port"], **day) as port:
        for name, addresses in screens(home, WARM + asked + ALONE).items():
            _say(name)
            made = _figures(port, addresses, clients)
            made["of_bare"] = round(
                float(str(made["warm_p95_ms"])) / float(str(bare["warm_p95_ms"])), 1
            )
            found[name] = made
    return found


def last_day(home: Path) -> str:
    """Of the desk's articles."""
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        return str(file.execute("SELECT max(published) FROM articles").fetchone()[0])[:10]


def screens(home: Path, number: int) -> dict[str, list[str]]:
    """Different addresses of each screen, out of what the desk holds, the busier the oftener. Of a
    screen with one address alone they differ in what says nothing to it."""
    dice = Random(SEED)
    with closing(sqlite3.connect(home / FILE_NAME)) as file:

        def drawn(query: str) -> list[tuple[str, ...]]:
            rows = file.execute(query).fetchall()
            dice.shuffle(rows)
            return [rows[n % len(rows)] for n in range(number)]

        def numbered(paths: Sequence[str]) -> list[str]:
            """Those that come again are told apart."""
            sign = "&" if "?" in paths[0] else "?"
            first = {path: n for n, path in reversed(list(enumerate(paths)))}
            return [
                path if first[path] == n else f"{path}{sign}again={n}"
                for n, path in enumerate(paths)
            ]

        sides = "SELECT actor FROM event_sides GROUP BY actor ORDER BY count(*) DESC LIMIT 300"
        pairs = (
            "SELECT source, target FROM events WHERE rowid IN (SELECT rowid FROM events "
            "WHERE source <> target ORDER BY id LIMIT 20000)"
        )
        found = {
            "today": ["/"] * number,
            "article": [f"/article/{i}" for (i,) in drawn("SELECT id FROM articles LIMIT 20000")],
            "story": [f"/story/{i}" for (i,) in drawn("SELECT id FROM stories LIMIT 5000")],
            "event": [f"/event/{i}" for (i,) in drawn("SELECT id FROM events LIMIT 20000")],
            "actor": [f"/actor/{i}" for (i,) in drawn(sides)],
            "pair": [f"/pair/{a}/{b}" for a, b in drawn(pairs)],
            "explore": [f"/explore?q=actor:{i}" for (i,) in drawn(sides)],
            "explore everything": ["/explore"] * number,
            "sources": ["/sources"] * number,
            "method": ["/method"] * number,
        }
        return {name: numbered(paths) for name, paths in found.items()}


def _figures(port: int, addresses: Sequence[str], clients: int) -> dict[str, object]:
    """The first addresses make the server ready, the last are asked by one reader alone."""
    alone = addresses[-ALONE:] if len(addresses) > WARM + ALONE else []
    asked = addresses[WARM : len(addresses) - len(alone)] or addresses
    _asked(port, addresses[:WARM], 1)
    cold = _asked(port, asked, clients)
    for _ in range(OFTEN):
        _asked(port, [*asked[:LIKED], *asked[:LIKED]], clients)
    warm = _asked(port, [asked[n % LIKED] for n in range(len(asked))], clients)
    found: dict[str, object] = {}
    for kind, made in (("cold", cold), ("warm", warm), ("alone", _asked(port, alone, 1))):
        times = sorted(spent for spent, _ in made)
        for share in (50, 95) if times else ():
            found[f"{kind}_p{share}_ms"] = round(times[int(len(times) * share / 100)], 1)
    return found | {"kB_most": round(max(size for _, size in cold) / 1000, 1)}


def _asked(port: int, paths: Sequence[str], clients: int) -> list[tuple[float, int]]:
    """Milliseconds from asking until the whole answer is there, and bytes of its body as sent."""
    waiting = iter(paths)

    def read(_reader: int) -> list[tuple[float, int]]:
        with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            return [_ask(connection, path) for path in waiting]

    with ThreadPoolExecutor(clients) as pool:
        return list(chain.from_iterable(pool.map(read, range(clients))))


def _ask(connection: HTTPConnection, path: str) -> tuple[float, int]:
    begun = time.perf_counter()
    connection.request("GET", path, headers=HEADERS)
    answer = connection.getresponse()
    size = len(answer.read())
    spent = (time.perf_counter() - begun) * 1000
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}")
    return spent, size


@contextmanager
def process(command: Sequence[str], folder: str | None = None, **environment: str) -> Iterator[int]:
    """A server on a free port, which is given; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    running = subprocess.Popen(
        [*command, str(port)],
        stdout=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, **environment},
    )
    try:
        for _ in range(600):
            try:
                _asked(port, ["/method"], 1)
                break
            except OSError:
                if running.poll() is not None:
                    raise SystemExit(f"{command[0]} ended before it served") from None
                time.sleep(0.1)
        yield port
    finally:
        running.terminate()
        running.wait(timeout=20)


def _say(what: str) -> None:
    if sys.stderr.isatty():
        print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
