"""When two reports tell one happening: what is joined, what stays apart, and by which reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.model import OUTLINE_DAYS, Side
from dragoman.record.outline import asked, keys
from dragoman.record.sameness import ENOUGH, NEIGHBOURS, acts_near, sameness
from tests.record.made import count, lately, named, on, open_from, outlined, place, side

Changes = dict[str, Any]
KHARKIV = place("kharkiv", 49.99, 36.23, "UKR")
ODESA = place("odesa", 46.48, 30.73, "UKR")


def _sides(actors: list[str]) -> tuple[Side, ...]:
    return tuple(side(one) for one in actors)


def are_one(knowledge: Knowledge, one: Changes, other: Changes) -> bool:
    a, b = outlined(knowledge, **one), outlined(knowledge, **other)
    found, back = sameness(a, b), sameness(b, a)
    assert (found is None) == (back is None)
    assert found is None or back is None or found.score == back.score
    return found is not None and found.score >= ENOUGH


def sees(knowledge: Knowledge, one: Changes, other: Changes) -> bool:
    """Whether either finds the other, whichever of them came first."""
    a, b = outlined(knowledge, **one), outlined(knowledge, **other)
    assert bool(asked(a) & keys(b)) == bool(asked(b) & keys(a))
    return bool(asked(a) & keys(b))


# fmt: off
SAME: list[Changes] = [
    # told twice in the same words
    {},
    # a summit of some days
    {"date": on("2024-03-16", "2024-03-18")},
    # mode and confidence may differ
    {"mode": "firearms", "confidence": 0.9},
    # another status of the same act
    {"status": "ongoing"},
    # a further side
    {"targets": (side("UKR"), side("POL"))},
    # a neighbouring category: stormed, or attacked
    {"category": "COERCE"},
    # a side that one report lacks
    {"targets": ()},
    {"sources": ()},
    # denied, and alleged of another: of the same happening, to be counted apart
    {"status": "denied"},
    {"status": "alleged", "sources": (side("BLR"),)},
    # no day but that of printing
    {"date": lately()},
    # within a week or a month that is told
    {"date": on("2024-03-11", "2024-03-17")},
    {"date": on("2024-03-01", "2024-03-31")},
    # undated, and denied within two weeks
    {"date": None, "status": "denied"},
    # planned without a day
    {"date": None, "status": "planned", "told_as": "announced", "category": "THREATEN",
     "root": "ASSAULT"},
    # from a day on
    {"date": open_from("2024-03-15"), "status": "planned", "told_as": "announced"},
    # a soldier's state, by the office of the state's head
    {"sources": (side("vladimir-putin"),)},
    # a part of the state
    {"sources": (side("gru"),)},
    # a toll that grew
    {"counts": (count("killed", 40),)},
]
OTHER: list[Changes] = [
    # another category, source, target
    {"category": "AID"},
    {"sources": (side("BLR"),)},
    {"targets": (side("POL"),)},
    # the other way round
    {"sources": (side("UKR"),), "targets": (side("RUS"),)},
    # what is demanded or threatened is not what is done
    {"status": "demanded", "category": "REQUEST", "root": "ASSAULT"},
    {"status": "threatened", "category": "THREATEN", "root": "ASSAULT"},
    # other days
    {"date": on("2024-03-19")},
    {"date": on("2024-03-20")},
    {"date": on("2023-03-17")},
    # a year holds many acts of the kind
    {"date": on("2024-01-01", "2024-12-31")},
    # news without a day, but printed long after
    {"date": lately("2024-04-20"), "printed": "2024-04-20"},
    # nobody in particular
    {"sources": (), "targets": ()},
    # not even a day of printing
    {"date": None, "printed": None},
    # a day apart, and printed on different days
    {"date": on("2024-03-16"), "printed": "2024-03-17"},
]
# fmt: on


@pytest.mark.parametrize("changes", SAME)
def test_one_happening(changes: Changes, knowledge: Knowledge) -> None:
    assert are_one(knowledge, {}, changes)
    assert sees(knowledge, {}, changes)


@pytest.mark.parametrize("changes", OTHER)
def test_two_happenings(changes: Changes, knowledge: Knowledge) -> None:
    assert not are_one(knowledge, {}, changes)


def test_a_day_apart_where_both_were_printed_at_once(knowledge: Knowledge) -> None:
    """Time zones, and the night between; whether it holds is for `chronology` to say."""
    assert are_one(knowledge, {}, {"date": on("2024-03-16")})


def test_towns_far_apart_are_two_happenings(knowledge: Knowledge) -> None:
    assert are_one(knowledge, {"place": KHARKIV}, {"place": KHARKIV})
    assert are_one(knowledge, {"place": KHARKIV}, {})
    a, b = (outlined(knowledge, place=spot, targets=()) for spot in (KHARKIV, ODESA))
    found = sameness(a, b)
    assert found is not None
    assert found.score < ENOUGH
    assert any("far apart" in reason for reason in found.reasons)


def test_numbers_that_cant_be_the_same(knowledge: Knowledge) -> None:
    paid = {"category": "AID", "targets": ()}
    assert are_one(
        knowledge,
        {**paid, "counts": (count("money", 50),)},
        {**paid, "counts": (count("money", 50),)},
    )
    less = {**paid, "date": lately(), "counts": (count("money", 5),)}
    assert not are_one(knowledge, {**paid, "counts": (count("money", 50),)}, less)


def test_mutual_acts_are_told_from_either_side(knowledge: Knowledge) -> None:
    meeting = {"category": "CONSULT"}
    turned = {**meeting, "sources": (side("UKR"),), "targets": (side("RUS"),)}
    assert are_one(knowledge, meeting, turned)
    assert sees(knowledge, meeting, turned)


def test_two_ministers_of_one_state_hold_two_meetings(knowledge: Knowledge) -> None:
    day = {"category": "CONSULT", "date": on("2023-06-10"), "printed": "2023-06-10"}
    blinken = {**day, "sources": (side("antony-blinken"),), "targets": ()}
    biden = {**day, "sources": (side("joe-biden"),), "targets": ()}
    state = {**day, "sources": (side("USA"),), "targets": ()}
    assert not are_one(knowledge, blinken, biden)
    assert are_one(knowledge, blinken, state)
    host = {**day, "sources": (side("emmanuel-macron"),), "targets": (side("USA"),)}
    guest = {**day, "sources": (side("joe-biden"),), "targets": (side("FRA"),)}
    assert are_one(knowledge, host, guest)


def test_a_side_that_the_sentence_names_elsewhere(knowledge: Knowledge) -> None:
    """ "Came under a barrage from": the coder saw no source, but the sentence names it."""
    full = outlined(knowledge)
    half = outlined(
        knowledge, named("Russia", actor="RUS"), sources=(), date=lately(), category="COERCE"
    )
    bare = outlined(knowledge, sources=(), date=lately(), category="COERCE")
    with_it, without = sameness(full, half), sameness(full, bare)
    assert with_it is not None
    assert without is not None
    assert with_it.score >= ENOUGH > without.score
    assert "source named beside +1.00" in with_it.reasons


def test_persons_without_office_are_known_by_name(knowledge: Knowledge) -> None:
    """And by its sound: languages write one name in two ways."""
    freed: Changes = {"category": "RETREAT", "date": lately()}
    one = outlined(
        knowledge, named("Ada Iarochenkova"), **freed, targets=(side(None, "Ada Iarochenkova", 20),)
    )
    two = outlined(
        knowledge, named("Yaroshenkova"), **freed, targets=(side(None, "Yaroshenkova", 20),)
    )
    other = outlined(knowledge, named("Berg"), **freed, targets=(side(None, "Berg", 20),))
    assert one.targets == two.targets
    same, apart = sameness(one, two), sameness(one, other)
    assert same is not None
    assert apart is not None
    assert same.score >= ENOUGH > apart.score


def test_figures_of_the_sentence_speak_for_it(knowledge: Knowledge) -> None:
    vague: Changes = {"sources": (), "date": lately()}
    one = outlined(knowledge, **vague, evidence_text="some 141 boats in the year 2024")
    two = outlined(knowledge, **vague, evidence_text="141 bateaux")
    assert one.things == two.things == ("#141",)
    found = sameness(one, two)
    assert found is not None
    assert "both name #141 +1.00" in found.reasons


ACTORS = ("RUS", "UKR", "FRA", "emmanuel-macron", "vladimir-putin", "eu")
reports = st.fixed_dictionaries(
    {
        "category": st.sampled_from(("CONSULT", "AGREE", "SUPPORT", "ASSAULT", "COERCE")),
        "status": st.sampled_from(("happened", "planned", "denied", "alleged", "demanded")),
        "told_as": st.sampled_from(("news", "background", "announced")),
        "mode": st.sampled_from((None, "visit")),
        "sources": st.lists(st.sampled_from(ACTORS), max_size=2).map(_sides),
        "targets": st.lists(st.sampled_from(ACTORS), max_size=2).map(_sides),
        "date": st.sampled_from(
            (
                None, lately(), on("2024-03-17"), on("2024-03-16", "2024-03-18"),
                on("2024-03-01", "2024-03-31"), on("2024-04-17"), open_from("2024-03-10"),
            )
        ),
        "place": st.sampled_from((None, KHARKIV, ODESA)),
        "counts": st.sampled_from(((), (count("killed", 3),), (count("killed", 90),))),
        "printed": st.sampled_from(("2024-03-17", "2024-03-18", None)),
        "evidence_text": st.sampled_from(("some 141 boats", "the other sentence")),
    }
)  # fmt: skip


@given(one=reports, other=reports, called=st.lists(st.sampled_from(ACTORS), max_size=2))
@settings(max_examples=300, deadline=None)
@example(  # told from either side, and denied of another
    one={"category": "CONSULT"},
    other={
        "category": "CONSULT",
        "status": "denied",
        "sources": (side("UKR"),),
        "targets": (side("FRA", start=10),),
    },
    called=[],
)
def test_two_see_each_other_alike(
    one: Changes, other: Changes, called: list[str], knowledge: Knowledge
) -> None:
    """Which of them came first must not count."""
    a = outlined(knowledge, *(named(actor, actor=actor) for actor in called), **one)
    b = outlined(knowledge, **other)
    found, back = sameness(a, b), sameness(b, a)
    assert (found is None) == (back is None)
    if found is not None and back is not None:
        assert (found.score, found.same_day) == (back.score, back.same_day)
    assert bool(asked(a) & keys(b)) == bool(asked(b) & keys(a))
    for made in (a, b):
        if made.start is not None and made.end is not None:
            length = date.fromisoformat(made.end) - date.fromisoformat(made.start)
            assert length.days <= OUTLINE_DAYS


def test_every_neighbour_has_its_reason() -> None:
    assert all(reason for reason in NEIGHBOURS.values())
    for act in {act for pair in NEIGHBOURS for act in pair}:
        assert all(act in acts_near(other) for other in acts_near(act))


def test_what_tells_the_same_has_one_outline(knowledge: Knowledge) -> None:
    """Copies, and what is recalled again and again, are compared once."""
    assert outlined(knowledge) == outlined(knowledge, identity="r-2", confidence=0.9)
    later = outlined(knowledge, printed="2024-06-01")
    assert later == outlined(knowledge, printed="2025-02-11", evidence_text="other words")
    assert later.id != outlined(knowledge).id


def test_what_tells_too_little_is_the_same_only_word_for_word(knowledge: Knowledge) -> None:
    nobody: Changes = {"sources": (), "targets": ()}
    one = outlined(knowledge, **nobody, evidence_text="Shots were heard.")
    assert one == outlined(knowledge, **nobody, evidence_text="Shots were heard")
    assert one.id != outlined(knowledge, **nobody, evidence_text="There was shooting.").id


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"told_as": "announced", "date": None, "status": "planned"},
        {"told_as": "background", "date": None},
        {"status": "denied", "date": None},
        {"date": on("2024-03-01", "2024-03-31")},
        {"date": on("2024-01-01", "2024-12-31")},
        {"date": open_from("2024-03-01")},
    ],
)
def test_no_outline_is_of_more_days_than_others_are_looked_up_by(
    changes: Changes, knowledge: Knowledge
) -> None:
    made = outlined(knowledge, **changes)
    first, last = date.fromisoformat(made.start or ""), date.fromisoformat(made.end or "")
    assert 0 <= (last - first).days <= OUTLINE_DAYS


def test_what_is_named_beside_joins_no_two_reports_without_a_day(knowledge: Knowledge) -> None:
    """Support that is welcomed is told beside two states; so is much else in that week."""
    known: Changes = {"category": "SUPPORT", "sources": _sides(["AZE"]), "targets": _sides(["UKR"])}
    told = outlined(knowledge, **known)
    vague = outlined(knowledge, **known, date=lately())
    bare = outlined(knowledge, category="SUPPORT", sources=(), targets=(), date=lately())
    welcomed = replace(bare, named=("AZE", "UKR"))
    assert sameness(vague, welcomed) is None
    beside = sameness(told, welcomed)
    assert beside is not None
    assert beside.score >= ENOUGH


def test_one_sentence_of_two_acts_tells_two(knowledge: Knowledge) -> None:
    bare: Changes = {"sources": (), "targets": (), "evidence_text": "Aid is welcomed."}
    support = outlined(knowledge, **bare, category="SUPPORT")
    aid = outlined(knowledge, **bare, category="AID")
    assert support.words == aid.words != ""
    assert sameness(support, aid) is None
