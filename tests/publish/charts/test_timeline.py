"""Periods, and the ticks of a line of time."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.publish.charts.timeline import DAY, MOST_TICKS, Period, Timeline, period, periods
from dragoman.publish.wording import speaking


@pytest.mark.parametrize(
    ("length", "day", "first", "last", "words"),
    [
        (DAY, "2024-03-31", "2024-03-31", "2024-03-31", "31 March 2024"),
        (1, "2024-03-31", "2024-03", "2024-03", "March 2024"),
        (3, "2024-03-31", "2024-01", "2024-03", "January to March 2024"),
        (12, "2024-03-31", "2024", "2024", "2024"),
        (120, "2024-03-31", "2020", "2029", "2020 to 2029"),
        (1200, "0004-03-31", "0001", "0099", "0001 to 0099"),
    ],
)
def test_a_period_is_asked_for_by_its_bounds(
    length: int, day: str, first: str, last: str, words: str
) -> None:
    found = period(length, day, day)
    assert found is not None
    assert (found.first, found.last, found.words) == (first, last, words)


def test_days_of_two_periods_have_none() -> None:
    assert period(DAY, "2024-03-01", "2024-03-02") is None
    assert period(1, "2024-03-31", "2024-04-01") is None
    assert period(3, "2024-03-31", "2024-04-01") is None
    assert period(12, "2024-03-31", "2024-04-01") is not None


@pytest.mark.parametrize("days", [1, 5, 31, 62, 90, 366, 1000, 5000, 40_000, 300_000])
def test_ticks_are_few_and_in_order(days: int) -> None:
    start = date(1100, 1, 1)
    span = Period(start, date.fromordinal(start.toordinal() + days))
    ticks = Timeline(span, 840).ticks()
    assert 0 < len(ticks) <= MOST_TICKS + 2
    assert [tick.x for tick in ticks] == sorted({tick.x for tick in ticks})
    assert all(0 <= tick.x < 840 for tick in ticks)


def test_ticks_speak_the_readers_language() -> None:
    line = Timeline(Period(date(2024, 1, 1), date(2024, 7, 1)), 840)
    assert [tick.words for tick in line.ticks()][:2] == ["Jan 2024", "Feb 2024"]
    with speaking("fr"):
        assert line.ticks()[1].words == "févr. 2024"
    assert periods(1, line.span) == 6
