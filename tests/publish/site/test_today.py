"""The front page: what moved, day by day, what is to come, and how the sources do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Source, SourceState
from dragoman.publish.pages import today
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.app import site
from dragoman.store import Store, open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> ReadingRoom:
    return ReadingRoom(store, knowledge, Config(today=TODAY))


def test_of_each_day_what_most_outlets_tell_comes_first(
    room: ReadingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "PER_DAY", 1)
    view = today.view(room)
    (day,) = view.days
    assert day.day == "2024-03-17"
    assert [line.id for line in day.first] == ["e-met"]
    assert {line.id for line in day.others} == {"e-wire-2", "e-hostile-1"}
    assert view.happenings == (*day.first, *day.others)


def test_the_first_story_shows_the_sentence_that_tells_it(client: Client) -> None:
    page = client.get("/").text
    first = page[page.index('<article class="first-story">') : page.index("</article>")]
    assert '<blockquote class="said" lang="en">' in first
    assert 'href="/article/a-wire#r-wire-1"' in first
    assert "March 2024" in first
    assert '<abbr title="French">fr</abbr>' in first


def test_what_is_to_come_is_a_calendar_to_take_away(client: Client) -> None:
    page = client.get("/").text
    waiting = page[page.index('<ol class="calendar">') : page.index("(iCalendar)")]
    assert '<time datetime="2024-04-10">10 April 2024</time>' in waiting
    link = re.search(r'href="(/export/ics[^"]*)"', waiting)
    assert link is not None
    calendar = client.get(link[1]).text
    assert "BEGIN:VEVENT" in calendar
    assert "e-rewrite-2" in calendar


def test_today_says_how_the_sources_do(room: ReadingRoom, store: Store, client: Client) -> None:
    assert today.view(room).sources is None
    assert 'id="health"' not in client.get("/").text
    damaged = SourceState(error="no end", error_kind="damaged", succeeded="2024-03-20T08:30")
    refused = SourceState(error="refused", error_kind="refused")
    states = {"well": SourceState(succeeded="2024-03-20T09:30"), "part": damaged, "bad": refused}
    for name in (*states, "off"):
        store.add_source(Source(name, f"https://www.{name}.example/feed", "feed"))
    for name, state in states.items():
        store.keep_visit(name, state, [])
    store.set_active("off", False)
    sources = today.view(room).sources
    assert sources == today.SourceStates(4, 1, 1, 0, 1, "2024-03-20T09:30")
    assert sources.well == 1
    page = client.get("/").text
    strip = page[page.index('<dl class="states">') : page.index('id="articles"')]
    assert "<dt>failing</dt><dd>1</dd>" in strip
    assert "<dt>silent</dt>" not in strip
    assert "Last read: 20 March 2024, 09:30." in strip
    assert 'href="/sources"' in strip


def test_today_is_told_in_french(client: Client) -> None:
    page = client.get("/fr/").text
    assert "mercredi" in page
    assert "Qui a fait quoi à qui" in page
    assert "1 sujet en progression · 3 événements du 6 mars 2024 au 20 mars 2024" in page
    assert "En calendrier (iCalendar)" in page


def test_an_empty_desk_says_how_it_is_filled(tmp_path: Path, knowledge: Knowledge) -> None:
    with open_store(tmp_path):
        pass
    with TestClient(site(tmp_path, Config(), knowledge), base_url="http://localhost") as reader:
        assert "<code>dragoman sources add</code> points it at feeds" in reader.get("/").text
        assert "<code>dragoman sources add</code> lui indique" in reader.get("/fr/").text
        with open_store(tmp_path) as store:
            store.add_source(Source("s-1", "https://www.well.example/feed", "feed"))
        page = reader.get("/").text
    assert "<code>dragoman fetch</code> reads what its sources name." in page
    assert "sources add" not in page


def test_a_mode_follows_its_category_as_each_language_has_it(client: Client) -> None:
    english, french = client.get("/explore").text, client.get("/fr/explore").text
    pattern = re.compile(r'<span class="act q\d">([^<:]*?)(: | : |\xa0: )[^<]+</span>')
    assert {found[2] for found in pattern.finditer(english)} == {": "}
    assert {found[2] for found in pattern.finditer(french)} == {"\xa0: "}
