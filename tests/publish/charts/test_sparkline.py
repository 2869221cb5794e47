"""Bars for the articles of each day."""

from __future__ import annotations

from dragoman.publish.charts.sparkline import DAYS, HEIGHT, LEAST, sparkline


def test_a_bar_for_each_day_up_to_the_last() -> None:
    made = sparkline(["2024-03-17", "2024-03-17", "2024-03-20", "2023-01-01"], "2024-03-20")
    assert made is not None
    assert made.numbers == (0,) * 10 + (2, 0, 0, 1)
    assert [bar.x for bar in made.bars] == [6 * i for i in range(DAYS)]
    assert (made.bars[10].height, made.bars[13].height) == (HEIGHT, HEIGHT / 2)
    assert (made.bars[0].height, made.bars[0].is_empty) == (LEAST, True)
    assert made.description == "3 articles in 14 days to 20 March 2024, most on 17 March 2024 (2)"


def test_days_outside_draw_nothing() -> None:
    assert sparkline(["2024-01-01"], "2024-03-20") is None
    assert sparkline([], "2024-03-20") is None
