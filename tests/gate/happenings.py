"""What the gate measures of merging reports into happenings: B3 by half, both to be high.

In: `Steps`. Out: precision and F1, and how far F1 is over the baseline, by half ("dev" was read
while working, "test" was only measured).
"""

from __future__ import annotations

from benchmarks.link_reports import halves
from dragoman.pipeline import Steps
from tests.gate.gold import Floors

MEASURES = ("precision", "f1", "over_baseline")


def happenings_right(steps: Steps) -> Floors:
    return {
        half: {measure: row[measure] for measure in MEASURES} for half, row in halves(steps).items()
    }
