"""Numbers that belong to an act: a table from texts to counts, in both languages."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

import pytest

from tests.conftest import Coded

DAY = "2024-03-18"
Counts = list[tuple[str, int, int, str | None]]

# fmt: off
COUNTS = [
    # under a counting verb, in figures and words
    ("en", "Rebels killed 12 soldiers in Mali.", [("killed", 12, 12, "soldier")]),
    ("en", "Police arrested twenty-five protesters in Lagos.", [("detained", 25, 25, "protester")]),
    ("fr", "La police turque a arrêté vingt-deux manifestants.", [("detained", 22, 22, "manifestant")]),
    ("en", "Police detained a dozen protesters.", [("detained", 12, 12, "protester")]),
    # passive, and a range
    ("en", "Between 10 and 15 soldiers were killed by rebels.", [("killed", 10, 15, "soldier")]),
    ("fr", "Des rebelles ont tué entre dix et quinze soldats au Mali.", [("killed", 10, 15, "soldat")]),
    # the counted noun says it
    ("fr", "La Russie a bombardé Kharkiv : 14 morts et trente blessés.", [("killed", 14, 14, "mort"), ("wounded", 30, 30, "blessé")]),
    # troops, with the thousands apart
    ("en", "NATO sent 2,000 soldiers to Poland on 17 March 2024.", [("troops", 2000, 2000, "soldier")]),
    ("fr", "L'Otan a déployé 2 500 soldats en Pologne.", [("troops", 2500, 2500, "soldat")]),
    # money
    ("en", "Canada pledged $50 million in aid to Haiti.", [("money", 50_000_000, 50_000_000, "$")]),
    ("fr", "Le Japon a versé 3,5 millions d'euros à l'Ukraine.", [("money", 3_500_000, 3_500_000, "euro")]),
    # soldiers who kill are no dead
    ("en", "Twelve soldiers killed a protester in Lagos.", [("troops", 12, 12, "soldier")]),
    # "dozens" says no number
    ("en", "Russia killed dozens of civilians in Kharkiv.", []),
    ("fr", "La Russie a tué des dizaines de civils à Kharkiv.", []),
    # a year is no number of anything
    ("en", "Rebels killed soldiers in 2021.", []),
    # a row of figures is none either, however long
    ("en", f"Rebels killed {'9' * 400} soldiers in Mali.", []),
    ("fr", f"Des rebelles ont tué {'9' * 40} soldats au Mali.", []),
    ("en", f"Rebels killed 12 {'million ' * 60}soldiers in Mali.", []),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "due"), COUNTS)
def test_counts(language: str, text: str, due: Counts, coded: Coded) -> None:
    (report,) = coded(text, language, DAY).reports
    assert [(c.what, c.low, c.high, c.unit) for c in report.counts] == due


def test_a_count_spans_its_number(coded: Coded) -> None:
    text = "Canada pledged $50 million in aid to Haiti."
    (report,) = coded(text, "en", DAY).reports
    assert [text[c.start : c.end] for c in report.counts] == ["50 million"]


def test_each_act_has_its_own_numbers(coded: Coded) -> None:
    text = "Rebels killed 12 soldiers and wounded 30 in Mali."
    reports = coded(text, "en", DAY).reports
    assert [[(c.what, c.low) for c in r.counts] for r in reports] == [
        [("killed", 12)],
        [("wounded", 30)],
    ]
