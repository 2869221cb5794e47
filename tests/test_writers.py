"""Several write to one desk at once: nothing is lost or doubled, whoever comes first.

Each has a store, a desk and connections of its own, as processes have; two processes are started
as well.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from benchmarks.link_orders import ORDERS, Found, desk_of, differences, fill, found_in
from benchmarks.orders_pages import Made
from benchmarks.orders_set import corpus
from dragoman.collect.pages import capture_file
from dragoman.desk.corpus import Desk, Outcome
from dragoman.desk.judging import judge
from dragoman.engine import engine_for
from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.model import Capture, Kept, Verdict
from dragoman.pipeline import Steps
from dragoman.store import Store, open_store
from dragoman.store.databases.sqlite import Sqlite
from tests.comments import new
from tests.desks import ROOT, dump, write_pages

NUMBER, SEED, PATIENCE = 40, 6, 300
T = TypeVar("T")
NONE: dict[str, list[str]] = {"articles": [], "copies": [], "stories": [], "events": []}


def at_once(*works: Callable[[], T]) -> list[T]:
    """Begin all of them at the same moment, and wait for all."""
    ready = threading.Barrier(len(works))

    def begin(work: Callable[[], T]) -> T:
        ready.wait(PATIENCE)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [one.result(PATIENCE) for one in [pool.submit(begin, work) for work in works]]


@pytest.fixture(scope="module")
def made(knowledge: Knowledge) -> list[Made]:
    return corpus(NUMBER, knowledge.outlets, SEED)


@pytest.fixture(scope="module")
def expected(
    made: list[Made], knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> Found:
    return fill(tmp_path_factory.mktemp("one") / "desk", made, made, knowledge)


@pytest.mark.parametrize(
    "ways", [("by date", "by date"), ("by date", "backwards"), ("shuffled 1", "twice")]
)
def test_two_add_the_same(
    made: list[Made], expected: Found, knowledge: Knowledge, tmp_path: Path, ways: Sequence[str]
) -> None:
    def add(way: str) -> list[Outcome]:
        with open_store(tmp_path) as store:
            order = (one.capture for one in ORDERS[way](made))
            return list(desk_of(store, made, knowledge).add(order))

    told = at_once(*(partial(add, way) for way in ways))
    whats = Counter(outcome.what for outcomes in told for outcome in outcomes)
    assert whats["added"] == len(expected["articles"]), "each is said to be added once"
    assert not whats["failed"]
    with open_store(tmp_path) as store:
        assert store.waiting() == []
        assert differences(expected, found_in(store, knowledge)) == NONE


def test_two_processes_add_the_same(
    made: list[Made], expected: Found, knowledge: Knowledge, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "benchmarks.link_orders", "--number", str(NUMBER)]
    command += ["--seed", str(SEED), "--desk", str(tmp_path), "--way"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen([*command, way], cwd=ROOT, env=environment)
        for way in ("by date", "shuffled 2")
    ]
    assert [one.wait(PATIENCE) for one in both] == [0, 0]
    with open_store(tmp_path) as store:
        assert differences(expected, found_in(store, knowledge)) == NONE


def test_a_new_file_is_taken_by_many(tmp_path: Path) -> None:
    """One in ten of these rounds failed while a connection's first words were not tried again."""

    def take(path: Path) -> None:
        database = Sqlite(path, read_only=False)
        with database.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS seen (by INTEGER)")
            connection.exec_driver_sql("INSERT INTO seen VALUES (1)")
        database.close()

    for number in range(60):
        path = tmp_path / f"{number}.sqlite"
        at_once(*[partial(take, path)] * 6)
        with closing(sqlite3.connect(path)) as file:
            assert file.execute("SELECT count(*) FROM seen").fetchone() == (6,)


class Ready(Steps):
    """The steps of all tests, with what pages give known before: parsers are for one thread."""

    def __init__(self, steps: Steps, captures: Sequence[Capture]) -> None:
        self.__dict__.update(steps.__dict__)
        self._ready = {one.id: steps.paired(one)[1] for one in captures}

    def paired(self, capture: Capture) -> tuple[Capture, Kept | DragomanError]:
        return capture, self._ready[capture.id]


@pytest.fixture
def captures(tmp_path: Path) -> list[Capture]:
    return [capture_file(path) for path in write_pages(tmp_path / "pages")]


@pytest.fixture
def begun(tmp_path: Path, steps: Steps, captures: list[Capture]) -> Callable[[str], Path]:
    """A desk that holds two pages."""

    def make(name: str) -> Path:
        with open_store(tmp_path / name) as store:
            list(Desk(store, steps, engine_for(1)).add(captures[:2]))
        return tmp_path / name

    return make


def test_adding_judging_and_commenting_at_once(
    begun: Callable[[str], Path], steps: Steps, captures: list[Capture], knowledge: Knowledge
) -> None:
    """As `watch`, `add` and a site with a member who judges."""
    ready = Ready(steps, captures)

    def works(home: Path) -> list[Callable[[], object]]:
        with open_store(home) as store:
            article = store.article_ids()[0]
            report = store.reports_of_article(article)[0].report.id

        def within(do: Callable[[Store], object]) -> Callable[[], object]:
            def work() -> object:
                with open_store(home) as store:
                    return do(store)

            return work

        def desk(store: Store) -> Desk:
            return Desk(store, ready, engine_for(1))

        def say(store: Store) -> None:
            for number in range(8):
                said = new(
                    article_id=article, text=f"The ferry was late, {number}.", nonce=f"{number}"
                )
                store.keep_comment(said)

        return [
            within(lambda store: list(desk(store).add(captures[2:]))),
            within(lambda store: list(desk(store).add(captures[::-1]))),
            within(lambda store: judge(desk(store), Verdict("reject", report), None, "ada")),
            within(say),
        ]

    together, alone = begun("together"), begun("alone")
    at_once(*works(together))
    for work in works(alone):
        work()
    with open_store(together) as one, open_store(alone) as other:
        found, meant = found_in(one, knowledge), found_in(other, knowledge)
        assert differences(meant, found) == NONE
        assert len(found["articles"]) == len(captures)
        assert [j.kind for j in one.judgements()] == ["reject"]
        assert one.due_judgements() == []
    rows, expected = dump(together), dump(alone)
    for table in ("reports", "article_actors", "quotes", "failures"):
        assert rows[table] == expected[table]
    assert len(rows["comments"]) == 8
