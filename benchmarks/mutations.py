"""Mutated pages and feeds through fetch, parse and clean: nothing may escape, nothing be lost.

    python -m benchmarks.mutations --n 1000 --seed 7 --json
    python -m benchmarks.mutations --seed 7 --only 415     # one of them again

The project's own pages, feeds, sitemaps, archives and robots.txt are damaged in up to three of the
ways in `mutators`, served on this machine, fetched, and cleaned. It counts what became of each, and
fails on an exception that is none of ours, an article that breaks its promises, and slowness.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.mutators import MUTATORS, Answer
from dragoman.collect.archives import captures_in
from dragoman.collect.discover import feeds_of
from dragoman.collect.feeds import parse_feed
from dragoman.collect.fetch import Fetcher
from dragoman.collect.manners import Manners
from dragoman.collect.pages import capture
from dragoman.collect.sitemaps import parse_sitemap
from dragoman.collect.whole import capture_of
from dragoman.demo import PAGES
from dragoman.errors import DragomanError, SourceError, Unreadable
from dragoman.knowledge import Knowledge
from dragoman.model import LABELS, Article, Capture, Claim
from dragoman.pipeline import Steps
from dragoman.publish.formats.clean_json import clean_json
from tests.collect import feedtexts, test_sitemaps, warcs
from tests.collect.loopback import Behaviour, Loopback, Visit, head

HOST = "127.0.0.1"
NOW = "2024-03-20T12:00:00+00:00"
MOST_SECONDS = 10.0
"""Of processor time for one answer, all articles in it included."""
MOST_CLEANED = 20
"""Articles of one feed or archive that are cleaned; the others of a flood say nothing more."""
BODY = ("standfirst", "heading", "body", "quote")
"""Labels of the body, as docs/json.md has them."""
ROBOTS = b"User-agent: *\nDisallow: /private\nCrawl-delay: 0\nSitemap: /all.xml\n"


@dataclass(frozen=True, slots=True)
class Original:
    kind: str
    name: str
    answer: Answer


@dataclass(slots=True)
class Tally:
    """What became of all of them; a fault names the number that gives it again."""

    n: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


class Broken(Exception):
    """An article that breaks what docs/json.md promises."""


def originals() -> list[Original]:
    """Our own pages and texts, and what the tests of collecting serve."""
    kinds = {".html": ("page", "text/html; charset=utf-8"), ".txt": ("text", "text/plain")}
    found = [
        Original(kinds[path.suffix][0], path.name, Answer(path.read_bytes(), kinds[path.suffix][1]))
        for path in sorted(PAGES.iterdir())
        if path.suffix in kinds
    ]
    pages = [one.answer.body for one in found if one.kind == "page"]
    items = [
        feedtexts.rss_item(
            number, content=feedtexts.article(), more="<dc:creator>Desk</dc:creator>"
        )
        for number in range(3)
    ]
    entry = (
        "<entry><id>urn:1</id><title>Le port</title><link href='/1'/><updated>2024-03-18T10:00:00Z"
        "</updated><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        f"{feedtexts.article()}</div></content></entry>"
    )
    json_feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Lake News",
        "items": [{"id": "1", "content_html": feedtexts.article(), "date_published": NOW}],
    }
    archive = [
        warcs.record(f"https://lake.example/{at}", warcs.answer(page, media_type="text/html"))
        for at, page in enumerate(pages[:3])
    ]
    urls = test_sitemaps.urlset(*map(test_sitemaps.url, range(5)))
    others = {
        "rss": ("feed", feedtexts.rss(*items).encode()),
        "atom": ("feed", feedtexts.atom(entry, entry.replace("urn:1", "urn:2")).encode()),
        "json feed": ("feed", json.dumps(json_feed).encode()),
        "sitemap": ("sitemap", urls.encode()),
        "warc": ("archive", b"".join(archive)),
        "packed warc": ("archive", warcs.packed(*archive)),
        "robots.txt": ("robots", ROBOTS),
    }
    types = {"feed": "application/xml", "sitemap": "text/xml", "robots": "text/plain"}
    found += [
        Original(kind, name, Answer(body, types.get(kind, "application/octet-stream")))
        for name, (kind, body) in others.items()
    ]
    return found


def mutated(originals: Sequence[Original], seed: int, number: int) -> tuple[Original, str]:
    """An original with one to three changes, and what they are called."""
    die = Random(f"{seed} {number}")
    kind = die.choice(
        ("page", "page", "page", "text", "feed", "feed", "sitemap", "archive", "robots")
    )
    one = die.choice([original for original in originals if original.kind == kind])
    changes = die.choices(MUTATORS, k=die.choice((1, 2, 3)))
    inside = one.kind == "archive" and die.random() < 0.5
    answer = die.choice(originals).answer if inside else one.answer
    for change in changes:
        answer = change(answer, die)
    if inside:
        answer = replace(one.answer, body=_archived(answer))
    told = f"{one.name}: {', '.join(change.__name__ for change in changes)}"
    return Original(kind, one.name, answer), told


def _archived(page: Answer) -> bytes:
    """An archive that is whole, of an answer that is not."""
    media_type = page.media_type.encode("latin-1", "replace").decode("latin-1")
    headers = "".join(f"{line}\r\n" for line in page.headers)
    answer = warcs.answer(page.body, media_type=media_type, headers=headers)
    return warcs.packed(warcs.record("https://lake.example/1", answer))


class Road:
    """From a server on this machine to clean articles, as a desk goes it."""

    def __init__(self, steps: Steps, folder: Path) -> None:
        self.steps = steps
        self.folder = folder
        self.answer = Answer(b"", "")
        self.articles = 0
        paths = dict.fromkeys(("answer", "robots.txt", "page"), Behaviour("", None, self._send))
        self._server = Loopback(paths)
        self._fetcher = Fetcher(allow_hosts=[HOST])

    def __enter__(self) -> Road:
        self._server.__enter__()
        return self

    def __exit__(self, *told: object) -> None:
        self._fetcher.close()
        self._server.__exit__(*told)

    def go(self, one: Original) -> str:
        """What became of it, in two words or three. Raises what must not happen."""
        self.answer = one.answer
        ways: dict[str, Callable[[str], str]] = {
            "page": self._page, "text": self._page, "feed": self._feed, "sitemap": self._sitemap,
            "archive": self._archive, "robots": self._robots,
        }  # fmt: skip
        try:
            return ways[one.kind](self._server.url("answer", HOST))
        except SourceError as fault:
            return f"refused: {fault.kind}"
        except DragomanError as fault:
            return f"set aside: {_reason(fault)}"

    def _send(self, visit: Visit) -> None:
        answer = self.answer if visit.path != "page" else Answer(b"<p>Boats.</p>", "text/html")
        lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(answer.body)}", *answer.headers]
        if answer.media_type:
            kind = answer.media_type.encode("latin-1", "replace").decode("latin-1")
            lines.append(f"Content-Type: {kind}")
        visit.send(head(*lines) + answer.body)

    def _page(self, address: str) -> str:
        feeds_of(self._fetcher.get(address))
        return self._clean(capture(address, get=self._fetcher.get))

    def _feed(self, address: str) -> str:
        got = self._fetcher.get(address)
        feed = parse_feed(got.body, address, base=got.url, charset=got.charset, now=NOW)
        made = [capture_of(item, fetched=NOW) for item in feed.items]
        return self._all([one for one in made if one is not None], "read: no whole text")

    def _sitemap(self, address: str) -> str:
        got = self._fetcher.get(address)
        parse_sitemap(got.body, address, charset=got.charset, now=NOW)
        return "read: sitemap"

    def _archive(self, address: str) -> str:
        path = self.folder / "archive.warc"
        path.write_bytes(self._fetcher.get(address).body)
        made = list(captures_in(path))
        pages = [one for one in made if isinstance(one, Capture)]
        told = next((one for one in made if isinstance(one, DragomanError)), None)
        return self._all(pages, f"set aside: {_reason(told) if told else 'nothing in it'}")

    def _robots(self, address: str) -> str:
        manners = Manners(self._fetcher, delay=0, patience=1)
        manners.get(address.replace("answer", "page"))
        return "read: the page is allowed"

    def _all(self, pages: Sequence[Capture], otherwise: str) -> str:
        told = otherwise
        for page in pages[:MOST_CLEANED]:
            try:
                told = self._clean(page)
            except Unreadable as fault:
                told = f"set aside: {_reason(fault)}"
        return told

    def _clean(self, page: Capture) -> str:
        """The clean step itself, not `Steps.cleaned`, which turns our faults into reasons."""
        article = self.steps.clean(page)
        self.articles += 1
        broken = list(broken_promises(article))
        if broken:
            raise Broken("; ".join(broken[:5]))
        return (
            "cleaned" if any(block.label in BODY for block in article.blocks) else "without a body"
        )


def broken_promises(article: Article) -> Iterator[str]:
    """What docs/json.md says of every article, and is not so of this one."""
    yield from _broken_blocks(article)
    told = article.attribution
    for claim in (told.first_publisher, told.republisher, told.agency):
        yield from _broken_span(claim, len(article.text))
    for day in (article.published,):
        if day is not None and day.start and day.end and day.start > day.end:
            yield f"published from {day.start} to {day.end}"
    said = clean_json(article)
    try:
        json.dumps(said, ensure_ascii=False, allow_nan=False).encode()
    except ValueError as fault:
        yield f"its JSON can't be written ({fault})"
    parts = (article.text[b.start : b.end] for b in article.blocks if b.label in BODY)
    if said["body"] != "\n".join(parts):
        yield "its body is not what its blocks say"


def _broken_blocks(article: Article) -> Iterator[str]:
    at = 0
    for block in article.blocks:
        if not at <= block.start < block.end <= len(article.text):
            yield f"block {block} begins before {at} or ends outside the text"
        if article.text[at : block.start].strip():
            yield f"no block covers {article.text[at : block.start].strip()[:40]!r}"
        if block.label not in LABELS or not block.rule:
            yield f"label {block.label!r} by rule {block.rule!r}"
        at = block.end
    if article.text[at:].strip():
        yield f"no block covers {article.text[at:].strip()[:40]!r}"


def _broken_span(claim: Claim | None, size: int) -> Iterator[str]:
    if claim is None or (claim.start is None and claim.end is None):
        return
    if claim.start is None or claim.end is None or not 0 <= claim.start < claim.end <= size:
        yield f"claim {claim} is outside the text"


def run(numbers: Sequence[int], seed: int, steps: Steps) -> Tally:
    """The numbered mutations of a seed, one after the other."""
    tally, own = Tally(len(numbers)), originals()
    with TemporaryDirectory() as folder, Road(steps, Path(folder)) as road:
        for number in numbers:
            one, told = mutated(own, seed, number)
            start = process_time()
            try:
                tally.outcomes[f"{one.kind} {road.go(one)}"] += 1
            except (Exception, RecursionError) as fault:
                tally.faults.append(
                    f"seed {seed}, {number}, {told}: {type(fault).__name__}: {fault}"
                )
            seconds = process_time() - start
            tally.slowest = max(tally.slowest, seconds)
            if seconds > MOST_SECONDS:
                tally.faults.append(f"seed {seed}, {number}, {told}: {seconds:.1f} s")
        tally.articles = road.articles
    return tally


def measure(n: int, seed: int) -> dict[str, object]:
    """What became of so many mutations of a seed."""
    return _report(run(range(n), seed, Steps(knowledge=Knowledge())))


def _report(tally: Tally) -> dict[str, object]:
    return {
        "n": tally.n,
        "articles": tally.articles,
        "outcomes": dict(sorted(tally.outcomes.items())),
        "slowest_seconds": round(tally.slowest, 2),
        "faults": tally.faults,
    }


def _reason(fault: DragomanError) -> str:
    """A reason without what differs from page to page."""
    reason = fault.reason if isinstance(fault, Unreadable) else str(fault).rpartition(": ")[2]
    return reason.partition(" (")[0].partition(";")[0][:60]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=1000, help="how many")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", type=int, help="the one with this number")
    parser.add_argument("--json", action="store_true", help="print one JSON object on a line")
    given = parser.parse_args(arguments)
    numbers = range(given.n) if given.only is None else [given.only]
    tally = run(numbers, given.seed, Steps(knowledge=Knowledge()))
    result = {"seed": given.seed, **_report(tally)}
    print(json.dumps(result) if given.json else json.dumps(result, indent=1, ensure_ascii=False))
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
