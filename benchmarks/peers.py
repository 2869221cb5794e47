"""Beside peers, on the same made-up pages in one run, in processor time.

    python -m benchmarks.peers --pages 5000 --json

In: a number of pages. Out: pages cleaned a second (ours, trafilatura, newspaper4k); planted copies
found, and texts a second (ours, datasketch); sentences coded a second beside the bare parse of the
same; articles kept a second and searches beside bare FTS5; and for the whole, articles a second
and core from the capture to the chronology, with bytes of an article in the desk. The sides take
turns, page by page or round by round. Peers come by `make peers`; one that is not there has no
figure. Processor time is that of each process alone, however many there are.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

from benchmarks import store, store_desk, store_search
from benchmarks.cost_articles import Arriving
from benchmarks.cost_desk import PARTS, Joining
from benchmarks.link_copies import pairs_held
from benchmarks.link_cost import Sketched
from benchmarks.peers_pages import Pages
from benchmarks.peers_work import EXTRACTORS, OURS, Handled, Seconds, handle
from benchmarks.timing import Figures, timed
from dragoman.config import Config
from dragoman.desk.days import day_of
from dragoman.knowledge import Knowledge
from dragoman.model import Capture, Kept
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import dossier
from dragoman.publish.views.lines import Lines
from dragoman.store import open_store

PAGES, ROUND, JOBS = 5_000, 100, 2
PARSED = 3
"""Of so many rounds, one is also parsed alone."""
ASKED = 60
FTS5 = (
    "CREATE TABLE articles (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, url TEXT, title TEXT, "
    "published TEXT, language TEXT, text TEXT)",
    "CREATE VIRTUAL TABLE words USING fts5(title, body, content='')",
)
PUT = "INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, ?)"
PUT_WORDS = "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--jobs", type=int, default=JOBS, help="processes that clean and read")
    parser.add_argument("--asked", type=int, default=ASKED, help="searches of a kind")
    parser.add_argument("--folder", type=Path, help="where the desk is made; it is removed again")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    if min(given.pages, given.jobs, given.asked) < 1:
        parser.error("--pages, --jobs and --asked must be 1 or more")
    found = measure(given.pages, given.jobs, given.asked, given.folder)
    if given.json:
        print(json.dumps(found, indent=1))
        return
    for name, figures in found.items():
        print(name, figures)


def measure(
    number: int, jobs: int = JOBS, asked: int = ASKED, folder: Path | None = None
) -> Figures:
    pages = Pages(number)
    spent, counts = Seconds(float), Counter[str]()
    with tempfile.TemporaryDirectory(dir=folder) as made:
        desk = _Desk(Path(made))
        for n, round_ in enumerate(_rounds(pages, jobs), 1):
            _add(spent, round_.seconds)
            counts += round_.counts
            desk.take(round_.made, turn=n)
            _say(f"{len(desk.ids):,} of {number:,} pages; {desk.so_far()}")
        _add(spent, desk.close())
        _say("copies, rows, chronologies, searches")
        return {
            "pages": number,
            "clean": _clean(number, spent, counts),
            "copies": desk.copies(pages, spent),
            "sentences": _sentences(spent, counts),
            "store": _stored(number, spent, desk),
            "whole": _whole(number, spent),
            "bytes_per_article": _room(desk.home, number),
            "chronology_ms": desk.chronologies(asked),
        } | store_search.measure(desk.home, asked)


def _add(spent: Seconds, more: Mapping[str, float]) -> None:
    for name, seconds in more.items():
        spent[name] += seconds


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def _rounds(pages: Pages, jobs: int) -> Iterator[Handled]:
    """In their order; a round is begun while the desk takes those before it."""
    parts = [range(n, min(n + ROUND, pages.number)) for n in range(0, pages.number, ROUND)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = [
            pool.submit(handle, pages, part, n, parsed=n % PARSED == 0)
            for n, part in enumerate(parts)
        ]
        while waiting:
            yield waiting.pop(0).result()


class _Desk:
    """Our desk, with the peers that take the same articles: bare FTS5, and datasketch."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "desk"
        self.ids: list[str] = []
        self._folder = folder
        self._knowledge = Knowledge()
        self._desk = Joining(self.home, self._knowledge)
        self._sketched = Sketched() if find_spec("datasketch") else None
        self._like: list[tuple[int, int]] = []
        self._spent = Seconds(float)
        self._bare = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
        for setting in ("journal_mode = WAL", "synchronous = NORMAL"):
            self._bare.execute(f"PRAGMA {setting}")
        for table in FTS5:
            self._bare.execute(table)

    def take(self, made: Sequence[tuple[Capture, Kept]], *, turn: int) -> None:
        """The sides one after the other, another first each time."""
        sides = [self._join, self._index, self._sketch]
        at = turn % len(sides)
        for side in sides[at:] + sides[:at]:
            side(made)
        self.ids += [kept.article.id for _, kept in made]

    def so_far(self) -> str:
        number = max(len(self.ids), 1)
        return f"joining {1000 * self._desk.spent['all'] / number:.1f} ms an article"

    def _join(self, made: Sequence[tuple[Capture, Kept]]) -> None:
        self._desk.add_all(
            [
                Arriving(kept, capture, day_of(kept.article, capture.fetched) or "")
                for capture, kept in made
            ]
        )

    def _index(self, made: Sequence[tuple[Capture, Kept]]) -> None:
        began = time.process_time()
        for _, kept in made:
            one = kept.article
            published = one.published.day if one.published else None
            row = (one.id, one.url, one.title, published, one.language, one.text)
            self._bare.execute("BEGIN")
            seq = self._bare.execute(PUT, row).lastrowid
            self._bare.execute(PUT_WORDS, (seq, one.title, one.text))
            self._bare.execute("COMMIT")
        self._spent["fts5"] += time.process_time() - began

    def _sketch(self, made: Sequence[tuple[Capture, Kept]]) -> None:
        if self._sketched is None:
            return
        first, texts = len(self.ids), [kept.article.text for _, kept in made]
        began = time.process_time()
        for number, text in enumerate(texts, first):
            like = self._sketched.like(str(number), text)
            self._like += ((int(other), number) for other in like)
        self._spent["datasketch"] += time.process_time() - began

    def close(self) -> dict[str, float]:
        """Processor seconds of each side."""
        self._desk.store.close()
        self._bare.close()
        return {f"join {part}": one for part, one in self._desk.spent.items()} | self._spent

    def copies(self, pages: Pages, spent: Seconds) -> Figures:
        planted = pages.planted()
        number_of = {identity: n for n, identity in enumerate(self.ids)}
        with open_store(self.home, read_only=True) as desk:
            held = pairs_held(desk, self.ids)
        ours = {frozenset(number_of[one] for one in pair) for pair in held}
        found: Figures = {"planted_pairs": len(planted)}
        found[OURS] = _found(ours, planted) | _rate(len(self.ids), spent["join copies"])
        if self._sketched is not None:
            peer = {frozenset(pair) for pair in self._like}
            found["datasketch"] = _found(peer, planted)
            found["datasketch"] |= _rate(len(self.ids), spent["datasketch"])
            found["cpu_ratio"] = _ratio(spent["join copies"], spent["datasketch"])
        return found

    def same_rows(self) -> store_desk.Spent:
        """The desk's rows in bare SQLite, in one go."""
        with tempfile.TemporaryDirectory(dir=self._folder) as other:
            return store_desk.bare(self.home, Path(other))

    def chronologies(self, asked: int) -> Figures:
        """Milliseconds of a pair's chronology, of pairs drawn from the desk's events."""
        with open_store(self.home, read_only=True) as desk:
            pairs = [(one, other) for one, other, _ in store.drawn(self.home, asked)]
            room = ReadingRoom(desk, self._knowledge, Config())

            def ask(one: str, other: str) -> object:
                return dossier(room, Lines(room), one, other, Asked(), newest=False)

            return timed(ask, pairs, store.WARM)


