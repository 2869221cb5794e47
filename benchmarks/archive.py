"""What reading an archive takes: one process beside Ray, and figures of one article.

    python -m benchmarks.archive --articles 20000 --json [--words N]
    python -m benchmarks.archive --figures --articles 300 --words 400 --json

The first makes an archive of short pages (`archive_pages`), reads it with one local process and on
Ray with two workers, compares what both wrote to the byte, and gives seconds, their ratio and what
starting Ray costs. The second gives, by language, processor time of an article by step, and bytes
of it in each table: what the arithmetic in docs/scale.md rests on.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from benchmarks.archive_pages import FIRST, Given, pages, write_warc

ARTICLES, WORDS, SEED, PART = 20_000, 20, 7, 200
"""Pages of so few words take some 30 ms of a processor, so that both runs of all of them end within
25 minutes on two cores."""
DEMO = "demo"
"""Stands for the pages of the demo desk, whatever their language."""
ROOT = Path(__file__).parents[1]
T = TypeVar("T")


def note(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def compared(number: int, words: int, seed: int, workers: int) -> dict[str, object]:
    """Seconds of both engines over the same archive, each in a process of its own."""
    with TemporaryDirectory(prefix="archive-") as folder:
        home = Path(folder)
        write_warc(home / "pages.warc.gz", pages(number, words, seed))
        note(f"{number} pages made")
        seconds: dict[str, float] = {}
        for engine, jobs in (("local", 1), ("ray", workers)):
            seconds[engine] = _run(home, engine, jobs)
            note(f"{engine}: {seconds[engine]:.1f} s")
        same = _are_same(home / "local", home / "ray")
        manifest = json.loads((home / "local/manifest.json").read_bytes())
    fixed = started(workers)
    local, ray = seconds["local"], seconds["ray"]
    return {
        "articles": number,
        "words": words,
        "workers": workers,
        "local_1_s": round(local, 2),
        f"ray_{workers}_s": round(ray, 2),
        "ratio": round(ray / local, 3),
        "ray_start_s": round(fixed, 2),
        "same_bytes": same,
        "copies": manifest["tables"]["copies"]["rows"],
        "reports": manifest["tables"]["reports"]["rows"],
    }


def _run(home: Path, engine: str, jobs: int) -> float:
    command = [sys.executable, "-m", "dragoman", "archive", str(home / "pages.warc.gz")]
    command += ["--out", str(home / engine), "--engine", engine, "--jobs", str(jobs)]
    command += ["--part", str(PART), "--home", str(home / "none"), "--json"]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": path}, stdout=subprocess.DEVNULL, cwd=ROOT
    )
    told = 0
    while process.poll() is None:
        time.sleep(1)
        done = sum(1 for _ in (home / engine / "done").glob("*.json"))
        if done >= told + 10:
            told = done
            note(f"{engine}: {done} parts, {done * PART} pages")
    if process.returncode:
        raise SystemExit(f"the run with {engine} ended with {process.returncode}")
    return time.perf_counter() - start


def _are_same(one: Path, other: Path) -> bool:
    def files(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    return files(one) == files(other)


def started(workers: int) -> float:
    """What starting Ray, having each worker do nothing, and ending it takes."""
    from dragoman.engine.ray import Ray
    from dragoman.engine.ray import started as begun

    start = time.perf_counter()
    with begun(workers):
        list(Ray(workers).map(_nothing, range(workers)))
    return time.perf_counter() - start


def _nothing(number: int) -> int:
    return number


# --- figures of one article -----------------------------------------------------------------


def figures(number: int, words: int, seed: int, languages: Sequence[str]) -> dict[str, object]:
    """By language: milliseconds of a processor for each step, and bytes in each table."""
    from dragoman.pipeline import Steps

    steps = Steps()
    made: dict[str, object] = {"articles": number, "words": words}
    for language in languages:
        with TemporaryDirectory(prefix="archive-") as folder:
            made[language] = _figures_of(Path(folder), steps, language, number, words, seed)
        note(f"{language} measured")
    return made


def _figures_of(
    home: Path, steps: Any, language: str, number: int, words: int, seed: int
) -> dict[str, object]:
    from dragoman.archive.run import archive
    from dragoman.collect.archives import captures_in
    from dragoman.engine.here import Here
    from dragoman.model import Capture

    warc = home / "pages.warc.gz"
    if language == DEMO:
        number = _write_demo(warc)
    else:
        write_warc(warc, pages(number, words, seed, language))
    captures = [one for one in captures_in(warc) if isinstance(one, Capture)]
    steps.paired(captures[0])  # models are loaded
    spent: dict[str, float] = {}

    def timed(step: str, do: Callable[[], T]) -> T:
        start = time.process_time()
        result = do()
        spent[step] = spent.get(step, 0.0) + time.process_time() - start
        return result

    for capture in captures:
        article = timed("clean", partial(steps.clean, capture))
        kept = timed("read, link, record", partial(steps.read, article, capture.fetched))
        timed("sign", partial(steps.signed, capture, kept))
    timed("all with Parquet", lambda: archive([str(warc)], home / "out", steps, Here(), Here()))
    manifest = json.loads((home / "out/manifest.json").read_bytes())
    return {
        "warc_bytes": round(warc.stat().st_size / number),
        "ms": {step: round(1000 * value / number, 2) for step, value in spent.items()},
        "bytes": {
            name: round(table["bytes"] / number) for name, table in manifest["tables"].items()
        },
        "rows": {
            name: round(table["rows"] / number, 2) for name, table in manifest["tables"].items()
        },
    }


def _write_demo(path: Path) -> int:
    """The pages of the demo desk: fewer, but each is written by hand, so that they pack as news
    does. Bare texts among them are left out."""
    from dragoman.collect.pages import files_in
    from dragoman.demo import PAGES

    found = [one for one in files_in(PAGES) if one.suffix in {".html", ".htm"}]
    return write_warc(
        path,
        (
            Given(f"https://demo.example/{n}", FIRST, "", "", (), one.read_text("utf-8", "replace"))
            for n, one in enumerate(found)
        ),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--words", type=int, default=WORDS, help="of each page, at least")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=2, help="of Ray")
    parser.add_argument("--figures", action="store_true", help="of one article, by language")
    parser.add_argument(
        "--languages", nargs="+", default=["en", "fr", "ru"], help="of --figures; or demo"
    )
    parser.add_argument("--json", action="store_true", help="(always so)")
    options = parser.parse_args(arguments)
    made = (
        figures(options.articles, options.words, options.seed, options.languages)
        if options.figures
        else compared(options.articles, options.words, options.seed, options.workers)
    )
    print(json.dumps(made, indent=1))


if __name__ == "__main__":
    main()
