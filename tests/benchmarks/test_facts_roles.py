"""The score of offices on a day and of mentions: what counts as right, wrong, unknown and open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.facts_roles import country_of, errors, is_named, measure, mentions, title_of
from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Actor
from dragoman.pipeline import Steps

HEADER = "office,country,date,name\n"


def table(folder: Path, *rows: str) -> Path:
    path = folder / "roles.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def test_shares_of_rows(tmp_path: Path, steps: Steps) -> None:
    path = table(
        tmp_path,
        "president,FRA,2024-03-17,Emmanuel Macron",
        "president,FRA,2024-03-17,Ada Lund",
        "president,FRA,1850-03-17,Ada Lund",
        "chess champion,FRA,2024-03-17,Ada Lund",
        "president,Atlantis,2024-03-17,Ada Lund",
    )
    assert measure(path, steps) == {"right": 0.2, "unknown": 0.6, "wrong": 0.2}


@pytest.mark.parametrize(
    "row",
    [
        # offices in several spellings
        "Prime Minister,GBR,2019-01-05,Theresa May",
        "head_of_government,DEU,2024,Olaf Scholz",
        "head of government,United States,2024-03,Joe Biden",
        "head of state,United Kingdom,2024-03-17,Charles III",
        "monarch,Spain,2024-03-17,Felipe VI",
        "secretary-general,NATO,2024-03-17,Jens Stoltenberg",
        "foreign minister,ru,2024-03-17,S. Lavrov",
        "Secretary of State,USA,2024-03-17,Antony Blinken",
        # names with accents, in another order, or short
        "prime_minister,HUN,2024-03-17,Viktor Orbán",
        "prime_minister,HUN,2024-03-17,Orban Viktor",
        "prime_minister,HUN,2024-03-17,Orban",
        # a body by its name in another language
        "secretary general,ONU,2024-03-17,António Guterres",
    ],
)
def test_rows_that_are_right(row: str, tmp_path: Path, steps: Steps) -> None:
    assert measure(table(tmp_path, row), steps) == {"right": 1.0, "unknown": 0.0, "wrong": 0.0}


def test_an_empty_table_scores_nothing(tmp_path: Path, steps: Steps) -> None:
    assert measure(table(tmp_path), steps) == {"right": 0.0, "unknown": 0.0, "wrong": 0.0}


@pytest.mark.parametrize(
    ("name", "due"),
    [("Ada Lund", True), ("A. Lund", True), ("LUND", True), ("Bo Lund", False), ("", False)],
)
def test_is_named(name: str, due: bool) -> None:
    assert is_named(name, Actor("ada-lund", "person", None, None, {"any": ("Ada Lund",)})) is due


def test_countries_and_titles(knowledge: Knowledge) -> None:
    forms = ("AZE", "az", "Azerbaijan", "Azerbaïdjan", "aze")
    assert {country_of(one, knowledge) for one in forms} == {"AZE"}
    assert country_of("Atlantis", knowledge) is None
    assert title_of("Ministre des Affaires étrangères", knowledge) == "foreign_minister"
    assert title_of("chess champion", knowledge) is None


TEXT = "Norway warned Ada Lund. Emmanuel Macron met her, and the French president left for Oslo."


def gold(folder: Path) -> Path:
    due = {
        "Norway": "NOR",
        "Ada Lund": None,
        "Emmanuel Macron": "emmanuel-macron",
        "French president": "emmanuel-macron",
        "Oslo": "SWE",
        "warned": "nato",
    }
    marked = [
        {"start": TEXT.index(w), "end": TEXT.index(w) + len(w), "text": w, "actor": actor}
        for w, actor in due.items()
    ]
    passage = {"text": TEXT, "language": "en", "published": "2024-03-17", "mentions": marked}
    path = folder / "mentions.jsonl"
    path.write_text(json.dumps(passage) + "\n", "utf-8")
    return path


def test_mentions_right_wrong_and_open(tmp_path: Path, steps: Steps) -> None:
    """Oslo is not Sweden; "warned" is nobody's name; "French president" is no exact name."""
    path = gold(tmp_path)
    assert mentions(path, steps) == {"right": 0.667, "wrong": 0.167, "open": 0.167, "lookup": 0.5}
    told = list(errors(path, steps))
    assert [line.split(":")[0] for line in told] == ["wrong", "open"]
    assert "'Oslo' is SWE, given NOR" in told[0]
