"""The scorer of merged reports, on lines of our own: what counts as joined, and as right."""

from __future__ import annotations

import json
from collections.abc import Hashable
from pathlib import Path

import pytest

from benchmarks.link_reports import HALVES, bcubed, first_report, measure
from dragoman.pipeline import Steps
from tests.conftest import Coded

LINES = [
    ("1", "visit", "en", "2024-03-06", "The president of Kenya met the president of Rwanda on "
     "5 March 2024. Both spoke of the lake."),
    ("2", "visit", "fr", "2024-03-07", "Le Rwanda s'est entretenu mardi avec le Kenya."),
    ("3", "later visit", "en", "2024-06-04", "Kenya met Rwanda on 3 June 2024."),
    ("4", "weather", "en", "2024-06-04", "It rained in the valley for a week."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "found", "scores"),
    [
        # all as it should be
        ({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "y"}, (1.0, 1.0, 1.0)),
        # all in one: of 3 joined 2, 2 and 1 are right
        ({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "x"}, (0.556, 1.0, 0.714)),
        # each alone
        ({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "y", "c": "z"}, (1.0, 0.667, 0.8)),
        # what is not in the gold does not count
        ({"a": 1}, {"a": "x", "b": "x"}, (1.0, 1.0, 1.0)),
        ({}, {}, (0.0, 0.0, 0.0)),
    ],
)
def test_bcubed(
    gold: dict[str, Hashable], found: dict[str, Hashable], scores: tuple[float, float, float]
) -> None:
    assert bcubed(gold, found) == scores


def test_the_surest_report_of_the_first_sentence_stands_for_a_line(coded: Coded) -> None:
    kept = coded(LINES[0][4] + " Kenya condemned Norway.", "en", "2024-03-06")
    found = first_report(kept)
    assert found is not None
    assert found.category == "CONSULT"
    assert first_report(coded(LINES[3][4], "en", "2024-06-04")) is None


def test_a_set_is_scored(tmp_path: Path, steps: Steps) -> None:
    keys = ("id", "event", "language", "published", "text")
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(json.dumps(dict(zip(keys, row, strict=True))) for row in LINES))
    figures = measure([path], steps)
    assert (figures["lines"], figures["uncoded"], figures["happenings"]) == (4, 1, 2)
    assert figures["f1"] == 1.0
    assert figures["baseline_precision"] == 1.0
    assert figures["over_baseline"] == round(1 - figures["baseline_f1"], 3)


@pytest.mark.parametrize("half", sorted(HALVES))
def test_lines_of_the_gate_are_whole(half: str) -> None:
    rows = [json.loads(line) for line in HALVES[half].read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) > 100
    assert {row["language"] for row in rows} == {"en", "fr"}
    assert all(row["text"].strip() and row["event"] and row["published"] for row in rows)
