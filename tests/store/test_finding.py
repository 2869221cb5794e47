"""A query finds what walking over the records finds: in sets, in order, in counts."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.event import listen, remove

from benchmarks.kill_old import old_tables
from dragoman.model import Dated, Event, Kept
from dragoman.model.query import (
    EVERYTHING,
    And,
    AtPlace,
    Between,
    InLanguage,
    Near,
    Not,
    OfActor,
    OfCategory,
    OfEvent,
    OfOutlet,
    OfPair,
    OfQuad,
    OfStatus,
    OfStory,
    OfTelling,
    Or,
    OriginsOf,
    Query,
    SideOf,
    Words,
)
from dragoman.store import Store, open_store
from dragoman.store.phrases import Phrase, hits, phrases_of
from tests import found
from tests.found import Made
from tests.store.conftest import sql

CONDITIONS: st.SearchStrategy[Query] = st.one_of(
    st.sampled_from(found.WORDS).map(lambda word: Words((word,))),
    st.sampled_from(found.PHRASES).map(Words),
    st.sampled_from(found.BEGUN).map(lambda words: Words(words, is_begun=True)),
    st.builds(
        OfActor,
        st.lists(st.sampled_from(found.ACTORS), min_size=1, max_size=2, unique=True).map(tuple),
        st.sampled_from(("any", "source", "target")),
    ),
    st.sampled_from(tuple(found.CATEGORIES)).map(lambda one: OfCategory((one,))),
    st.integers(1, 4).map(lambda one: OfQuad((one,))),
    st.sampled_from(found.STATUSES).map(lambda one: OfStatus((one,))),  # type: ignore[arg-type]
    st.sampled_from(found.TELLINGS).map(lambda one: OfTelling((one,))),  # type: ignore[arg-type]
    st.sampled_from(("en", "fr", "ru", "de", "")).map(lambda one: InLanguage((one,))),
    st.sampled_from(("harbour-post.example", "Tass.com", "none")).map(lambda one: OfOutlet((one,))),
    st.sampled_from(("AZE", "ARM", "capital-aze", "sea", "none")).map(lambda one: AtPlace((one,))),
    st.builds(Near, st.just(40.38), st.sampled_from((49.89, 44.5)), st.sampled_from((5.0, 50.0))),
    st.sampled_from(found.DAYS).map(lambda day: Between(day, None)),
    st.sampled_from(found.DAYS).map(lambda day: Between(None, day)),
    st.builds(OriginsOf, st.integers(0, 3), st.sampled_from((None, 3))),
    st.permutations(found.ACTORS).map(lambda some: OfPair(some[0], some[1])),
    st.sampled_from(("s-1", "s-2", "s-old", "s-4")).map(lambda one: OfStory((one,))),
    st.sampled_from((OfStory(), OfStory(("s-2", "s-3")))),
    st.sampled_from(("e-000", "e-003", "e-old")).map(lambda one: OfEvent((one,))),
)
TREES: st.SearchStrategy[Query] = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)


MADE = found.make()


@pytest.fixture(scope="module")
def made() -> Made:
    return MADE


@pytest.fixture(scope="module")
def desk(made: Made, lasting_address: Path | str) -> Iterator[Store]:
    with open_store(lasting_address) as store:
        found.settle(store, made)
        yield store


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=TREES)
def test_sql_finds_what_the_records_say(desk: Store, query: Query) -> None:
    assert set(desk.find_events(query, limit=1000)) == found.events_found(MADE, query)
    assert set(desk.find_articles(query, limit=1000)) == found.articles_found(MADE, query)


@pytest.mark.parametrize("actors", [("AZE",), ("AZE", "FRA")])
@pytest.mark.parametrize("side", ["any", "source"])
def test_a_common_actor_is_found_as_a_rare_one(
    desk: Store, monkeypatch: pytest.MonkeyPatch, actors: tuple[str, ...], side: SideOf
) -> None:
    his = OfActor(actors, side)
    queries = (his, Not(his), And((his, OfCategory(("AID",)))), Or((his, Words(("minister",)))))
    for common in (1, 10_000):
        monkeypatch.setattr("dragoman.store.finding.COMMON", common)
        for query in queries:
            assert set(desk.find_events(query, limit=1000)) == found.events_found(MADE, query)
            assert set(desk.find_articles(query, limit=1000)) == found.articles_found(MADE, query)


@pytest.mark.parametrize(
    "query",
    [
        EVERYTHING,
        Words(("minister",)),
        Or((Words(("harbour",)), Words(("port",)))),
        OfActor(("AZE",)),
        OfActor(("AZE",), "source"),
        And((Words(("minister",)), OfActor(("AZE",)), Not(OfQuad((4,))))),
        AtPlace(("AZE",)),
        Between("2024-03-17", None),
        And((Between("2023-11-20", None), Between(None, "2024-03-18"))),
        And((OfActor(("AZE",)), Between("2023-11-01", "2024-03-17"))),
        And((Words(("minister",)), Between(None, "2024-03-18"))),
    ],
)
def test_the_newest_come_first_and_each_once(desk: Store, made: Made, query: Query) -> None:
    """Whatever index is walked; undated ones come last."""
    events = {event.id: event for event in made.events}
    ids = desk.find_events(query, limit=1000)
    days = [date.start or "" if (date := events[one].date) else "" for one in ids]
    assert days == sorted(days, reverse=True)
    assert len(ids) == len(set(ids)) > 3
    assert ids == list(desk.each_event(query))
    assert ids == [
        one for n in range(0, 60, 7) for one in desk.find_events(query, limit=7, offset=n)
    ]
    printed = {kept.article.id: kept.article.published for kept in made.articles}
    ids = desk.find_articles(query, limit=1000)
    days = [date.start or "" if (date := printed[one]) else "" for one in ids]
    assert days == sorted(days, reverse=True)
    assert ids == list(desk.each_article(query))
    assert desk.count_found("articles", query) == (len(ids), False)


DAYS = (
    Between("2024-03-17", None),
    Between(None, "2024-03-17"),
    Between("2024-03-02", "2024-03-16"),
    And((Between("2023-11-05", None), Between(None, "2024-03-17"), Between("2023-12-24", None))),
    And((Between("2024-06-30", None), Between(None, "2023-11-05"))),
    And((OfActor(("AZE",)), Between("2024-03-18", "2024-03-18"))),
    And((Words(("minister",)), Between("2024-03-17", "2024-03-18"))),
    And((Words(("port",)), Between(None, "2024-03-18"))),
    Between("0001-01-01", "9999-12-31"),
)


@pytest.mark.parametrize("many", [1, 3, 5_000])
def test_days_are_found_however_many_lie_in_no_one_month(
    desk: Store, made: Made, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr("dragoman.store.sought_days.MANY", many)
    monkeypatch.setattr("dragoman.store.finding.PORTION", 3)
    assert any(
        event.date and (event.date.start or "")[:7] != (event.date.end or "")[:7]
        for event in made.events
    )
    for query in DAYS:
        expected = found.events_found(MADE, query)
        assert set(desk.find_events(query, limit=1000)) == expected
        assert list(desk.each_event(query)) == desk.find_events(query, limit=1000)
        assert set(desk.all_events(query)) == expected
        assert desk.count_found("events", query) == (len(expected), False)
        assert set(desk.find_articles(query, limit=1000)) == found.articles_found(MADE, query)
        for order in ("best", "oldest"):
            ids = [
                i
                for n in range(0, 60, 7)
                for i in desk.find_events(query, order=order, limit=7, offset=n)
            ]
            assert len(ids) == len(expected)
            assert set(ids) == expected
        ids = desk.find_articles(query, order="best", limit=1000)
        assert set(ids) == found.articles_found(MADE, query)
    assert any(found.events_found(MADE, query) for query in DAYS)


def test_days_are_looked_up_and_not_walked_to(tmp_path: Path) -> None:
    """With 750,000 events the newest of a day long ago took a second."""
    store = open_store(tmp_path)
    found.settle(store, MADE)
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _k: object, statement: str, given: Any, *_rest: object) -> None:
        asked.append((statement, given))

    listen(store._engine, "before_cursor_execute", note)
    store.find_events(Between("2024-03-17", "2024-03-18"))
    store.find_articles(Between("2024-03-17", "2024-03-18"))
    store.count_found("events", And((OfPair("AZE", "FRA"), Between("2024-03-17", None))))
    remove(store._engine, "before_cursor_execute", note)
    with closing(sqlite3.connect(store.path)) as file:
        steps = [
            row[3]
            for statement, given in asked
            for row in file.execute(f"EXPLAIN QUERY PLAN {statement}", given)
        ]
    store.close()
    assert any(step.startswith("SEARCH events USING INDEX ix_events_number") for step in steps)
    assert any(step.startswith("SEARCH articles USING INDEX ix_articles_number") for step in steps)
    assert any("ix_events_coarse" in step for step in steps)
    assert any("ix_events_pair (source=? AND target=?" in step for step in steps)
    assert not [step for step in steps if step.startswith(("SCAN events", "SCAN articles"))]


def test_all_is_found_in_portions(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.finding.PORTION", 3)
    for query in (EVERYTHING, Words(("minister",)), OfActor(("AZE",))):
        assert list(desk.each_event(query)) == desk.find_events(query, limit=1000)


def test_more_than_is_counted_is_said(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.finding.COUNTED", 5)
    assert desk.count_found("events", EVERYTHING) == (5, True)


def test_the_best_come_first(
    store: Store, make_kept: Callable[..., Kept], versions: dict[str, str]
) -> None:
    """A word of the headline counts for more, whatever the day."""
    for name, headline, day in (
        ("in", "Lamps of the harbour", "2023-01-01"),
        ("out", "A week of rain", "2024-01-01"),
    ):
        body = "Nothing else is said here of any harbour or of boats."
        store.keep(make_kept(name, headline=headline, body=body, published=day), versions)
    words = Words(("harbour",))
    assert store.find_articles(words, order="best") == ["a-in", "a-out"]
    assert store.find_articles(words) == ["a-out", "a-in"]


@pytest.mark.parametrize("tried", [4, 10_000, pytest.param(1, marks=pytest.mark.soak)])
def test_trying_the_best_first_changes_nothing(
    desk: Store, monkeypatch: pytest.MonkeyPatch, tried: int
) -> None:
    def answers() -> list[list[str]]:
        return [
            find(And((Words((word,)), *more)), order="best", limit=limit, offset=offset)
            for find in (desk.find_events, desk.find_articles)
            for word in found.WORDS
            for more in ((), (InLanguage(("en",)),), (OfStatus(("planned",)),))
            for limit, offset in ((3, 0), (3, 2), (1000, 0))
        ]

    monkeypatch.setattr("dragoman.store.finding.BEST", 0)
    plainly = answers()
    assert max(map(len, plainly)) > 4
    monkeypatch.setattr("dragoman.store.finding.BEST", tried)
    assert answers() == plainly


def test_a_pair_is_found_as_its_dossier_counts_it(desk: Store) -> None:
    pairs = [(a, b) for a in found.ACTORS for b in found.ACTORS if a < b]
    counted = {pair: sum(one.number for one in desk.tallies(*pair)) for pair in pairs}
    assert {pair: len(desk.find_events(OfPair(*pair), limit=1000)) for pair in pairs} == counted
    assert sum(counted.values()) > 3


def test_each_new_condition_finds_some_and_not_all(desk: Store) -> None:
    some = found.events_found(MADE, OfStory()), found.articles_found(MADE, OfStory())
    assert 1 < len(some[0]) < len(MADE.events)
    assert some[1] == {"a-000", "a-004", "a-005", "a-007", "a-010", "a-011", "a-012", "a-021",
                       "a-030"}  # fmt: skip
    assert desk.find_events(OfEvent(("e-old",))) == ["e-003"]
    assert desk.find_events(OfEvent(("e-none",))) == []
    assert desk.find_articles(OfStory(("s-none",))) == []


def test_facets_are_plain_counts(desk: Store, made: Made) -> None:
    query = Or((Words(("minister",)), OfActor(("AZE",))))
    ids = found.events_found(made, query)
    events = [event for event in made.events if event.id in ids]
    told = {event.id: made.reports(event) for event in events}
    counted = desk.facets("events", query)
    assert dict(counted["category"]) == Counter(event.category for event in events)
    assert dict(counted["status"]) == Counter(event.status for event in events)
    assert dict(counted["language"]) == Counter(
        code for event in events for code in {a.language for _, a in told[event.id]} if code
    )
    assert dict(counted["country"]) == Counter(
        event.place.country for event in events if event.place and event.place.country
    )
    assert dict(counted["year"]) == Counter(
        event.date.start[:4] for event in events if event.date and event.date.start
    )
    for actor, number in counted["actor"]:
        both = And((query, OfActor((actor,))))
        assert number == len(found.events_found(made, both))
    for outlet, number in counted["outlet"]:
        assert number == len(found.events_found(made, And((query, OfOutlet((outlet,))))))
    numbers = [number for _, number in counted["category"]]
    assert numbers == sorted(numbers, reverse=True)


def test_facets_of_articles_are_plain_counts(desk: Store, made: Made) -> None:
    query = Words(("minister",))
    ids = found.articles_found(made, query)
    kept = [one for one in made.articles if one.article.id in ids]
    counted = desk.facets("articles", query)
    assert dict(counted["language"]) == Counter(
        one.article.language for one in kept if one.article.language
    )
    assert dict(counted["actor"]) == Counter(
        actor for one in kept for actor in {ref.actor for ref in one.references}
    )
    for category, number in counted["category"]:
        both = And((query, OfCategory((category,))))
        assert number == len(found.articles_found(made, both))


def test_an_event_stays_in_step_with_its_reports(
    store: Store,
    make_kept: Callable[..., Kept],
    make_event: Callable[..., Event],
    versions: dict[str, str],
) -> None:
    """Told anew, on another day, merged, without reports, and forgotten."""
    harbour, crowd = Words(("harbour",)), Words(("someone",))
    store.keep(make_kept(reports=("a", "b")), versions)
    store.keep_events([make_event("x", ["r-one-a"], target=None), make_event("y", ["r-one-b"])])
    assert store.find_events(harbour) == ["e-y", "e-x"]
    assert store.find_events(crowd) == ["e-x"]
    store.keep_events([make_event("x", ["r-one-a"], day="2024-05-01")])
    assert store.find_events(harbour) == ["e-x", "e-y"]
    assert store.find_events(OfActor(("NATO",), "target")) == ["e-x", "e-y"]
    assert store.find_events(crowd) == []
    store.keep_events([make_event("x", ["r-one-a", "r-one-b"])], {"e-y": "e-x"})
    assert store.find_events(harbour) == ["e-x"]
    assert store.find_events(OfActor(("AZE",))) == ["e-x"]
    store.keep_events([make_event("x", [])])
    assert store.find_events(EVERYTHING) == []
    assert list(store.each_event(with_retracted=True)) == ["e-x"]
    store.keep_events([make_event("x", ["r-one-a"])])
    store.forget("a-one", "asked for")
    assert store.find_events(EVERYTHING) == []
    for table in ("event_words", "event_sides", "article_words"):
        assert sql(store, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_keeping_the_same_events_again_writes_nothing(desk: Store, made: Made) -> None:
    where = "rowid" if desk._engine.dialect.name == "sqlite" else "ctid::text"
    rows = f"SELECT {where}, revision, newest, seq FROM events"
    before = sorted(sql(desk, rows))
    desk.keep_events(made.events)
    assert sorted(sql(desk, rows)) == before
    assert sql(desk, "SELECT count(*) FROM event_words") == [(len(made.events),)]


def test_an_article_whose_day_changes_moves(
    store: Store, make_kept: Callable[..., Kept], versions: dict[str, str]
) -> None:
    for name, day in (("one", "2024-01-01"), ("two", "2024-02-01")):
        store.keep(make_kept(name, published=day), versions)
    assert store.find_articles(Words(("lighthouse",))) == ["a-two", "a-one"]
    store.keep(make_kept("one", published="2024-03-01"), versions)
    assert store.find_articles(Words(("lighthouse",))) == ["a-one", "a-two"]


def test_an_older_desk_is_filled(made: Made, tmp_path: Path) -> None:
    """A desk from before there was an index of events answers as one of today."""
    new, old = tmp_path / "new", tmp_path / "old"
    with open_store(new) as store:
        found.settle(store, made)
    old.mkdir()
    old_tables(old / "desk.sqlite", "0011")
    with closing(sqlite3.connect(old / "desk.sqlite")) as file:
        file.execute("ATTACH ? AS today", (str(new / "desk.sqlite"),))
        for table in ("articles", "readings", "article_versions", "article_actors", "reports",
                      "events", "event_reports"):  # fmt: skip
            known = file.execute(f"SELECT name FROM pragma_table_info('{table}', 'main')")
            names = ", ".join(f'"{name}"' for (name,) in known)
            file.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM today.{table}")
        file.execute(
            "INSERT INTO main.article_words (rowid, headline, body) SELECT a.seq, w.headline, "
            "w.body FROM today.article_words w JOIN today.articles a ON a.newest = w.rowid"
        )
        file.commit()
    with open_store(old) as store:
        for query in (
            EVERYTHING,
            Words(("minister",)),
            And((Words(("ministres",)), OfActor(("AZE",), "source"))),
            Near(40.38, 49.89, 50),
            OfQuad((3,)),
            OfOutlet(("tass.com",)),
            OriginsOf(2, None),
        ):
            assert set(store.find_events(query, limit=1000)) == found.events_found(made, query)
            assert set(store.find_articles(query, limit=1000)) == found.articles_found(made, query)
    with closing(sqlite3.connect(old / "desk.sqlite")) as file:
        file.execute("ATTACH ? AS today", (str(new / "desk.sqlite"),))
        for table in ("article_words", "event_words", "event_sides"):
            rows = [
                sorted(file.execute(f"SELECT * FROM {base}.{table}")) for base in ("main", "today")
            ]
            assert rows[0] == rows[1], table


def test_an_open_interval_is_found_by_the_end_it_has(
    store: Store,
    make_kept: Callable[..., Kept],
    make_event: Callable[..., Event],
    versions: dict[str, str],
) -> None:
    store.keep(make_kept(), versions)
    event = make_event("x", ["r-one-first"])
    since = replace(event, date=Dated("2024-03-01", None, "range", "stated: since"))
    store.keep_events([since])
    assert store.find_events(Between("2024-03-01", None)) == ["e-x"]
    assert store.find_events(Between(None, "2024-02-28")) == []


def test_hits_are_lit_in_any_form() -> None:
    with_accents = "Les élèves ont déclaré la grève."
    phrases = _phrases(Words(("declarer",)), Words(("ELEVE",)))
    lit = [with_accents[start:end] for start, end in hits(with_accents, "fr", phrases)]
    assert lit == ["élèves", "déclaré"]
    phrase = _phrases(Words(("old", "har"), is_begun=True))
    text = "Old lamps of the old harbour"
    assert [text[a:b] for a, b in hits(text, "en", phrase)] == ["old", "harbour"]


def _phrases(*asked: Words) -> list[Phrase]:
    return [phrase for words in asked for phrase in phrases_of(words, ("en", "fr"))]
