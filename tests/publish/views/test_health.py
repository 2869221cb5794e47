"""A source's health in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dragoman.model import Source, SourceState
from dragoman.publish.views.health import lag_words, notes, rate_words, share_words, state_word
from dragoman.store.rows import SourceHealth

WELL = SourceState(polls=3, succeeded="2024-03-18T12:00:00+00:00")
ROW = SourceHealth(
    Source("s-1", "https://lake.example/feed", "feed", state=WELL),
    entries=9, articles=4, copies=1, copies_of=4, known=0, passed=0, waiting=0, failed=0,
    lag_minutes=12.0, per_day=14.2, newest="2024-03-18T12:00:00+00:00", silent_days=None,
    last_fault=None,
)  # fmt: skip


def with_state(**fields: Any) -> SourceHealth:
    return replace(ROW, source=replace(ROW.source, state=replace(WELL, **fields)))


@pytest.mark.parametrize(
    ("row", "word", "said"),
    [
        (ROW, "well", []),
        (with_state(succeeded=None), "new", []),
        (replace(ROW, source=replace(ROW.source, active=False)), "paused", []),
        (
            replace(ROW, silent_days=9),
            "silent",
            ["nothing new for 9 days; it used to bring 14 a day"],
        ),
        (with_state(error="no answer", error_kind="timeout"), "failing", ["no answer"]),
        (with_state(error="read in part: cut", error_kind="damaged"), "in part",
         ["read in part: cut"]),
        (with_state(error="gone", error_kind="gone", failures=11.0), "given up",
         ["gone", "it has failed for so long that it is only tried once a day"]),
        (with_state(moved_to="https://lake.example/f"), "well",
         ["it has moved for good to https://lake.example/f"]),
        (replace(ROW, failed=2, last_fault="no answer"), "well",
         ["2 of its pages were given up (the last: no answer)"]),
        (replace(ROW, waiting=3, last_fault="no answer"), "well",
         ["3 of its pages are tried again later (the last: no answer)"]),
        (replace(ROW, waiting=3), "well", []),
        (replace(ROW, passed=5, last_passed="robots.txt asks us not to"), "well",
         ["5 of its entries were passed over (the last: robots.txt asks us not to)"]),
    ],
)  # fmt: skip
def test_state_and_notes(row: SourceHealth, word: str, said: list[str]) -> None:
    assert state_word(row) == word
    assert notes(row) == said


def test_figures() -> None:
    assert [rate_words(rate) for rate in (14.2, 1.0, 0.5, 0.1, 0.001)] == [
        "14 a day", "1 a day", "4 a week", "3 a month", "less than one a month",
    ]  # fmt: skip
    assert [lag_words(lag) for lag in (None, 12.4, 180.0, 60 * 24 * 3.0)] == [
        "–", "12 min", "3 h", "3 days",
    ]  # fmt: skip
    assert (share_words(None), share_words(0.254)) == ("–", "25 %")
