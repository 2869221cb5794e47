"""A desk of every released version, with data in it, is brought up to date and has lost nothing."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model.judgement import Verdict
from dragoman.model.query import EVERYTHING, Words
from dragoman.publish.site.app import site
from dragoman.store import Store, open_store, schema
from dragoman.store.search import ARTICLE_WORDS
from tests.publish.conftest import staying
from tests.store import old_desks
from tests.store.old_desks import ROWS_OF, faults, rows_in

GONE = {"0004": {"sketches"}}
"""Tables that a migration drops, with what was derived in them."""
EMPTIED = {"0004": {"copies"}}
"""What `build` finds again."""
FILLED = {"event_numbers", "event_sides", "event_words", "quotes", "judged"}
"""Made of other tables where they were not there, or counted anew."""
RENUMBERED = {"article_words"}
CHANGED = {
    "events": {"month", "retracted_at", "seq", "newest", "quad", "origins", "place", "country",
               "x", "y", "z", "languages", "is_mutual"},
    "articles": {"newest", "outlet_key", "host"},
    "article_actors": {"newest"},
    "judgements": {"verdict"},
}  # fmt: skip
"""Columns that a migration fills in or makes of others."""


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Nobody writes to these: they are copied first."""
    return old_desks.make_all(tmp_path_factory.mktemp("old"))


def test_every_version_has_its_desk(desks: dict[str, Path]) -> None:
    """A new migration fails here until it has its line in `old_desks.ROWS_OF`."""
    assert tuple(ROWS_OF) == schema.MIGRATIONS
    scripts = ScriptDirectory(str(Path(schema.__file__).parent / "migrations"))
    assert sorted(one.revision for one in scripts.walk_revisions()) == sorted(ROWS_OF)
    for path in desks.values():
        assert faults(path) == []
        assert [name for name, (_, rows) in rows_in(path).items() if not rows] == []


@pytest.mark.parametrize("version", ROWS_OF)
def test_nothing_is_lost(
    version: str, tmp_path: Path, desks: dict[str, Path], knowledge: Knowledge
) -> None:
    path = tmp_path / "desk.sqlite"
    shutil.copyfile(desks[version], path)
    before = rows_in(path)
    with open_store(path) as store:
        after = rows_in(path)
        assert faults(path) == []
        _same_rows(version, before, after)
        _found(store)
        _read(store, len(before["events"][1]), is_of_old_words=version < "0014")
    _pages_open(tmp_path, knowledge)


KILLED = """
import os, signal, sys
from pathlib import Path
from dragoman.store import open_store
def told(done, total):
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
open_store(Path(sys.argv[1]), upgrading=told)
"""


@pytest.mark.parametrize(("version", "done"), [("0001", 12), ("0011", 12)])
def test_killed_half_way_it_is_as_it_was(
    version: str, done: int, tmp_path: Path, desks: dict[str, Path]
) -> None:
    """After some steps, and after the last one, before all is kept."""
    path = tmp_path / "desk.sqlite"
    shutil.copyfile(desks[version], path)
    before = rows_in(path)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path), str(done)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert rows_in(path) == before
    assert faults(path) == []
    told: list[tuple[int, int]] = []
    open_store(path, upgrading=lambda *one: told.append(one)).close()
    total = len(schema.MIGRATIONS) - schema.MIGRATIONS.index(version) - 1
    assert told == [(one, total) for one in range(total + 1)]
    _same_rows(version, before, rows_in(path))


def _same_rows(
    version: str, before: dict[str, old_desks.Table], after: dict[str, old_desks.Table]
) -> None:
    assert after.keys() == set(schema.metadata.tables) | old_desks.INDICES
    gone, emptied = _since(version, GONE), _since(version, EMPTIED)
    assert before.keys() - after.keys() == gone
    for name, (columns, rows) in before.items():
        if name in gone:
            continue
        if name in emptied:
            assert after[name][1] == []
            continue
        if name in FILLED:
            assert len(after[name][1]) >= len(rows) - (name == "event_numbers") * len(rows)
            continue
        assert len(after[name][1]) == len(rows), name
        kept = [c for c in columns if c in after[name][0] and c not in CHANGED.get(name, ())]
        assert kept, name
        assert _only(kept, *after[name]) == _only(kept, columns, rows), name


def _since(version: str, what: dict[str, set[str]]) -> set[str]:
    return {name for at, names in what.items() if at > version for name in names}


def _only(names: list[str], columns: list[str], rows: old_desks.Rows) -> list[str]:
    at = [columns.index(name) for name in names]
    return sorted(repr([row[i] for i in at]) for row in rows)


def _found(store: Store) -> None:
    """Words lead to articles and events, and stand under the numbers of their articles."""
    assert len(store.find_articles(Words(("pashinyan",)))) == 3
    assert len(store.find_articles(Words(("chief", "visits")))) == 1
    assert store.find_events(Words(("visited",)))
    assert len(list(store.each_article())) == 3
    with store._reading() as connection:
        for row in connection.exec_driver_sql("SELECT newest FROM articles").all():
            assert ARTICLE_WORDS.held(connection, row.newest)


def _read(store: Store, number: int, *, is_of_old_words: bool) -> None:
    """Every record fits the program of today."""
    for one in store.article_ids():
        assert store.kept(one) is not None
        assert store.reports_of_article(one)
        assert store.article(one) is not None
    told = list(store.each_event(EVERYTHING))
    assert len(list(store.each_event(EVERYTHING, with_retracted=True))) == number
    assert len(told) == number - 1
    for one in told:
        assert store.event(one) is not None
    assert sum(number for *_, number in _numbers(store)) == len(told)
    made = (
        store.sources(), store.judgements(), store.tombstones(), store.failures(), store.audits(),
        store.audit_items("spring"), store.audit_verdicts("spring"), store.members(),
        store.tokens(), store.error_notes(with_done=True), store.comments_in("held"),
        store.alerts(), store.source_health("2024-03-20T00:00:00+00:00"), store.waiting(),
    )  # fmt: skip
    assert all(isinstance(one, list) for one in made)
    # A word of the first form holds on to what it was said of.
    if is_of_old_words:
        (judgement,) = store.judgements()
        assert isinstance(judgement.word, Verdict)
        assert judgement.word.kind == "confirm"
        assert judgement.word.pinned


def _numbers(store: Store) -> list[tuple[str, int]]:
    with store._reading() as connection:
        query = "SELECT actor, sum(number) FROM event_numbers WHERE actor = '' GROUP BY actor"
        return [(str(actor), int(count)) for actor, count in connection.exec_driver_sql(query)]


def _pages_open(home: Path, knowledge: Knowledge) -> None:
    with open_store(home, read_only=True) as store:
        (article, *_), (event, *_) = store.article_ids(), store.each_event(EVERYTHING)
    with staying(site(home, Config(today="2024-03-20"), knowledge)) as client:
        for path in (
            "/", f"/article/{article}", f"/event/{event}", "/explore?q=visited", "/actor/ARM",
            "/pair/AZE/ARM", "/stories", "/sources",
        ):  # fmt: skip
            page = client.get(path)
            assert page.status_code == 200, (path, page.text[:300])
