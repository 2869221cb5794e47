"""The scorer of times, on texts of our own: what counts as found, and what as right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.facts_times import Marked, dating, english, f1, measure, timeml
from dragoman.pipeline import Steps

TIMEML = """<?xml version="1.0"?>
<TimeML><DOCID>own</DOCID>
<DCT><TIMEX3 functionInDocument="CREATION_TIME" tid="t0" type="DATE" value="2024-03-20"/></DCT>
<TEXT>The envoys &amp; their <EVENT eid="e1">guards</EVENT> left on
<TIMEX3 tid="t1" type="DATE" value="2024-03-18">Monday</TIMEX3>. They will be back
<TIMEX3 tid="t2" type="DATE" value="2024-05">next <EVENT eid="e2">month</EVENT></TIMEX3>.</TEXT>
</TimeML>
"""


def test_timeml_is_read_with_offsets_and_day(tmp_path: Path) -> None:
    path = tmp_path / "own.tml"
    path.write_text(TIMEML, "utf-8")
    timed = timeml(path)
    assert [timed.text[mark.start : mark.end] for mark in timed.gold] == ["Monday", "next month"]
    assert str(timed.published) == "2024-03-20"
    assert "envoys & their guards" in timed.text


def test_a_folder_is_scored(tmp_path: Path, steps: Steps) -> None:
    (tmp_path / "own.tml").write_text(TIMEML, "utf-8")
    figures = measure(tmp_path, steps)
    # the second value is wrong in the gold, so that one of two is right
    assert figures["relaxed_f1"] == figures["strict_f1"] == figures["type_f1"] == 1.0
    assert figures["value_f1"] == 0.5
    assert figures["ms"] > 0


def test_a_folder_without_texts_says_what_it_needs(tmp_path: Path, steps: Steps) -> None:
    with pytest.raises(SystemExit, match="TimeML"):
        measure(tmp_path, steps)


def test_overlap_value_and_type_are_counted_apart() -> None:
    gold = [Marked(0, 6, "DATE", "2024"), Marked(10, 14, "DURATION", "P1Y")]
    found = [
        Marked(3, 6, "DATE", "2023"),
        Marked(10, 14, "SET", "P1Y"),
        Marked(20, 22, "DATE", "1"),
    ]
    assert f1([gold], [found]) == {
        "relaxed_f1": 0.8, "strict_f1": 0.4, "value_f1": 0.4, "type_f1": 0.4,
    }  # fmt: skip


def test_one_gold_expression_is_found_once() -> None:
    gold = [Marked(0, 10, "DATE", "2024")]
    found = [Marked(0, 4, "DATE", "2024"), Marked(5, 10, "DATE", "2024")]
    assert f1([gold], [found])["relaxed_f1"] == pytest.approx(2 / 3, abs=0.001)


def test_lines_of_one_split_are_scored(tmp_path: Path, steps: Steps) -> None:
    def line(split: str, value: str) -> str:
        time = {"start": 12, "end": 18, "type": "DATE", "value": value}
        text = "They met on Monday."
        published = "2024-03-20"
        return json.dumps({"text": text, "published": published, "split": split, "times": [time]})

    path = tmp_path / "own.jsonl"
    path.write_text(line("dev", "2024-03-18") + "\n" + line("test", "2024-03-25") + "\n", "utf-8")
    assert english(path, steps, "dev")["value_f1"] == 1.0
    assert english(path, steps)["value_f1"] == 0.5


def test_dating_is_measured_against_the_nearest_time(tmp_path: Path, steps: Steps) -> None:
    text = "Parliament ratified the accord yesterday; the opposition condemned it."
    pairs = [
        {"start": 11, "end": 19, "date_start": 31, "date_end": 40},
        {"start": 57, "end": 66, "date_start": None, "date_end": None},
    ]
    case = {"text": text, "language": "en", "published": "2024-03-20", "pairs": pairs}
    path = tmp_path / "dating.jsonl"
    path.write_text(json.dumps(case) + "\n", "utf-8")
    assert dating(path, steps) == {"right": 1.0, "nearest": 0.5}
