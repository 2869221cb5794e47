"""The site over a large desk: how fast each screen is for eight readers at once, and how heavy.

    python -m benchmarks.site --json [--keep FOLDER] [--articles 100000] [--reports 1000000]

In: a desk as `benchmarks.store` makes it (with `--keep`, the same one). Out: for every screen the
milliseconds until a whole answer is there (p50, p95), seen by clients that ask without a pause,
and kilobytes as sent with gzip; beside them a bare FastAPI page of 20 kB that asks no store, served
and asked in the same way on the same machine. The servers are processes of their own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

import httpx

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
CLIENTS, ASKED, WARM = 8, 400, 16
"""Readers at once; questions of a screen in all; those before them that are not counted."""
SEED = 1648
BARE = """
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
import uvicorn, sys
app = FastAPI(openapi_url=None)
page = "<!doctype html><title>bare</title>" + "<p>a line of text</p>" * 950
@app.get("/{rest:path}", response_class=HTMLResponse)
def bare(rest: str) -> str:
    return page
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
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
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made_folder:
        home = given.keep or Path(made_folder)
        store.ready(home, given.articles, given.reports, Knowledge())
        tell_stories(home)
        found = measure(home, given.asked, given.clients)
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


def measure(home: Path, asked: int = ASKED, clients: int = CLIENTS) -> Figures:
    """Every screen in turn; `of_bare` is its p95 in p95s of the bare page."""
    found: Figures = {}
    with _process([sys.executable, "-c", BARE]) as address:
        found["bare page"] = bare = _asked(address, ["/"], asked, clients)
    serve = [sys.executable, "-m", "dragoman", "serve", "--home", str(home), "--port"]
    with _process(serve) as address:
        for name, addresses in screens(home, asked + WARM).items():
            _say(name)
            made = _asked(address, addresses, asked, clients)
            made["of_bare"] = round(float(str(made["p95_ms"])) / float(str(bare["p95_ms"])), 1)
            found[name] = made
    return found


def screens(home: Path, number: int) -> dict[str, list[str]]:
    """Addresses of each screen, drawn from what the desk holds, the busier the oftener."""
    dice = Random(SEED)
    with closing(sqlite3.connect(home / FILE_NAME)) as file:

        def drawn(query: str) -> list[tuple[str, ...]]:
            rows = file.execute(query).fetchall()
            return [dice.choice(rows) for _ in range(number)]

        sides = "SELECT actor, count(*) AS n FROM event_sides GROUP BY actor"
        return {
            "today": ["/"],
            "article": [f"/article/{i}" for (i,) in drawn("SELECT id FROM articles LIMIT 20000")],
            "story": [f"/story/{i}" for (i,) in drawn("SELECT id FROM stories LIMIT 5000")],
            "event": [f"/event/{i}" for (i,) in drawn("SELECT id FROM events LIMIT 20000")],
            "actor": [f"/actor/{i}" for i, _ in drawn(f"{sides} ORDER BY n DESC LIMIT 100")],
            "pair": [
                f"/pair/{a}/{b}"
                for a, b in drawn(
                    "SELECT source, target FROM events WHERE source <> target LIMIT 20000"
                )
            ],
            "explore": [f"/explore?q=actor:{i}" for i, _ in drawn(f"{sides} ORDER BY n LIMIT 100")],
            "sources": ["/sources"],
            "method": ["/method"],
        }


def _asked(address: str, paths: Sequence[str], asked: int, clients: int) -> dict[str, object]:
    """Milliseconds from asking until the whole answer is there."""
    wanted = [paths[i % len(paths)] for i in range(asked + WARM)]
    with httpx.Client(base_url=address, timeout=60, headers={"accept": "text/html"}) as client:

        def ask(path: str) -> tuple[float, int]:
            begun = time.perf_counter()
            answer = client.get(path)
            spent = (time.perf_counter() - begun) * 1000
            if answer.status_code != 200:
                raise SystemExit(f"{path} answers {answer.status_code}")
            return spent, len(gzip.compress(answer.content, 6))

        for path in wanted[:WARM]:
            ask(path)
        with ThreadPoolExecutor(clients) as pool:
            made = list(pool.map(ask, wanted[WARM:]))
    times = sorted(spent for spent, _ in made)
    return {
        "p50_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "kB_gzip_most": round(max(size for _, size in made) / 1000, 1),
    }


@contextmanager
def _process(command: Sequence[str]) -> Iterator[str]:
    """A server on a free port; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen([*command, str(port)], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                httpx.get(f"{address}/method", timeout=60)
                break
            except httpx.TransportError:
                if running.poll() is not None:
                    raise SystemExit(f"{command[0]} ended before it served") from None
                time.sleep(0.1)
        yield address
    finally:
        running.terminate()
        running.wait(timeout=20)


def _say(what: str) -> None:
    if sys.stderr.isatty():
        print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
