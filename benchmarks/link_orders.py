"""Whether a whole desk is a function of its articles: not of their order, nor of being stopped.

    python -m benchmarks.link_orders [--number 2000] [--desk FOLDER --way NAME]

The same made-up articles (`orders_set`) come into a new desk in several ways: by date, backwards,
shuffled, with the process killed half-way, some of them twice, and with others forgotten again.
Copies, stories, events and origins must be the same, but for the ids that the desk gives.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.orders_pages import Made
from benchmarks.orders_set import SEED, corpus
from dragoman.desk.corpus import Desk
from dragoman.desk.happenings import Happenings
from dragoman.desk.origins import OriginCounter
from dragoman.engine import engine_for
from dragoman.errors import DragomanError
from dragoman.forgetting import forget
from dragoman.knowledge import Knowledge
from dragoman.model import Capture, Event, Kept
from dragoman.pipeline import Steps
from dragoman.store import Store, open_store

NUMBER = 2000
FORGOTTEN = 40
"""One in so many is forgotten again."""
TWICE = 10
"""One in so many comes twice."""
Found = dict[str, dict[str, Any]]
"""By kind of thing what is found of each, under a name that does not hang on the order."""


class Given(Steps):
    """Steps for captures of which it is known what they make."""

    def __init__(self, made: Sequence[Made], knowledge: Knowledge) -> None:
        super().__init__(knowledge=knowledge)
        self._made = {one.capture.id: one.kept for one in made}

    def paired(self, capture: Capture) -> tuple[Capture, Kept | DragomanError]:
        return capture, self._made[capture.id]


def desk_of(store: Store, made: Sequence[Made], knowledge: Knowledge) -> Desk:
    return Desk(store, Given(made, knowledge), engine_for(1))


# --- ways to take them in ------------------------------------------------------------------


def shuffled(made: Sequence[Made], seed: int) -> list[Made]:
    return Random(f"order {seed}").sample(made, len(made))


def twice(made: Sequence[Made]) -> list[Made]:
    """Shuffled; every tenth comes again, anywhere after."""
    order = shuffled(made, 4)
    dice = Random(4)
    for one in order[::TWICE]:
        order.insert(dice.randint(order.index(one) + 1, len(order)), one)
    return order


ORDERS: dict[str, Callable[[Sequence[Made]], list[Made]]] = {
    "by date": list,
    "backwards": lambda made: list(reversed(made)),
    "shuffled 1": lambda made: shuffled(made, 1),
    "shuffled 2": lambda made: shuffled(made, 2),
    "shuffled 3": lambda made: shuffled(made, 3),
    "twice": twice,
}
KILLED = "killed"


def forgotten(made: Sequence[Made]) -> set[str]:
    """Ids of the articles that are to be forgotten."""
    return {one.kept.article.id for one in shuffled(made, 5)[: len(made) // FORGOTTEN]}


def fill(home: Path, made: Sequence[Made], order: Sequence[Made], knowledge: Knowledge) -> Found:
    """A desk with all of these, as far as they are not there yet; what is found in it."""
    with open_store(home) as store:
        _add(desk_of(store, made, knowledge), order)
        return found_in(store, knowledge)


def fill_and_forget(home: Path, made: Sequence[Made], knowledge: Knowledge) -> Found:
    gone = forgotten(made)
    with open_store(home) as store:
        desk = desk_of(store, made, knowledge)
        _add(desk, shuffled(made, 6))
        for identity in sorted(gone):
            forget(desk, identity, "asked for")
        return found_in(store, knowledge)


def fill_and_kill(
    home: Path, made: Sequence[Made], knowledge: Knowledge, *, number: int, seed: int = SEED
) -> Found:
    """One process adds until it is killed with half of the articles there, another goes on.

    `made` must be the `corpus` of this number and seed.
    """
    command = [sys.executable, "-m", "benchmarks.link_orders", "--number", str(number)]
    command += ["--seed", str(seed), "--desk", str(home), "--way", "shuffled 1"]
    root = Path(__file__).parents[1]
    path = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
    home.mkdir()
    open_store(home).close()
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path}, cwd=root)
    try:
        with open_store(home, read_only=True) as store:
            while process.poll() is None and store.counts()["articles"] < len(made) // 2:
                time.sleep(0.02)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    with open_store(home) as store:
        if not 0 < store.counts()["articles"] < len({one.kept.article.id for one in made}):
            raise SystemExit("the process was not killed half-way, so this proves nothing")
    return fill(home, made, shuffled(made, 1), knowledge)


def _add(desk: Desk, order: Sequence[Made]) -> None:
    for outcome in desk.add(one.capture for one in order):
        if outcome.what == "failed":
            raise SystemExit(f"{outcome.origin}: {outcome.reason}")


# --- what a desk holds ---------------------------------------------------------------------


def found_in(store: Store, knowledge: Knowledge) -> Found:
    """All that must be the same, without the ids that a desk gives."""
    ids = store.article_ids()
    links = store.copy_links_of(ids)
    return {
        "articles": {one: store.article(one).article for one in ids},  # type: ignore[union-attr]
        "copies": {one: tuple(found) for one, found in links.items()},
        "stories": dict(_stories(store, knowledge)),
        "events": dict(_events(store, knowledge)),
    }


def _stories(store: Store, knowledge: Knowledge) -> Iterator[tuple[str, object]]:
    counter = OriginCounter(store, knowledge)
    for row in store.stories(limit=len(store.article_ids())):
        story = store.story(row.id)
        assert story is not None
        members = [one.article_id for one in story.members]
        copies = [copy for one in members for copy, _ in store.repeats_of(one)]
        yield min(members), (replace(story, id=""), counter.of_articles([*members, *copies]))


def _events(store: Store, knowledge: Knowledge) -> Iterator[tuple[str, object]]:
    happenings = Happenings(store, knowledge)
    for event in _every_event(store):
        told = happenings.origins(event.report_ids)
        yield min(event.report_ids), (replace(event, id=""), told)


def _every_event(store: Store) -> list[Event]:
    reports = [
        row.report.id for one in store.article_ids() for row in store.reports_of_article(one)
    ]
    return store.events_called(list(store.events_of(reports)))


def differences(one: Found, other: Found) -> dict[str, list[str]]:
    """By kind the names of what differs."""
    return {
        kind: sorted(
            name
            for name in one[kind].keys() | other[kind].keys()
            if one[kind].get(name) != other[kind].get(name)
        )
        for kind in one
    }


# --- the measure ---------------------------------------------------------------------------


def measure(number: int = NUMBER, seed: int = SEED) -> dict[str, float]:
    """How much there is of each kind, and how many things differ in any of the other ways."""
    knowledge = Knowledge()
    made = corpus(number, knowledge.outlets, seed)
    with TemporaryDirectory() as folder:
        return _measure(Path(folder), made, seed, knowledge)


def _measure(
    folder: Path, made: Sequence[Made], seed: int, knowledge: Knowledge
) -> dict[str, float]:
    first, *others = ORDERS
    expected = fill(folder / first, made, ORDERS[first](made), knowledge)
    figures: dict[str, float] = {kind: len(found) for kind, found in expected.items()}
    for way in others:
        _note(figures, way, expected, fill(folder / way, made, ORDERS[way](made), knowledge))
    again = fill_and_kill(folder / KILLED, made, knowledge, number=len(made), seed=seed)
    _note(figures, KILLED, expected, again)
    gone = forgotten(made)
    left = [one for one in made if one.kept.article.id not in gone]
    never = fill(folder / "never", made, left, knowledge)
    _note(figures, "forgotten", never, fill_and_forget(folder / "forgotten", made, knowledge))
    figures["ways"] = len(ORDERS) + 2
    return figures


def _note(figures: dict[str, float], way: str, expected: Found, found: Found) -> None:
    wrong = differences(expected, found)
    for kind, names in wrong.items():
        if names:
            print(f"{way}: {len(names)} {kind} differ, the first is {names[0]}", file=sys.stderr)
    figures["differences"] = figures.get("differences", 0) + sum(map(len, wrong.values()))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=NUMBER, help="captures to make")
    parser.add_argument("--seed", type=int, default=SEED, help="what they are drawn with")
    parser.add_argument("--desk", type=Path, help="only fill this folder")
    parser.add_argument("--way", choices=ORDERS, default="by date", help="how to fill it")
    options = parser.parse_args(arguments)
    if options.desk is None:
        print(json.dumps(measure(options.number, options.seed), indent=1))
        return
    knowledge = Knowledge()
    made = corpus(options.number, knowledge.outlets, options.seed)
    with open_store(options.desk) as store:
        _add(desk_of(store, made, knowledge), ORDERS[options.way](made))


if __name__ == "__main__":
    main()
