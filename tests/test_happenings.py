"""Happenings within a desk: a function of the set of articles, whatever order they came in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from dragoman.desk.copies import Copies
from dragoman.desk.happenings import Happenings
from dragoman.desk.stories import Stories
from dragoman.forgetting import forget
from dragoman.knowledge import Knowledge
from dragoman.model import Article, Capture, CopyLink, Dated, Event, Kept, Reading, Report, Told
from dragoman.store import Store, open_store
from tests.record.made import lately, on, place, report, side

VERSIONS = {"record": "1"}
KHARKIV = place("kharkiv", 49.99, 36.23, "UKR")
ODESA = place("odesa", 46.48, 30.73, "UKR")


def article(
    name: str,
    *reports: Report,
    day: str | None = "2024-03-18",
    capture: str = "c-none",
    host: str | None = None,
) -> Kept:
    text = f"The text of {name}."
    made = Article(
        id=f"a-{name}",
        capture_id=capture,
        text=text,
        language="en",
        url=f"https://{host or name + '.example'}/1",
        published=Dated(day, day, "day", "given") if day else None,
    )
    told = tuple(replace(one, id=f"r-{name}-{one.id}", article_id=made.id) for one in reports)
    return Kept(made, Reading(made.id, "en"), reports=told)


class Room:
    """A store whose articles are joined as a desk joins them."""

    def __init__(self, home: Path, knowledge: Knowledge) -> None:
        self.store: Store = open_store(home)
        self.copies = Copies(self.store, knowledge.outlets)
        self.stories = Stories(self.store)
        self.happenings = Happenings(self.store, knowledge)

    def add(self, *several: Kept) -> None:
        for kept in several:
            with self.store.together():
                changed = self.store.keep(kept, VERSIONS)
                self.happenings.keep([kept], changed=[kept.article.id] if changed else [])

    def events(self) -> list[Event]:
        return self.store.events(limit=1000)

    def told(self) -> list[Event]:
        """The events without their ids, which depend on what came first."""
        return sorted((replace(one, id="") for one in self.events()), key=repr)

    def groups(self) -> set[frozenset[str]]:
        return {frozenset(event.report_ids) for event in self.events()}

    def event_of(self, report_id: str) -> Event:
        row = self.store.report(report_id)
        event = self.store.event(row.event_id or "") if row is not None else None
        assert event is not None
        return event


@pytest.fixture
def room(tmp_path: Path, knowledge: Knowledge) -> Iterator[Callable[[str], Room]]:
    opened: list[Room] = []

    def make(name: str = "desk") -> Room:
        opened.append(Room(tmp_path / name, knowledge))
        return opened[-1]

    yield make
    for one in opened:
        one.store.close()


def week() -> list[Kept]:
    """Articles of a week on two strikes, a visit first planned, a denial; many are vague."""
    made = []
    for number, day in enumerate(["2024-03-15", "2024-03-17", "2024-03-18", "2024-03-20"]):
        visit: dict[str, Any] = {
            "category": "CONSULT",
            "sources": (side("FRA"),),
            "targets": (side("ITA", start=10),),
            "predicate": (50, 60),
        }
        if day < "2024-03-17":
            visit |= {"status": "planned", "told_as": "announced", "category": "AGREE",
                      "root": "CONSULT"}  # fmt: skip
        made += [
            article(f"east{number}", report("1", place=KHARKIV), report("2", **visit), day=day),
            article(f"south{number}", report("1", place=ODESA, date=on("2024-03-17")), day=day),
            article(f"vague{number}", report("1", date=lately(day)), day=day),
            article(f"half{number}", report("1", targets=(), place=ODESA), day=day),
            article(
                f"denial{number}", report("1", status="denied", date=None, place=KHARKIV), day=day
            ),
            article(f"night{number}", report("1", date=on("2024-03-18")), day=day),
            article(f"later{number}", report("1", date=on("2024-03-01", "2024-03-31")), day=day),
        ]
    return made


@pytest.mark.parametrize("seed", range(4))
def test_the_order_never_matters(seed: int, room: Callable[[str], Room]) -> None:
    articles = week()
    straight, shuffled = room("straight"), room("shuffled")
    straight.add(*articles)
    random.Random(seed).shuffle(articles)
    shuffled.add(*articles)
    assert shuffled.told() == straight.told()
    assert any(len(event.report_ids) > 3 for event in straight.events())


@pytest.mark.parametrize("plan_first", [True, False])
def test_a_plan_meets_what_is_done_a_month_later(
    plan_first: bool, room: Callable[[str], Room]
) -> None:
    visit = {"category": "CONSULT", "targets": (side("ITA", start=10),)}
    coming = {"status": "planned", "told_as": "announced", "category": "AGREE", "root": "CONSULT"}
    plan = article("plan", report("1", date=None, **visit | coming))
    done = article("done", report("1", date=on("2024-04-17"), **visit), day="2024-04-18")
    desk = room("desk")
    desk.add(*((plan, done) if plan_first else (done, plan)))
    assert desk.groups() == {frozenset({"r-plan-1", "r-done-1"})}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_stop_nothing(day: str, room: Callable[[str], Room]) -> None:
    until = replace(on(day), start=None)
    since = replace(on(day), end=None)
    dates = (None, until, since, on(day))
    reports = [
        report(str(number), date=date, told_as=told)
        for number, (date, told) in enumerate(product(dates, ("news", "announced", "background")))
    ]
    at = room("end")
    at.add(article("one", *reports, day=day), article("other", *reports, day=day))
    assert sum(len(event.report_ids) for event in at.events()) == 2 * len(reports)


def test_an_event_of_an_earlier_version_is_split(room: Callable[[str], Room]) -> None:
    articles = [
        article("one", report("1", place=ODESA, date=on("2024-03-11"))),
        article("other", report("1", place=ODESA, date=on("2024-03-14"))),
        article("again", report("1", place=ODESA, date=on("2024-03-14"))),
    ]
    old, new = room("old"), room("new")
    new.add(*articles)
    old.add(*articles)
    known = old.events()[0]
    everything = tuple(one for event in old.events() for one in event.report_ids)
    with old.store.together():
        for made in articles:
            told = old.store.told_by(made.article.id)
            old.store.keep_told(made.article.id, {})
            old.store.drop_outlines_without_reports({outline_id for outline_id, _ in told.values()})
        old.store.keep_events([replace(known, report_ids=everything)], {})
    for made in articles:
        with old.store.together():
            old.happenings.keep([made], changed=[made.article.id])
    assert old.groups() == new.groups()
    assert len(old.groups()) == 2


def test_taken_up_again_after_a_stop(room: Callable[[str], Room]) -> None:
    articles = week()
    whole, stopped = room("whole"), room("stopped")
    whole.add(*articles)
    stopped.add(*articles[:11])
    stopped.store.close()
    again = room("stopped")
    again.add(*articles)  # those that are there change nothing
    assert again.events() == whole.events()


def test_twice_changes_nothing(room: Callable[[str], Room]) -> None:
    one = room("one")
    one.add(*week())
    before = one.events()
    one.add(*week())
    assert one.events() == before


@pytest.mark.parametrize("seed", range(2))
def test_changed_and_gone_reports_leave_no_trace(seed: int, room: Callable[[str], Room]) -> None:
    """An article made anew with other reports: as if it had always been like that."""
    articles = week()
    dice = random.Random(seed)
    changed = []
    for kept in dice.sample(articles, 8):
        reports = tuple(replace(one, date=on("2024-03-18"), place=None) for one in kept.reports[1:])
        changed.append(replace(kept, reports=reports))
    named = {kept.article.id: kept for kept in changed}
    mended, fresh = room("mended"), room("fresh")
    mended.add(*articles, *changed)
    fresh.add(*(named.get(kept.article.id, kept) for kept in articles))
    assert mended.told() == fresh.told()


@pytest.mark.parametrize("name", ["east1", "vague2", "south0", "night3"])
def test_forgotten_as_if_it_had_never_come(name: str, room: Callable[[str], Room]) -> None:
    whole, less = room("whole"), room("less")
    whole.add(*week())
    less.add(*(kept for kept in week() if kept.article.id != f"a-{name}"))
    forget(whole, f"a-{name}", "asked for")  # type: ignore[arg-type]
    assert whole.told() == less.told()
    assert whole.store.told_by(f"a-{name}") == {}


def test_what_joins_two_events_leaves_a_redirect(room: Callable[[str], Room]) -> None:
    """Two reports that only a third one brings together."""
    desk = room("desk")
    meeting: dict[str, Any] = {"category": "CONSULT"}
    desk.add(
        article("a", report("1", **meeting, date=on("2024-03-17"))),
        article("b", report("1", **meeting, date=on("2024-03-19"))),
    )
    old = {event.id for event in desk.events()}
    assert len(old) == 2
    desk.add(article("c", report("1", **meeting, date=on("2024-03-17", "2024-03-19"))))
    (event,) = desk.events()
    assert event.id in old
    assert {desk.store.event(one) == event for one in old} == {True}
    assert event.report_ids == ("r-a-1", "r-b-1", "r-c-1")


def test_a_split_keeps_the_id_with_the_larger_part(room: Callable[[str], Room]) -> None:
    desk = room("desk")
    several = [article(name, report("1")) for name in "abc"]
    desk.add(*several)
    (event,) = desk.events()
    desk.add(replace(several[0], reports=(
        replace(several[0].reports[0], targets=(side("POL"),)),
    )))  # fmt: skip
    assert desk.event_of("r-b-1").id == event.id
    assert desk.event_of("r-a-1").id != event.id
    assert desk.event_of("r-b-1").report_ids == ("r-b-1", "r-c-1")


def test_the_last_report_gone_leaves_an_event_that_nobody_tells(
    room: Callable[[str], Room],
) -> None:
    desk = room("desk")
    told = article("a", report("1"))
    desk.add(told)
    (event,) = desk.events()
    desk.add(replace(told, reports=()))
    assert desk.events() == []
    left = desk.store.event(event.id)
    assert left is not None
    assert (left.report_ids, left.outlets) == ((), 0)
    desk.add(told)
    assert desk.events() == [event]


def test_undated_texts_are_of_the_day_they_were_fetched(room: Callable[[str], Room]) -> None:
    desk = room("desk")
    capture = Capture("c-1", "x", "text/plain", b"x", fetched="2024-03-18T09:00:00+00:00")
    desk.store.keep_capture(capture)
    undated = article("b", report("1", date=None), day=None, capture="c-1")
    desk.add(article("a", report("1")), undated)
    assert desk.groups() == {frozenset({"r-a-1", "r-b-1"})}


def test_a_day_that_the_text_only_bounds_is_not_the_one_it_was_printed(
    room: Callable[[str], Room],
) -> None:
    desk = room("desk")
    desk.store.keep_capture(
        Capture("c-a", "x", "text/plain", b"", fetched="2024-03-18T09:00:00+00:00")
    )
    bounds = Dated("2024-01-02", None, "range", "bounds: not before 2024-01-02 (stated)")
    kept = article("a", report("1", date=None), capture="c-a")
    desk.add(replace(kept, article=replace(kept.article, published=bounds)))
    assert desk.event_of("r-a-1").first == Told("r-a-1", "a-a", "a.example", "2024-03-18", "en")


def test_without_any_day_only_the_same_telling_joins(room: Callable[[str], Room]) -> None:
    """Undated reports never pile up in one event."""
    desk = room("desk")
    many = [
        article(f"n{number}", report("1", date=None, evidence_text=f"sentence {number // 2}",
                                     sources=()), day=None)
        for number in range(10)
    ]  # fmt: skip
    desk.add(*many)
    assert sorted(map(len, desk.groups())) == [2] * 5


def test_copies_count_as_one_origin_once_they_are_known(room: Callable[[str], Room]) -> None:
    desk = room("desk")
    hosts = ("lemonde.fr", "theguardian.com")
    pair = zip("ab", hosts, strict=True)
    desk.add(*(article(name, report("1"), host=host) for name, host in pair))
    assert [(event.outlets, event.origins) for event in desk.events()] == [(2, 2)]
    link = CopyLink("a-b", "a-a", 0.9, "whole", "unknown", "the same text")
    desk.store.keep_copy_links({"a-b": [link]})
    desk.happenings.recount(["a-b", "a-unknown"])
    assert [(event.outlets, event.origins) for event in desk.events()] == [(2, 1)]
    desk.store.keep_copy_links({"a-b": []})
    desk.happenings.recount(["a-b"])
    assert [(event.outlets, event.origins) for event in desk.events()] == [(2, 2)]


def test_an_older_capture_changes_nothing(room: Callable[[str], Room]) -> None:
    desk = room("desk")
    for name, fetched in (("c-old", "2024-03-18"), ("c-new", "2024-03-19")):
        desk.store.keep_capture(
            Capture(name, "x", "text/plain", name.encode(), fetched=f"{fetched}T09:00:00+00:00")
        )
    desk.add(article("a", report("1"), capture="c-new"))
    before = desk.events()
    desk.add(article("a", capture="c-old"))
    assert desk.events() == before


def test_events_of_a_desk_from_before_stay_until_they_are_made_anew(
    room: Callable[[str], Room],
) -> None:
    """Upgrading empties nothing: each report leaves its old event when its article is read."""
    desk = room("desk")
    several = [article(name, report("1")) for name in "ab"]
    for kept in several:
        desk.store.keep(kept, VERSIONS)
    old = Event("e-old", "ASSAULT", "happened", "news", "RUS", "UKR", "", "", None, None,
                ("r-a-1", "r-b-1"), 2, 2)  # fmt: skip
    desk.store.keep_events([old])
    desk.add(article("c", report("1")))
    assert desk.store.event("e-old") == old
    desk.add(several[0])
    assert desk.groups() == {frozenset({"r-a-1", "r-b-1", "r-c-1"})}
    desk.add(several[1])
    (event,) = desk.events()
    assert desk.store.event("e-old") == event
    assert event.report_ids == ("r-a-1", "r-b-1", "r-c-1")


def test_statements_do_not_grow_with_the_archive(
    room: Callable[[str], Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report of another year costs the same look-ups in a full desk as in an empty one."""
    from sqlalchemy import event as hooks

    def statements(desk: Room, kept: Kept) -> int:
        seen: list[str] = []
        hooks.listen(desk.store._engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
        desk.add(kept)
        return len(seen)

    late = article("late", report("1", date=on("2025-06-01")), day="2025-06-01")
    empty, full = room("empty"), room("full")
    full.add(*week())
    assert statements(full, late) <= statements(empty, late)
