"""Paraphrases of public statements, written before they were tried: none reads as independent.

Each set tells one statement in five wordings of our own, in two languages; the speaker is named by
name, surname, office, ministry or state. What is told is public; no wording is anyone's but ours.
"""

from __future__ import annotations

import pytest

from dragoman.knowledge import Knowledge
from dragoman.record.families import Text
from dragoman.record.origins import origins_of
from tests.conftest import Coded

OUTLETS = (
    "demo-carnet-araxe", "demo-caspian-ledger", "demo-gazette-rioni", "demo-kura-dispatch",
    "demo-lori-observer",
)  # fmt: skip
STATEMENTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    # 12 May 2022: Finland's president and prime minister call for joining NATO
    "finland": (
        "2022-05-12",
        [
            (
                "en",
                "Finland's president and prime minister said on Thursday that the country must "
                "apply for NATO membership without delay.\n"
                "Sauli Niinistö said in a joint statement that membership would strengthen "
                "security. Sanna Marin hopes that the steps at home will be taken within days.",
            ),
            (
                "fr",
                "La Finlande doit rejoindre l'OTAN sans tarder, ont déclaré jeudi le président "
                "Sauli Niinistö et la première ministre Sanna Marin.\n"
                "Selon leur communiqué, l'adhésion renforcerait la sécurité du pays et celle de "
                "l'alliance.",
            ),
            (
                "en",
                "Helsinki wants to join the alliance. President Niinistö said Finland should seek"
                " a place in NATO at once.\n"
                "The Finnish president said that a decision was needed in the coming days.",
            ),
            (
                "fr",
                "Helsinki veut entrer dans l'alliance atlantique. Le président finlandais a "
                "affirmé que son pays devait se porter candidat immédiatement.\n"
                "« L'adhésion renforcerait la sécurité de la Finlande », a dit Sauli Niinistö.",
            ),
            (
                "en",
                "Finland should become a member of NATO, according to a statement of the Finnish "
                "presidency on Thursday.\n"
                "Niinistö said the country would make the alliance stronger.",
            ),
        ],
    ),
    # 19 September 2023: Azerbaijan's defence ministry announces measures in Karabakh
    "karabakh": (
        "2023-09-19",
        [
            (
                "en",
                "Azerbaijan launched what it called anti-terrorist measures in Karabakh on "
                "Tuesday.\n"
                "The Azerbaijani defence ministry said in a statement that only military targets "
                "were being hit. The ministry said corridors had been opened for civilians.",
            ),
            (
                "fr",
                "L'Azerbaïdjan a lancé mardi une opération au Karabakh.\n"
                "Selon le ministère azerbaïdjanais de la Défense, seules des cibles militaires "
                "sont visées. Le ministère affirme que des couloirs ont été ouverts pour les "
                "civils.",
            ),
            (
                "en",
                "Baku said on Tuesday that it had begun an operation against Armenian positions "
                "in Karabakh.\n"
                "Azerbaijan's military said precision weapons were being used. It said that "
                "civilians were not targets.",
            ),
            (
                "fr",
                "Bakou a annoncé mardi des mesures antiterroristes au Karabakh.\n"
                "L'armée azerbaïdjanaise assure que des armes de précision sont employées. Le "
                "ministère de la Défense a ajouté que la population civile n'était pas visée.",
            ),
            (
                "en",
                "Shelling was heard in the Karabakh region. The ministry of defence of Azerbaijan"
                " announced local measures and said that Armenian forces had to lay down their "
                "weapons.\n"
                "The ministry said the aim was to restore constitutional order.",
            ),
        ],
    ),
    # 29 October 2022: Russia's defence ministry suspends the grain agreement
    "grain": (
        "2022-10-29",
        [
            (
                "en",
                "Russia suspended its part in the Black Sea grain deal on Saturday, the Russian "
                "defence ministry said.\n"
                "The ministry said that Ukrainian drones had attacked ships at Sevastopol.",
            ),
            (
                "fr",
                "Moscou suspend sa participation à l'accord sur les céréales, a annoncé samedi le"
                " ministère russe de la Défense.\n"
                "Le ministère accuse l'Ukraine d'avoir attaqué des navires à Sébastopol.",
            ),
            (
                "en",
                "The grain deal is in doubt. According to the Russian defence ministry, Moscow "
                "will no longer take part in it.\n"
                "The ministry said the step was an answer to an attack with drones.",
            ),
            (
                "fr",
                "L'accord céréalier est suspendu par la Russie. Le ministère de la Défense à "
                "Moscou a déclaré que les navires civils n'étaient plus en sécurité.\n"
                "Il a affirmé que des drones ukrainiens avaient frappé la flotte.",
            ),
            (
                "en",
                "Russia's defence ministry wrote on Telegram on Saturday that Moscow was leaving "
                "the grain agreement for an indefinite time.\n"
                "The post said British specialists had helped to prepare the attack.",
            ),
        ],
    ),
}


def texts_of(name: str, coded: Coded, knowledge: Knowledge) -> list[Text]:
    day, wordings = STATEMENTS[name]
    made = []
    for number, (language, wording) in enumerate(wordings):
        backing = coded(wording, language, day).backing
        assert backing is not None
        outlet = knowledge.outlets.by_id[OUTLETS[number]]
        made.append(Text(f"{name}-{number}", outlet.name, outlet, voices=backing.rests_on))
    return made


@pytest.mark.parametrize("name", STATEMENTS)
def test_paraphrases_are_one_origin(name: str, coded: Coded, knowledge: Knowledge) -> None:
    found = origins_of(texts_of(name, coded, knowledge))
    assert found.separate_texts == len(OUTLETS)
    assert found.independent == 1
    assert found.unknown <= 1  # "their statement": whose, the sentence does not tell


def test_three_statements_are_three_origins(coded: Coded, knowledge: Knowledge) -> None:
    """Each in an outlet of its own: Finland's, Azerbaijan's and Russia's word."""
    texts = [texts_of(name, coded, knowledge)[n] for n, name in enumerate(STATEMENTS, 2)]
    assert origins_of(texts).independent == len(STATEMENTS)
