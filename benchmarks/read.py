"""Words per second of the bare parse and of the whole of `read`, and what memory reading takes.

    python -m benchmarks.read [FOLDER] --json

Measured on the folder's pages (default: the demo desk's) and on 1,000 articles of `generated`.
`parse`: the parser models alone over the readable blocks. `read`: text already cleaned to reports
(read, link, code). Each side runs in a fresh process, so that no cache is warm but what two short
sentences fill; they alternate, and the best round of each is compared. Seconds are of processor
time, which other load on the machine disturbs least. `ratio` is read's time over parse's, `share`
its words per second over parse's. `peak_rss_mb`: the most that a process held which read both
languages.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import process_time

if not __package__:  # run as a file, with its own folder in place of the project's
    sys.path[0] = str(Path(__file__).parents[1])

from benchmarks import generated
from dragoman.clean.article import clean
from dragoman.collect.pages import capture_file, capture_text, files_in
from dragoman.demo import PAGES
from dragoman.model import READ_LABELS, Article, Block, Capture
from dragoman.pipeline import Steps
from dragoman.read.parse_spacy import SpacyParser

ROUNDS = 3
COUNT = 1000
"""Generated articles."""
WARM = {"en": "Peru thanked Chile.", "fr": "Le Pérou a remercié le Chili."}


@dataclass(frozen=True, slots=True)
class Run:
    """One side in a process of its own."""

    articles: int
    words: int
    seconds: float
    rss_mb: float


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=PAGES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--limit", type=int, default=COUNT, help="articles of each set at most")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.rounds < 1 or options.limit < 2:
        parser.error("at least one round, and --limit 2: an article in either language")
    result = measure_all(options.folder, options.rounds, options.limit)
    print(json.dumps(result) if options.json else json.dumps(result, indent=1))


def measure_all(folder: Path, rounds: int = ROUNDS, limit: int = COUNT) -> dict[str, object]:
    """The folder's figures, and under "generated" those of the generated articles."""
    return {**measure(folder, rounds, limit), "generated": measure(None, rounds, limit)}


def measure(folder: Path | None, rounds: int, limit: int) -> dict[str, float | int]:
    """Figures of a folder's pages, or of the generated articles."""
    runs: dict[str, list[Run]] = {"parse": [], "read": []}
    for _ in range(rounds):
        for side, done in runs.items():
            done.append(alone(side, folder, limit))
    parse, read = (min(done, key=lambda one: one.seconds) for done in runs.values())
    return {
        "articles": read.articles,
        "words": read.words,
        "parse_articles_per_s": round(parse.articles / parse.seconds, 1),
        "parse_words_per_s": round(parse.words / parse.seconds),
        "read_articles_per_s": round(read.articles / read.seconds, 1),
        "read_words_per_s": round(read.words / read.seconds),
        "ratio": round(read.seconds / parse.seconds, 2),
        "share": round(parse.seconds / read.seconds, 2),
        "peak_rss_mb": round(max(one.rss_mb for one in runs["read"])),
    }


def alone(side: str, folder: Path | None, limit: int) -> Run:
    """The run in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(run, side, folder, limit).result()


def run(side: str, folder: Path | None, limit: int) -> Run:
    """Clean, load the models by a short sentence in each language, then time one side."""
    steps = Steps()
    found = [clean(capture, steps.knowledge) for capture in captures(folder, limit)]
    articles = [a for a in found if a.language in steps.knowledge.languages]
    if not articles:
        raise SystemExit(f"{folder}: no article in a language that is read")
    words = sum(len(a.text[b.start : b.end].split()) for a in articles for b in _blocks(a))
    for language, text in WARM.items():
        steps.all(capture_text(text, "warm", language=language))
    start = process_time()
    for article in articles:
        if side == "read":
            steps.read(article)
        else:
            parse(article, steps)
    return Run(len(articles), words, process_time() - start, _peak_mb())


def captures(folder: Path | None, limit: int) -> list[Capture]:
    if folder is not None:
        return [capture_file(path) for path in list(files_in(folder))[:limit]]
    return [
        capture_text(text, f"generated {i}", language=language, published="2024-03-18")
        for i, (language, text) in enumerate(generated.articles(min(COUNT, limit)))
    ]


def _blocks(article: Article) -> list[Block]:
    return [b for b in article.blocks if b.label in READ_LABELS]


def parse(article: Article, steps: Steps) -> None:
    """The bare parse of what `read` reads."""
    parser = steps.parser(article.language or "")
    assert isinstance(parser, SpacyParser)
    list(parser.documents(article.text[b.start : b.end] for b in _blocks(article)))


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
