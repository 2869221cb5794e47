"""The strip of months: gaps stay gaps, long spans become years, nothing is lost."""

from __future__ import annotations

from dragoman.publish.charts.strip import BODY, MOST, strip


def test_months_without_hits_keep_their_place() -> None:
    made = strip({"2023-11": 4, "2024-02": 2}, {"2023": 4, "2024": 2}, "/to/{}".format)
    assert made is not None
    assert [(one.period, one.count) for one in made.periods] == [
        ("2023-11", 4), ("2023-12", 0), ("2024-01", 0), ("2024-02", 2),
    ]  # fmt: skip
    assert made.periods[0].address == "/to/2023-11"
    assert [one.height for one in made.periods] == [BODY, 0, 0, BODY / 2]
    assert made.unit == "month"


def test_a_long_span_is_told_by_year_and_what_is_before_it_counted() -> None:
    years = {"1815": 3, "1990": 1, "2024": 5}
    made = strip({f"{year}-01": n for year, n in years.items()}, years, str)
    assert made is not None
    assert (made.unit, len(made.periods), made.earlier) == ("year", MOST, 3)
    assert sum(one.count for one in made.periods) + made.earlier == 9


def test_one_month_is_nothing_to_compare() -> None:
    assert strip({"2024-02": 2}, {"2024": 2}, str) is None
    assert strip({}, {}, str) is None
