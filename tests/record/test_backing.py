"""Whose word an article rests on: from its text alone, in French and English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.knowledge import Knowledge
from dragoman.model import Article, Attribution, Backing, Claim, Kept, Reading, Voice
from dragoman.record.backing import backing_of
from dragoman.record.voices import keys
from tests.conftest import Coded

DAY = "2023-04-03"

# (what is shown, language, text, bodies or names that it rests on)
RESTING: list[tuple[str, str, str, set[str]]] = [
    ("a ministry, named once and then pointed at", "en",
     "The Russian defence ministry said that two boats had sunk. The ministry added that the "
     "crews were safe.", {"RUS"}),
    ("a statement, and whose it is", "fr",
     "Selon un communiqué du ministère russe de la Défense, deux navires ont coulé près du port.",
     {"RUS"}),
    ("a spokesman of an army", "en",
     "A spokesman for the Ukrainian army said that two drones had fallen near the bridge.",
     {"UKR"}),
    ("a governor, by the state his city is in", "fr",
     "Le gouverneur d'Odessa a écrit sur Telegram que trois maisons avaient brûlé dans la nuit.",
     {"UKR"}),
    ("the head of an alliance", "en",
     "Jens Stoltenberg said that Finland would be a member of NATO within days.", {"nato"}),
    ("an agency", "fr", "Selon l'AFP, le pont était ouvert à la circulation lundi matin.",
     {"afp"}),
    ("somebody named who holds no office", "en",
     "“I saw two trucks on the quay,” said Awa Kone, a baker. The square was empty.",
     {"Awa Kone"}),
    ("an army, of which it is not told whose", "en",
     "The army said that it had found nothing in the harbour on Monday.", {"army"}),
    ("witnesses without a name vouch for the reporter", "fr",
     "Des témoins ont dit avoir vu de la fumée au-dessus du port. Le quai était vide.", set()),
    ("a declaration is an act: the article vouches that it was made", "en",
     "Kenya condemned Rwanda on Monday after shots were heard on the lake.", set()),
    ("one sentence of an official in a long text of the reporter's own", "en",
     "The ferries lay idle on Monday, and forty lorries stood in line along the sea wall. Gulls "
     "had the fish market to themselves. By noon the bakers had sold out, and the queue of cars "
     "reached the cement works. The Georgian interior ministry said roads were open.", set()),
    ("what is only thought is nobody's word", "en",
     "Moscow believes that the bridge will hold. The river rose again on Monday.", set()),
    ("a spokeswoman of a body that is no state", "fr",
     "La porte-parole de l'Union africaine a annoncé lundi que deux remorqueurs attendaient.",
     {"african-union"}),
    ("a pronoun is who spoke just before", "fr",
     "Le ministère géorgien de l'Intérieur a annoncé que la route était ouverte. Selon lui, deux "
     "villages étaient restés isolés une semaine entière, et un hélicoptère leur avait apporté de "
     "la farine, du sel et des lettres.", {"GEO"}),
    ("and so is the same source", "en",
     "Two tugs were standing by, the Egyptian foreign minister said. According to the same "
     "statement, the shipping lane would stay closed until Friday.", {"EGY"}),
    ("but not where a person was named in between", "en",
     "The Georgian interior ministry said that Awa Kone had left. She added that the road to the "
     "pass had been closed for a week.", {"GEO", "Awa Kone"}),
    ("what had been said before is only recalled", "fr",
     "Un soldat a été blessé mardi, a annoncé le ministère arménien de la Défense. L'Azerbaïdjan "
     "avait affirmé, lundi, que ses positions avaient été visées dans le même secteur.", {"ARM"}),
    ("two sides of about the same weight", "en",
     "The Ukrainian army said on Tuesday that the dam had been hit twice. The Russian defence "
     "ministry said that its forces had not fired at the dam in the night.", {"UKR", "RUS"}),
    ("media of a state", "fr",
     "Un train spécial a franchi la frontière lundi, selon les médias d'État nord-coréens.",
     {"PRK"}),
    ("media of a country are not its state's", "en",
     "Polish media reported on Monday that a special train had crossed the border.", set()),
    ("in a press release", "en",
     "The European Commission said in a press release that quotas would rise in the autumn.",
     {"european-commission"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), [row[1:] for row in RESTING],
                         ids=[row[0] for row in RESTING])  # fmt: skip
def test_whose_word_an_article_rests_on(
    coded: Coded, language: str, text: str, expected: set[str]
) -> None:
    backing = coded(text, language, DAY).backing
    assert backing is not None
    assert {v.body or v.outlet or v.name for v in backing.rests_on} == expected
    assert all(v.is_named == (v.name != "army") for v in backing.rests_on)


def test_the_kind_of_what_carries_the_words(coded: Coded) -> None:
    ministry, sank = "The Russian defence ministry", "that two boats had sunk near the harbour."
    kinds = []
    for said in (
        f"{ministry} said {sank}",
        f"{ministry} said in a statement {sank}",
        "According to a press release of the Russian defence ministry, two boats had sunk.",
        f"{ministry} wrote on Telegram {sank}",
    ):
        backing = coded(said, "en", DAY).backing
        assert backing is not None
        kinds += [voice.kind for voice in backing.rests_on]
    assert kinds == ["speaker", "statement", "release", "post"]


def test_a_report_rests_on_who_tells_it(coded: Coded) -> None:
    kept = coded(
        "Shells hit the harbour of Odesa on Monday, and glass lay in the streets until the "
        "evening, when the first trams ran again. Russia destroyed two ships, the Ukrainian navy "
        "said.",
        "en", DAY,
    )  # fmt: skip
    backing = kept.backing
    assert backing is not None
    told = {report.id: backing.voices((report.id,)) for report in kept.reports}
    by_navy = [r.id for r in kept.reports if "navy" in r.evidence_text]
    assert by_navy
    assert {v.body for one in by_navy for v in told[one]} == {"UKR"}
    assert all(not told[r.id] for r in kept.reports if r.id not in by_navy)


def test_reports_together_rest_on_nobody_where_one_is_its_own() -> None:
    voice = Voice("the mayor")
    backing = Backing("a-1", rests_on=(voice,), by_report=(("r-own", ()),))
    assert backing.voices() == (voice,)
    assert backing.voices(("r-1",)) == (voice,)
    assert backing.voices(("r-1", "r-own")) == ()


def test_credits_and_genre_are_noted_of_a_text_that_is_not_read(knowledge: Knowledge) -> None:
    claim = Claim("AFP", None, None, "test")
    article = Article("a-1", "c-1", "", "ka", url="https://quay.example/1")
    article = replace(article, attribution=Attribution(agency=claim))
    backing = backing_of(Kept(article, Reading("a-1", "ka")), knowledge)
    assert (backing.agency, backing.is_read, backing.rests_on) == ("AFP", False, ())


def test_names_that_stand_for_one_source() -> None:
    named = Voice("Jean-Yves Le Drian", body="FRA")
    alone, other = Voice("Le Drian"), Voice("Anna Berg")
    found = keys([named, alone, other, Voice("ministry", body="FRA"), Voice("Berg")])
    assert found[named] == found[alone] == found[Voice("ministry", body="FRA")]
    assert found[other] == found[Voice("Berg")] != found[named]
