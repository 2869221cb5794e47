"""Measures what the gate measures and writes `floors.json`; refuses to lower a floor by itself.

python -m tests.gate.raise_floors [--lower]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dragoman.pipeline import Steps
from tests.gate.facts import facts_right
from tests.gate.gold import Floors, examples_right, outcomes, pairs_coded, pairs_right
from tests.gate.happenings import happenings_right

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.01


def main(arguments: list[str]) -> int:
    steps = Steps()
    reached = {
        "examples": examples_right(outcomes(steps)),
        "pairs": pairs_right(pairs_coded(steps)),
        **facts_right(steps),
        "happenings": happenings_right(steps),
    }
    before: dict[str, Floors] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    lower = [
        f"{gold} {half} {measure}: {old} → {new}"
        for gold, rows in before.items()
        for half, row in rows.items()
        for measure, old in row.items()
        if (new := reached.get(gold, {}).get(half, {}).get(measure, 0.0)) < old
    ]
    if lower and "--lower" not in arguments:
        print("would lower:", *lower, sep="\n  ")
        return 1
    floors = {gold: with_slack(rows, before.get(gold, {})) for gold, rows in reached.items()}
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    print(json.dumps(floors, indent=1))
    return 0


def with_slack(reached: Floors, before: Floors) -> Floors:
    """What is reached less the slack; a floor that still holds is never moved down."""
    return {
        half: {
            measure: _floor(share, before.get(half, {}).get(measure, 0.0))
            for measure, share in row.items()
        }
        for half, row in reached.items()
    }


def _floor(share: float, old: float) -> float:
    new = round(max(share - SLACK, 0.0), 3)
    return max(new, old) if share >= old else new


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
