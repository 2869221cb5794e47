"""Where an act was: the place that belongs to one predicate, in sentences with several places."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

import pytest

from dragoman.knowledge import Knowledge
from dragoman.model import Kept, Place
from dragoman.record.placing import place_of_act
from tests.conftest import Coded

DAY = "2024-03-18"

# fmt: off
PLACES = [
    # what is struck, before the region that it is said to be in
    ("fr", "Au Sahel, l'armée malienne a repris Kidal.", "repris", "Kidal"),
    ("en", "In Darfur, the rebels besieged El Fasher.", "besieged", "El Fasher"),
    # three in a row, each hung from the one before or all from the first
    ("fr", "Des missiles ont frappé Kharkiv, Dnipro et Zaporijjia.", "frappé", None),
    # a preposition of place on the predicate
    ("en", "The two ministers signed the accord in Geneva on Friday.", "signed", "Geneva"),
    ("en", "Police detained eleven students outside Minsk.", "detained", "Minsk"),
    ("en", "In Tbilisi, thousands of people protested against the law.", "protested", "Tbilisi"),
    ("en", "Rebels killed nine soldiers near Gao on Sunday.", "killed", "Gao"),
    ("en", "The presidents of Kenya and Rwanda met in Kampala.", "met", "Kampala"),
    ("fr", "Les deux ministres ont signé l'accord à Genève vendredi.", "signé", "Genève"),
    ("fr", "À Tbilissi, des milliers de personnes ont manifesté contre la loi.", "manifesté", "Tbilissi"),
    ("fr", "Des rebelles ont tué neuf soldats près de Gao.", "tué", "Gao"),
    ("fr", "La police a arrêté onze étudiants à Minsk.", "arrêté", "Minsk"),
    ("fr", "Les présidents du Kenya et du Rwanda se sont rencontrés à Kampala.", "rencontrés", "Kampala"),
    # a spot of the place: north, outskirts, airport, square
    ("en", "Gunmen attacked a convoy in the north of Mali.", "attacked", "Mali"),
    ("en", "Troops clashed with rebels on the outskirts of Goma.", "clashed", "Goma"),
    ("en", "Soldiers arrested the general at Khartoum airport.", "arrested", "Khartoum"),
    ("fr", "Des hommes armés ont attaqué un convoi dans le nord du Mali.", "attaqué", "Mali"),
    ("fr", "Des soldats ont arrêté le général à l'aéroport de Khartoum.", "arrêté", "Khartoum"),
    ("fr", "L'armée a tué deux civils dans la banlieue de Damas.", "tué", "Damas"),
    # the finer of two, one in the other
    ("en", "The army killed three rebels in Goma, in the east of Congo.", "killed", "Goma"),
    ("en", "Two men were arrested in Springfield, Illinois.", "arrested", "Springfield"),
    ("fr", "L'armée a tué trois rebelles à Tripoli, au Liban.", "tué", "Tripoli (Liban)"),
    ("fr", "En Ukraine, les deux armées se sont affrontées près de Koupiansk.", "affrontées", "Koupiansk"),
    # a place that the act is done to
    ("en", "Russian forces shelled Izium on Tuesday.", "shelled", "Izium"),
    ("en", "The rebels captured Timbuktu last week.", "captured", "Timbuktu"),
    ("en", "The siege of Mariupol lasted for weeks.", "siege", "Mariupol"),
    ("en", "The attack on Kharkiv killed six people.", "attack", "Kharkiv"),
    ("fr", "Les forces russes ont bombardé Izioum mardi.", "bombardé", "Izioum"),
    ("fr", "Les rebelles ont pris Tombouctou la semaine dernière.", "pris", "Tombouctou"),
    ("fr", "L'attaque contre Kharkiv a fait six morts.", "attaque", "Kharkiv"),
    ("fr", "Le bombardement d'Alep a tué vingt civils.", "bombardement", "Alep"),
    # where the predicate itself leads, or leads from
    ("en", "The secretary general arrived in Baku on Sunday.", "arrived", "Baku"),
    ("en", "The French president flew to Dakar.", "flew", "Dakar"),
    ("en", "Russia withdrew its troops from Kherson.", "withdrew", "Kherson"),
    ("fr", "Le secrétaire général est arrivé à Bakou dimanche.", "arrivé", "Bakou"),
    ("fr", "Le président français s'est rendu à Dakar.", "rendu", "Dakar"),
    ("fr", "La Russie a retiré ses troupes de Kherson.", "retiré", "Kherson"),
    # event nouns and their support verbs
    ("en", "The visit of the Turkish president to Baku was short.", "visit", "Baku"),
    ("en", "Talks between Sudan and Chad were held in Juba.", "Talks", "Juba"),
    ("en", "A meeting between the two leaders took place in Vienna.", "meeting", "Vienna"),
    ("fr", "La visite du président turc à Bakou a été brève.", "visite", "Bakou"),
    ("fr", "Une réunion entre les deux dirigeants a eu lieu à Vienne.", "réunion", "Vienne"),
    # each of two predicates its own place
    ("en", "The minister left Paris on Monday and met his Turkish counterpart in Ankara.", "met", "Ankara"),
    ("fr", "Le ministre a quitté Paris lundi et a rencontré son homologue turc à Ankara.", "rencontré", "Ankara"),
    ("en", "Soldiers fired on protesters in Sfax while the government met in Tunis.", "fired", "Sfax"),
    # none: who bears a place's name, or comes from there
    ("en", "The mayor of Paris criticised the government.", "criticised", None),
    ("en", "The University of Oxford condemned the arrests.", "condemned", None),
    ("en", "Moscow condemned the strikes.", "condemned", None),
    ("en", "Washington threatened Tehran with sanctions.", "threatened", None),
    ("en", "The ambassador to Beijing criticised the report.", "criticised", None),
    ("fr", "Le maire de Paris a critiqué le gouvernement.", "critiqué", None),
    ("fr", "L'armée de Bakou a menacé les séparatistes.", "menacé", None),
    ("fr", "Moscou a condamné les frappes.", "condamné", None),
    ("fr", "L'ambassadeur de France a condamné les violences.", "condamné", None),
    ("fr", "Washington a menacé Téhéran de sanctions.", "menacé", None),
    # none: a place of another verb
    ("en", "The minister who was born in Lyon resigned on Monday.", "resigned", None),
    ("fr", "Le ministre, qui était arrivé de Rome, a démissionné lundi.", "démissionné", None),
    ("en", "France urged Israel to withdraw its troops from Rafah.", "urged", None),
    ("fr", "La France a exhorté Israël à retirer ses troupes de Rafah.", "exhorté", None),
    # the place that the sentence goes on to speak of
    ("en", "The minister will travel to Ankara, where she will discuss grain with officials.", "discuss", "Ankara"),
    # none: what came before, and has a doer of its own
    ("fr", "Depuis que le Maroc a rejoint le groupe, le pays a participé à des exercices en Espagne.", "rejoint", None),
    ("en", "Troops entered Gao, killing six men, the ministry said.", "killing", "Gao"),
    # none: two places side by side
    ("fr", "Le ministre est en visite en Serbie, en Croatie et en Hongrie.", "visite", None),
    ("en", "Police arrested dozens of people in Lagos and Abuja.", "arrested", None),
    ("fr", "La police a arrêté des dizaines de personnes à Lagos et à Abuja.", "arrêté", None),
    # none: the sentence names no place
    ("en", "The two armies clashed on Friday.", "clashed", None),
    ("fr", "Les deux armées se sont affrontées vendredi.", "affrontées", None),
]
# fmt: on


def place_at(kept: Kept, word: str, knowledge: Knowledge) -> Place | None:
    """The place of the act that the clause headed by `word` tells."""
    reading = kept.reading
    clause, sentence = next(
        (clause, reading.sentences[clause.sentence])
        for clause in reading.clauses
        if reading.sentences[clause.sentence].tokens[clause.head].text == word
    )
    here = [r for r in kept.references if r.mention.sentence == sentence.index]
    words = knowledge.place_words[reading.language].acts
    return place_of_act(clause, sentence, here, words)


@pytest.mark.parametrize(("language", "text", "word", "due"), PLACES)
def test_the_place_of_an_act(
    language: str, text: str, word: str, due: str | None, coded: Coded, knowledge: Knowledge
) -> None:
    place = place_at(coded(text, language, DAY), word, knowledge)
    assert (place.name if place is not None else None) == due
