"""What times, names, quotes and links take beside the bare parse of the same text.

In: the pages of the demo desk. Out: seconds of processor time as shares of the parse's, each part
alone and `all` of them together; the best of some rounds, all in one process. `parse` is the parser
models alone over the readable blocks. Dating an act is part of coding and is not counted here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import process_time

from benchmarks.read import captures
from dragoman.clean.article import clean
from dragoman.demo import PAGES
from dragoman.link.actors import link_actors
from dragoman.link.speakers import identify_speakers
from dragoman.model import READ_LABELS, Article, Reading
from dragoman.pipeline import Steps
from dragoman.read import bounded, published_days, read
from dragoman.read.mentions import find_mentions
from dragoman.read.parse_spacy import SpacyParser
from dragoman.read.quotes import find_quotes
from dragoman.read.times import read_times

ROUNDS = 5
Read = tuple[Article, Reading]


def cost(steps: Steps) -> dict[str, float]:
    """Shares of the parse's time by part, and `all`."""
    done = [_read(article, steps) for article in _articles(steps)]
    parts: dict[str, Callable[[Read], object]] = {
        "parse": lambda one: _parse(one[0], steps),
        "times": lambda one: _times(one, steps),
        "names": lambda one: _names(one, steps),
        "quotes": lambda one: _quotes(one, steps),
        "links": lambda one: _links(one, steps),
    }
    best = dict.fromkeys(parts, float("inf"))
    for _ in range(ROUNDS):  # in turns, so that other load falls on all of them
        for name, part in parts.items():
            best[name] = min(best[name], _seconds(part, done))
    parse = best.pop("parse")
    shares = {name: seconds / parse for name, seconds in best.items()}
    return {
        name: round(share, 3) for name, share in {**shares, "all": sum(shares.values())}.items()
    }


def _articles(steps: Steps) -> list[Article]:
    found = [
        clean(capture, steps.knowledge) for capture in captures(PAGES, len(list(PAGES.iterdir())))
    ]
    return [article for article in found if article.language in steps.knowledge.languages]


def _read(article: Article, steps: Steps) -> Read:
    language = steps.knowledge.languages[article.language or ""]
    reading = read(article, language, steps.parser(language.code))
    return bounded(article, reading, language.times), reading


def _seconds(part: Callable[[Read], object], done: Sequence[Read]) -> float:
    start = process_time()
    for one in done:
        part(one)
    return process_time() - start


def _parse(article: Article, steps: Steps) -> None:
    parser = steps.parser(article.language or "")
    assert isinstance(parser, SpacyParser)
    list(parser.documents(article.text[start:end] for start, end in _spans(article)))


def _times(one: Read, steps: Steps) -> None:
    article, reading = one
    rules = steps.knowledge.languages[reading.language].times
    read_times(article.text, _spans(article), rules, published_days(article.published))


def _names(one: Read, steps: Steps) -> None:
    article, reading = one
    find_mentions(reading.sentences, steps.knowledge.languages[reading.language], article.text)


def _quotes(one: Read, steps: Steps) -> None:
    article, reading = one
    speech = steps.knowledge.languages[reading.language].speech
    find_quotes(reading.sentences, article.text, speech)


def _links(one: Read, steps: Steps) -> None:
    article, reading = one
    references = link_actors(article, reading, steps.knowledge)
    language = steps.knowledge.languages[reading.language]
    identify_speakers(reading, references, language, article.text)


def _spans(article: Article) -> list[tuple[int, int]]:
    return [(block.start, block.end) for block in article.blocks if block.label in READ_LABELS]
