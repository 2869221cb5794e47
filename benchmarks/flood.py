"""What a flood of comments costs those who read: the site's answers to readers, before and during.

    python -m benchmarks.flood --json [--home FOLDER] [--per-minute 1000] [--networks 50]

In: a desk with comments on (the demo's, made anew, where none is named). Out: milliseconds of
readers' pages without and with the flood, and what became of its comments. Each comment opens its
form first, as a program that wants to be let in must. A reader asks, reads half a second, and asks
for another page. Comments are kept in the desk: name none that is dear.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import httpx

from benchmarks.site import process
from benchmarks.timing import Figures, percentile
from dragoman.collect.pages import capture_file, files_in
from dragoman.demo import PAGES, settle
from dragoman.desk.corpus import Desk
from dragoman.engine import engine_for
from dragoman.pipeline import Steps
from dragoman.store import open_store

READERS, PAUSE, SECONDS = 8, 0.5, 40.0
"""Readers, the seconds that each looks at a page, and how long each part takes."""
TOKEN = re.compile(r'name="token" value="([^"]+)"')


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description="What a flood of comments costs those who read.",
        epilog="example: python -m benchmarks.flood --json --per-minute 1000 --networks 50",
    )
    parser.add_argument("--home", type=Path, help="a desk with comments on; default: the demo's")
    parser.add_argument("--per-minute", type=int, default=1000)
    parser.add_argument("--networks", type=int, default=50, help="addresses they come from")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or demo(Path(folder))
        found = measure(home, given.per_minute, given.networks, given.seconds, given.workers)
    if given.json:
        json.dump(found, sys.stdout, indent=1)
        print()
        return
    for name, figures in found.items():
        print(name, ", ".join(f"{what} {figure}" for what, figure in figures.items()))


def demo(home: Path) -> Path:
    settle(home)
    with open_store(home) as store:
        list(Desk(store, Steps(), engine_for(1)).add(map(capture_file, files_in(PAGES))))
    return home


def measure(
    home: Path, per_minute: int, networks: int, seconds: float, workers: int
) -> dict[str, Figures]:
    """Readers alone, then readers beside the flood."""
    with open_store(home) as store:
        articles = store.article_ids()
        events = [event.id for event in store.events(limit=20)]
    paths = ["/", "/fr/", "/stories", "/explore", "/sources"]
    paths += [f"/article/{one}" for one in articles] + [f"/event/{one}" for one in events]
    serve = [sys.executable, "-m", "dragoman", "serve", "--home", str(home), "--public"]
    with process([*serve, "--workers", str(workers), "--port"]) as port:
        base = f"http://127.0.0.1:{port}"
        # Some events are not shown on a public desk.
        paths = [path for path in paths if httpx.get(base + path).status_code == 200]
        quiet = asyncio.run(_read(base, paths, seconds))

        async def both() -> tuple[list[float], Counter[int]]:
            flood = _flood(base, articles[0], per_minute, networks, seconds)
            return await asyncio.gather(_read(base, paths, seconds), flood)

        beside, answers = asyncio.run(both())
    taken = {"sent": sum(answers.values()), "taken": answers[303], "asked to wait": answers[429]}
    return {"quiet": _figures(quiet), "flood": _figures(beside) | taken}


def _figures(times: Sequence[float]) -> Figures:
    return {
        "asked": len(times),
        "p50_ms": percentile(times, 0.5),
        "p95_ms": percentile(times, 0.95),
    }


async def _read(base: str, paths: Sequence[str], seconds: float) -> list[float]:
    """Milliseconds until each whole answer was there."""
    found: list[float] = []
    ends = time.perf_counter() + seconds

    async def reader(number: int) -> None:
        async with httpx.AsyncClient(base_url=base, timeout=60) as client:
            place = number * 7
            while time.perf_counter() < ends:
                began = time.perf_counter()
                answer = await client.get(paths[place % len(paths)])
                found.append(1000 * (time.perf_counter() - began))
                assert answer.status_code == 200, answer.text[:300]
                place += 1
                await asyncio.sleep(PAUSE)

    await asyncio.gather(*(reader(number) for number in range(READERS)))
    return found


async def _flood(
    base: str, article: str, per_minute: int, networks: int, seconds: float
) -> Counter[int]:
    """How many comments had an answer of each status."""
    answers: Counter[int] = Counter()
    path = f"/article/{article}/comment"

    async def comment(client: httpx.AsyncClient, number: int) -> None:
        own = {"X-Forwarded-For": f"198.51.100.{number % networks + 1}"}
        form = await client.get(path, headers=own)
        token = TOKEN.search(form.text)
        fields = {"token": token[1] if token else "", "name": f"Reader {number}"}
        fields["text"] = (
            f"Cheap boats and cheaper oars, offer {number}: http://oars.example/{number}"
        )
        answers[(await client.post(path, data=fields, headers=own)).status_code] += 1

    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        sent = []
        for number in range(round(per_minute * seconds / 60)):
            sent.append(asyncio.create_task(comment(client, number)))
            await asyncio.sleep(60 / per_minute)
        await asyncio.gather(*sent)
    return answers


if __name__ == "__main__":
    main()
