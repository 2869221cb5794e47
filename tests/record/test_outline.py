"""What of a report is compared: who stands for whom, how a name sounds, which act it is."""

from __future__ import annotations

import pytest

from dragoman.knowledge import Knowledge
from dragoman.record.outline import act_of, sounded, stands_for
from tests.record.made import report

SPELLED = [
    # French and English spellings of Russian and Ukrainian names
    ("Iarochenko", "Yaroshenko"),
    ("Tchernykh", "Chernykh"),
    ("Choïgou", "Shoigu"),
    # doubled letters and accents
    ("Rossi", "Rosi"),
    ("Çelik", "Celik"),
]


@pytest.mark.parametrize(("french", "english"), SPELLED)
def test_a_name_sounds_alike_in_both_spellings(french: str, english: str) -> None:
    assert sounded(french) == sounded(english)


def test_other_names_sound_otherwise() -> None:
    assert len({sounded(name) for name in ("Ivanov", "Petrov", "Kone", "Kane")}) == 4


STANDING = [
    # an official for the body he serves on that day, and later for another
    ("jens-stoltenberg", "Jens Stoltenberg", "2024-03-17", "nato"),
    ("jens-stoltenberg", "Jens Stoltenberg", "2025-03-17", "NOR"),
    # a governing body for its country
    ("plo", "PLO", None, "PSE"),
    # a capital for the body that sits there, by its name alone
    ("BEL", "Bruxelles", None, "eu"),
]


@pytest.mark.parametrize(("actor", "name", "day", "body"), STANDING)
def test_who_stands_for_whom(
    actor: str, name: str, day: str | None, body: str, knowledge: Knowledge
) -> None:
    assert stands_for(actor, name, knowledge.atlas, day) == (actor, body)


def test_a_state_stands_for_itself(knowledge: Knowledge) -> None:
    assert stands_for("BEL", "Belgium", knowledge.atlas, None) == ("BEL",)


@pytest.mark.parametrize(
    ("status", "act"), [("happened", "CONSULT"), ("planned", "CONSULT"), ("demanded", "REQUEST")]
)
def test_what_is_demanded_is_another_act_than_what_is_done(status: str, act: str) -> None:
    assert act_of(report(status=status, root="CONSULT", category="REQUEST")) == act
