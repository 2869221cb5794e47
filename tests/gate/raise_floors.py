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

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.01


def main(arguments: list[str]) -> int:
    steps = Steps()
    floors = {
        "examples": with_slack(examples_right(outcomes(steps))),
        "pairs": with_slack(pairs_right(pairs_coded(steps))),
        **{name: with_slack(found) for name, found in facts_right(steps).items()},
    }
    before: dict[str, Floors] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    lower = [
        f"{gold} {language} {measure}: {old} → {new}"
        for gold, rows in before.items()
        for language, row in rows.items()
        for measure, old in row.items()
        if (new := floors.get(gold, {}).get(language, {}).get(measure, 0.0)) < old
    ]
    if lower and "--lower" not in arguments:
        print("would lower:", *lower, sep="\n  ")
        return 1
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    print(json.dumps(floors, indent=1))
    return 0


def with_slack(shares: Floors) -> Floors:
    return {
        language: {measure: round(max(share - SLACK, 0.0), 3) for measure, share in row.items()}
        for language, row in shares.items()
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
