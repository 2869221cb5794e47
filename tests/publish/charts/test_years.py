"""Small multiples: one panel a year, one scale for all."""

from __future__ import annotations

import re

from dragoman.publish.charts.years import BODY, MOST, WIDTH, years
from dragoman.record.dossier import Month, months_between
from tests.publish.charts.test_months import month


def record(first: int, last: int) -> list[Month]:
    return [
        month(name, 1, int(name[5:]), 2, 1) for name in months_between(f"{first}-01", f"{last}-12")
    ]


def test_panels_count_their_months_and_stay_inside() -> None:
    found = years(record(2021, 2023))
    assert found is not None
    assert [(one.year, one.cooperation, one.conflict) for one in found.panels] == [
        (year, 12 + 78, 36) for year in ("2021", "2022", "2023")
    ]
    assert len({one.paths for one in found.panels}) == 1  # alike, so drawn alike: one scale
    for _, path in found.panels[0].paths:
        for x, y, width, height in re.findall(r"M(\d+) ([\d.]+)h(\d+)v(-?[\d.]+)h", path):
            assert 0 <= int(x) <= WIDTH - int(width)
            assert float(y) + min(0.0, float(height)) >= -0.2
            assert float(y) + max(0.0, float(height)) <= BODY + 0.2


def test_one_year_is_nothing_to_compare_and_of_many_the_latest_stay() -> None:
    assert years(record(2024, 2024)) is None
    assert years([]) is None
    found = years(record(1990, 2023))
    assert found is not None
    assert (len(found.panels), found.earlier) == (MOST, 34 - MOST)
    assert found.panels[-1].year == "2023"


def test_years_without_events_are_left_out() -> None:
    found = years([month("2001-05", 1, 0, 0, 0), month("2002-05"), month("2003-05", 0, 0, 0, 2)])
    assert found is not None
    assert [one.year for one in found.panels] == ["2001", "2003"]
