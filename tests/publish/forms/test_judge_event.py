"""Judging an event on the site: from the button to the record, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.desk.corpus import Desk
from dragoman.errors import DragomanError
from dragoman.model import Event
from dragoman.store import open_store
from dragoman.store.rows import Judgement
from tests.publish.forms.conftest import As


@pytest.fixture
def told(judged: Path) -> Event:
    """What most reports tell: Kenya condemned Rwanda, in four articles."""
    with open_store(judged) as store:
        return max(store.events(), key=lambda one: (len(one.report_ids), one.id))


def judgements(home: Path) -> list[Judgement]:
    with open_store(home) as store:
        return store.judgements(with_undone=True)


def standing(home: Path, event: str) -> set[str]:
    with open_store(home) as store:
        return {row.report.id for row in store.reports_of_event(event)}


def test_every_report_stands_with_its_sentence(member: As, told: Event) -> None:
    page = member().get(f"/event/{told.id}/judge").text
    for report in told.report_ids:
        assert f'value="reject {report}"' in page
    assert page.count('<mark class="predicate') >= len(told.report_ids)


def test_rejected_report_leaves_its_event_and_comes_back(
    member: As, judged: Path, told: Event
) -> None:
    client, gone = member(), told.report_ids[0]
    sent = {"say": f"reject {gone}", "why": "It was another lake."}
    answer = client.fill(f"/event/{told.id}/judge", sent)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/event/{told.id}#judgement-1"
    assert standing(judged, told.id) == set(told.report_ids) - {gone}
    page = client.get(f"/event/{told.id}").text
    assert 'id="judgement-1"' in page
    for said in ("rejected", "by Ada", "It was another lake."):
        assert said in page
    undone = client.fill(
        "/desk/judgements?number=1", {"say": "undo", "number": "1", "why": "It was this lake."}
    )
    assert undone.headers["location"].startswith(f"/event/{told.id}")
    assert standing(judged, told.id) == set(told.report_ids)
    one = judgements(judged)[0]
    assert (one.by, one.note, one.undone_by, one.undone_why) == (
        "Ada",
        "It was another lake.",
        "Ada",
        "It was this lake.",
    )


def test_all_reports_at_once(member: As, judged: Path, told: Event) -> None:
    answer = member().fill(f"/event/{told.id}/judge", {"say": "confirm"})
    assert answer.status_code == 303, answer.text
    assert set(judgements(judged)[0].word.ids) >= {told.id, *told.report_ids}


def test_reason_is_asked_for_and_nothing_typed_is_lost(
    member: As, judged: Path, told: Event
) -> None:
    client, path = member(), f"/event/{told.id}/judge"
    answer = client.fill(path, {"say": f"reject {told.report_ids[0]}", "why": ""})
    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert "characters" in client.fill(path, {"say": "reject", "why": "a" * 2001}).text
    assert "one of the buttons" in client.fill(path, {"say": "burn", "why": "b"}).text
    assert "no such report" in client.fill(path, {"say": "reject r-1", "why": "b"}).text
    lost = client.fill(path, {"say": "merge", "other": "e-<b>no</b>", "why": "It is <i>one</i>."})
    assert lost.status_code == 422
    assert 'value="e-&lt;b&gt;no&lt;/b&gt;"' in lost.text
    assert "It is &lt;i&gt;one&lt;/i&gt;." in lost.text
    assert judgements(judged) == []


def test_field_that_nobody_sees_stays_empty(member: As, judged: Path, told: Event) -> None:
    sent = {"say": "confirm", "website": "http://a.example"}
    assert member().fill(f"/event/{told.id}/judge", sent).status_code == 422
    assert judgements(judged) == []


def test_correction_keeps_what_was_not_changed(member: As, judged: Path, told: Event) -> None:
    client, report = member(), told.report_ids[0]
    path = f"/event/{told.id}/judge?report={report}"
    form = client.get(path).text
    assert '<option value="ACCUSE" selected>' in form
    assert 'name="source" value="Kenya"' in form
    with open_store(judged) as store:
        row = store.report(report)
        assert row is not None
        was = row.report
    fields = {
        "category": "ACCUSE",
        "mode": was.mode or "",
        "status": "denied",
        "told_as": was.told_as,
        "source": "Kenya",
        "target": "Rwanda",
        "date": "2024-03-12",
        "place": was.place.name if was.place is not None else "",
    }
    sent = {**fields, "say": f"correct {report}", "why": "Both deny it."}
    answer = client.fill(path, sent)
    assert answer.status_code == 303, answer.text
    with open_store(judged) as store:
        row = store.report(report)
        assert row is not None
        assert (row.report.status, row.report.sources, row.report.date) == (
            "denied",
            was.sources,
            was.date,
        )
        assert answer.headers["location"] == f"/event/{row.event_id}#judgement-1"
    assert judgements(judged)[0].word.ids == (report, was.article_id)


def test_correction_is_checked_as_the_command_checks_it(
    member: As, judged: Path, told: Event
) -> None:
    client, report = member(), told.report_ids[0]
    path = f"/event/{told.id}/judge?report={report}"
    sent = {"say": f"correct {report}", "why": "So it says."}
    wrong = client.fill(path, {**sent, "source": "Rwnda"})
    assert wrong.status_code == 422
    assert "the atlas has no actor" in wrong.text
    assert 'value="Rwnda"' in wrong.text
    assert "is no date" in client.fill(path, {**sent, "date": "yesterday"}).text
    assert "Nothing was changed" in client.fill(path, {**sent, "source": "Kenya"}).text
    assert judgements(judged) == []


def test_some_reports_happened_apart(member: As, judged: Path, told: Event) -> None:
    gone = told.report_ids[-1]
    sent = {"say": "split", "out": gone, "why": "Another week."}
    answer = member().fill(f"/event/{told.id}/judge", sent)
    assert answer.status_code == 303, answer.text
    assert gone not in standing(judged, answer.headers["location"][7:25])
    none = member().fill(f"/event/{told.id}/judge", {"say": "split", "why": "Another week."})
    assert "Choose the reports" in none.text


def test_two_events_are_one(member: As, judged: Path, told: Event) -> None:
    with open_store(judged) as store:
        other = next(one for one in store.events() if one.target == "FIN")
    address = f"http://desk.example/fr/event/{other.id}?asof=2024-03-20"
    sent = {"say": "merge", "other": address, "why": "One and the same."}
    answer = member().fill(f"/event/{told.id}/judge", sent)
    assert answer.status_code == 303, answer.text
    with open_store(judged) as store:
        one, same = store.event(told.id), store.event(other.id)
        assert one is not None
        assert same is not None
        assert one.id == same.id


def test_word_that_cannot_be_carried_out_stays_due(
    member: As, judged: Path, told: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(*_arguments: object) -> None:
        raise DragomanError("the disk is full")

    client = member()
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "redo", stuck)
        sent = {"say": f"reject {told.report_ids[0]}", "why": "A film."}
        answer = client.fill(f"/event/{told.id}/judge", sent)
    assert answer.status_code == 303
    assert judgements(judged)[0].is_due
    assert "not carried out yet" in client.get(f"/event/{told.id}").text
    assert "1 judgement is kept and not carried out yet" in client.get("/desk/judgements").text
    assert client.fill("/desk/judgements", {"say": "finish"}).status_code == 303
    assert not judgements(judged)[0].is_due
    assert told.report_ids[0] not in standing(judged, told.id)


def test_public_desk_follows_and_names_nobody(member: As, judged: Path, told: Event) -> None:
    editor = member(public=True)
    for report in told.report_ids:
        sent = {"say": f"reject {report}", "why": "A hoax of ours."}
        assert editor.fill(f"/event/{told.id}/judge", sent).status_code == 303
    reader = member(None, public=True)
    page = reader.get(f"/event/{told.id}").text
    assert "condemned" not in page
    assert "Ada" not in page
    assert "A hoax of ours." not in page


def test_in_french(member: As, told: Event) -> None:
    client, path = member(), f"/fr/event/{told.id}/judge"
    assert "Juger cet événement" in client.get(path).text
    sent = {"say": f"unsure {told.report_ids[0]}", "why": "Les deux le nient."}
    assert client.fill(path, sent).headers["location"].startswith(f"/fr/event/{told.id}#")


def test_unknown_event_cannot_be_judged(member: As) -> None:
    assert member().get("/event/e-0000000000000000/judge").status_code == 404
