"""Measures the gold sentences and writes `floors.json`; refuses to lower a floor by itself.

python -m tests.gate.raise_floors [--lower]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dragoman.pipeline import Steps
from tests.gate.gold import MEASURES, Outcome, outcomes, shares

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.01


def main(arguments: list[str]) -> int:
    found = outcomes(Steps())
    floors = {
        language: {measure: round(share - SLACK, 3) for measure, share in row.items()}
        for language, row in shares(found).items()
    }
    before = json.loads(FLOORS.read_text("utf-8"))["floors"] if FLOORS.exists() else {}
    lower = [
        f"{language} {measure}: {old} → {floors[language][measure]}"
        for language, row in before.items()
        for measure, old in row.items()
        if floors.get(language, {}).get(measure, 0) < old
    ]
    if lower and "--lower" not in arguments:
        print("would lower:", *lower, sep="\n  ")
        return 1
    record = {"floors": floors, "known_wrong": known_wrong(found)}
    FLOORS.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(json.dumps(floors, indent=1))
    return 0


def known_wrong(found: list[Outcome]) -> dict[str, list[str]]:
    return {
        one.key: [m for m in MEASURES if m not in one.right]
        for one in found
        if len(one.right) < len(MEASURES)
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
