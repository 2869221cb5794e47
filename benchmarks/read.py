"""Articles and words per second of the bare parse and of the whole of `read`, in one run.

    python -m benchmarks.read [FOLDER] --json

The folder's pages (default: the demo desk's) are cleaned first. `parse`: the parser models alone
over the readable blocks. `read`: text already cleaned to reports (read, link, code), caches of our
own cold. `ratio` is read's time over parse's; the two alternate, and the best round of
each is compared, which other load on the machine disturbs least.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from dragoman.clean import clean
from dragoman.collect.pages import capture_file, files_in
from dragoman.demo import PAGES
from dragoman.model import READ_LABELS, Article, Block
from dragoman.pipeline import Steps
from dragoman.read.parse import SpacyParser

ROUNDS = 5


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=PAGES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    result = measure(options.folder, options.rounds)
    print(json.dumps(result) if options.json else json.dumps(result, indent=1))


def measure(folder: Path, rounds: int) -> dict[str, float | int]:
    steps = Steps()
    found = [clean(capture_file(path), steps.knowledge) for path in files_in(folder)]
    articles = [a for a in found if a.language in steps.knowledge.languages]
    words = sum(len(a.text[b.start : b.end].split()) for a in articles for b in _blocks(a))
    for (
        article
    ) in articles:  # models load, and the parser's vocabulary fills, before the clock runs
        steps.read(article)
    parses: list[float] = []
    reads: list[float] = []
    for _ in range(rounds):
        parses.append(_parse(articles, steps))
        reads.append(_read(articles, steps))
    parse, read = min(parses), min(reads)
    return {
        "articles": len(articles),
        "words": words,
        "parse_articles_per_s": round(len(articles) / parse, 1),
        "parse_words_per_s": round(words / parse),
        "read_articles_per_s": round(len(articles) / read, 1),
        "read_words_per_s": round(words / read),
        "ratio": round(read / parse, 2),
    }


def _blocks(article: Article) -> list[Block]:
    return [b for b in article.blocks if b.label in READ_LABELS]


def _parse(articles: Sequence[Article], steps: Steps) -> float:
    start = perf_counter()
    for article in articles:
        parser = steps.parser(article.language or "")
        assert isinstance(parser, SpacyParser)
        list(parser.documents(article.text[b.start : b.end] for b in _blocks(article)))
    return perf_counter() - start


def _read(articles: Sequence[Article], steps: Steps) -> float:
    start = perf_counter()
    for article in articles:
        steps.read(article)
    return perf_counter() - start


if __name__ == "__main__":
    main()