def _found(pairs: set[frozenset[int]], planted: set[frozenset[int]]) -> Figures:
    right = len(pairs & planted)
    return {
        "found": right,
        "recall": round(right / max(len(planted), 1), 3),
        "precision": round(right / max(len(pairs), 1), 3),
    }


def _rate(number: int, seconds: float) -> Figures:
    return {"per_s": round(number / seconds, 1)}


def _ratio(ours: float, peer: float) -> float:
    """How many times the peer's processor time ours is."""
    return round(ours / peer, 2)


def _clean(number: int, spent: Seconds, counts: Counter[str]) -> Figures:
    found: Figures = {}
    for name in (OURS, *EXTRACTORS):
        seconds = spent[f"clean {name}"]
        if seconds:
            found[name] = _rate(number, seconds) | {
                "pages_kept_whole": round(counts[f"whole {name}"] / number, 3),
                "pages_without_furniture": round(counts[f"pure {name}"] / number, 3),
                "cpu_ratio": _ratio(spent[f"clean {OURS}"], seconds),
            }
    return found


def _sentences(spent: Seconds, counts: Counter[str]) -> Figures:
    number = counts["sentences parsed"]
    return {
        "sentences": counts["sentences"],
        "beside_parse": number,
        "coded": _rate(number, spent["read beside parse"]),
        "bare_parse": _rate(number, spent["parse"]),
        "cpu_ratio": _ratio(spent["read beside parse"], spent["parse"]),
    }


def _stored(number: int, spent: Seconds, desk: _Desk) -> Figures:
    """`kept`: page, article, parse and words, without joining. `fts5`: article and words alone.
    Both in a transaction for each article. `same_rows`: ours with events, table by table."""
    kept, rows = _kept(spent), desk.same_rows()
    return {
        "kept": _rate(number, kept),
        "fts5": _rate(number, spent["fts5"]),
        "cpu_ratio": _ratio(kept, spent["fts5"]),
        "same_rows_in_bare_sqlite": _rate(number, rows.seconds),
        "cpu_ratio_same_rows": _ratio(kept + spent["join happenings"], rows.seconds),
    }


def _kept(spent: Seconds) -> float:
    return spent["join all"] - sum(spent[f"join {part}"] for part in PARTS)


def _whole(number: int, spent: Seconds) -> Figures:
    """From the capture: cleaned, read, coded, signed, kept, and joined with the desk's others."""
    parts = {"clean": spent[f"clean {OURS}"], "read": spent["read"], "sign": spent["sign"]}
    parts |= {"keep": _kept(spent)} | {part: spent[f"join {part}"] for part in PARTS}
    return {
        "articles_per_s_per_core": round(number / sum(parts.values()), 2),
        "ms_each": {name: round(1000 * seconds / number, 2) for name, seconds in parts.items()},
    }


def _room(home: Path, number: int) -> Figures:
    """Bytes in the desk's file, with the tables that take a hundredth of it or more."""
    sizes = store_desk.sizes(home)
    whole = sum(sizes.values())
    large = sorted(sizes.items(), key=lambda one: -one[1])
    tables = {name: round(size / number) for name, size in large if size >= whole / 100}
    return {"whole": round(whole / number), "tables": tables}


if __name__ == "__main__":
    main()
