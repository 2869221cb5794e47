"""The same made-up desk in SQLite and in PostgreSQL: keeping, a pair's chronology, searches.

    python -m benchmarks.store_databases postgresql://user@host/empty --json [--articles 5000]

In: the address of an empty database. Out: articles kept in a second, milliseconds of questions on
both, and how many times as long PostgreSQL takes. All by the clock, since a server works in
processes of its own; the two are asked in turn, so that what else the machine does meets both.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from random import Random
from statistics import median, quantiles

from benchmarks.store_articles import made
from benchmarks.store_desk import VERSIONS
from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model.query import Words
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import dossier
from dragoman.publish.views.lines import Lines
from dragoman.store import Store, open_store
from dragoman.store.finding import Order
from dragoman.store.search import searched_text

SEED = 1815
ARTICLES, REPORTS_EACH = 5_000, 4
ASKED, WARM = 200, 5
Ask = Callable[[Store], object]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", help="the address of an empty database")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--asked", type=int, default=ASKED, help="questions of a kind")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    found = measure(given.store, given.articles, given.asked)
    print(json.dumps(found, indent=1) if given.json else found)


def measure(address: str, articles: int, asked: int) -> dict[str, dict[str, float]]:
    knowledge = Knowledge()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(folder) as one,
        open_store(address) as other,
    ):
        both = (one, other)
        seconds, words = _keep(both, articles, knowledge)
        pairs = [(event.source, event.target) for event in one.events(limit=10 * asked)]
        known = [(a, b) for a, b in pairs if a and b and a != b]
        dice = Random(SEED)
        drawn = [dice.choice(known) for _ in range(asked)]
        found = {
            "kept_a_second": _beside(*(articles / each for each in seconds)),
            "pair_p95_ms": _timed(both, [_chronology(knowledge, a, b) for a, b in drawn]),
        }
        for order in ("newest", "best"):
            questions = [_search(dice.choice(words), order) for _ in range(asked)]
            found[f"search_{order}_p95_ms"] = _timed(both, questions)
        return found


def _keep(
    both: tuple[Store, Store], articles: int, knowledge: Knowledge
) -> tuple[list[float], list[str]]:
    """Seconds that each took, and words of the articles."""
    seconds, words = [0.0, 0.0], []
    for one in made(articles, articles * REPORTS_EACH, SEED, knowledge):
        events = [happening.event() for happening in one.happenings]
        for place, store in enumerate(both):
            began = time.perf_counter()
            store.keep(one.kept, VERSIONS, events=events)
            seconds[place] += time.perf_counter() - began
        words.append(searched_text(one.kept.article)[1].split()[0])
    return seconds, words


def _chronology(knowledge: Knowledge, a: str, b: str) -> Ask:
    def ask(store: Store) -> object:
        room = ReadingRoom(store, knowledge, Config())
        return dossier(room, Lines(room), a, b, Asked(), newest=False)

    return ask


def _search(word: str, order: Order) -> Ask:
    return lambda store: store.find_articles(Words((word,)), order=order)


def _timed(both: tuple[Store, Store], questions: Sequence[Ask]) -> dict[str, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    for number, ask in enumerate([*questions[:WARM], *questions]):
        for store, own in zip(both, taken, strict=True):
            began = time.perf_counter()
            ask(store)
            if number >= WARM:
                own.append((time.perf_counter() - began) * 1000)
    p95 = [quantiles(own, n=20)[-1] for own in taken]
    middle = [median(own) for own in taken]
    return _beside(*p95) | {"times_at_the_median": round(middle[1] / middle[0], 2)}


def _beside(sqlite: float, postgres: float) -> dict[str, float]:
    return {
        "sqlite": round(sqlite, 2),
        "postgres": round(postgres, 2),
        "times": round(postgres / sqlite, 2),
    }


if __name__ == "__main__":
    main()
