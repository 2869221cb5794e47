"""Floors under dates, their events and mentions (`facts.py`)."""

from __future__ import annotations

import json

import pytest

from dragoman.pipeline import Steps
from tests.gate.facts import SETS, facts_right
from tests.gate.gold import Floors
from tests.gate.raise_floors import FLOORS


@pytest.fixture(scope="module")
def reached(steps: Steps) -> dict[str, Floors]:
    return facts_right(steps)


@pytest.mark.parametrize("name", SETS)
def test_facts(name: str, reached: dict[str, Floors]) -> None:
    floors: dict[str, Floors] = json.loads(FLOORS.read_text("utf-8"))
    assert {half: set(row) for half, row in floors[name].items()} == {
        half: set(row) for half, row in reached[name].items()
    }
    under = [
        f"{half} {measure}: {reached[name][half][measure]} is under {floor}"
        for half, row in floors[name].items()
        for measure, floor in row.items()
        if reached[name][half][measure] < floor
    ]
    assert not under
