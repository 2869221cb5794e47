"""A light language end to end: what is found in an article, what is left out, and what is said."""

from __future__ import annotations

import json

import pytest

from dragoman.model import FURNITURE_LABELS, Kept
from dragoman.pipeline import Steps
from dragoman.publish.formats.article_json import article_json
from tests.contract import checked
from tests.light.texts import TELLINGS, Telling

Read = tuple[Telling, Kept]


@pytest.fixture(scope="module", params=TELLINGS, ids=lambda telling: telling.code)
def told(request: pytest.FixtureRequest, steps: Steps) -> Read:
    telling: Telling = request.param
    return telling, steps.all(telling.capture())


def test_the_language_is_found(told: Read) -> None:
    telling, kept = told
    assert kept.article.language == telling.code
    assert kept.tier == "light"


def test_the_headline_alone_tells_the_language(told: Read, steps: Steps) -> None:
    telling, _ = told
    assert steps.text(telling.headline).language == telling.code


def test_furniture_is_no_article(told: Read) -> None:
    telling, kept = told
    labels = {kept.article.text[b.start : b.end]: b.label for b in kept.article.blocks}
    assert {labels[line] for line in telling.furniture} <= FURNITURE_LABELS
    assert [labels[line] for line in telling.body] == ["body"] * len(telling.body)


def test_actors_are_linked(told: Read) -> None:
    telling, kept = told
    found = {r.mention.text: r.actor for r in kept.references if r.actor is not None}
    assert {name: found.get(name) for name in telling.actors} == telling.actors


def test_places_are_linked(told: Read) -> None:
    telling, kept = told
    found = {r.mention.text: r.place.id for r in kept.references if r.place is not None}
    assert {name: found.get(name) for name in telling.places} == telling.places


def test_days_are_found(told: Read) -> None:
    telling, kept = told
    text = kept.article.text
    found = {text[t.start : t.end]: t.start_day for t in kept.reading.times}
    assert {words: found.get(words) for words in telling.days} == telling.days


def test_nothing_is_coded_and_it_is_said(told: Read) -> None:
    _, kept = told
    assert (kept.reports, kept.reading.clauses, kept.reading.quotes) == ((), (), ())
    assert any("is read lightly" in doubt.reason for doubt in kept.doubts)


def test_sentences_end_where_the_language_ends_them(told: Read) -> None:
    """Two in the first paragraph of each, one of them with an abbreviation where there is a full
    stop to be misled by."""
    telling, kept = told
    start = kept.article.text.index(telling.body[0])
    inside = [s for s in kept.reading.sentences if start <= s.start < start + len(telling.body[0])]
    assert len(inside) == 2
    assert all(token.head == i for s in inside for i, token in enumerate(s.tokens))


def test_its_json_keeps_the_contract(told: Read) -> None:
    _, kept = told
    line = checked(json.dumps(article_json(kept)))
    assert (line.tier, line.reports, line.quotes) == ("light", [], [])


def test_an_unknown_person_is_named_and_nobody(steps: Steps) -> None:
    telling = next(one for one in TELLINGS if one.code == "uk")
    kept = steps.all(telling.capture())
    (found,) = [r for r in kept.references if r.mention.text == "Микола Горобець"]
    assert (found.mention.kind, found.actor, found.reason) == ("PER", None, "not in the atlas")


def test_a_surname_needs_its_full_name_or_its_state(steps: Steps) -> None:
    def whom(text: str) -> list[str | None]:
        kept = steps.in_hand(text, "tr", "2024-03-20")
        return [r.actor for r in kept.references if r.mention.text == "Paşinyan"]

    assert whom("Toplantıda Paşinyan konuştu.") == [None]
    assert whom("Ermenistan adına Paşinyan konuştu.") == ["nikol-pashinyan"]
    assert whom("Nikol Paşinyan geldi. Toplantıda Paşinyan konuştu.") == ["nikol-pashinyan"]


def test_a_run_of_capitals_ends_before_a_known_name(steps: Steps) -> None:
    kept = steps.in_hand("Mehmet Karataş Ankara'ya gitti.", "tr", "2024-03-20")
    assert [r.mention.text for r in kept.references] == ["Mehmet Karataş", "Ankara"]


def test_cities_come_from_the_gazetteer(steps: Steps) -> None:
    kept = steps.in_hand("Bu sabah kamyonlar İskenderun yolunda kaldı.", "tr", "2024-03-20")
    (city,) = kept.references
    assert city.place is not None
    assert (city.place.country, city.reason.partition(":")[0]) == ("TUR", "gazetteer")


def test_far_off_namesakes_of_people_are_no_places(steps: Steps) -> None:
    """Kara is a surname, and a region of Togo where the text speaks of Togo."""

    def where(text: str) -> list[str | None]:
        kept = steps.in_hand(text, "tr", "2024-03-20")
        found = [r for r in kept.references if r.mention.text == "Kara"]
        return [r.place.country if r.place else None for r in found]

    assert where("Dünkü toplantıda Kara uzun konuştu.") == []
    assert where("Togo'nun kuzeyinde, Kara bölgesinde yağmur yağdı.") == ["TGO"]


def test_declined_cities_come_from_the_gazetteer(steps: Steps) -> None:
    kept = steps.in_hand("Учора поїзд зупинився в Павлограді.", "uk", "2024-03-20")
    (city,) = kept.references
    assert city.place is not None
    assert (city.place.name, city.place.country) == ("Павлоград", "UKR")


STRANGE = [
    "։", "։։։ ... !!!", "ა", "და და და", "Եւ", "Ї", "ə" * 50_000, "İ" * 3_000, "« » „ “ ” ’ ' \"",
    "31 Şubat 2024, 45 mart, 99.99.9999", "։՜՞՛\u200b\ufeff", "𐌰𐌱 🜁 é́",
    "Ոչ ոք։Ոչինչ։ " * 2_000, "А. Б. В. Г. " * 3_000, "Mehmet Ali Veli " * 2_000, "კ" * 40_000,
]  # fmt: skip


@pytest.mark.parametrize("code", [one.code for one in TELLINGS])
def test_no_text_is_too_strange(steps: Steps, code: str) -> None:
    for text in STRANGE:
        article = steps.text(text, code)
        kept = steps.read(article)
        assert kept.reports == ()
        assert all(s.start < s.end <= len(article.text) for s in kept.reading.sentences)
        spans = [(r.mention.start, r.mention.end) for r in kept.references]
        assert all(0 <= start < end <= len(article.text) for start, end in spans)
