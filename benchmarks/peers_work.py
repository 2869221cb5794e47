"""What one process does of the comparison: pages cleaned and read, by us and by peers in turn.

In: numbers of made-up pages. Out: what our steps made of them, signed; processor seconds of each
side; and how many pages each side kept whole, and without furniture.
"""

from __future__ import annotations

import gc
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from benchmarks import read
from benchmarks.clean_peers import PEERS
from benchmarks.clean_sets import Page
from benchmarks.copy_words import FURNITURE as INSERTED
from benchmarks.load_day import FURNITURE
from benchmarks.peers_pages import Pages
from dragoman.collect.pages import capture_text
from dragoman.knowledge import Knowledge
from dragoman.link.signature import sign
from dragoman.model import READ_LABELS, Article, Capture, Kept
from dragoman.pipeline import Steps

OURS = "dragoman"
EXTRACTORS = ("trafilatura", "trafilatura with metadata", "newspaper4k")
WARM_PAGES = 4
Seconds = defaultdict[str, float]


@dataclass(slots=True)
class Handled:
    """Of a round's pages."""

    made: list[tuple[Capture, Kept]] = field(default_factory=list)
    seconds: Seconds = field(default_factory=lambda: Seconds(float))
    """Processor seconds: "clean NAME", "read", "parse", "read beside parse", "sign"."""
    counts: Counter[str] = field(default_factory=Counter)
    """"whole NAME" and "pure NAME": pages; "sentences" and "sentences parsed"."""


@cache
def steps() -> Steps:
    """With models loaded, once for a process."""
    made = Steps(knowledge=Knowledge())
    for language, text in read.WARM.items():
        sign(made.all(capture_text(text, "warm", language=language)))
    gc.freeze()
    return made


@cache
def _warmed(pages: Pages) -> None:
    """Every cleaner by a few pages, so that no side is measured at loading."""
    for number in range(min(WARM_PAGES, pages.number)):
        for extract in _cleaners(pages, number).values():
            extract()


def handle(pages: Pages, numbers: Sequence[int], turn: int, *, parsed: bool) -> Handled:
    """`turn` says which side goes first; `parsed` whether these pages are also parsed alone."""
    steps()
    _warmed(pages)
    found = Handled()
    articles = [_cleaned(pages, number, turn + number, found) for number in numbers]
    if parsed and turn % 2:
        _parse(articles, found)
    captures = [pages.capture(number) for number in numbers]
    began = time.process_time()
    kept = [steps().read(a, c.fetched) for a, c in zip(articles, captures, strict=True)]
    spent = time.process_time() - began
    found.seconds["read"] = spent
    sentences = sum(len(one.reading.sentences) for one in kept)
    found.counts["sentences"] = sentences
    if parsed:
        found.seconds["read beside parse"] = spent
        found.counts["sentences parsed"] = sentences
        if not turn % 2:
            _parse(articles, found)
    began = time.process_time()
    signed = [replace(one, signature=sign(one)) for one in kept]
    found.seconds["sign"] = time.process_time() - began
    found.made = list(zip(captures, signed, strict=True))
    return found


def _parse(articles: Sequence[Article], found: Handled) -> None:
    began = time.process_time()
    for one in articles:
        if one.language in steps().knowledge.languages:
            read.parse(one, steps())
    found.seconds["parse"] += time.process_time() - began


def _cleaners(pages: Pages, number: int) -> dict[str, Callable[[], str | Article]]:
    one, html, capture = pages.printed(number), pages.html(number), pages.capture(number)
    page = Page("made", str(number), one.language, html, "", url=pages.url(number))
    made: dict[str, Callable[[], str | Article]] = {OURS: lambda: steps().clean(capture)}
    for name in EXTRACTORS:
        extract = PEERS[name]
        if extract is not None:
            made[name] = lambda extract=extract: extract(page)  # type: ignore[misc]
    return made


def _cleaned(pages: Pages, number: int, turn: int, found: Handled) -> Article:
    """By every side, each first in its turn."""
    cleaners = list(_cleaners(pages, number).items())
    at = turn % len(cleaners)
    ours: Article | None = None
    for name, clean in cleaners[at:] + cleaners[:at]:
        began = time.process_time()
        made = clean()
        found.seconds[f"clean {name}"] += time.process_time() - began
        if isinstance(made, Article):
            ours, made = made, _body(made)
        judge(made, pages, number, name, found)
    assert ours is not None
    return ours


def _body(article: Article) -> str:
    return "\n".join(
        article.text[b.start : b.end] for b in article.blocks if b.label in READ_LABELS
    )


def judge(text: str, pages: Pages, number: int, name: str, found: Handled) -> None:
    flat = " ".join(text.split())
    parts = [" ".join(p.split()) for p in pages.paragraphs(number) if p not in INSERTED]
    found.counts[f"whole {name}"] += all(part in flat for part in parts)
    furniture = (*FURNITURE[pages.printed(number).language][4:], *INSERTED)
    found.counts[f"pure {name}"] += not any(part in flat for part in furniture)
