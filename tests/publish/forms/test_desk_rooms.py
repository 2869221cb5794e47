"""The log of judgements, the notes from readers and the sources, behind the login."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.model import Event
from dragoman.store import open_store, source_id
from tests.publish.forms.conftest import As

FEED = "https://harbour.example/feed.xml"
PATHS = ("/desk/judgements", "/desk/notes", "/desk/sources")


@pytest.fixture
def told(judged: Path) -> Event:
    with open_store(judged) as store:
        return store.events()[0]


@pytest.mark.parametrize("path", PATHS)
def test_empty_rooms_say_so(member: As, path: str) -> None:
    answer = member().get(path)
    assert answer.status_code == 200
    assert 'class="notice"' in answer.text
    assert member().get(f"/fr{path}").status_code == 200


# --- the log -------------------------------------------------------------------------------------


def judge(member: As, told: Event, *whats: str) -> None:
    for what in whats:
        sent = {"say": f"{what} {told.report_ids[0]}", "why": f"because {what}"}
        assert member().fill(f"/event/{told.id}/judge", sent).status_code == 303


def test_log_tells_who_when_and_why_newest_first(member: As, told: Event) -> None:
    judge(member, told, "confirm", "unsure")
    page = member().get("/desk/judgements").text
    assert page.index("because unsure") < page.index("because confirm")
    assert f'href="/event/{told.id}"' in page
    found = json.loads(member().get("/desk/judgements", "application/json").text)
    assert [one["line"]["kind"] for one in found["judgements"]] == ["unsure", "confirm"]
    assert {one["line"]["by"] for one in found["judgements"]} == {"Ada"}


def test_log_is_narrowed_down(member: As, told: Event) -> None:
    judge(member, told, "confirm", "unsure")
    sent = {"say": "undo", "number": "2", "why": "sure now"}
    assert member().fill("/desk/judgements?number=2", sent).status_code == 303
    confirmed = member().get("/desk/judgements?kind=confirm").text
    assert "because confirm" in confirmed
    assert "because unsure" not in confirmed
    undone = member().get("/desk/judgements?state=undone").text
    assert "sure now" in undone
    assert "because confirm" not in undone


def test_moderators_read_and_editors_undo(member: As, told: Event) -> None:
    judge(member, told, "confirm")
    form = member().get("/desk/judgements?number=1").text
    token = form.rpartition('name="token" value="')[2].partition('"')[0]
    moderator = member("moderator")
    assert "because confirm" in moderator.get("/desk/judgements").text
    assert 'value="undo"' not in moderator.get("/desk/judgements?number=1").text
    sent = {"say": "undo", "number": "1", "why": "no", "token": token}
    refused = moderator.post("/desk/judgements", sent)
    assert refused.status_code == 422
    assert "Only editors" in refused.text
    assert "because confirm" not in member().get("/desk/judgements?state=undone").text


def test_what_cannot_be_undone_is_told(member: As, told: Event) -> None:
    judge(member, told, "confirm")
    client, path = member(), "/desk/judgements?number=1"
    assert "Say why" in client.fill(path, {"say": "undo", "number": "1", "why": ""}).text
    sent = {"say": "undo", "number": "9" * 18, "why": "no"}
    assert "there is no judgement" in client.fill("/desk/judgements?number=1", sent).text
    assert client.get("/desk/judgements?number=77").status_code == 200
    assert client.get("/desk/judgements?start=x&kind=y&state=z").status_code == 200


# --- notes from readers --------------------------------------------------------------------------


def test_note_is_dealt_with_and_opened_again(member: As, judged: Path, told: Event) -> None:
    with open_store(judged) as store:
        store.note_error(told.id, "who", "It was <b>another</b>.")
    client = member()
    page = client.get("/desk/notes").text
    assert "It was &lt;b&gt;another&lt;/b&gt;." in page
    assert '<mark class="predicate' in page
    assert f'href="/event/{told.id}/judge"' in page
    sent = {"say": "done", "number": "1", "why": "It was not."}
    assert client.fill("/desk/notes", sent).status_code == 303
    assert "No note waits" in client.get("/desk/notes").text
    assert "Done by Ada" in client.get("/desk/notes?done=1").text
    assert "note 1 was done" in client.fill("/desk/notes?done=1", {**sent, "why": "x"}).text
    assert client.fill("/desk/notes?done=1", {**sent, "say": "open"}).status_code == 303
    with open_store(judged) as store:
        assert store.count_error_notes() == 1
        changes = [(one.what, one.by, one.why) for one in store.desk_changes("note")]
    assert changes == [("open", "Ada", "It was not."), ("done", "Ada", "It was not.")]


def test_newer_revision_than_the_reader_saw_is_told(member: As, judged: Path, told: Event) -> None:
    with open_store(judged) as store:
        store.note_error(told.id, "when", "")
        store.keep_events([replace(told, outlets=told.outlets + 1)])
    assert "they saw revision" in member().get("/desk/notes").text


def test_reasons_go_with_what_they_are_about(member: As, judged: Path, told: Event) -> None:
    with open_store(judged) as store:
        store.note_error(told.id, "other", "It says so.")
    sent = {"say": "done", "number": "1", "why": "It says so indeed."}
    assert member().fill("/desk/notes", sent).status_code == 303
    with open_store(judged) as store:
        for article in {row.report.article_id for row in store.reports_of_event(told.id)}:
            store.forget(article, reason="asked", by="Ada")
        assert [one.why for one in store.desk_changes("note")] == [None]


# --- sources -------------------------------------------------------------------------------------


def test_source_is_added_paused_licensed_and_removed(member: As, judged: Path) -> None:
    client, one = member(), source_id(FEED)
    path = f"/desk/sources?source={one}"
    added = {"say": "add", "address": FEED, "kind": "feed", "title": "Harbour"}
    answer = client.fill("/desk/sources", added)
    assert answer.headers["location"] == f"/desk/sources#{one}"
    sent = {"source": one, "why": "by letter"}
    assert client.fill(path, {**sent, "say": "pause"}).status_code == 303
    with open_store(judged) as store:
        assert [source.active for source in store.sources()] == [False]
    assert client.fill(path, {**sent, "say": "resume"}).status_code == 303
    licensed = {**sent, "say": "licence", "licence": "CC-BY-4.0"}
    assert client.fill(path, licensed).status_code == 303
    with open_store(judged) as store:
        source = store.source(one)
        assert source is not None
        assert (source.active, source.licence, source.title) == (True, "CC-BY-4.0", "Harbour")
    unsure = client.fill(path, {**sent, "say": "remove"})
    assert "Tick the box" in unsure.text
    assert client.fill(path, {**sent, "say": "remove", "sure": "1"}).status_code == 303
    with open_store(judged) as store:
        assert store.sources() == []
        log = [(one.what, one.by, one.why) for one in store.desk_changes("source")]
    assert log == [
        ("remove", "Ada", "by letter"),
        ("licence", "Ada", "by letter"),
        ("resume", "Ada", "by letter"),
        ("pause", "Ada", "by letter"),
        ("add", "Ada", None),
    ]
    assert "by letter" in client.get("/desk/sources").text


def test_what_was_set_aside_is_listed_as_plain_text(member: As, judged: Path) -> None:
    client = member()
    assert "Set aside" not in client.get("/desk/sources").text
    with open_store(judged) as store:
        store.set_aside("", "<b>pier</b>", "read", "<b>pier</b>: reading took longer than 9 s")
    shown = client.get("/desk/sources").text
    assert "Set aside" in shown
    assert "&lt;b&gt;pier&lt;/b&gt;: reading took longer than 9 s" in shown
    assert "<b>pier</b>" not in shown


@pytest.mark.parametrize(
    ("address", "kind", "words"),
    [
        ("", "feed", "Give the address"),
        ("harbour", "feed", "neither an address"),
        ("file:///secret", "page", "no address of the web"),
        (FEED, "archive", "Say what stands at the address"),
        (FEED, "", "Say what stands at the address"),
        ("https://a.example/" + "a" * 2000, "page", "characters"),
    ],
)
def test_what_is_no_source_is_refused(
    member: As, judged: Path, address: str, kind: str, words: str
) -> None:
    sent = {"say": "add", "address": address, "kind": kind, "title": "A <b>title</b>"}
    answer = member().fill("/desk/sources", sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="A &lt;b&gt;title&lt;/b&gt;"' in answer.text
    with open_store(judged) as store:
        assert store.sources() == []
        assert store.desk_changes("source") == []


def test_source_that_is_known_or_gone_is_told(member: As) -> None:
    client = member()
    added = {"say": "add", "address": FEED, "kind": "feed"}
    assert client.fill("/desk/sources", added).status_code == 303
    again = client.fill("/desk/sources", added)
    assert "pointed at it already" in again.text
    gone = {"say": "pause", "source": "s-none", "why": "gone"}
    assert "has no source s-none" in client.fill("/desk/sources", gone).text
