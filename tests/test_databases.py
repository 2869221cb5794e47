"""The demo desk in SQLite and in PostgreSQL: the same rows, pages, hits, exports and snapshot, to
the byte; also after judging and forgetting, on a public desk, and as of a day."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from dragoman.collect.pages import capture_file, files_in
from dragoman.config import Config, load_config
from dragoman.demo import PAGES
from dragoman.demo import settle as settle_demo
from dragoman.desk.corpus import Desk
from dragoman.desk.judging import judge
from dragoman.engine import engine_for
from dragoman.forgetting import forget
from dragoman.knowledge import Knowledge
from dragoman.model import Verdict
from dragoman.model.query import And, Not, OfActor, Or, Query, Words
from dragoman.pipeline import Steps
from dragoman.publish.exporting import export
from dragoman.publish.formats import formats
from dragoman.publish.room import ReadingRoom, room_over
from dragoman.publish.site.app import site
from dragoman.publish.snapshots.snapshot import freeze
from dragoman.store import Store, open_store
from dragoman.store.finding import OFS, SORTED
from dragoman.store.schema import metadata
from tests.postgres import TEMPLATE, Server
from tests.publish.conftest import staying

NOW = "2024-03-25T09:00:00+00:00"
DAY = "2024-03-25"
MOST = 60
"""Pages that are asked of each desk, as links lead to them: some of every kind."""
BY_CHANCE = ("keys",)
TOKEN = re.compile(rb'(name="token" value=")[^"]+')
"""What a form is signed with, by chance too."""
LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
QUERIES: tuple[Query, ...] = (
    Words(("visit",)),
    Words(("peace", "talks")),
    Words(("min",), is_begun=True),
    And((Words(("minister",)), Not(Words(("tour",))))),
    Or((Words(("aid",)), Words(("aide",)))),
    And((Words(("president",)), OfActor(("ARM",)))),
)
pytestmark = pytest.mark.timeout(300)


@dataclass
class Twin:
    home: Path
    config: Config
    store: Store

    def room(self, knowledge: Knowledge) -> ReadingRoom:
        return room_over(self.store, knowledge, self.config, public=False)


@pytest.fixture(scope="module")
def twins(
    postgres: Server, tmp_path_factory: pytest.TempPathFactory, steps: Steps
) -> Iterator[tuple[Twin, Twin]]:
    """Each made of the same pages by its own hand, at one hour."""
    with postgres.database(TEMPLATE) as address:
        made: list[Twin] = []
        for kept_at in (None, address):
            home = tmp_path_factory.mktemp("twin") / "desk"
            settle_demo(home)
            config = load_config(home).model_copy(update={"store": kept_at, "rate": 0})
            store = open_store(kept_at or home)
            store._clock = lambda: NOW
            made.append(Twin(home, config, store))
            for outcome in Desk(store, steps, engine_for(1)).add(
                map(capture_file, files_in(PAGES))
            ):
                assert outcome.what == "added", outcome
        yield made[0], made[1]
        for one in made:
            one.store.close()


def rows_of(store: Store) -> dict[str, list[str]]:
    with store._reading() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
            if table.name not in BY_CHANCE
        }


def alike(twins: tuple[Twin, Twin]) -> bool:
    one, other = (rows_of(twin.store) for twin in twins)
    assert {name for name, rows in one.items() if other[name] != rows} == set()
    return len(one["events"]) > 50


def test_each_row_is_the_same(twins: tuple[Twin, Twin]) -> None:
    assert alike(twins)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_hits_come_in_the_same_order(twins: tuple[Twin, Twin], query: Query) -> None:
    one, other = (twin.store for twin in twins)
    for order in ("newest", "best", *SORTED):
        assert one.find_events(query, order=order) == other.find_events(query, order=order)
    for order in ("newest", "best"):
        assert one.find_articles(query, order=order) == other.find_articles(query, order=order)
    for of in OFS:
        assert one.facets(of, query) == other.facets(of, query)
        assert one.count_found(of, query) == other.count_found(of, query)
    assert one.places_found(query) == other.places_found(query)
    assert one.pairs_found(query) == other.pairs_found(query)


@pytest.mark.parametrize("public", [False, True], ids=["private", "public"])
def test_pages_are_the_same_to_the_byte(
    twins: tuple[Twin, Twin], knowledge: Knowledge, public: bool
) -> None:
    one, other = (site(twin.home, twin.config, knowledge, public=public) for twin in twins)
    waiting = ["/en/", "/en/search?q=visit", f"/en/?asof={DAY}", "/fr/search?q=minist*&sort=best"]
    seen: dict[str, str] = {}
    with staying(one) as first, staying(other) as second:
        for address in waiting:
            if len(seen) == MOST:
                break
            said, again = first.get(address), second.get(address)
            pages = [TOKEN.sub(rb"\1", one.content) for one in (said, again)]
            assert pages[0] == pages[1], address
            assert said.status_code == again.status_code
            seen[address] = said.text
            named = [to.replace("&amp;", "&") for to in LINK.findall(said.text)]
            waiting += [to for to in dict.fromkeys(named) if to not in waiting and is_asked(to)]
    assert len(seen) == MOST


def is_asked(address: str) -> bool:
    """Not what is the same on every desk; of each kind some come first anyway."""
    return not address.startswith("/static/")


def test_exports_are_the_same_to_the_byte(twins: tuple[Twin, Twin], knowledge: Knowledge) -> None:
    for name, made in formats().items():
        written = []
        for twin in twins:
            out = io.BytesIO()
            export(twin.room(knowledge), "", made, out)
            written.append(out.getvalue())
        assert written[0] == written[1], name
        assert written[0]


def test_a_snapshot_is_the_same_to_the_byte(
    twins: tuple[Twin, Twin], knowledge: Knowledge, tmp_path: Path
) -> None:
    one, other = (
        freeze(twin.room(knowledge), tmp_path / str(number), "spring")
        for number, twin in enumerate(twins)
    )
    assert one.manifest.digest == other.manifest.digest
    files = sorted(path.name for path in one.folder.iterdir())
    assert files == sorted(path.name for path in other.folder.iterdir())
    for name in files:
        if name != "manifest.json":  # which says when
            assert (one.folder / name).read_bytes() == (other.folder / name).read_bytes(), name


def test_what_people_say_and_what_is_forgotten_leaves_the_same(
    twins: tuple[Twin, Twin], steps: Steps
) -> None:
    """The last of the module: it changes both desks."""
    for twin in twins:
        desk = Desk(twin.store, steps, engine_for(1))
        newest = twin.store.find_events(Words(("visit",)), order="best")
        (report, *_) = [row.report.id for row in twin.store.reports_of_event(newest[0])]
        judge(desk, Verdict("reject", report), "it was another", "ada")
        forget(desk, twin.store.article_ids()[1], "asked for", "ada")
    assert alike(twins)
    one, other = (twin.store for twin in twins)
    with one.as_of(DAY) as before, other.as_of(DAY) as also_before:
        assert before.holding() == also_before.holding()
        assert list(before.each_event()) == list(also_before.each_event())
