"""A brief over a small desk: what is new, what more origins tell, what is to come, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.errors import QueryError
from dragoman.knowledge import Knowledge
from dragoman.model import Attribution, Claim, Turn, Verdict
from dragoman.publish import briefing
from dragoman.publish.pages.brief import Act, BriefPage, view
from dragoman.publish.room import ReadingRoom, room_over
from dragoman.publish.views.window import Asked
from dragoman.store import Store, open_store
from tests.desks import printed_again
from tests.publish.conftest import Client
from tests.publish.desk import (
    EVIL,
    FERRIES,
    MEETING,
    PAGES,
    REWRITE,
    TODAY,
    VERSIONS,
    VISIT,
    WIRE,
    Page,
    Told,
    settle,
    tell_story,
)

BASE = "https://desk.example"
LATER = "Jens Stoltenberg met Azerbaijan in the harbour office, two clerks of the port said."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as store:
        settle(store, PAGES)
        store.keep_copy_links(printed_again("a-copy", "a-wire", 0.93))
        tell_story(store, "s-ferries", FERRIES, "2024-03-18")
        yield store


def brief(
    store: Store,
    knowledge: Knowledge,
    since: str = "7d",
    query: str = "",
    *,
    until: str = "",
    today: str | None = TODAY,
    public: bool = False,
) -> BriefPage:
    room = room_over(store, knowledge, Config(today=today), public=public)
    return view(room, brief=Asked(query, since, until))


def now(store: Store, knowledge: Knowledge, query: str = "") -> BriefPage:
    """On a desk whose day is not set: from yesterday until tomorrow."""
    today = datetime.now(UTC).date()
    since, until = ((today + timedelta(days=days)).isoformat() for days in (-1, 1))
    return brief(store, knowledge, since, query, until=until, today=None)


def ids(acts: tuple[Act, ...]) -> list[str]:
    return [act.line.id for act in acts]


def test_what_is_new_stands_by_story(store: Store, knowledge: Knowledge) -> None:
    found = brief(store, knowledge)
    (one,) = found.stories
    assert one.story.id == "s-ferries"
    assert ids(one.acts) == ["e-met", "e-wire-2", "e-wire-3"]
    assert ids(found.others) == ["e-hostile-1"]
    assert (found.new, found.again, found.articles, found.outlets) == (4, 0, 4, 3)
    assert found.lead == "4 events told for the first time · 4 articles of 3 outlets"


def test_each_act_has_a_sentence_of_each_language(store: Store, knowledge: Knowledge) -> None:
    (met, *_) = brief(store, knowledge).stories[0].acts
    assert [(one.text, one.language) for one in met.said] == [(MEETING, "en"), (VISIT, "fr")]
    assert met.said[0].address == "https://www.harbour-post.example/wire"
    assert met.said[0].outlet == "harbour-post.example"


def test_what_is_recalled_is_no_news_of_the_day(store: Store, knowledge: Knowledge) -> None:
    found = brief(store, knowledge)
    assert "e-rewrite-3" not in {act.line.id for act in found.told}
    assert ids(found.to_come) == ["e-rewrite-2"]
    assert found.to_come[0].line.status == "planned"


def test_a_copy_brings_nothing(store: Store, knowledge: Knowledge) -> None:
    found = brief(store, knowledge, "2024-03-19")
    assert found.is_empty
    assert (found.new, found.again, found.stories, found.others) == (0, 0, (), ())
    assert ids(found.to_come) == ["e-rewrite-2"]  # still to come, and no news


def test_another_origin_is_told_with_its_own_sentence(store: Store, knowledge: Knowledge) -> None:
    told = Told(LATER, "Jens Stoltenberg", "met", "Azerbaijan", source_body="nato", event="e-met")
    page = Page(
        "later",
        [("headline", "A visit"), ("body", LATER)],
        [told],
        host="www.quay-letter.example",
        published="2024-03-20",
        attribution=Attribution(agency=Claim("Quay News Agency", None, None, "test")),
    )
    kept = page.kept()
    store.keep(kept, VERSIONS)
    event = store.event("e-met")
    assert event is not None
    ids = (*event.report_ids, kept.reports[0].id)
    store.keep_events([replace(event, report_ids=ids, outlets=len(ids))])
    found = brief(store, knowledge, "24h")
    (act,) = [act for act in found.told if act.line.id == "e-met"]
    assert (found.new, found.again, act.gained, act.novelty) == (0, 1, 1, "1 more origin")
    assert act.said[0].text == LATER


def test_the_window_ends_where_it_is_told_to(store: Store, knowledge: Knowledge) -> None:
    assert brief(store, knowledge, "3d", until="2024-03-17").is_empty
    found = brief(store, knowledge, "3d", until="2024-03-17")
    assert found.to_come == ()  # nobody had announced it by then
    assert brief(store, knowledge, "2024-03-18", until="2024-03-18").new == 4


def test_a_query_narrows_it(store: Store, knowledge: Knowledge) -> None:
    found = brief(store, knowledge, query="category:ACCUSE")
    assert [act.line.id for act in found.told] == ["e-wire-2"]
    assert found.understood == "category:ACCUSE"
    with pytest.raises(QueryError):
        brief(store, knowledge, query="category:NONE")


def test_what_came_just_now_counts_when_it_came(store: Store, knowledge: Knowledge) -> None:
    """An undated text; the others were printed years before they came."""
    assert now(store, knowledge).new == 0
    words = "Armenia thanked Azerbaijan for the lamps."
    told = Told(words, "Armenia", "thanked", "Azerbaijan", "SUPPORT")
    page = Page("undated", [("headline", "Lamps"), ("body", words)], [told], published=None)
    settle(store, [page])
    found = now(store, knowledge)
    assert [act.said[0].text for act in found.told] == [words]
    assert not found.is_day_set


def test_what_is_withdrawn_is_said(store: Store, knowledge: Knowledge) -> None:
    store.keep(replace(WIRE, told=WIRE.told[:1]).kept(), VERSIONS)
    store.keep_events([], {})
    found = now(store, knowledge)
    assert {one.line.id for one in found.changes if one.what == "withdrawn"} == {
        "e-wire-2", "e-wire-3",
    }  # fmt: skip
    assert not found.is_empty
    assert [one.line.id for one in now(store, knowledge, "category:ACCUSE").changes] == ["e-wire-2"]
    assert brief(store, knowledge).changes == ()  # the desk's day was long before


def test_what_people_rejected_is_said_and_not_told(store: Store, knowledge: Knowledge) -> None:
    store.judge(Verdict("reject", "e-met"), "no", "a keeper", at="2024-03-20T09:00:00+00:00")
    found = brief(store, knowledge)
    assert "e-met" not in {act.line.id for act in found.told}
    (one,) = found.changes
    assert (one.what, one.words, one.line.id) == ("rejected", "rejected by a person", "e-met")


def test_what_is_told_otherwise_is_said(store: Store, knowledge: Knowledge) -> None:
    event = store.event("e-met")
    assert event is not None
    turns = (
        Turn("planned", "2024-03-18", "r-wire-1"),
        Turn("happened", "2024-03-19", "r-copy-1"),
    )
    store.keep_events([replace(event, history=turns)])
    found = brief(store, knowledge, "2024-03-19")
    (one,) = found.changes
    assert (one.what, one.words) == ("turned", "planned before, told as done now")
    assert one.said


def test_acts_of_nobody_known_are_counted(store: Store, knowledge: Knowledge) -> None:
    words = "The keepers painted the boats."
    page = Page("paint", [("headline", "Paint"), ("body", words)],
                [Told(words, "The keepers", "painted", "the boats", day="2024-03-20")],
                published="2024-03-20")  # fmt: skip
    settle(store, [page])
    found = brief(store, knowledge, "24h")
    assert found.unnamed is not None
    assert (found.unnamed.number, found.unnamed.address) == (
        1, "/explore?q=event%3Ae-paint-1",
    )  # fmt: skip
    assert found.new == 1
    assert not list(found.told) or "e-paint-1" not in {act.line.id for act in found.told}


def test_no_word_from_outside_is_taken_for_a_mark(store: Store, knowledge: Knowledge) -> None:
    """A page that attacks is quoted, in each of the forms."""
    found = brief(store, knowledge)
    html = briefing.as_html(found, "<i>Desk</i>", BASE)
    assert "<script" not in html
    assert EVIL.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;") in html
    assert "&lt;i&gt;Desk" in html
    markdown = briefing.as_markdown(found, "# [Desk](x)", BASE)
    assert "<b>" not in markdown
    assert r"\<b\>buoys\</b\>" in markdown
    assert markdown.startswith(r"# \# \[Desk\](x): 20 March 2024")


def test_a_file_needs_nothing_but_itself(store: Store, knowledge: Knowledge) -> None:
    html = briefing.as_html(brief(store, knowledge), "Desk", BASE)
    for one in ("<link", "<img", "@import", "url(", "src=", "<script"):
        assert one not in html
    assert 'href="/' not in html
    assert f'href="{BASE}/event/e-met"' in html


def test_the_subject(store: Store, knowledge: Knowledge) -> None:
    found = brief(store, knowledge, query="actor:NATO")
    assert briefing.subject(found, "Desk") == "Desk · actor:NATO · 20 March 2024 · 1 event"


def test_a_public_desk_tells_what_it_shows(store: Store, knowledge: Knowledge) -> None:
    room: ReadingRoom = room_over(store, knowledge, Config(today=TODAY), public=True)
    found = view(room, brief=Asked("", "7d"))
    shown = {event.id for event in room.store.events(limit=100)}
    assert {act.line.id for act in found.told} <= shown
    assert REWRITE.told[2].category == "COERCE"


def test_its_page(client: Client) -> None:
    page = client.get("/brief?since=7d")
    assert (page.status_code, MEETING.partition(" met")[0] in page.text) == (200, True)
    assert 'href="/brief.json?since=7d"' in page.text
    assert client.get("/brief?since=7d", "application/json").json()["new"] == 4
    assert "4 événements rapportés pour la première fois" in client.get("/fr/brief?since=7d").text


def test_its_page_refuses_with_a_way_out(client: Client) -> None:
    refused = client.get("/brief?since=soon")
    assert (refused.status_code, "takes 24h, 7d, a day" in refused.text) == (400, True)
    misread = client.get("/brief?q=colour:red")
    assert (misread.status_code, "there is no field colour:" in misread.text) == (400, True)
    assert client.get("/brief?asof=2024-03-17").status_code == 400


def test_an_empty_desk_has_an_empty_brief(empty: Client) -> None:
    page = empty.get("/brief")
    assert (page.status_code, "Nothing was told for the first time" in page.text) == (200, True)
