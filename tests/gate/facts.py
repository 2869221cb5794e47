"""What the gate measures of dates, their events and mentions on our own sets.

In: `Steps`. Out: shares and F1s by half ("dev" was read while working, "test" was not) and measure,
all of them the better the higher. It holds no floor; `test_facts.py` does.
"""

from __future__ import annotations

from benchmarks.facts_own import by_hand, times_en
from dragoman.pipeline import Steps
from tests.gate.gold import Floors

SETS = ("times_en", "dating", "mentions")


def facts_right(steps: Steps) -> dict[str, Floors]:
    return {
        "times_en": {
            half: _kept(row, "relaxed_f1", "value_f1") for half, row in times_en(steps).items()
        },
        "dating": {half: _kept(row, "right") for half, row in by_hand("dating", steps).items()},
        "mentions": {half: _trusted(row) for half, row in by_hand("mentions", steps).items()},
    }


def _kept(row: dict[str, float], *measures: str) -> dict[str, float]:
    return {measure: row[measure] for measure in measures}


def _trusted(row: dict[str, float]) -> dict[str, float]:
    return {"right": row["right"], "not_wrong": round(1 - row["wrong"], 3)}
