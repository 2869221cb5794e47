"""Who did it and to whom, by construction, in both languages: a table from texts to sides."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

import pytest

from dragoman.model import Report
from tests.conftest import Coded

DAY = "2024-03-18"


def who(report: Report) -> str:
    """ "category sources>targets", actors by id, others by their words, sectors after a slash."""
    sides = (
        "+".join((s.actor or s.name) + (f"/{s.sector}" if s.sector else "") for s in found) or "-"
        for found in (report.sources, report.targets)
    )
    return f"{report.category} {'>'.join(sides)}"


# fmt: off
SIDES = [
    # several doers of a joint act and nobody facing them: they face each other
    ("en", "Sudan and Chad agreed to reopen a border post.", "AGREE SDN>TCD"),
    ("fr", "Le Soudan et le Tchad sont convenus de rouvrir un poste frontière.", "AGREE SDN>TCD"),
    # one plural noun of two states is two sides
    ("en", "The presidents of Serbia and Kosovo met in Brussels.", "CONSULT SRB/GOV>XKX/GOV"),
    ("fr", "Les présidents serbe et kosovar se sont rencontrés à Bruxelles.", "CONSULT SRB/GOV>XKX/GOV"),
    ("fr", "Les présidents de la Serbie et du Kosovo se sont rencontrés à Bruxelles.", "CONSULT SRB/GOV>XKX/GOV"),
    # ... also where they do not face each other
    ("en", "Russian and Iranian officials condemned Israel.", "ACCUSE RUS/GOV+IRN/GOV>ISR"),
    ("fr", "Des responsables russes et iraniens ont condamné Israël.", "ACCUSE RUS/GOV+IRN/GOV>ISR"),
    # a plain noun may act
    ("en", "Musicians boycotted the Hungarian government.", "PROTEST Musicians>HUN/GOV"),
    ("fr", "Des musiciens ont critiqué le gouvernement hongrois.", "ACCUSE musiciens>HUN/GOV"),
    # ... a thing may not
    ("en", "A letter criticised the Hungarian government.", "ACCUSE ->HUN/GOV"),
    ("fr", "Des tracts ont critiqué le gouvernement hongrois.", "ACCUSE ->HUN/GOV"),
    # ... and be done to, whatever place stands further on
    ("en", "Gunmen abducted two nuns in Nigeria.", "ASSAULT Gunmen/REB>two nuns"),
    ("fr", "Des rebelles ont enlevé deux religieuses au Nigeria.", "ASSAULT rebelles/REB>deux religieuses"),
    # a day is nobody
    ("en", "Oslo lifted the sanctions on Tuesday.", "RETREAT NOR/GOV>-"),
    ("fr", "Oslo a levé les sanctions mardi.", "RETREAT NOR/GOV>-"),
    # a state's police against its own people
    ("en", "Turkish police arrested three Turkish journalists.", "COERCE TUR/COP>TUR/MED"),
    ("fr", "La police turque a arrêté trois journalistes turcs.", "COERCE TUR/COP>TUR/MED"),
    # the usual prepositions where the frame's own slots are empty
    ("en", "Iceland expressed its condolences to Poland.", "SUPPORT ISL>POL"),
    ("fr", "L'Islande a exprimé ses condoléances à la Pologne.", "SUPPORT ISL>POL"),
    # ... but no city of a named treaty or of talks
    ("en", "Japan ratified the Paris agreement on climate.", "SUPPORT JPN>-"),
    ("fr", "Le Japon a ratifié l'accord de Paris sur le climat.", "SUPPORT JPN>-"),
    ("en", "The Geneva talks on Syria failed.", "CONSULT ->-"),
    # a pronoun that is the subject of what its antecedent tells
    ("en", "Norway said it had expelled two Russian diplomats.", "SANCTION NOR>RUS/GOV"),
    ("fr", "La Norvège a annoncé qu'elle avait expulsé deux diplomates russes.", "SANCTION NOR>RUS/GOV"),
    ("en", "The rebels said they had freed the hostages.", "RETREAT rebels/REB>hostages/CIV"),
    ("fr", "Les rebelles disent qu'ils ont libéré les otages.", "RETREAT rebelles/REB>otages/CIV"),
    # ... but not when somebody is told, who may be meant as well
    ("en", "Norway told Sweden it had expelled two Russian diplomats.", "SANCTION it>RUS/GOV"),
    # who is behind a thing that a clause completes
    ("en", "Ghana issued a statement condemning Togo.", "ACCUSE GHA>TGO"),
    ("fr", "Le Ghana a publié un communiqué condamnant le Togo.", "ACCUSE GHA>TGO"),
    ("fr", "Le Ghana a confirmé sa décision d'expulser les diplomates togolais.", "THREATEN GHA>TGO/GOV"),
    # possessives belong to the subject of the clause
    ("en", "Sweden completed its withdrawal from Mali.", "RETREAT SWE>MLI"),
    ("fr", "La Suède a achevé son retrait du Mali.", "RETREAT SWE>MLI"),
    # relative clauses and passives
    ("en", "The minister, who had criticised the army, was arrested by soldiers.", "ACCUSE minister/GOV>army/MIL", "COERCE soldiers/MIL>minister/GOV"),
    ("fr", "Le ministre, qui avait critiqué l'armée, a été arrêté par des soldats.", "ACCUSE ministre/GOV>armée/MIL", "COERCE soldats/MIL>ministre/GOV"),
    # apposition
    ("en", "Jens Stoltenberg, NATO's chief, urged Turkey to ratify the accession.", "REQUEST jens-stoltenberg/IGO>TUR"),
    ("fr", "Jens Stoltenberg, le patron de l'OTAN, a exhorté la Turquie à ratifier l'adhésion.", "REQUEST jens-stoltenberg/IGO>TUR"),
    # whom the purpose of an act concerns, where nobody stands nearer
    ("en", "Slovakia sent medicine to help Moldova cope with the floods.", "AID SVK>MDA"),
    ("en", "The Czech premier accepted an invitation to meet Ursula von der Leyen.", "AGREE petr-fiala/GOV>ursula-von-der-leyen/IGO"),
    # who is named as doer in the thing that is the subject
    ("en", "A bomb planted by militants killed three soldiers.", "ASSAULT militants/REB>soldiers/MIL"),
    ("fr", "Une bombe posée par des rebelles a tué trois soldats.", "ASSAULT rebelles/REB>soldats/MIL"),
    # of whose kind a plain noun is
    ("en", "Opposition supporters clashed with police in Maputo.", "ASSAULT Opposition/OPP>police/COP"),
    ("fr", "Des partisans de l'opposition ont affronté la police à Maputo.", "PROTEST partisans/OPP>police/COP"),
    # an accusation and its content
    ("en", "Togo, accused by Ghana of backing rebels, recalled its envoy.", "ACCUSE GHA>TGO", "SUPPORT TGO>rebels/REB", "SANCTION TGO>-"),
    # headlines
    ("fr", "Sofia expulse deux diplomates russes", "SANCTION BGR/GOV>RUS/GOV"),
    ("fr", "Israël bombarde Rafah", "ASSAULT ISR>PSE"),
    ("fr", "Le Mali rompt ses relations diplomatiques avec l'Ukraine", "SANCTION MLI>UKR"),
    # event nouns: "of" the doer, "to" the other side; between two
    ("fr", "La visite du ministre japonais des Affaires étrangères à Séoul a duré trois jours.", "CONSULT yoko-kamikawa/GOV>KOR/GOV"),
    ("en", "Talks between Serbia and Kosovo opened in Brussels.", "CONSULT SRB>XKX"),
    ("fr", "Des pourparlers entre la Serbie et le Kosovo se sont ouverts à Bruxelles.", "CONSULT SRB>XKX"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "due"), [(row[0], row[1], row[2:]) for row in SIDES])
def test_sides(language: str, text: str, due: tuple[str, ...], coded: Coded) -> None:
    assert [who(report) for report in coded(text, language, DAY).reports] == list(due)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A storm killed 12 people in Fiji."),
        ("fr", "Une tempête a tué douze personnes aux Fidji."),
    ],
)
def test_weather_is_nobody(language: str, text: str, coded: Coded) -> None:
    assert coded(text, language, DAY).reports == ()
