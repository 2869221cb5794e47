"""Saved searches with what is new in them; alerts, what they know, and their messages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.errors import StoreError
from dragoman.model.following import Search
from dragoman.model.query import EVERYTHING, OfActor, Query, Words
from dragoman.store import Store, open_store
from dragoman.store.alerts import MOST_UNCONFIRMED
from dragoman.store.handed_out import later
from dragoman.store.searches import COUNTED
from tests.publish.desk import COPY, REWRITE, WIRE, settle

PASSWORD = "a bridge over the strait"


@pytest.fixture
def desk(address: Path | str) -> Iterator[Store]:
    with open_store(address) as store:
        for name in ("Rosa", "Milo"):
            store.add_member(name, "reader", PASSWORD)
        yield store


@pytest.fixture
def rosa(desk: Store) -> int:
    return desk.member("Rosa").id


@pytest.fixture
def milo(desk: Store) -> int:
    return desk.member("Milo").id


def saved(desk: Store, member: int, query: str = "") -> Search:
    return desk.save_search(member, "Ferries", query)


# --- searches -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "number"),
    [(EVERYTHING, 3), (OfActor(("nato",)), 1), (Words(("ferry",)), 1), (Words(("yacht",)), 0)],
)
@pytest.mark.parametrize("few", [0, 100])
def test_what_came_since_it_was_looked_at_is_new(
    desk: Store,
    rosa: int,
    query: Query,
    number: int,
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether few came, which are looked at one by one, or many."""
    monkeypatch.setattr("dragoman.store.searches.FEW", few)
    settle(desk, [REWRITE])
    search = saved(desk, rosa)
    assert desk.count_since(query, search.seen) == (0, False)
    settle(desk, [WIRE])
    # The meeting was there before: another article of it is no new event.
    expected = number - (query in {EVERYTHING, OfActor(("nato",))})
    assert desk.count_since(query, search.seen) == (expected, False)
    desk.look_at_search(rosa, search.id)
    assert desk.count_since(query, desk.searches(rosa)[0].seen) == (0, False)


