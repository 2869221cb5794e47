"""Pronouns and plain nouns that point back: to the one who can be meant, or to nobody."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

import pytest

from tests.conftest import Coded

MARCH = "2024-03-17"

# fmt: off
BODIES = [
    ("fr", "La Cédéao ferme les frontières. L'organisation exige un vote.", "organisation", "ecowas"),
    ("en", "At the summit of ECOWAS Tinubu spoke, and the bloc sent soldiers.", "bloc", "ecowas"),
    ("en", "Hezbollah confirmed it, and the movement promised revenge.", "movement", "hezbollah"),
    ("fr", "L'ANC a voté. Le parti a deux candidats.", "parti", "anc"),
    ("en", "The African Union met. The pan-African body will send observers.", "body", "african-union"),
    ("en", "M23 took the town. The rebels, who denied it, have left.", "rebels", "m23"),
    ("fr", "Au siège de l'AIEA on attend. L'agence n'a rien trouvé.", "agence", "iaea"),
    # a noun of its name
    ("fr", "La Cour pénale internationale attend. La cour l'accuse.", "cour", "icc"),
    # of two bodies the one it fits, by kind or by country
    ("en", "The United Nations warned Hezbollah. The group will answer.", "group", "hezbollah"),
    ("en", "Hezbollah and Hamas met. The Lebanese group will answer.", "group", "hezbollah"),
    # a short name that needs its body's full name or its head
    ("en", "NATO met in Oslo. Later the alliance sent ships.", "alliance", "nato"),
    ("en", "Stoltenberg met Biden. The alliance sent ships.", "alliance", "nato"),
]
OPEN_BODIES = [
    # two that it fits, none, or one that the atlas lacks
    ("en", "Hezbollah and Hamas met. The group will answer.", "group"),
    ("en", "Norway met Sweden. The group will answer.", "group"),
    ("en", "Hezbollah left. The Bergen Harbour Council objected. The group will answer.", "group"),
    # a noun that says itself which one is meant, or that means any
    ("en", "Hezbollah left. The group of students will answer.", "group"),
    ("en", "Hezbollah left. A group will answer.", "group"),
    # named too far back
    ("en", "Hezbollah left. It rained. It snowed. It froze. It thawed. The group will answer.", "group"),
]
PERSONS = [
    ("en", "Guterres spoke in Addis Ababa. He came for talks.", "He", "antonio-guterres"),
    ("fr", "La présidente géorgienne s'oppose. Elle demande un vote.", "Elle", "salome-zourabichvili"),
    # the subject earlier in the sentence comes before that of the sentence before
    ("en", "Irakli Kobakhidze left. The Georgian president spoke of a coup; she named the cabinet.", "she", "salome-zourabichvili"),
    ("en", "Lavrov denies it, and he mocks the ultimatum.", "he", "sergei-lavrov"),
    # a name that the parser ties to another word
    ("en", "With Biden waiting in Oslo, Macron said that he would come.", "he", "emmanuel-macron"),
]
OPEN_PERSONS = [
    # two persons are subjects, or one of two is
    ("fr", "Vladimir Poutine et Recep Tayyip Erdogan se sont parlé. Il a évoqué la Syrie.", "Il"),
    ("en", "Emmanuel Macron received Olaf Scholz. He spoke of peace.", "He"),
    # a person that is no subject
    ("fr", "Les partisans d'Alassane Ouattara ont capturé Laurent Gbagbo. Il a passé la nuit à l'hôtel.", "Il"),
    # the gender that an article told
    ("fr", "Le président français a parlé. Elle a répondu.", "Elle"),
    # a state comes between
    ("fr", "Erdogan suivait l'entretien. Damas obtient la levée des sanctions, et il a promis des élections.", "il"),
]
STATES = [
    ("en", "Norway signed. The country will pay.", "country", "NOR"),
    ("fr", "La Norvège a signé. Elle paiera.", "Elle", "NOR"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "words", "due"), [*BODIES, *STATES])
def test_a_body_or_state_spoken_of_again(
    language: str, text: str, words: str, due: str, coded: Coded
) -> None:
    kept = coded(text, language, MARCH)
    found = [r for r in kept.references if r.mention.text.split()[-1] == words]
    assert [r.actor for r in found] == [due], [r.reason for r in found]


@pytest.mark.parametrize(("language", "text", "words", "due"), PERSONS)
def test_a_person_spoken_of_again(
    language: str, text: str, words: str, due: str, coded: Coded
) -> None:
    found = [r for r in coded(text, language, MARCH).references if r.mention.text == words]
    assert [r.actor for r in found] == [due], [r.reason for r in found]


@pytest.mark.parametrize(("language", "text", "words"), [*OPEN_BODIES, *OPEN_PERSONS])
def test_where_more_than_one_can_be_meant_nobody_is(
    language: str, text: str, words: str, coded: Coded
) -> None:
    found = [r for r in coded(text, language, MARCH).references if r.mention.text == words]
    assert not [r for r in found if r.actor]


def test_two_states_leave_the_country_open(coded: Coded) -> None:
    kept = coded("Armenia and Azerbaijan exchanged prisoners. The country agreed.", "en", MARCH)
    assert not [r for r in kept.references if r.mention.text == "country" and r.actor]


def test_what_points_back_in_one_sentence_says_where(coded: Coded) -> None:
    text = "Hezbollah confirmed it, and the movement promised revenge."
    (found,) = [r for r in coded(text, "en", MARCH).references if r.mention.text == "movement"]
    assert found.antecedent == (0, len("Hezbollah"))


# --- bare surnames -----------------------------------------------------------------------------

# fmt: off
SURNAMES = [
    ("en", "Pashinyan called it painful.", "2020-11-11", "Pashinyan", "nikol-pashinyan"),
    ("fr", "Biden se dit choqué.", "2021-07-08", "Biden", "joe-biden"),
    # somebody told to be another
    ("en", "Norway called. Kim, a baker, lost his boat.", "2018-06-13", "Kim", None),
    ("fr", "Oslo a appelé. Ahmed, qui vend du thé, est parti.", "2023-04-17", "Ahmed", None),
    # a common surname, and its state is not spoken of
    ("en", "Norway called. Kim left.", "2018-06-13", "Kim", None),
    # two bearers in office
    ("fr", "Sarkissian s'est félicité du scrutin en Arménie.", "2012-05-08", "Sarkissian", None),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "published", "words", "due"), SURNAMES)
def test_a_bare_surname(
    language: str, text: str, published: str, words: str, due: str | None, coded: Coded
) -> None:
    found = [r for r in coded(text, language, published).references if r.mention.text == words]
    assert {r.actor for r in found} <= {due}
    assert found or due is None


def test_whom_the_text_goes_on_about_is_meant(coded: Coded) -> None:
    text = (
        "Olaf Scholz is in Paris. Olaf Scholz was received by Emmanuel Macron. He spoke of peace."
    )
    found = [r for r in coded(text, "en", MARCH).references if r.mention.text == "He"]
    assert [r.actor for r in found] == ["olaf-scholz"]
