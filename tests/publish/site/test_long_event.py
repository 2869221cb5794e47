"""An event that hundreds tell: its reports a page at a time, each where links say it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Difference, Version
from dragoman.model import Told as Teller
from dragoman.publish.pages import event
from dragoman.publish.room import ReadingRoom
from dragoman.store import Store, open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY, VERSIONS, Page, Told, settle

pytestmark = pytest.mark.usefixtures("store")
REPORTS = 203
HEARD = "Armenia thanked Azerbaijan for the loan of a tug."


def teller(number: int) -> Page:
    told = Told(HEARD, "Armenia", "thanked", "Azerbaijan", event="e-tug")
    return Page(
        f"tug{number:03}",
        [("headline", f"A tug, for the {number}th time"), ("body", HEARD)],
        [told],
        host=f"www.quay-{number % 12}.example",
    )


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        settle(opened, [teller(number) for number in range(REPORTS)])
        yield opened


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> ReadingRoom:
    return ReadingRoom(store, knowledge, Config(today=TODAY))


def reports_on(page: str) -> list[str]:
    return re.findall(r'<li class="telling [^>]*id="([^"]+)"', page)


def test_every_report_stands_on_one_page_oldest_first(room: ReadingRoom, client: Client) -> None:
    pages = [client.get(f"/event/e-tug?start={start}").text for start in (0, 100, 200)]
    found = [reports_on(page) for page in pages]
    assert [len(one) for one in found] == [100, 100, 3]
    assert [one for some in found for one in some] == [
        row.report.id for row in room.store.reports_of_event("e-tug")
    ]
    for page in pages:
        assert "203 reports, each with its sentence" in page
    assert 'start="101"' in pages[1]
    assert 'rel="prev"' not in pages[0]
    assert '<a rel="next" href="/event/e-tug?start=100#told">' in pages[0]
    assert '<a rel="prev" href="/event/e-tug#told">' in pages[1]
    assert 'href="/event/e-tug.json?start=100">' in pages[1]
    assert 'rel="next"' not in pages[2]


def test_origins_are_counted_of_all_and_each_page_has_the_members_it_shows(
    room: ReadingRoom, client: Client
) -> None:
    views = [event.view(room, "e-tug", start=start) for start in (0, 100, 200)]
    counts, members = set(), []
    for view in views:
        assert view is not None
        found = view.origins
        counts.add((found.outlets, found.separate_texts, found.independent, found.wording))
        members.append([m.article_id for group in found.groups for m in group.members])
        assert len(view.outlets) == 12
        assert {telling.report.article_id for telling in view.tellings} == set(members[-1])
    assert len(counts) == 1
    assert [len(one) for one in members] == [100, 100, 3]
    assert len({one for some in members for one in some}) == REPORTS
    page = client.get("/event/e-tug?start=200").text
    assert "more articles on other pages" in page


def test_start_within_a_page_gives_that_page(room: ReadingRoom) -> None:
    view = event.view(room, "e-tug", start=150)
    assert view is not None
    assert (view.paging.start, view.paging.previous, view.paging.next) == (100, 0, 200)


def test_start_beyond_the_last_says_so_and_leads_back(client: Client) -> None:
    page = client.get("/event/e-tug?start=900").text
    assert reports_on(page) == []
    assert "There are no more." in page
    assert '<a rel="prev" href="/event/e-tug?start=200#told">' in page


def test_json_leads_on(client: Client) -> None:
    twin = client.get("/event/e-tug.json?start=100").json()
    assert twin["paging"] == {"found": REPORTS, "start": 100, "next": 200}
    assert len(twin["tellings"]) == 100
    assert client.get("/event/e-tug.json?start=200").json()["paging"]["next"] is None


def test_who_tells_a_version_is_named_ten_times_and_found_on_its_page(
    store: Store, client: Client
) -> None:
    known = store.event("e-tug")
    assert known is not None
    ids = [row.report.id for row in store.reports_of_event("e-tug")]
    told = replace(
        known,
        first=Teller(ids[0], "a-tug000", "Quay", "2024-03-18", "en"),
        differences=(
            Difference("place", (Version("Baku", tuple(ids[:150])), Version("Oslo", (ids[202],)))),
        ),
    )
    store.keep_events([told])
    page = client.get("/event/e-tug").text
    baku = re.search(r"<dd><strong>Baku</strong>.*</dd>", page)
    assert baku is not None
    assert baku[0].count(f'<a href="#{ids[0]}">') == 1
    assert baku[0].count("<a ") == 10
    assert "2 more outlets</dd>" in baku[0]
    assert f'<strong>Oslo</strong>: <a href="/event/e-tug?start=200#{ids[202]}">' in page
    last = client.get("/event/e-tug?start=200").text
    assert f'<strong>Oslo</strong>: <a href="#{ids[202]}">' in last
    assert f'<a href="/event/e-tug#{ids[0]}">' in last
    version = client.get("/event/e-tug.json").json()["agreement"]["differences"][0]["versions"][0]
    assert (len(version["tellers"]), version["more"]) == (10, 2)


def test_pages_as_of_a_day_stay_on_that_day(client: Client) -> None:
    page = client.get("/event/e-tug?asof=2999-12-31&start=100").text
    assert 'href="/event/e-tug?start=200&amp;asof=2999-12-31#told"' in page
    french = client.get("/fr/event/e-tug?asof=2999-12-31&start=100").text
    assert 'href="/fr/event/e-tug?start=200&amp;asof=2999-12-31#told"' in french
    assert 'href="/fr/event/e-tug?asof=2999-12-31#told"' in french
    assert 'href="/fr/actor/ARM?asof=2999-12-31"' in french
    assert "asof=2999-12-31&amp;asof" not in french


def test_path_of_a_report_is_that_of_its_page(store: Store) -> None:
    ids = [row.report.id for row in store.reports_of_event("e-tug")]
    assert event.path(store, "e-tug", ids[99]) == "/event/e-tug"
    assert event.path(store, "e-tug", ids[100]) == "/event/e-tug?start=100"
    assert event.path(store, "e-tug", "") == "/event/e-tug"


def test_of_withdrawn_reports_the_last_are_shown(
    room: ReadingRoom, store: Store, client: Client
) -> None:
    for number in range(120):
        store.keep(replace(teller(number), told=()).kept(), VERSIONS)
    view, whole = event.view(room, "e-tug"), event.view(room, "e-tug", most=None)
    assert view is not None
    assert whole is not None
    assert (view.paging.found, len(view.withdrawn), view.more_withdrawn) == (83, 100, 20)
    assert (len(whole.tellings), len(whole.withdrawn), whole.more_withdrawn) == (83, 120, 0)
    assert "Withdrawn reports (120)" in client.get("/event/e-tug").text


def test_what_is_told_of_a_report_that_is_gone_breaks_nothing(store: Store, client: Client) -> None:
    known = store.event("e-tug")
    assert known is not None
    store.keep_events([replace(known, first=Teller("r-none", "a-none", "Quay", None, "en"))])
    assert '<a href="#r-none">Quay</a>' in client.get("/event/e-tug").text
