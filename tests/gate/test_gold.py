"""The gate: the coder may not get worse on the codebook's own gold sentences.

Floors stand in `floors.json`, per language and measure: the share right when they were set, less
one in a hundred. Raise them when the coder gets better; lowering one needs a line in the changelog.
`KNOWN_WRONG` in there are the sentences that were wrong then, so that gains and losses can be told.

    python -m tests.gate.raise_floors
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.pipeline import Steps
from tests.gate.gold import MEASURES, Outcome, outcomes, shares

FLOORS = Path(__file__).parent / "floors.json"
Wrong = dict[str, list[str]]


@pytest.fixture(scope="module")
def found(steps: Steps) -> list[Outcome]:
    return outcomes(steps)


@pytest.fixture(scope="module")
def floors() -> dict[str, dict[str, float]]:
    read: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8"))["floors"]
    return read


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("measure", MEASURES)
def test_floor(
    language: str, measure: str, found: list[Outcome], floors: dict[str, dict[str, float]]
) -> None:
    share = shares(found)[language][measure]
    floor = floors[language][measure]
    if share < floor:
        pytest.fail(f"{language} {measure}: {share} is under its floor {floor}\n{changes(found)}")


def test_every_language_and_measure_has_a_floor(
    found: list[Outcome], floors: dict[str, dict[str, float]]
) -> None:
    assert set(floors) == set(shares(found))
    assert all(set(row) == set(MEASURES) for row in floors.values())


def changes(found: list[Outcome]) -> str:
    """Sentences right now and wrong then, and the other way round."""
    known: Wrong = json.loads(FLOORS.read_text("utf-8"))["known_wrong"]
    lost: list[str] = []
    gained: list[str] = []
    for one in found:
        wrong = {m for m in MEASURES if m not in one.right}
        before = set(known.get(one.key, []))
        if wrong - before:
            lost.append(f"  - {one}")
        elif before - wrong:
            gained.append(f"  + [{', '.join(sorted(before - wrong))}] {one.key}")
    return "\n".join([f"losses ({len(lost)}):", *lost, f"gains ({len(gained)}):", *gained])


def test_losses_and_gains_are_told(found: list[Outcome]) -> None:
    assert changes(found).startswith("losses (")
