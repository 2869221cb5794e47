"""Floors under the merging of reports into happenings (`happenings.py`)."""

from __future__ import annotations

import json

import pytest

from dragoman.pipeline import Steps
from tests.gate.gold import Floors
from tests.gate.happenings import happenings_right
from tests.gate.raise_floors import FLOORS


@pytest.fixture(scope="module")
def reached(steps: Steps) -> Floors:
    return happenings_right(steps)


@pytest.mark.parametrize("half", ["dev", "test"])
def test_happenings(half: str, reached: Floors) -> None:
    floors: Floors = json.loads(FLOORS.read_text("utf-8"))["happenings"]
    assert set(floors[half]) == set(reached[half])
    under = {
        measure: (reached[half][measure], floor)
        for measure, floor in floors[half].items()
        if reached[half][measure] < floor
    }
    assert not under