def test_more_than_can_be_shown_are_not_counted(
    desk: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(desk, [WIRE])
    monkeypatch.setattr("dragoman.store.searches.COUNTED", 2)
    assert COUNTED > 2
    assert desk.count_since(EVERYTHING, 0) == (2, True)


def test_a_form_that_is_sent_twice_saves_one_search(desk: Store, rosa: int) -> None:
    first = desk.save_search(rosa, "Ferries", "ferry", "nonce")
    assert desk.save_search(rosa, "Boats", "boat", "nonce") == first
    assert desk.save_search(rosa, " Ferries ", "ferry") == first
    assert len(desk.searches(rosa)) == 1


def test_a_search_is_its_members_alone(desk: Store, rosa: int, milo: int) -> None:
    search = saved(desk, rosa)
    assert desk.searches(milo) == []
    assert desk.search_of(milo, search.id) is None
    for act in (
        lambda: desk.rename_search(milo, search.id, "mine"),
        lambda: desk.look_at_search(milo, search.id),
        lambda: desk.drop_search(milo, search.id),
        lambda: desk.add_alert(milo, search.id, "feed", None, 1, language="en"),
    ):
        with pytest.raises(StoreError, match="of this member"):
            act()
    assert desk.search_of(rosa, search.id) == search


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b", "a\u202eb"])
def test_a_name_can_be_seen_and_is_one_line(desk: Store, rosa: int, name: str) -> None:
    with pytest.raises(StoreError, match="on one line"):
        desk.save_search(rosa, name, "")
    search = saved(desk, rosa)
    with pytest.raises(StoreError, match="on one line"):
        desk.rename_search(rosa, search.id, name)


def test_a_name_of_several_lines_becomes_one(desk: Store, rosa: int) -> None:
    assert desk.save_search(rosa, "a\r\nBcc: b", "").name == "a Bcc: b"


# --- alerts ---------------------------------------------------------------------------------------


def test_an_alert_knows_what_was_there_before_it(desk: Store, rosa: int) -> None:
    search = saved(desk, rosa)
    number = desk.add_alert(
        rosa, search.id, "webhook", "https://a.example/", 2, language="fr", known=["e-1"]
    )
    assert desk.known_to_alert(number) == {"e-1": None}
    assert desk.due_messages() == []
    again = desk.add_alert(rosa, search.id, "webhook", "https://a.example/", 2, language="fr")
    assert again == number
    (alert,) = desk.alerts(rosa)
    assert (alert.search, alert.member, alert.origins, alert.is_confirmed) == (
        search,
        "Rosa",
        2,
        True,
    )


def test_a_mailbox_is_asked_first(desk: Store, rosa: int) -> None:
    search = saved(desk, rosa)
    number = desk.add_alert(rosa, search.id, "mail", "a@b.example", 1, language="en")
    (letter,) = desk.due_messages()
    assert (letter.alert_id, letter.told) == (number, ())
    assert not desk.alerts(rosa)[0].is_confirmed
    desk.confirm_alert(number)
    assert desk.alerts(rosa)[0].is_confirmed


def test_nobody_floods_mailboxes_with_questions(desk: Store, rosa: int) -> None:
    search = saved(desk, rosa)
    for n in range(MOST_UNCONFIRMED):
        desk.add_alert(rosa, search.id, "mail", f"{n}@b.example", 1, language="en")
    with pytest.raises(StoreError, match="wait to be confirmed"):
        desk.add_alert(rosa, search.id, "mail", "one@b.example", 1, language="en")
    desk.confirm_alert(1)
    assert desk.add_alert(rosa, search.id, "mail", "one@b.example", 1, language="en")


def test_a_message_is_kept_with_what_it_tells_and_noted_when_sent(desk: Store, rosa: int) -> None:
    search = saved(desk, rosa)
    number = desk.add_alert(rosa, search.id, "webhook", "https://a.example/", 1, language="en")
    desk.queue_message(number, [("e-1", "new")], {"e-1": "CONSULT"})
    assert desk.known_to_alert(number) == {"e-1": "CONSULT"}
    (due,) = desk.due_messages()
    assert due.told == (("e-1", "new"),)
    desk.message_failed(due.id, "nobody there", later(desk._clock(), hours=1))
    assert desk.due_messages() == []
    (late,) = desk.last_messages(rosa).values()
    assert (late.tries, late.fault, late.is_given_up) == (1, "nobody there", False)
    desk.message_failed(due.id, "nobody there", None)
    assert desk.last_messages()[number].is_given_up
    desk.message_sent(due.id)
    assert not desk.last_messages()[number].is_given_up


def test_alerts_of_a_closed_account_sleep(desk: Store, rosa: int) -> None:
    search = saved(desk, rosa)
    number = desk.add_alert(rosa, search.id, "webhook", "https://a.example/", 1, language="en")
    desk.queue_message(number, [("e-1", "new")], {"e-1": ""})
    desk.close_account(rosa)
    assert (desk.alerts(), desk.alert(number), desk.due_messages()) == ([], None, [])
    desk.reopen_account(rosa)
    assert desk.alert(number) is not None
    assert len(desk.due_messages()) == 1


def test_a_search_goes_with_its_alerts(desk: Store, rosa: int) -> None:
    search = saved(desk, rosa)
    number = desk.add_alert(rosa, search.id, "mail", "a@b.example", 1, language="en", known=["e"])
    desk.drop_search(rosa, search.id)
    assert (desk.alerts(), desk.due_messages(), desk.known_to_alert(number)) == ([], [], {})


def test_an_alert_is_dropped_by_whose_it_is(desk: Store, rosa: int, milo: int) -> None:
    number = desk.add_alert(rosa, saved(desk, rosa).id, "feed", None, 1, language="en")
    with pytest.raises(StoreError, match="no alert"):
        desk.drop_alert(number, of=milo)
    desk.drop_alert(number, of=rosa)
    assert desk.alerts(rosa) == []


def test_merged_events_are_known_under_the_id_that_stays(desk: Store, rosa: int) -> None:
    settle(desk, [WIRE])
    number = desk.add_alert(rosa, saved(desk, rosa).id, "feed", None, 1, language="en")
    desk.queue_message(number, (), {"e-wire-2": "told"})
    desk.keep_events([], {"e-wire-2": "e-wire-3"})
    assert desk.known_to_alert(number) == {"e-wire-3": "told"}
    assert desk.standings(["e-wire-2"]) == {}


def test_of_what_is_forgotten_nothing_is_left_but_that_it_was_told(desk: Store, rosa: int) -> None:
    settle(desk, [WIRE, COPY])
    number = desk.add_alert(rosa, saved(desk, rosa).id, "feed", None, 1, language="en")
    said = {"e-wire-2": "ACCUSE|ARM|AZE", "e-met": "CONSULT|nato|AZE"}
    desk.queue_message(number, (), said)
    desk.decide_republishing("a-wire", "approved", digest="d", lead="Boats sail.", why="good")
    desk.forget("a-wire", "asked")
    assert desk.known_to_alert(number) == {**said, "e-wire-2": ""}
    (decision,) = desk.republish_log("a-wire")
    assert (decision.what, decision.lead, decision.why) == ("approved", None, None)
