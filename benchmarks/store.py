"""The store with 100,000 articles and a million reports: writing, room, and what pages ask of it.

    python -m benchmarks.store --json [--articles 100000] [--reports 1000000] [--keep FOLDER]

In: sizes. Out: articles and reports a second beside the same rows in bare SQLite; milliseconds of a
pair's chronology and of an actor's year, as the store and the record give them and as a whole view;
bytes by kind of thing; searches. The desk is made up (`store_articles`). The first and the last
articles are kept by the store one by one, which is timed; those between are put in as rows.
With `--keep` it is made once, and measured again the next time.
"""

from __future__ import annotations

import argparse
import gc
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks import store_desk, store_search
from benchmarks.store_articles import DAYS, FIRST, made
from benchmarks.timing import Figures, timed
from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.pages import actor, pair, today
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import dossier
from dragoman.publish.views.lines import Lines
from dragoman.record.dossier import Choice
from dragoman.store import open_store
from dragoman.store.connect import FILE_NAME

SEED = 1815
ARTICLES, REPORTS = 100_000, 1_000_000
KEPT = 0.015
"""Share of articles kept by the store in the empty desk, and again in the full one."""
ASKED, WARM = 200, 10
"""Questions of a kind, and those before them that are not counted."""
NOTES = "making.json"
KINDS = {
    "article": ("articles", "article_actors", "article_versions", "backings"),
    "article_parsed": ("readings",),
    "article_words": tuple(
        f"article_words_{part}" for part in ("content", "data", "docsize", "idx")
    ),
    "report": ("reports", "event_reports"),
    "event": ("events", "event_sides", "event_numbers"),
    "event_words": tuple(f"event_words_{part}" for part in ("content", "data", "docsize", "idx")),
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--keep", type=Path, help="folder that the desk stays in")
    parser.add_argument("--asked", type=int, default=ASKED, help="questions of a kind")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made_folder:
        home = given.keep or Path(made_folder)
        found = measure(home, given.articles, given.reports, given.asked)
    if given.json:
        print(json.dumps(found, indent=1))
        return
    for name, figures in found.items():
        print(name, figures)


def measure(home: Path, articles: int, reports: int, asked: int = ASKED) -> Figures:
    """Figures of the desk in a folder, which is made there unless it is there already."""
    knowledge = Knowledge()
    gc.freeze()  # as `serve` does
    found = ready(home, articles, reports, knowledge)
    found |= _room_taken(home) | _asked(home, knowledge, asked)
    _say("searching")
    return found | store_search.measure(home, asked)


def ready(home: Path, articles: int, reports: int, knowledge: Knowledge) -> Figures:
    """See that the desk is there and up to date; what was noted when it was made."""
    home.mkdir(parents=True, exist_ok=True)
    notes = home / NOTES
    if not notes.exists():
        notes.write_text(json.dumps(_make(home, articles, reports, knowledge)), "utf-8")
    found: Figures = json.loads(notes.read_text("utf-8"))
    if (found["articles"], found["reports"]) != (articles, reports):
        sys.exit(f"the desk in {home} is of another size; name another folder")
    _say("opening")
    open_store(home).close()  # a desk that was made before is brought up to date
    return found


def _make(home: Path, articles: int, reports: int, knowledge: Knowledge) -> Figures:
    stream = made(articles, reports, SEED, knowledge)
    kept = max(1, round(articles * KEPT))
    _say(f"keeping {kept:,} articles in an empty desk, then the same rows in bare SQLite")
    with open_store(home) as store:
        empty = store_desk.keep(store, islice(stream, kept))
    with tempfile.TemporaryDirectory(dir=home) as other:
        bare = store_desk.bare(home, Path(other))
    _say(f"putting in {articles - 2 * kept:,}")
    store_desk.put(home, islice(stream, articles - 2 * kept))
    _say(f"keeping {kept:,} in the full desk")
    with open_store(home) as store:
        full = store_desk.keep(store, stream)
    return {
        "articles": articles,
        "reports": reports,
        "kept_in_empty": empty.rates(),
        "kept_in_full": full.rates(),
        "bare_sqlite": bare.rates(),
        "bare_by_kept": round(empty.seconds / bare.seconds, 1),
    }


def _room_taken(home: Path) -> Figures:
    sizes = store_desk.sizes(home)
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        numbers = {
            one: file.execute(f"SELECT count(*) FROM {one}s").fetchone()[0]
            for one in ("article", "report", "event")
        }
    each = {
        kind: round(sum(sizes[table] for table in tables) / numbers[kind.partition("_")[0]])
        for kind, tables in KINDS.items()
    }
    return {"events": numbers["event"], "bytes_each": each, "gigabytes": _gigabytes(sizes)}


def _gigabytes(sizes: dict[str, int]) -> float:
    return round(sum(sizes.values()) / 1e9, 3)


def _asked(home: Path, knowledge: Knowledge, number: int) -> Figures:
    """Milliseconds: a chronology or year as the record gives it, and a whole view."""
    _say("asking")
    last_day = (FIRST + timedelta(days=DAYS)).isoformat()
    with open_store(home, read_only=True) as store:
        room = ReadingRoom(store, knowledge, Config(today=last_day))
        questions = drawn(home, number)
        pairs = [(one, other) for one, other, _ in questions]
        years = [(one, year_of(day)) for one, _, day in questions]
        largest = _largest(home)
        return {
            "pair": timed(
                lambda a, b: dossier(room, Lines(room), a, b, Asked(), newest=False), pairs, WARM
            ),
            "pair_view": timed(lambda a, b: pair.view(room, a, b), pairs, WARM),
            "actor_year": timed(
                lambda a, year: dossier(room, Lines(room), a, None, year, newest=True), years, WARM
            ),
            "actor_year_view": timed(lambda a, year: actor.view(room, a, asked=year), years, WARM),
            "largest_actor": {"events": largest[1]}
            | timed(lambda a: actor.view(room, a), [(largest[0],)] * 20, WARM),
            "today_view": timed(lambda: today.view(room), [()] * 20, WARM),
        }


def drawn(home: Path, number: int) -> list[tuple[str, str, str]]:
    """Sides and day of events at random: what is told of most is drawn most."""
    query = (
        "SELECT source, target, start_day FROM events WHERE source <> target "
        "AND start_day IS NOT NULL AND retracted_at IS NULL ORDER BY id"
    )
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        return Random(SEED).choices(file.execute(query).fetchall(), k=number + WARM)


def _largest(home: Path) -> tuple[str, int]:
    query = (
        "SELECT side, sum(number) AS all_of_it FROM ("
        "SELECT source AS side, count(*) AS number FROM events GROUP BY 1 UNION ALL "
        "SELECT target, count(*) FROM events WHERE target <> source GROUP BY 1) "
        "WHERE side IS NOT NULL GROUP BY side ORDER BY all_of_it DESC LIMIT 1"
    )
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        name, number = file.execute(query).fetchone()
    return str(name), int(number)


def year_of(day: str) -> Asked:
    year = day[:4]
    return Asked(Choice(first=year, last=year), given=(("from", year), ("until", year)))


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
