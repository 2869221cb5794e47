"""Names of people, places and organisations as the JSON gives them: where each begins and ends, and
what kind it is; and what is no name."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

from typing import Any

import pytest

from dragoman.publish.formats.article_json import article_json
from tests.conftest import Coded


def names(text: str, language: str, coded: Coded) -> list[str]:
    mentions: Any = article_json(coded(text, language, "2024-03-17"))["mentions"]
    return sorted(
        f"{m['kind']}:{text[m['start'] : m['end']]}" for m in mentions if m["kind"] != "ROLE"
    )


# fmt: off
NAMES = [
    # a person that the parser may take for an organisation; a place for a person or a time
    ("en", "Stoltenberg told reporters in Brussels that talks would go on.", ["PER:Stoltenberg", "LOC:Brussels"]),
    ("en", "Karabakh was quiet on Monday.", ["LOC:Karabakh"]),
    ("en", "Shelling hit Kyiv overnight.", ["LOC:Kyiv"]),
    ("en", "A drone struck Belgorod before dawn.", ["LOC:Belgorod"]),
    # a body named by its last word, or by its first one and what belongs to it
    ("en", "The Defence Ministry denied the report.", ["ORG:Defence Ministry"]),
    ("en", "Pashinyan told lawmakers that Armenia had frozen its membership.", ["PER:Pashinyan", "LOC:Armenia"]),
    ("en", "The Bank of England raised its main rate.", ["ORG:Bank of England"]),
    # a place in whose name another one stands
    ("en", "The Sea of Japan was calm.", ["LOC:Sea of Japan"]),
    ("en", "Russian troops left Kherson.", ["LOC:Kherson"]),
    ("en", "The Collective Security Treaty Organization (CSTO) met in Yerevan.", ["ORG:Collective Security Treaty Organization", "ORG:CSTO", "LOC:Yerevan"]),
    # titles and forms of address are no part of a name, particles are
    ("en", "President Joe Biden flew to Vilnius.", ["PER:Joe Biden", "LOC:Vilnius"]),
    ("en", "Mr Zelensky thanked Germany.", ["PER:Zelensky", "LOC:Germany"]),
    ("en", "Ursula von der Leyen praised Moldova.", ["PER:Ursula von der Leyen", "LOC:Moldova"]),
    ("en", "Bashar al-Assad left Damascus.", ["PER:Bashar al-Assad", "LOC:Damascus"]),
    # the longer name wins over a place that the atlas knows in it
    ("en", "Volunteers from Oklahoma City sent tents.", ["LOC:Oklahoma City"]),
    ("en", "The University of Cambridge refused.", ["ORG:University of Cambridge"]),
    ("en", "The Washington Post reported the visit.", ["ORG:The Washington Post"]),
    # demonyms, creeds, months and feasts name nobody
    ("en", "French farmers blocked a road near Lyon.", ["LOC:Lyon"]),
    ("en", "Muslims marked the end of Ramadan.", []),
    ("en", "The treaty was signed in May in Paris.", ["LOC:Paris"]),
    # things that bear a name
    ("en", "Hurricane Maria killed thousands in Puerto Rico.", ["LOC:Puerto Rico"]),
    ("en", "Maria Zakharova spoke in Moscow.", ["PER:Maria Zakharova", "LOC:Moscow"]),
    ("en", "The Treaty of Lisbon entered into force in 2009.", ["LOC:Lisbon"]),
    ("en", "The Georgian parliament passed the law.", []),
    # organisations of all sorts
    ("en", "The U.S. Navy sent a ship to the Red Sea.", ["ORG:U.S. Navy", "LOC:Red Sea"]),
    ("en", "The European Commission fined Google.", ["ORG:European Commission", "ORG:Google"]),
    ("en", "Médecins Sans Frontières left Haiti.", ["ORG:Médecins Sans Frontières", "LOC:Haiti"]),
    ("en", "Amnesty International accused Sudan.", ["ORG:Amnesty International", "LOC:Sudan"]),
    ("en", "The Kurdistan Workers' Party (PKK) laid down its arms.", ["ORG:Kurdistan Workers' Party", 'ORG:PKK']),
    ("en", "Israel struck the Gaza Strip on Friday.", ["LOC:Israel", "LOC:Gaza Strip"]),
    # what a word before the name says of it
    ("en", "The town of Bakhmut fell in May.", ["LOC:Bakhmut"]),
    ("en", "Police in Tbilisi used tear gas.", ["LOC:Tbilisi"]),
    # pronouns and common nouns
    ("en", "He said the country would pay.", []),
    ("en", "They told us to leave Norway.", ["LOC:Norway"]),
    # the rest of the article
    ("en", "Emmanuel Macron met Olaf Scholz. Macron then left.", ["PER:Emmanuel Macron", "PER:Olaf Scholz", "PER:Macron"]),
    ("en", "The Supreme Court of Kenya annulled the vote.", ["ORG:Supreme Court of Kenya", "LOC:Kenya"]),
    ("en", "Lawmakers in the House of Commons voted on Tuesday.", ["ORG:House of Commons"]),
    ("en", "Foreign Minister Hakan Fidan visited Baku.", ["PER:Hakan Fidan", "LOC:Baku"]),
    ("en", "The Red Cross sent blankets to Aleppo.", ["ORG:Red Cross", "LOC:Aleppo"]),
    ("en", "The Nile River rose by two metres.", ["LOC:Nile River"]),
    ("en", "Turkish President Recep Tayyip Erdogan called Tehran.", ["PER:Recep Tayyip Erdogan", "LOC:Tehran"]),
    ("en", "Boeing delivered ten jets to India.", ["ORG:Boeing", "LOC:India"]),
    ("en", "The World Health Organization declared the end of the outbreak.", ["ORG:World Health Organization"]),
    ("en", "The ministry of defence gave no comment.", []),
    ("en", "Angela Merkel was born in Hamburg.", ["PER:Angela Merkel", "LOC:Hamburg"]),
    ("en", "The Republic of Moldova applied in 2022.", ["LOC:Republic of Moldova"]),
    ("en", "The Paris Agreement was signed in 2016.", ["LOC:Paris"]),
    ("en", "South Sudan and Uganda opened the border.", ["LOC:South Sudan", "LOC:Uganda"]),
    ("en", "Kim Jong-un inspected the site.", ["PER:Kim Jong-un"]),
    ("en", "Barack Obama taught at the University of Chicago.", ["PER:Barack Obama", "ORG:University of Chicago", "LOC:Chicago"]),
    ("en", "The Dutch king spoke in The Hague.", ["LOC:The Hague"]),
    ("en", "Hezbollah fired rockets from Lebanon.", ["ORG:Hezbollah", "LOC:Lebanon"]),
    ("en", "The African Union met in Addis Ababa.", ["ORG:African Union", "LOC:Addis Ababa"]),
    ("en", "The German army bought drones.", []),
    ("en", "Wagner fighters left Bamako.", ["ORG:Wagner fighters", "LOC:Bamako"]),
    ("en", "Gen. Mark Milley testified.", ["PER:Mark Milley"]),
    ("en", "The Islamic State group claimed the attack.", ["ORG:Islamic State group"]),
    ("en", "The New York Times sued OpenAI.", ["ORG:The New York Times", "ORG:OpenAI"]),
    ("en", "Nagorno-Karabakh was emptied in 2023.", ["LOC:Nagorno-Karabakh"]),
    ("en", "The Labour Party won.", ["ORG:Labour Party"]),
    # French: roles and titles
    ("fr", "Le président Macron a reçu M. Scholz à l'Élysée.", ['PER:Macron', 'PER:Scholz', 'ORG:Élysée']),
    ("fr", "L'armée turque a bombardé le nord de la Syrie.", ['ORG:armée turque', 'LOC:Syrie']),
    # what belongs to the name of a body, and what does not
    ("fr", "Le ministère russe de la Défense a démenti.", ["ORG:ministère russe de la Défense"]),
    ("fr", "Le Conseil de sécurité de l'ONU s'est réuni.", ["ORG:Conseil de sécurité de l'ONU"]),
    ("fr", "L'Agence internationale de l'énergie atomique (AIEA) a écrit à Téhéran.", ["ORG:Agence internationale de l'énergie atomique", 'ORG:AIEA', 'LOC:Téhéran']),
    ("fr", "Marine Le Pen est arrivée à Hénin-Beaumont.", ["PER:Marine Le Pen", "LOC:Hénin-Beaumont"]),
    ("fr", "Les Gilets jaunes ont défilé à Bordeaux.", ["ORG:Gilets jaunes", "LOC:Bordeaux"]),
    ("fr", "Les Russes ont quitté Kherson.", ["LOC:Kherson"]),
    ("fr", "La ville de Marioupol est tombée en mai.", ["LOC:Marioupol"]),
    ("fr", "L'autoroute A7 est coupée.", ['LOC:autoroute A7']),
    ("fr", "Le Parlement géorgien a voté la loi.", ["ORG:Parlement géorgien"]),
    ("fr", "Ursula von der Leyen s'est rendue à Kiev.", ['PER:Ursula von der Leyen', 'LOC:Kiev']),
    ("fr", "Le pays a signé le traité. Il paiera.", []),
    ("fr", "La République du Niger a rompu l'accord.", ['LOC:République du Niger']),
    ("fr", "La tempête Ciaran a touché la Bretagne.", ["LOC:Bretagne"]),
    ("fr", "L'université de Caen a ouvert ses portes.", ['ORG:université de Caen', 'LOC:Caen']),
    ("fr", "Bachar al-Assad a quitté Damas.", ["PER:Bachar al-Assad", "LOC:Damas"]),
    ("fr", "Le ministre arménien des Affaires étrangères, Ararat Mirzoyan, a parlé.", ["PER:Ararat Mirzoyan"]),
    ("fr", "La mer du Japon est calme.", ["LOC:mer du Japon"]),
    ("fr", "Le président de la République Emmanuel Macron est parti.", ["PER:Emmanuel Macron"]),
    ("fr", "Le quotidien britannique The Guardian l'a révélé.", ['ORG:The Guardian']),
    ("fr", "En Haute-Savoie, la route est fermée.", ["LOC:Haute-Savoie"]),
    ("fr", "Le roi est en visite aux Pays-Bas.", ["LOC:Pays-Bas"]),
    ("fr", "Mme Tikhanovskaïa vit à Vilnius.", ["PER:Tikhanovskaïa", "LOC:Vilnius"]),
    ("fr", "Dominique de Villepin a pris la parole.", ["PER:Dominique de Villepin"]),
    ("fr", "La Banque de France a publié ses chiffres.", ["ORG:Banque de France", "LOC:France"]),
    ("fr", "L'hiver fut rude en Ukraine.", ['LOC:Ukraine']),
    ("fr", "Jens Stoltenberg est arrivé. Stoltenberg a parlé.", ["PER:Jens Stoltenberg", "PER:Stoltenberg"]),
    ("fr", "Le chanteur Georges Brassens est né à Sète.", ["PER:Georges Brassens", "LOC:Sète"]),
    ("fr", "Les Casques bleus ont quitté Bamako.", ["ORG:Casques bleus", "LOC:Bamako"]),
    ("fr", "Tensions à la frontière.", []),
    ("fr", "L'Union africaine siège à Addis-Abeba.", ['ORG:Union africaine', 'LOC:Addis-Abeba']),
    ("fr", "Le secrétaire général de l'Otan est en Turquie.", ['ORG:Otan', 'LOC:Turquie']),
    ("fr", "Ils ont marché jusqu'à la place de la Bastille.", ['LOC:place de la Bastille']),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "due"), NAMES)
def test_names(language: str, text: str, due: list[str], coded: Coded) -> None:
    assert names(text, language, coded) == sorted(due)


# fmt: off
ELSEWHERE = [
    # a surname, by the full name in another sentence
    ("fr", "Ludvig Holmström vit à Oslo. Le texte de Holmström est court.", "PER:Holmström"),
    # a short form that is explained in brackets
    ("fr", "L'Agence des forêts du Nord (Afnor) existe. Des plans d'Afnor circulent.", "ORG:Afnor"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "due"), ELSEWHERE)
def test_other_sentences_tell_the_kind(language: str, text: str, due: str, coded: Coded) -> None:
    assert names(text, language, coded).count(due) >= 1


def test_a_body_called_like_a_role_noun_stands_once(coded: Coded) -> None:
    kept = coded("The State Department condemned the raid.", "en", "2024-03-18")
    found = [r for r in kept.references if r.mention.text == "State Department"]
    assert [(r.mention.kind, r.actor) for r in found] == [("ORG", "USA")]


def test_a_mention_stands_once(coded: Coded) -> None:
    text = "The Supreme Court of Kenya met the Supreme Court of India."
    mentions: Any = article_json(coded(text, "en"))["mentions"]
    keys = [(m["start"], m["end"], m["kind"]) for m in mentions]
    assert len(keys) == len(set(keys))


def test_an_organisation_has_the_actor_of_the_role_noun_it_begins_with(coded: Coded) -> None:
    mentions: Any = article_json(coded("L'armée turque a reculé.", "fr"))["mentions"]
    found = {(m["kind"], m["actor"]) for m in mentions if m["start"] == 2}
    assert found == {("ROLE", "TUR"), ("ORG", "TUR")}


def test_what_refers_without_naming_is_of_kind_role(coded: Coded) -> None:
    text = "Norway signed. The country will pay. Norwegian envoys left."
    mentions: Any = article_json(coded(text, "en"))["mentions"]
    kinds = {text[m["start"] : m["end"]]: (m["kind"], m["actor"]) for m in mentions}
    assert kinds["country"] == kinds["Norwegian"] == ("ROLE", "NOR")
