"""What pages and searches cost in desks of several sizes that hold the same newest articles.

In: the folders of desks, and of the first one that all were made of. Out: processor milliseconds of
each kind of page and search by size, as means, and the ratio of the largest to the smallest: asked
for the first time, and again (`AGAIN`), when what it reads of the file is in memory; of a file as
large as the memory, fetching it is most of what the first time adds. All that is asked for lies in
the first desk. Marked "grows": what is found is more in a larger desk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.link_cost import FIRST
from benchmarks.store import year_of
from benchmarks.store_search import common_words
from benchmarks.timing import Figures, Times
from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.exporting import export, format_named
from dragoman.publish.pages import actor, article, event, explore, pair, story, today
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.wanted import Wanted
from dragoman.store import open_store
from dragoman.store.connect import FILE_NAME

SEED, WARM = 1648, 3
Ask = Callable[..., object]
GROWS = {
    "actor": "all events of an actor: counts of its months and partners",
    "actor, a year": "turning points are sought in all months of the record",
    "pair": "all events of a pair, of which the page draws every one",
    "pair, a year": "turning points are sought in all months of the record",
    "search newest first": "hits are counted, up to ten thousand",
    "search newest first, with counts": "and summed up, over the newest thousand",
    "search best first": "every hit is scored",
}
AGAIN = ", again"


@dataclass(frozen=True, slots=True)
class _Kind:
    ask: Ask
    """Of a room, and a question."""
    questions: Sequence[tuple[str, ...]]


def measure(
    homes: dict[int, Path], first: Path, day: str, asked: int, knowledge: Knowledge
) -> Figures:
    kinds = _kinds(first, day, asked + WARM)
    found: Figures = {}
    with ExitStack() as open_desks:
        rooms = {
            number: ReadingRoom(
                open_desks.enter_context(open_store(home, read_only=True)),
                knowledge,
                Config(today=day),
            )
            for number, home in homes.items()
        }
        for name, kind in kinds.items():
            for which in ("", AGAIN):
                found[name + which] = _asked(rooms, kind)
                if name in GROWS:
                    found[name + which]["grows"] = GROWS[name]
    return found


def _asked(rooms: dict[int, ReadingRoom], kind: _Kind) -> Figures:
    """Each question to every desk before the next one; another first each time."""
    times = {number: Times() for number in rooms}
    order = list(rooms)
    for n, question in enumerate(kind.questions):
        at = n % len(order)
        for number in order[at:] + order[:at]:
            times[number].ask(kind.ask, rooms[number], *question, is_counted=n >= WARM)
    means = {number: sum(one.processor) / len(one.processor) for number, one in times.items()}
    made: Figures = {str(number): round(mean, 3) for number, mean in means.items()}
    return made | {"ratio": round(means[max(means)] / means[min(means)], 3)}


def _kinds(first: Path, day: str, number: int) -> dict[str, _Kind]:
    dice = Random(SEED)
    with closing(sqlite3.connect(first / FILE_NAME)) as file:

        def drawn(query: str) -> list[tuple[str, ...]]:
            return dice.choices(file.execute(query).fetchall(), k=number)

        sides = "SELECT source, target FROM events WHERE source <> target AND retracted_at IS NULL"
        pairs = drawn(sides)
        words = [(one.words[0],) for one in islice(common_words(file, "articles", dice), number)]
        return {
            "today": _Kind(today.view, [()] * number),
            "article": _Kind(article.view, drawn("SELECT id FROM articles")),
            "event": _Kind(event.view, drawn("SELECT id FROM events WHERE retracted_at IS NULL")),
            "story": _Kind(story.view, drawn("SELECT id FROM stories")),
            "actor": _Kind(actor.view, [(one,) for one, _ in pairs]),
            "actor, a year": _Kind(
                lambda room, one: actor.view(room, one, asked=year_of(day)),
                [(one,) for one, _ in pairs],
            ),
            "pair": _Kind(pair.view, pairs),
            "pair, a year": _Kind(
                lambda room, one, other: pair.view(room, one, other, asked=year_of(day)), pairs
            ),
            "search newest first": _Kind(_newest, words),
            "search newest first, with counts": _Kind(_counted, words),
            "search best first": _Kind(_best, words),
            "export of a day": _Kind(
                _exported,
                drawn(f"SELECT DISTINCT start_day FROM events WHERE start_day >= '{FIRST}'"),
            ),
        }


def _newest(room: ReadingRoom, word: str) -> object:
    return explore.view(room, wanted=Wanted(word, "articles", facets=False))


def _counted(room: ReadingRoom, word: str) -> object:
    return explore.view(room, wanted=Wanted(word, "articles"))


def _best(room: ReadingRoom, word: str) -> object:
    return explore.view(room, wanted=Wanted(word, "articles", "best", facets=False))


def _exported(room: ReadingRoom, day: str) -> object:
    return export(room, f"after:{day} before:{day}", format_named("jsonl"), BytesIO())
