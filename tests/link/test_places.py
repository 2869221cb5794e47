"""Which of its namesakes a name means, what is left open, and what is no place."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

import pytest

from dragoman.knowledge import Knowledge
from dragoman.link.places import Settled, resolve_places
from dragoman.model import Kept, Reference
from tests.conftest import Coded

DAY = "2024-03-18"


def settled(
    text: str, names: list[str], language: str, knowledge: Knowledge, home: str | None = None
) -> list[Settled]:
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    found = {s.span: s for s in resolve_places(text, spans, knowledge, language, home=home)}
    return [found[span] for span in spans]


# fmt: off
MEANT = [
    # the best known, when nothing speaks for another
    ("en", "The mayor went to [Lyon] by train.", "FRA"),
    ("en", "A storm hit [Birmingham] at night.", "GBR"),
    # the place that is named beside it and holds it
    ("en", "Two men were seen in [Paris], [Texas], on Monday.", "USA"),
    ("en", "The [Boston] ([Lincolnshire]) market is old.", "GBR"),
    ("en", "The fair in [London], [Ontario], is in May.", "CAN"),
    ("fr", "Le port de [Tripoli], au [Liban], a rouvert.", "LBN"),
    ("fr", "Un incendie à [Valence], en [Espagne], a été éteint.", "ESP"),
    ("fr", "Le pont de [Cordoue], dans la province de [Cordoue], date de Rome.", "ESP"),
    # its state, spoken of in the text
    ("en", "Canadian police searched a farm near [Windsor]. The Canadian owner was away.", "CAN"),
    ("en", "The Chilean minister flew to [Santiago].", "CHL"),
    ("fr", "L'armée syrienne tient le nord de [Hama].", "SYR"),
    # other places of the text, in the same division or state
    ("en", "Trains from [Dayton], [Toledo] and [Cleveland] were late.", "USA"),
    # a word for the kind of place beside it
    ("en", "The province of [Cordoba] and the city of [Rosario] are in Argentina.", "ARG"),
    ("en", "The flood in [Los Angeles County] ended.", "USA"),
    ("fr", "La province d'[Idlib] est calme.", "SYR"),
    # a sea before the province that is named after it
    ("en", "Ships left the [Red Sea] at noon.", None),
    # a state before a division that only the gazetteer has, in a state named near it
    ("en", "Envoys of [Niger] flew to [Nigeria].", "NER"),
    # a part of a place
    ("en", "Rain fell in [northern Mali] for a week.", "MLI"),
    # a name in another language's spelling, an old one
    ("fr", "Le train de [Pékin] était plein.", "CHN"),
    ("fr", "La route de [Khankendi] est ouverte.", "AZE"),
    ("en", "The road to [Stepanakert] is open.", "AZE"),
    ("fr", "Le marché de [Bassorah] a fermé.", "IRQ"),
]
# fmt: on


@pytest.mark.parametrize(("language", "marked", "country"), MEANT)
def test_the_state_of_the_place_meant(
    language: str, marked: str, country: str | None, knowledge: Knowledge
) -> None:
    names = [part.split("]")[0] for part in marked.split("[")[1:]]
    text = marked.replace("[", "").replace("]", "")
    place = settled(text, names, language, knowledge)[0].place
    assert place is not None
    assert place.country == country


def test_a_state_is_itself_and_its_namesake_is_not(knowledge: Knowledge) -> None:
    (alone,) = settled("Georgia signed the treaty.", ["Georgia"], "en", knowledge)
    assert alone.place is not None
    assert alone.place.id == "GEO"
    text = "Georgia, Alabama and Tennessee closed their schools, officials in Atlanta said."
    state = settled(text, ["Georgia", "Alabama", "Tennessee", "Atlanta"], "en", knowledge)[0]
    assert state.place is not None
    assert state.place.id == "georgia-us"


def test_one_name_means_one_place_in_a_text(knowledge: Knowledge) -> None:
    """The first naming says which; the second is the same."""
    text = "Police came to Springfield, Illinois. Springfield is quiet now."
    spans = [(15, 26), (28, 36), (38, 49)]
    found = resolve_places(text, spans, knowledge, "en")
    assert found[0].place == found[2].place
    assert found[0].place is not None


def test_one_name_means_two_places_where_each_naming_says_so(knowledge: Knowledge) -> None:
    text = "A fair in Alexandria, Virginia, closed. A fair in Alexandria, Egypt, opened."
    names = ("Alexandria", "Virginia", "Alexandria", "Egypt")
    spans, at = [], 0
    for name in names:
        at = text.index(name, at)
        spans.append((at, at + len(name)))
        at += len(name)
    found = resolve_places(text, spans, knowledge, "en")
    places = [one.place for one in found]
    assert [place.country for place in places if place is not None] == ["USA", "USA", "EGY", "EGY"]


def test_what_the_text_does_not_decide_stays_open(knowledge: Knowledge) -> None:
    (one,) = settled("A fire broke out in Springfield.", ["Springfield"], "en", knowledge)
    assert one.place is None
    assert len(one.candidates) > 1
    assert "places of this name left" in one.reason


def test_where_the_text_is_from_decides_last(knowledge: Knowledge) -> None:
    text = "A fire broke out in Windsor."
    (canadian,) = settled(text, ["Windsor"], "en", knowledge, home="CAN")
    assert canadian.place is not None
    assert canadian.place.country == "CAN"


@pytest.mark.parametrize("name", ["Zzyzzyq", "West", "EU", "!!", "northern"])
def test_no_place(name: str, knowledge: Knowledge) -> None:
    (one,) = settled(f"They spoke of {name} again.", [name], "en", knowledge)
    assert one.place is None
    assert one.reason


def test_every_answer_has_its_reason(knowledge: Knowledge) -> None:
    text = "Canadian police searched a farm near Windsor."
    (one,) = settled(text, ["Windsor"], "en", knowledge)
    assert "state named near it" in one.reason


# --- through the whole reading -----------------------------------------------------------------


def reference(kept: Kept, words: str) -> Reference:
    found = [r for r in kept.references if r.mention.text == words]
    assert found, f"{words!r} not among {[r.mention.text for r in kept.references]}"
    return found[-1]


# fmt: off
READ = [
    ("en", "Soldiers shot two men in Springfield, Illinois, on Monday.", "Springfield", "USA"),
    ("en", "Pandi, Bulacan, was hit by a storm. Police arrested ten people in Pandi.", "Pandi", "PHL"),
    ("en", "Clashes broke out near Wau in South Sudan on Friday.", "Wau", "SSD"),
    ("en", "The marathon in Kansas City was cancelled.", "Kansas City", "USA"),
    ("fr", "L'explosion a eu lieu à Malgobek, en Russie.", "Malgobek", "RUS"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "words", "country"), READ)
def test_places_that_only_the_gazetteer_knows(
    language: str, text: str, words: str, country: str, coded: Coded
) -> None:
    found = reference(coded(text, language, DAY), words)
    assert found.place is not None
    assert found.place.country == country
    assert found.actor is None
    assert found.mention.kind == "LOC"


# fmt: off
NO_PLACE = [
    # in the name of a body or a person
    ("en", "The University of Oxford closed its library.", "Oxford"),
    ("en", "The Kyiv School of Economics published a report.", "Kyiv"),
    ("en", "The singer Paris Hilton met reporters in Rome.", "Paris"),
    # months, points of the compass
    ("en", "In March, troops left the valley.", "March"),
    ("fr", "Les villages du Nord ont été évacués.", "Nord"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "words"), NO_PLACE)
def test_words_that_name_no_place(language: str, text: str, words: str, coded: Coded) -> None:
    kept = coded(text, language, DAY)
    assert not [r for r in kept.references if r.place is not None and r.mention.text == words]


def test_a_capital_may_stand_for_its_government_and_a_namesake_not(coded: Coded) -> None:
    kept = coded("London rejected the offer.", "en", DAY)
    assert reference(kept, "London").actor == "GBR"
    kept = coded("The mayor of London, Ontario, rejected the offer.", "en", DAY)
    assert reference(kept, "London").actor is None


def test_a_disputed_place_has_its_note(coded: Coded) -> None:
    kept = coded("Des soldats sont morts dans le Haut-Karabakh.", "fr", DAY)
    place = reference(kept, "Haut-Karabakh").place
    assert place is not None
    assert place.note is not None
    assert "Azerbaijan" in place.note
