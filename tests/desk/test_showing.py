"""Whom a public desk shows acts of: states, bodies, people in a public role; and when anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.desk.showing import is_shown, settle
from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Event, Report, Side, Verdict
from dragoman.store import Store, Undecided, open_store
from tests.publish.desk import VERSIONS, WIRE, events_of, report_of

LEAST = 0.85
STATE = Side("ARM", "Armenia", None, 0, 7)
CITIZENS = Side("ARM", "villagers", "CIV", 0, 9)
OFFICIAL = Side("jens-stoltenberg", "Jens Stoltenberg", None, 0, 16)
SOLDIERS = Side(None, "soldiers", "MIL", 0, 8)
SOMEBODY = Side(None, "a ferryman", None, 0, 10)
MEETING = report_of(WIRE.article(), WIRE.told[0], 1)


def told(
    sources: Sequence[Side], targets: Sequence[Side], category: str = "CONSULT", **also: object
) -> Report:
    made = replace(MEETING, sources=tuple(sources), targets=tuple(targets), category=category)
    return replace(made, **also)  # type: ignore[arg-type]


def asked(*reports: Report, confirmed: bool = False) -> Undecided:
    event = Event("e-1", "CONSULT", "happened", "news", None, None, "", "", None, None, (), 1, 1)
    return Undecided(event, tuple((one, "2024-03-18") for one in reports), confirmed)


@pytest.mark.parametrize(
    ("sources", "targets", "shown"),
    [
        ([STATE], [STATE], True),
        ([STATE], [], True),
        ([OFFICIAL], [STATE], True),
        ([SOLDIERS], [STATE], True),
        ([STATE], [SOMEBODY], False),
        ([SOMEBODY], [STATE], False),
        ([STATE, SOMEBODY], [STATE], False),
        ([STATE], [CITIZENS], False),
        ([STATE], [Side(None, "a teacher", "EDU", 0, 9)], False),
    ],
)
def test_every_side_has_a_public_role(
    knowledge: Knowledge, sources: list[Side], targets: list[Side], shown: bool
) -> None:
    assert is_shown(asked(told(sources, targets)), knowledge.atlas, LEAST) is shown


def test_one_report_with_a_private_person_hides_the_event(knowledge: Knowledge) -> None:
    both = asked(told([STATE], [STATE]), told([STATE], [SOMEBODY]))
    assert not is_shown(both, knowledge.atlas, LEAST)


@pytest.mark.parametrize(("day", "shown"), [("2024-03-17", True), ("1990-01-01", False)])
def test_an_office_counts_on_the_day_of_the_act(
    knowledge: Knowledge, day: str, shown: bool
) -> None:
    report = told([OFFICIAL], [STATE], date=Dated(day, day, "day", "stated: a day"))
    assert is_shown(asked(report), knowledge.atlas, LEAST) is shown


@pytest.mark.parametrize("category", ["ACCUSE", "COERCE", "ASSAULT"])
def test_a_grave_act_by_a_person_is_sure_or_confirmed(knowledge: Knowledge, category: str) -> None:
    by_person = told([OFFICIAL], [STATE], category, confidence=0.8)
    by_state = told([STATE], [STATE], category, confidence=0.2)
    sure = replace(by_person, confidence=LEAST)
    assert not is_shown(asked(by_person), knowledge.atlas, LEAST)
    assert is_shown(asked(by_person), knowledge.atlas, 0.8)
    assert is_shown(asked(by_person, confirmed=True), knowledge.atlas, LEAST)
    assert is_shown(asked(sure), knowledge.atlas, LEAST)
    assert is_shown(asked(by_state), knowledge.atlas, LEAST)


def test_a_confirmation_does_not_make_a_private_person_public(knowledge: Knowledge) -> None:
    report = told([SOMEBODY], [STATE], "ACCUSE", confidence=0.99)
    assert not is_shown(asked(report, confirmed=True), knowledge.atlas, LEAST)


# --- kept in the store ----------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """With three events; of one a person of public role is the source of an accusation."""
    grave = replace(WIRE.told[0], category="ACCUSE", quad=3)
    page = replace(WIRE, told=[grave, *WIRE.told[1:]])
    kept = page.kept()
    with open_store(tmp_path) as made:
        made.keep(kept, VERSIONS)
        made.keep_events(events_of([page], [kept]))
        yield made


def seen(store: Store, knowledge: Knowledge, least: float = LEAST) -> set[str]:
    settle(store, knowledge, least)
    public = store.for_public()
    found = {event.id for event in public.events()}
    assert found == set(public.each_event())
    counted = sum(one.number for one in public.tallies("AZE"))
    assert counted == len(found)  # AZE is on a side of each of them
    return found


def test_what_is_not_decided_is_not_shown(store: Store) -> None:
    public = store.for_public()
    assert public.events() == []
    assert public.kept("a-wire").reports == ()  # type: ignore[union-attr]
    assert len(store.events()) == 3


def test_the_mark_follows_threshold_and_judgement(store: Store, knowledge: Knowledge) -> None:
    assert seen(store, knowledge) == {"e-wire-2", "e-wire-3"}
    assert seen(store, knowledge, 0.7) == {"e-met", "e-wire-2", "e-wire-3"}
    assert seen(store, knowledge) == {"e-wire-2", "e-wire-3"}
    said = store.judge(Verdict("confirm", "e-met"), None, None)
    assert "e-met" in seen(store, knowledge)
    store.undo(said.id, None, None)
    assert "e-met" not in seen(store, knowledge)
    store.judge(Verdict("confirm", "r-wire-1"), None, None)
    assert "e-met" in seen(store, knowledge)


def test_the_mark_follows_what_is_read_anew(store: Store, knowledge: Knowledge) -> None:
    seen(store, knowledge)
    kept = store.kept("a-wire")
    assert kept is not None
    private = replace(kept.reports[1], targets=(SOMEBODY,))
    store.keep(replace(kept, reports=(kept.reports[0], private, kept.reports[2])), VERSIONS)
    assert {event.id for event in store.for_public().events()} == {"e-wire-3"}
    assert seen(store, knowledge) == {"e-wire-3"}
    assert len(store.events()) == 3
    assert sum(one.number for one in store.tallies("AZE")) == 3
