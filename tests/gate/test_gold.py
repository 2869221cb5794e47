"""The gate: the coder may not get worse on the codebook's own examples.

Floors stand in `floors.json`, per language and measure: the share right when they were set, less
one in a hundred. Raise them when the coder gets better; lowering one needs a line in the changelog.

    python -m tests.gate.raise_floors
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.event_examples import Outcome
from dragoman.pipeline import Steps
from tests.gate.gold import MEASURES, Floors, examples_right, lost, outcomes

FLOORS = Path(__file__).parent / "floors.json"
LANGUAGES = ("en", "fr")


@pytest.fixture(scope="module")
def found(steps: Steps) -> list[Outcome]:
    return outcomes(steps)


@pytest.fixture(scope="module")
def floors() -> Floors:
    read: Floors = json.loads(FLOORS.read_text("utf-8"))["examples"]
    return read


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", MEASURES)
def test_floor(language: str, measure: str, found: list[Outcome], floors: Floors) -> None:
    share, floor = examples_right(found)[language][measure], floors[language][measure]
    if share < floor:
        sentences = lost(found, language, measure)
        pytest.fail(f"{language} {measure}: {share} is under its floor {floor}\n{sentences}")


def test_every_language_and_measure_has_a_floor(found: list[Outcome], floors: Floors) -> None:
    assert set(floors) == set(examples_right(found)) == set(LANGUAGES)
    assert all(set(row) == set(MEASURES) for row in floors.values())


def test_what_is_lost_is_told_by_category(found: list[Outcome]) -> None:
    wrong = [o for o in found if o.example.language == "en" and "source" in o.measures]
    wrong = [o for o in wrong if "source" not in o.right]
    told = lost(found, "en", "source")
    assert all(o.example.text in told and o.example.root in told for o in wrong)
    assert told.count("    due ") == len(wrong)
