"""The scorer of quotes: what overlaps, what is matched with what, and who is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.facts_quotes import (
    Said,
    Tally,
    attributions,
    french,
    is_right,
    matched,
    measure,
    overlap,
)
from dragoman.pipeline import Steps

TEXT = "“We shall leave,” said the mayor, “before noon today.” Nobody wept."
MARKS = """T1	Content 0 17;34 54	“We shall leave,” “before noon today.”
T2	Cue 18 22	said
T3	Source 23 32	the mayor
T4	Attribution 18 22	said
E1	Attribution:T4 Content:T1 Cue:T2 Source:T3
T5	Discuss 55 61	Nobody
E2	Attribution:T9 Cue:T2
"""


def said(start: int, end: int, speaker: tuple[int, int] | None = None) -> Said:
    return Said(frozenset(range(start, end)), frozenset(range(*speaker) if speaker else ()))


def test_overlap_is_what_is_shared_over_all() -> None:
    assert overlap(frozenset(range(10)), frozenset(range(5, 15))) == pytest.approx(1 / 3)
    assert overlap(frozenset(), frozenset()) == 0.0


def test_contents_are_matched_one_to_one_the_greatest_overlap_first() -> None:
    gold = [said(0, 10), said(10, 20)]
    found = [said(0, 20), said(0, 9)]
    pairs = [(gold.index(one), found.index(other)) for _, one, other in matched(gold, found)]
    assert pairs == [(0, 1), (1, 0)]


def test_too_little_overlap_is_no_match() -> None:
    assert list(matched([said(0, 10)], [said(8, 30)])) == []


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ((0, 10), (5, 10), True),
        ((0, 10), (8, 30), False),  # most of our phrase lies outside
        (None, None, True),
        (None, (0, 5), False),
        ((0, 10), None, False),
    ],
)
def test_speakers(gold: tuple[int, int] | None, found: tuple[int, int] | None, right: bool) -> None:
    assert is_right(said(50, 60, gold), said(50, 60, found)) == right


def test_a_speaker_is_right_by_actor_or_head() -> None:
    gold = Said(frozenset({1}), frozenset(range(10)), "mayor", head=0)
    assert is_right(gold, Said(frozenset({1}), frozenset(range(40, 50)), "mayor"))
    assert is_right(gold, Said(frozenset({1}), frozenset(range(40)), "bishop"))
    assert not is_right(gold, Said(frozenset({1}), frozenset(range(9, 40)), "bishop"))


def test_attributions_in_pieces_and_without_content() -> None:
    (one,) = attributions(MARKS, TEXT)
    assert "".join(TEXT[i] for i in sorted(one.content)) == "“Weshallleave,”“beforenoontoday.”"
    assert "".join(TEXT[i] for i in sorted(one.speaker)) == "themayor"


def test_figures_of_nothing() -> None:
    assert Tally().figures() == {"f1_30": 0.0, "f1_80": 0.0, "speaker": 0.0}


def test_a_folder_is_measured(tmp_path: Path, steps: Steps) -> None:
    for folder, name, content in (
        ("text", "news.txt", TEXT),
        ("attributions", "news_a1.ann", MARKS),
        ("attributions", "news_b2.ann", ""),  # a second annotator does not count
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(content, "utf-8")
    assert measure(tmp_path, steps) == {"f1_30": 1.0, "f1_80": 1.0, "speaker": 1.0}


def test_french_gold_is_measured_by_split(tmp_path: Path, steps: Steps) -> None:
    text = "« Nous partons », a déclaré le maire. Il veut partir."
    (tmp_path / "one.txt").write_text(text, "utf-8")
    quote = {"start": 2, "end": 14, "kind": "direct", "speaker": [31, 36], "cue": [18, 27]}
    rows = [
        {"id": "one", "split": "dev", "quotes": [quote]},
        {"id": "one", "split": "test", "quotes": []},
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    figures = french(gold, tmp_path, steps)
    assert figures["dev"] == {"f1_30": 1.0, "f1_80": 1.0, "speaker": 1.0}
    assert figures["test"] == {"f1_30": 0.0, "f1_80": 0.0, "speaker": 0.0}
