"""Offices in any form of words: who holds them, whose they are, and when nobody can say."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

import pytest

from dragoman.model import Kept, Reference
from tests.conftest import Coded

MARCH = "2024-03-17"


def reference(kept: Kept, words: str) -> Reference:
    found = [r for r in kept.references if r.mention.text == words]
    assert found, f"{words!r} not among {[r.mention.text for r in kept.references]}"
    return found[-1]


# fmt: off
HOLDERS = [
    # an office and its state, in any order of words
    ("en", "The French foreign minister left for Dakar.", MARCH, "foreign minister", "stephane-sejourne"),
    ("en", "Saudi Arabia's crown prince called the emir.", MARCH, "crown prince", "mohammed-bin-salman"),
    ("fr", "Le roi du Maroc a reçu des députés.", MARCH, "roi", "mohammed-vi"),
    # the field of a ministry apart from its minister
    ("fr", "Le ministre turc des Affaires étrangères est à Oslo.", "2019-10-18", "ministre", "mevlut-cavusoglu"),
    ("fr", "Le ministre russe de la Défense est à Minsk.", MARCH, "ministre", "sergei-shoigu"),
    # an office by the name that one state gives it
    ("fr", "Le secrétaire d'État américain est à Sydney.", "2017-06-06", "secrétaire d'État", "rex-tillerson"),
    ("en", "The US defence secretary flew to Oslo.", MARCH, "defence secretary", "lloyd-austin"),
    ("en", "The British home secretary resigned.", "2022-05-01", "home secretary", "priti-patel"),
    # wider titles: who is head of state, or leads the state
    ("fr", "Le chef de l'Etat français est à Dakar.", MARCH, "chef de l'Etat", "emmanuel-macron"),
    ("en", "The British head of state opened the session.", MARCH, "head of state", "charles-iii"),
    ("fr", "Le chef du gouvernement allemand est parti.", MARCH, "chef du gouvernement", "olaf-scholz"),
    ("en", "The Armenian leader left for Dakar.", MARCH, "leader", "nikol-pashinyan"),
    ("en", "The Armenian leader left for Dakar.", "2012-03-17", "leader", "serzh-sargsyan"),
    ("fr", "Le numéro un chinois est à Dakar.", MARCH, "numéro un", "xi-jinping"),
    ("en", "The North Korean leader saw the launch.", MARCH, "leader", "kim-jong-un"),
    ("en", "The NATO chief is in Baku.", MARCH, "chief", "jens-stoltenberg"),
    # the resident of a seat of government
    ("fr", "L'hôte du Kremlin n'a rien dit.", MARCH, "hôte", "vladimir-putin"),
    ("fr", "Le locataire de la Maison Blanche a signé.", MARCH, "locataire", "joe-biden"),
    ("en", "The Kremlin chief called Beijing.", MARCH, "chief", "vladimir-putin"),
    # a demonym of two states, of which the article speaks of one
    ("en", "The Congolese leader stayed away. Kinshasa gave no reason.", "2025-01-30", "leader", "felix-tshisekedi"),
    # a counterpart holds the same office in another state
    ("fr", "Le président turc attend son homologue russe.", MARCH, "homologue", "vladimir-putin"),
    ("en", "Lloyd Austin met his Turkish counterpart.", MARCH, "counterpart", "yasar-guler"),
    # whose it is by a possessive
    ("en", "Sweden is a member of NATO, its prime minister having signed.", "2024-03-08", "prime minister", "ulf-kristersson"),
    ("fr", "L'OTAN condamne l'attaque. Son secrétaire général se rendra à Kiev.", MARCH, "secrétaire général", "jens-stoltenberg"),
    # nobody is said: the one that the article names
    ("fr", "Scholz hésite, Macron non. Le chancelier a pour lui des députés.", "2024-02-28", "chancelier", "olaf-scholz"),
    ("en", "Albin Kurti blamed Belgrade. Vucic rejected it. The prime minister wants more soldiers.", "2023-09-26", "prime minister", "albin-kurti"),
    ("fr", "David Cameron s'en va. Le nouveau Premier ministre est attendu.", "2016-06-24", "Premier ministre", "david-cameron"),
    # who left office days ago, where the article names that one
    ("fr", "Mohamed Bazoum est retenu dans son palais. Le président nigérien refuse de signer.", "2023-07-28", "président", "mohamed-bazoum"),
    # or the one in a state or body that it speaks of
    ("fr", "Riyad et Manama ont rompu avec le Qatar. L'émir a parlé.", "2017-06-06", "émir", "tamim-bin-hamad-al-thani"),
    ("en", "The United Nations asked for calm. The secretary general spoke in Oslo.", "2021-02-02", "secretary general", "antonio-guterres"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "published", "words", "due"), HOLDERS)
def test_who_holds_the_office(
    language: str, text: str, published: str, words: str, due: str, coded: Coded
) -> None:
    found = reference(coded(text, language, published), words)
    assert found.actor == due, found.reason
    assert found.reason


# fmt: off
NOBODY = [
    # a holder that the atlas does not have, a day that is not known
    ("en", "The French president left for Dakar.", "1850-05-01", "president", "FRA"),
    ("en", "The French president left for Dakar.", None, "president", "FRA"),
    # those who held it once
    ("en", "The former president of the United States left.", "2016-05-01", "former president", "USA"),
    ("fr", "L'ancien président français est parti.", MARCH, "ancien président", "FRA"),
    # one of several, or one that nobody knows yet
    ("en", "A Kenyan minister resigned.", MARCH, "minister", "KEN"),
    # no state is said and none is left, or more than one
    ("fr", "Le ministre a parlé.", MARCH, "ministre", None),
    ("en", "Macron and Zelensky met in Paris. The president spoke of peace.", MARCH, "president", None),
    ("en", "The president of the chess club left Paris.", MARCH, "president", None),
    # a person called like a capital is of no state
    ("en", "President Washington crossed the river.", MARCH, "President", None),
    # a loose title, when somebody else was spoken of since
    ("fr", "Le ministre turc des Affaires étrangères refuse. Macron déplore une folie. Le ministre se tait.", "2019-10-18", "ministre", None),
    # the ambassador to another place than the one whose ambassador is known
    ("fr", "L'ambassadeur de Russie à Paris est parti.", MARCH, "ambassadeur", "RUS"),
    # a title that names nobody for sure in its state
    ("en", "The Polish leader left for Dakar.", MARCH, "leader", "POL"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "published", "words", "serves"), NOBODY)
def test_an_office_of_nobody_known(
    language: str, text: str, published: str | None, words: str, serves: str | None, coded: Coded
) -> None:
    """No person is guessed; whose office it is stays, and so does the reason."""
    found = reference(coded(text, language, published), words)
    assert (found.actor, found.serves) == (None, serves)
    assert found.reason


FORMER = [
    (
        "en",
        "Former Kenyan president Uhuru Kenyatta left.",
        MARCH,
        "president",
        "former_president KEN",
    ),
    (
        "en",
        "The former British prime minister, Tony Blair, left.",
        MARCH,
        "prime minister",
        "former_prime_minister GBR",
    ),
    (
        "fr",
        "L'ancien président français François Hollande est parti.",
        MARCH,
        "ancien président",
        "former_president FRA",
    ),
    (
        "en",
        "Ex-Polish defence minister Jan Lund left.",
        MARCH,
        "defence minister",
        "former_defence_minister POL",
    ),
    # who is ousted, by that very sentence, had it
    ("en", "The army ousted president Mohamed Bazoum.", "2023-07-27", "president", "president"),
]


@pytest.mark.parametrize(("language", "text", "published", "words", "role"), FORMER)
def test_an_office_that_is_no_longer_held(
    language: str, text: str, published: str, words: str, role: str, coded: Coded
) -> None:
    found = reference(coded(text, language, published), words)
    assert (found.role or "").startswith(role)


def test_the_head_of_a_body_is_of_no_government(coded: Coded) -> None:
    text = "The head of the IAEA, Rafael Grossi, left. The IMF chief left."
    kept = coded(text, "en", MARCH)
    assert [reference(kept, words).sector for words in ("head", "chief")] == ["IGO", "IGO"]


def test_without_a_day_the_reason_says_so(coded: Coded) -> None:
    found = reference(coded("The French president left.", "en", None), "president")
    assert "no date" in found.reason


def test_after_the_last_look_up_the_holder_is_a_candidate(coded: Coded) -> None:
    found = reference(coded("The French president left.", "en", "2031-05-01"), "president")
    assert found.actor is None
    assert found.candidates == ("emmanuel-macron",)
    assert "as last known" in found.reason


def test_an_office_of_nobody_known_acts_as_its_state(coded: Coded) -> None:
    (report,) = coded("The French president condemned Peru.", "en", "1850-05-01").reports
    assert [(side.actor, side.sector) for side in report.sources] == [("FRA", "GOV")]


# fmt: off
BODIES = [
    ("fr", "Le ministère arménien de la Défense a démenti.", "ministère", "ARM"),
    ("fr", "Le ministère arménien de la Défense a démenti. Le ministère parle d'une erreur.", "ministère", "ARM"),
    ("en", "Ukraine's foreign ministry protested.", "foreign ministry", "UKR"),
    ("en", "The Pentagon sent more troops.", "Pentagon", "USA"),
    ("fr", "Le Quai d'Orsay dénonce des ingérences.", "Quai d'Orsay", "FRA"),
    ("en", "EU leaders met in Oslo.", "leaders", "eu"),
    ("en", "French officials denied it.", "officials", "FRA"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "words", "due"), BODIES)
def test_a_body_or_group_stands_for_its_state(
    language: str, text: str, words: str, due: str, coded: Coded
) -> None:
    assert reference(coded(text, language, MARCH), words).actor == due


def test_two_ministries_leave_the_next_one_open(coded: Coded) -> None:
    text = (
        "The Armenian ministry denied it. The Georgian ministry did too. The ministry will answer."
    )
    assert reference(coded(text, "en", MARCH), "ministry").actor is None


# --- who is named beside -----------------------------------------------------------------------


# fmt: off
BESIDE = [
    ("fr", "Le ministre kényan des Affaires étrangères, Amadi Wekesa, est à Oslo.", "ministre", "Amadi Wekesa"),
    ("fr", "Amadi Wekesa, ministre kényan des Affaires étrangères, est à Oslo.", "ministre", "Amadi Wekesa"),
    ("en", "Kenya's foreign minister, Amadi Wekesa, is in Oslo.", "foreign minister", "Amadi Wekesa"),
    ("en", "Amadi Wekesa, the Kenyan foreign minister, is in Oslo.", "foreign minister", "Amadi Wekesa"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "words", "name"), BESIDE)
def test_a_holder_that_the_atlas_lacks_is_named_by_the_text(
    language: str, text: str, words: str, name: str, coded: Coded
) -> None:
    kept = coded(text, language, MARCH)
    role, person = reference(kept, words), reference(kept, name)
    assert (role.actor, role.name, role.role) == (None, name, "foreign_minister KEN")
    assert (person.actor, person.role, person.serves) == (None, "foreign_minister KEN", "KEN")


def test_what_the_text_tells_holds_in_all_of_it(coded: Coded) -> None:
    text = (
        "Le ministre kényan des Affaires étrangères, Amadi Wekesa, est à Oslo. Le ministre y parle "
        "de paix. Wekesa rentre lundi."
    )
    kept = coded(text, "fr", MARCH)
    assert reference(kept, "Wekesa").name == "Amadi Wekesa"
    assert reference(kept, "Wekesa").role == "foreign_minister KEN"
    assert [r.name for r in kept.references if r.mention.text == "ministre"] == ["Amadi Wekesa"] * 2


def test_a_list_of_people_is_no_apposition(coded: Coded) -> None:
    text = (
        "Le président azerbaïdjanais, Ilham Aliyev, le premier ministre arménien et le chancelier "
        "allemand sont à Oslo."
    )
    kept = coded(text, "fr", MARCH)
    assert reference(kept, "président").actor == "ilham-aliyev"
    assert reference(kept, "premier ministre").actor == "nikol-pashinyan"
    assert reference(kept, "chancelier").actor == "olaf-scholz"


def test_supporters_are_not_the_one_they_support(coded: Coded) -> None:
    text = "Les partisans d'Alassane Ouattara ont quitté Dakar."
    assert reference(coded(text, "fr", "2011-04-12"), "partisans").actor is None


# --- memberships -------------------------------------------------------------------------------


def test_a_member_of_a_body_is_the_one_state_that_belonged_to_it_that_day(coded: Coded) -> None:
    text = "Russia warned Finland. The NATO member will answer."
    later, before = coded(text, "en", "2024-03-17"), coded(text, "en", "2021-03-17")
    assert reference(later, "member").actor == "FIN"
    assert "member" not in {r.mention.text for r in before.references if r.actor}


def test_two_members_leave_it_open(coded: Coded) -> None:
    text = "Norway warned Finland. The NATO member will answer."
    kept = coded(text, "en", "2024-03-17")
    assert "member" not in {r.mention.text for r in kept.references if r.actor}
