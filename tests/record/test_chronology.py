"""From ties to happenings: what holds, what is kept apart, and that the order never matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.grouping import Group, connected
from dragoman.knowledge import Knowledge
from dragoman.model import Footing, Outline, Tie
from dragoman.record.chronology import footing, happenings, holds
from dragoman.record.sameness import ENOUGH, sameness
from tests.record.made import lately, on, outlined, place, side

KHARKIV = place("kharkiv", 49.99, 36.23, "UKR")
ODESA = place("odesa", 46.48, 30.73, "UKR")


def joined(outlines: Sequence[Outline]) -> list[Group]:
    """As a desk joins them, without a store."""
    by_id = {one.id: one for one in outlines}
    ties: dict[str, list[Tie]] = {one: [] for one in by_id}
    for one in by_id.values():
        for other in by_id.values():
            found = sameness(one, other) if one.id != other.id else None
            if found is not None and found.score >= ENOUGH:
                ties[one.id].append(
                    Tie(one.id, other.id, found.score, found.same_day, other.is_dated)
                )
    stand = {
        one.id: footing(Footing(one.id, one.is_dated, None, True), ties[one.id])
        for one in by_id.values()
    }
    held = {
        one: [tie for tie in its if holds(tie, stand[one], stand[tie.other])]
        for one, its in ties.items()
    }
    bonds = [(t.score, i, t.other) for i, its in held.items() for t in its if i < t.other]
    groups = happenings(by_id, bonds)
    parts = connected(by_id, lambda one: [tie.other for tie in held[one]])
    each = [
        happenings({i: by_id[i] for i in part}, [bond for bond in bonds if bond[1] in part])
        for part in parts
    ]
    assert groups == sorted((group for some in each for group in some), key=min)
    return groups


def sizes(outlines: Sequence[Outline]) -> list[int]:
    return sorted(len(group) for group in joined(outlines))


def test_a_vague_report_goes_with_the_one_it_is_most_like(knowledge: Knowledge) -> None:
    """It never joins two days, however well it would go with either."""
    monday = outlined(knowledge, date=on("2024-03-18"), printed="2024-03-18")
    tuesday = outlined(knowledge, date=on("2024-03-19"), printed="2024-03-19")
    vague = outlined(knowledge, date=lately("2024-03-20"), printed="2024-03-20")
    assert sizes([monday, tuesday, vague]) == [1, 2]
    assert {tuesday.id, vague.id} in joined([monday, tuesday, vague])


def test_no_chain_joins_the_days_of_a_war(knowledge: Knowledge) -> None:
    days = [f"2024-03-{day:02}" for day in range(1, 29)]
    told = [outlined(knowledge, date=on(day), printed=day) for day in days]
    vague = [outlined(knowledge, date=lately(day), printed=day) for day in days]
    assert sizes([*told, *vague]) == [2] * 28


def test_vague_reports_join_each_other_where_none_tells_the_day(knowledge: Knowledge) -> None:
    one = outlined(knowledge, date=lately("2024-03-18"), printed="2024-03-18")
    two = outlined(knowledge, date=lately("2024-03-19"), printed="2024-03-19")
    assert sizes([one, two]) == [2]
    told = outlined(knowledge, date=on("2024-03-19"), printed="2024-03-19")
    assert sizes([one, two, told]) == [1, 2]


def test_a_day_apart_joins_only_what_is_alone(knowledge: Knowledge) -> None:
    night = outlined(knowledge, date=on("2024-03-17"))
    morning = outlined(knowledge, date=on("2024-03-18"))
    assert sizes([night, morning]) == [2]
    second = outlined(knowledge, date=on("2024-03-18"), mode="firearms")
    assert sizes([night, morning, second]) == [1, 2]


def test_a_vague_report_does_not_join_two_places(knowledge: Knowledge) -> None:
    one, two = (outlined(knowledge, place=spot) for spot in (KHARKIV, ODESA))
    anywhere = outlined(knowledge)
    groups = joined([one, two, anywhere])
    assert sorted(map(len, groups)) == [1, 2]


def test_another_target_keeps_groups_apart(knowledge: Knowledge) -> None:
    sanctions: dict[str, Any] = {"category": "SANCTION", "sources": (side("eu"),)}
    china = outlined(knowledge, **sanctions, targets=(side("CHN"),))
    burma = outlined(knowledge, **sanctions, targets=(side("MMR"),))
    open_one = outlined(knowledge, **sanctions, targets=())
    assert sizes([china, burma, open_one]) == [1, 2]


def test_a_denial_joins_whoever_is_blamed(knowledge: Knowledge) -> None:
    told = outlined(knowledge, place=KHARKIV)
    denied = outlined(knowledge, place=KHARKIV, status="denied", sources=(side("BLR"),), date=None)
    assert sizes([told, denied]) == [2]


@pytest.fixture(scope="module")
def many(knowledge: Knowledge) -> list[Outline]:
    """Reports of a week: days told and not, sides known and not, two towns."""
    return [
        replace(made, id=f"o-{number:02}")
        for number, made in enumerate(
            outlined(
                knowledge,
                date=date,
                printed=day,
                place=spot,
                sources=sources,
                status=status,
            )
            for day in ("2024-03-17", "2024-03-18", "2024-03-20")
            for date in (on("2024-03-17"), on("2024-03-18"), lately(day))
            for spot in (None, KHARKIV, ODESA)
            for sources, status in (((side("RUS"),), "happened"), ((), "denied"))
        )
    ]


@settings(max_examples=30, deadline=None)
@given(seed=st.randoms(use_true_random=False))
def test_the_order_never_matters(seed: object, many: list[Outline]) -> None:
    shuffled = list(many)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert joined(shuffled) == joined(many)


def test_no_chain_of_acts_joins_what_are_not_neighbours(knowledge: Knowledge) -> None:
    """A meeting may be told as an agreement, an agreement as a withdrawal, a meeting never."""
    acts = ("CONSULT", "AGREE", "RETREAT")
    assert sizes([outlined(knowledge, category=one) for one in acts]) == [1, 2]


def test_no_chain_of_sides_joins_two_pairs(knowledge: Knowledge) -> None:
    """What all tell alike is what a group stands for, not what any of them adds."""
    both = outlined(knowledge, targets=(side("UKR"), side("POL")), place=None)
    one, other = (outlined(knowledge, targets=(side(name),)) for name in ("UKR", "POL"))
    assert sizes([one, both, other]) == [1, 2]
