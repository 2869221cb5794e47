"""Reporting an error: from the page of an event to the note in the store."""

from __future__ import annotations

from pathlib import Path

from dragoman.store import open_store
from tests.publish.conftest import Client

FORM = "/event/e-met/error"
SAID = {"what": "who", "text": "It was the deputy who met them."}


def notes(home: Path) -> list[tuple[str, str]]:
    with open_store(home) as store:
        return [(one.what, one.text) for one in store.error_notes()]


def test_page_of_an_event_leads_to_the_form(client: Client) -> None:
    assert f'<a href="{FORM}">report an error</a>' in client.get("/event/e-met").text


def test_note_is_kept_and_the_reader_thanked(client: Client, home: Path) -> None:
    answer = client.fill(FORM, SAID)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{FORM}?kept=1")
    assert notes(home) == [("who", "It was the deputy who met them.")]
    assert "your note is kept" in client.get(answer.headers["location"]).text


def test_in_french_it_stays_in_french(client: Client) -> None:
    assert "Signaler une erreur" in client.get(f"/fr{FORM}").text
    assert client.fill(f"/fr{FORM}", SAID).headers["location"] == f"/fr{FORM}?kept=1"


def test_what_is_wrong_is_said_and_nothing_lost(client: Client, home: Path) -> None:
    answer = client.fill(FORM, {"what": "", "text": "Something <b>odd</b>."})
    assert answer.status_code == 422
    assert "choose one of the lines" in answer.text
    assert "Something &lt;b&gt;odd&lt;/b&gt;." in answer.text
    assert "in 2000 characters" in client.fill(FORM, {**SAID, "text": "a" * 2001}).text
    assert "a few words" in client.fill(FORM, {"what": "other", "text": ""}).text
    assert notes(home) == []


def test_field_that_nobody_sees_stays_empty(client: Client, home: Path) -> None:
    assert client.fill(FORM, {**SAID, "website": "http://a.example"}).status_code == 422
    assert notes(home) == []


def test_form_sent_twice_is_one_note(client: Client, home: Path) -> None:
    token = client.get(FORM).text.split('name="token" value="')[1].split('"')[0]
    for _ in range(2):
        assert client.post(FORM, {**SAID, "token": token}).status_code == 303
    assert len(notes(home)) == 1


def test_unknown_event_has_no_form(client: Client) -> None:
    assert client.get("/event/e-none/error").status_code == 404


def test_notes_go_with_what_they_are_about(client: Client, home: Path) -> None:
    client.fill(FORM, SAID)
    with open_store(home) as store:
        for article in {row.report.article_id for row in store.reports_of_event("e-met")}:
            store.forget(article, reason="asked", by="Ada")
        assert store.error_notes(with_done=True) == []
