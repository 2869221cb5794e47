"""The gate: the coder may not get worse on the codebook's own examples and on our sentence pairs.

Floors stand in `floors.json`, per set, language and measure: what was reached when they were set,
less one in a hundred. Raise them when the coder gets better; lowering one needs a line in the
changelog.

    python -m tests.gate.raise_floors
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.event_marked import Coded
from dragoman.checking.examples import Outcome
from dragoman.pipeline import Steps
from tests.gate.gold import (
    LANGUAGES,
    MEASURES,
    Floors,
    examples_right,
    lost_examples,
    lost_pairs,
    outcomes,
    pairs_coded,
    pairs_right,
)

FLOORS = Path(__file__).parent / "floors.json"
each_language = pytest.mark.parametrize("language", LANGUAGES)
each_measure = pytest.mark.parametrize("measure", MEASURES)


@pytest.fixture(scope="module")
def examples(steps: Steps) -> list[Outcome]:
    return outcomes(steps)


@pytest.fixture(scope="module")
def pairs(steps: Steps) -> dict[str, list[Coded]]:
    return pairs_coded(steps)


@pytest.fixture(scope="module")
def floors() -> dict[str, Floors]:
    read: dict[str, Floors] = json.loads(FLOORS.read_text("utf-8"))
    return read


@each_language
@each_measure
def test_examples(
    language: str, measure: str, examples: list[Outcome], floors: dict[str, Floors]
) -> None:
    reached, floor = examples_right(examples)[language][measure], floors["examples"]
    if reached < floor[language][measure]:
        lost = lost_examples(examples, language, measure)
        pytest.fail(f"{language} {measure}: {reached} is under {floor[language][measure]}\n{lost}")


@each_language
@each_measure
def test_pairs(
    language: str, measure: str, pairs: dict[str, list[Coded]], floors: dict[str, Floors]
) -> None:
    reached, floor = pairs_right(pairs)[language][measure], floors["pairs"]
    if reached < floor[language][measure]:
        lost = lost_pairs(pairs[language], measure)
        pytest.fail(f"{language} {measure}: {reached} is under {floor[language][measure]}\n{lost}")


def test_every_language_and_measure_has_a_floor(floors: dict[str, Floors]) -> None:
    for rows in (floors["examples"], floors["pairs"]):
        assert set(rows) == set(LANGUAGES)
        assert all(set(row) == set(MEASURES) for row in rows.values())


def test_what_is_lost_is_told_by_category(examples: list[Outcome]) -> None:
    wrong = [o for o in examples if o.example.language == "en" and "source" in o.measures]
    wrong = [o for o in wrong if "source" not in o.right]
    told = lost_examples(examples, "en", "source")
    assert all(o.example.text in told and o.example.root in told for o in wrong)
    assert told.count("    due ") == len(wrong)


@each_language
def test_the_lost_pairs_are_those_that_are_wrong(
    language: str, pairs: dict[str, list[Coded]]
) -> None:
    found = pairs[language]
    told = lost_pairs(found, "category").splitlines()
    assert sum("missed: " in line for line in told) == sum(len(c.matched.missed) for c in found)
    silent = {c.marked.text for c in found if not c.marked.events and c.matched.false}
    assert all(any(text in line for line in told) for text in silent)
