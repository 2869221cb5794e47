"""Who is meant: names, offices on a date, capitals, pronouns; and what is left open."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

import pytest

from dragoman.model import Kept, Reference
from dragoman.publish.formats.article_json import article_json
from tests.conftest import Coded


def reference(kept: Kept, words: str) -> Reference:
    found = [r for r in kept.references if r.mention.text == words]
    assert found, f"{words!r} not among {[r.mention.text for r in kept.references]}"
    return found[-1]


MARCH = "2024-03-17"

# fmt: off
MEANT = [
    # a state by its name, an alias, a demonym
    ("en", "Norway agreed.", MARCH, "Norway", "NOR"),
    ("fr", "Les Etats-Unis ont signé.", MARCH, "Etats-Unis", "USA"),
    ("fr", "Des soldats sénégalais sont arrivés.", MARCH, "sénégalais", "SEN"),
    # an alliance, in two languages
    ("en", "NATO met in Oslo.", MARCH, "NATO", "nato"),
    ("fr", "L'Otan s'est réunie à Oslo.", MARCH, "Otan", "nato"),
    # a capital may stand for its government
    ("fr", "Tachkent a signé l'accord.", MARCH, "Tachkent", "UZB"),
    ("en", "London rejected the offer.", MARCH, "London", "GBR"),
    # a person by full name
    ("fr", "Jens Stoltenberg a parlé à Bruxelles.", MARCH, "Jens Stoltenberg", "jens-stoltenberg"),
    # a surname after the full name
    ("fr", "Jens Stoltenberg est arrivé. Hier, Stoltenberg a parlé.", MARCH, "Stoltenberg", "jens-stoltenberg"),
    # an office with its state: who held it on the day of the article
    ("en", "The French president left for Dakar.", MARCH, "president", "emmanuel-macron"),
    ("fr", "Le président azerbaïdjanais a reçu des députés.", MARCH, "président", "ilham-aliyev"),
    ("fr", "Le secrétaire général de l'Otan est à Bakou.", MARCH, "secrétaire général", "jens-stoltenberg"),
    ("en", "The president of the United States left.", "2016-05-01", "president", "barack-obama"),
    ("en", "The president of the United States left.", "2019-05-01", "president", "donald-trump"),
    # the person named beside the role
    ("fr", "Le président azerbaïdjanais, Ilham Aliyev, a parlé.", MARCH, "président", "ilham-aliyev"),
    ("en", "President Emmanuel Macron left.", MARCH, "President", "emmanuel-macron"),
    # a role noun for a force stands for its state
    ("en", "The Kenyan army withdrew.", MARCH, "army", "KEN"),
    ("fr", "L'armée kényane s'est retirée.", MARCH, "armée", "KEN"),
    # a pronoun, when one person was spoken of
    ("fr", "Jens Stoltenberg est arrivé à Bakou. Il a rencontré des députés.", MARCH, "Il", "jens-stoltenberg"),
    ("en", "Emmanuel Macron flew to Dakar. He met union leaders.", MARCH, "He", "emmanuel-macron"),
    # a bare noun for the state spoken of last
    ("en", "Norway signed the treaty. The country will pay.", MARCH, "country", "NOR"),
    ("fr", "La Norvège a signé le traité. Le pays paiera.", MARCH, "pays", "NOR"),
    # a capital with an article
    ("fr", "Le roi est en visite au Caire.", MARCH, "Caire", "EGY"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "published", "words", "due"), MEANT)
def test_who_is_meant(
    language: str, text: str, published: str | None, words: str, due: str, coded: Coded
) -> None:
    found = reference(coded(text, language, published), words)
    assert found.actor == due, found.reason
    assert found.reason


# fmt: off
OPEN = [
    # a demonym of two states
    ("en", "Congolese soldiers withdrew.", "Congolese", {"COD", "COG"}),
    ("en", "A Korean official resigned.", "Korean", {"PRK", "KOR"}),
    # a short name whose full form is not in the article
    ("en", "The alliance met in Oslo.", "alliance", None),
    # a person that the atlas does not know
    ("en", "Ada Lundqvist left for Dakar.", "Ada Lundqvist", set()),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "words", "due"), OPEN)
def test_what_is_left_open(
    language: str, text: str, words: str, due: set[str] | None, coded: Coded
) -> None:
    """No actor is guessed; the candidates stay, and so does the reason."""
    found = [r for r in coded(text, language, MARCH).references if words in r.mention.text]
    assert all(r.actor is None and r.reason for r in found)
    if due is not None:
        assert set(found[0].candidates) == due


def test_a_short_name_counts_after_its_full_form(coded: Coded) -> None:
    kept = coded("NATO met in Oslo. The Alliance will send ships.", "en", MARCH)
    assert reference(kept, "The Alliance").actor == "nato"


def test_a_longer_name_is_not_the_place_in_it(coded: Coded) -> None:
    """Paris Hilton is no capital."""
    kept = coded("The singer Paris Hilton arrived on Monday.", "en", MARCH)
    assert "FRA" not in {r.actor for r in kept.references}


def test_us_is_no_state(coded: Coded) -> None:
    kept = coded("They told us to leave Norway.", "en", MARCH)
    assert {r.actor for r in kept.references if r.actor} == {"NOR"}


def test_two_people_leave_a_pronoun_open(coded: Coded) -> None:
    text = "Emmanuel Macron and Olaf Scholz met in Oslo. He left early."
    kept = coded(text, "en", MARCH)
    assert "He" not in {r.mention.text for r in kept.references if r.actor}


def test_a_role_carries_office_and_sector(coded: Coded) -> None:
    kept = coded("The Kenyan foreign minister resigned. Kenyan rebels cheered.", "en", MARCH)
    minister, rebels = reference(kept, "foreign minister"), reference(kept, "rebels")
    assert (minister.sector, rebels.sector) == ("GOV", "REB")
    assert minister.role == "foreign_minister KEN"


def test_the_role_of_a_person_is_that_of_the_day(coded: Coded) -> None:
    before = coded("Joe Biden left for Oslo.", "en", "2012-05-01")
    after = coded("Joe Biden left for Oslo.", "en", "2022-05-01")
    assert reference(before, "Joe Biden").role == "vice_president USA"
    assert reference(after, "Joe Biden").role == "president USA"


def test_an_open_role_is_last_known_after_its_last_look_up(coded: Coded) -> None:
    before = reference(
        coded("Emmanuel Macron left for Oslo.", "en", "2024-05-01"), "Emmanuel Macron"
    )
    later = reference(
        coded("Emmanuel Macron left for Oslo.", "en", "2031-05-01"), "Emmanuel Macron"
    )
    assert (before.role, before.role_as_of) == ("president FRA", None)
    assert later.role == "president FRA"
    assert later.role_as_of is not None
    assert later.role_as_of < "2031"


def test_the_json_says_that_a_role_is_last_known(coded: Coded) -> None:
    kept = coded("Emmanuel Macron left for Oslo.", "en", "2031-05-01")
    as_of = reference(kept, "Emmanuel Macron").role_as_of
    mentions = article_json(kept)["mentions"]
    assert isinstance(mentions, list)
    assert f"president FRA, as last known ({as_of})" in {one["role"] for one in mentions}


def test_places_have_coordinates(coded: Coded) -> None:
    kept = coded("Norwegian and Swedish envoys met in Geneva.", "en", MARCH)
    place = reference(kept, "Geneva").place
    assert place is not None
    assert place.lat == pytest.approx(46.2, abs=0.2)
    assert place.lon == pytest.approx(6.1, abs=0.2)


def test_a_role_noun_inside_a_name_is_none(coded: Coded) -> None:
    kept = coded("Le roi est aux Pays-Bas.", "fr", MARCH)
    assert [r.mention.text for r in kept.references] == ["roi", "Pays-Bas"]


def test_references_are_in_order_and_in_the_text(coded: Coded) -> None:
    text = "Le président français, Emmanuel Macron, a reçu l'émir du Qatar à Paris."
    references = coded(text, "fr", MARCH).references
    starts = [r.mention.start for r in references]
    assert starts == sorted(starts)
    assert all(text[r.mention.start : r.mention.end] == r.mention.text for r in references)
