"""What dossiers ask of the store: months, marks, and desks made before months were kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.kill_old import old_tables
from dragoman.model import Dated
from dragoman.store import Store, open_store
from dragoman.store.tallies import Wanted
from tests.store.conftest import event_of, kept_of

DONE = frozenset({"happened", "ongoing"})
DATES = {
    "day": Dated("2024-03-17", "2024-03-17", "day", "stated"),
    "month": Dated("2024-03-01", "2024-03-31", "month", "stated"),
    "across": Dated("2024-02-28", "2024-03-02", "range", "stated"),
    "year": Dated("2024-01-01", "2024-12-31", "year", "stated"),
    "open": Dated("2024-03-17", None, "day", "bounds: text"),
}


def settle(store: Store) -> None:
    names = tuple(DATES)
    kept = kept_of("one", reports=names)
    events = [replace(event_of(name, (f"r-one-{name}",)), date=day) for name, day in DATES.items()]
    events.append(replace(event_of("untold"), date=DATES["day"]))
    store.keep(kept, {"record": "1"}, events=events)


def test_only_what_lies_wholly_in_a_month_and_is_told_counts_there(store: Store) -> None:
    settle(store)
    assert store.events_by_month("2023-01", "2025-01", DONE) == {"2024-03": 2}
    assert store.events_by_month("2024-03", "2024-03", DONE, {"e-day"}) == {"2024-03": 1}
    assert store.events_by_month("2024-03", "2024-03", {"planned"}) == {}
    assert {mark.id[2:]: mark.month for mark in store.marks("AZE")} == {
        "day": "2024-03", "month": "2024-03", "across": None, "year": None, "open": None,
    }  # fmt: skip


def test_marks_know_languages_and_whether_both_did_it(store: Store) -> None:
    settle(store)
    assert {(one.languages, one.is_mutual) for one in store.marks("AZE", "NATO")} == {
        (("en",), False)
    }
    assert store.marks("AZE", "FRA") == []
    kept = kept_of("other", reports=("same", "else"), language="fr")
    slots = ("source from subj: A", "target from subj: B")
    mutual = replace(kept, reports=tuple(replace(one, why=slots) for one in kept.reports))
    event = replace(event_of("day", ("r-one-day", "r-other-same")), date=DATES["day"])
    store.keep(mutual, {"record": "1"}, events=[replace(event, best="r-other-same")])
    (joint,) = (one for one in store.marks("AZE") if one.is_mutual)
    assert (joint.id, joint.languages) == ("e-day", ("en", "fr"))
    assert store.languages_of_pair("AZE", "NATO") == ("en", "fr")


def test_marks_follow_what_an_article_says_now(store: Store) -> None:
    """Its events stay as they are: its language was found out, its reports have other reasons."""
    settle(store)
    again = kept_of("one", reports=tuple(DATES), language="fr")
    slots = ("source from subj: A", "target from subj: B")
    mutual = tuple(replace(one, why=slots) for one in again.reports)
    store.keep(replace(again, reports=mutual), {"record": "2"})
    assert {(one.languages, one.is_mutual) for one in store.marks("AZE")} == {(("fr",), True)}


def test_acts_of_a_pair_are_its_marks_in_fewer_words(store: Store) -> None:
    settle(store)
    marks = {mark.id: mark for mark in store.marks("AZE", "NATO")}
    acts = store.acts("NATO", "AZE")
    assert {act.id for act in acts} == set(marks)
    for act in acts:
        mark = marks[act.id]
        assert (act.category, act.status, act.source) == (mark.category, mark.status, mark.source)
        assert (act.month, act.origins) == (mark.month, mark.origins)
        assert act.is_mutual == mark.is_mutual
        assert (act.start, act.end) == (mark.start or mark.end, mark.end or mark.start)
    later = store.acts("AZE", "NATO", Wanted(first="2024-03-18"))
    assert {act.id for act in later} == {"e-year", "e-month"}
    assert store.languages_of_pair("AZE", "NATO") == ("en",)
    assert store.languages_of_pair("AZE", "FRA") == ()


@pytest.mark.parametrize("version", ["0001", "0003"])
def test_events_of_an_older_desk_find_their_months(tmp_path: Path, version: str) -> None:
    (tmp_path / "new").mkdir()
    with open_store(tmp_path / "new") as store:
        settle(store)
        counted = store.events_by_month("2023-01", "2025-01", DONE)
        acts, marks = sorted(store.acts("AZE", "NATO")), store.marks("AZE")
    old_tables(tmp_path / "desk.sqlite", version)
    with closing(sqlite3.connect(tmp_path / "desk.sqlite")) as file:
        file.execute("ATTACH ? AS today", (str(tmp_path / "new" / "desk.sqlite"),))
        for table in ("articles", "reports", "events", "event_reports", "article_actors"):
            known = file.execute(f"SELECT name FROM pragma_table_info('{table}', 'main')")
            names = ", ".join(f'"{name}"' for (name,) in known)
            file.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM today.{table}")
        file.commit()
    with open_store(tmp_path) as store:
        assert store.events_by_month("2023-01", "2025-01", DONE) == counted
        assert (sorted(store.acts("AZE", "NATO")), store.marks("AZE")) == (acts, marks)
        assert [row.article.id for row in store.articles_of_actor("AZE")] == ["a-one"]
        with store.as_of("2999-01-01") as then:
            assert then.holding().undated == 1  # nobody noted when it came
            assert then.events() == []


@pytest.mark.parametrize("others", [0, 60])
def test_the_newest_articles_that_name_each_are_found_among_few_and_many(
    store: Store, others: int
) -> None:
    """With many articles that name others, those few are sorted; with none, all are looked at."""
    days = ["2024-03-02", None, "2024-03-05", "2024-03-01", "2024-03-05"]
    for n, day in enumerate(days):
        actors = ("AZE", "ARM", "FRA")[: 2 + n % 2]
        store.keep(kept_of(f"both-{n}", reports=(), published=day, actors=actors), {"record": "1"})
    for n in range(others):
        actors = (("AZE", "ARM")[n % 2],) if n % 5 == 0 else ("NOR",)
        store.keep(kept_of(f"one-{n}", reports=(), actors=actors), {"record": "1"})
    found = ["a-both-4", "a-both-2", "a-both-0", "a-both-3", "a-both-1"]
    assert store.articles_of_each([{"AZE", "x"}, {"ARM"}], 9) == found
    assert store.articles_of_each([{"AZE"}, {"ARM", "NOR"}], 2) == found[:2]
    assert store.articles_of_each([{"AZE"}, {"x"}], 9) == []
    assert [row.article.id for row in store.articles_of_actor("FRA", 9)] == ["a-both-3", "a-both-1"]
    assert len(store.articles_of_actor("ARM", 40)) == 5 + others // 10
