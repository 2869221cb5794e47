"""Bare surnames: whose they may be, and that a stranger's name makes nobody a head of state."""

from __future__ import annotations

import pytest

from dragoman.model import Reference
from tests.conftest import Coded

DAY = "2024-03-20"

# fmt: off
STRANGERS = [
    # a given name is a surname only where the state is spoken of
    ("fr", "Un agriculteur, Pierre, a perdu ses vaches. Pierre a porté plainte.", "Pierre"),
    ("fr", "François a vendu ses pommes au marché.", "François"),
    # a common surname: two bearers in the atlas
    ("fr", "Le boulanger a prêté son four, puis Traoré est parti.", "Traoré"),
    ("en", "Johnson scored twice on Monday.", "Johnson"),
    # a trade before or after the name, with or without an age, tells of somebody else all through
    ("en", "Scholz, a baker from Ohio, won the contest. Scholz said he was proud.", "Scholz"),
    ("en", "Modi, 43, a taxi driver in Delhi, was hurt. Modi left hospital on Monday.", "Modi"),
    ("fr", "Tshisekedi, infirmière à Kinshasa, a été blessée. Tshisekedi se repose.", "Tshisekedi"),
    ("en", "Farmer Scholz lost his crops in Germany.", "Scholz"),
    # a longer name is another person's
    ("en", "Farmer John Mahama Smith said on Monday that rain had failed.", "John Mahama Smith"),
    # part of a date
    ("en", "Theresa May resigned. In May, talks went on.", "May"),
]
OFFICE = [
    # a rare name needs nothing else
    ("fr", "Macron a parlé mardi.", "Macron", "emmanuel-macron"),
    ("en", "Biden said Tuesday that aid would come.", "Biden", "joe-biden"),
    # the first word of his own name
    ("en", "Xi spoke in Beijing on Monday.", "Xi", "xi-jinping"),
    # a common one whose state is spoken of: by name, by demonym, by capital
    ("fr", "Au Burkina Faso, Traoré a limogé un ministre.", "Traoré", "ibrahim-traore"),
    ("fr", "Les soldats burkinabè ont acclamé Traoré.", "Traoré", "ibrahim-traore"),
    ("fr", "À Ouagadougou, Traoré a limogé un ministre.", "Traoré", "ibrahim-traore"),
    # a noun for an office is no trade
    ("fr", "Scholz, chancelier depuis 2021, a parlé à Berlin.", "Scholz", "olaf-scholz"),
    # reporters whom he told it are not he
    ("en", "Sunak told reporters in London that he would stay.", "Sunak", "rishi-sunak"),
]
# fmt: on


def named(coded: Coded, language: str, text: str, words: str) -> list[Reference]:
    references = coded(text, language, DAY).references
    found = [r for r in references if r.mention.text == words and r.mention.kind == "PER"]
    assert found, [r.mention.text for r in references]
    return found


@pytest.mark.parametrize(("language", "text", "words"), STRANGERS)
def test_a_stranger_holds_no_office(language: str, text: str, words: str, coded: Coded) -> None:
    assert [r.actor for r in named(coded, language, text, words) if r.actor] == []


@pytest.mark.parametrize(("language", "text", "words", "due"), OFFICE)
def test_a_surname_of_who_holds_an_office(
    language: str, text: str, words: str, due: str, coded: Coded
) -> None:
    assert {r.actor for r in named(coded, language, text, words)} == {due}


def test_a_full_name_outweighs_a_trade(coded: Coded) -> None:
    text = "Olaf Scholz spoke in Berlin. Scholz, a lawyer by training, was calm."
    assert {r.actor for r in named(coded, "en", text, "Scholz")} == {"olaf-scholz"}
