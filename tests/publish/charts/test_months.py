"""The bars of a chart, the shares below them, and where it turns."""

from __future__ import annotations

from dragoman.publish.charts.months import BODY, FEW, WIDTH, chart
from dragoman.record.dossier import Month, months_between


def month(name: str, *quads: int, total: int = 40) -> Month:
    one, two, three, four = quads or (0, 0, 0, 0)
    count = one + two + three + four
    ratio = count / total if total else None
    return Month(name, (one, two, three, four), one + two, three + four, count, total, ratio)


def test_a_long_chart_counts_years() -> None:
    found = {"2001-02": (1, 0, 0, 0), "2001-05": (0, 0, 0, 1), "2024-01": (0, 1, 0, 0)}
    months = [month(name, *found.get(name, ())) for name in months_between("2001-02", "2024-01")]
    drawn = chart(months, ["2001-07"])
    assert drawn is not None
    assert (drawn.unit, len(drawn.columns)) == ("year", 24)
    assert drawn.columns[0].numbers == (1, 0, 0, 1)
    assert drawn.columns[0].total == 11 * 40
    assert drawn.turns[0].x == round(WIDTH / 24 / 2, 1)  # in the middle of the first year


def test_bars_stay_inside_the_drawing() -> None:
    drawn = chart([month(f"2024-{m:02}", 1, m, 1, 2) for m in range(1, 13)])
    assert drawn is not None
    for bar in drawn.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert bar.y >= 0
        assert bar.y + bar.height <= BODY + 0.2
    for bar in drawn.shares:
        assert bar.y > BODY
        assert bar.y + bar.height <= drawn.floor + 0.2


def test_a_share_of_almost_nothing_is_not_drawn() -> None:
    drawn = chart([month("2024-01", 1, 0, 0, 0, total=1), month("2024-02", 2, 0, 0, 0, total=FEW)])
    assert drawn is not None
    assert [bar.title for bar in drawn.shares] == [
        "February 2024: 2 of 10 events of the desk, 20 %"
    ]
    assert drawn.few == FEW
    assert drawn.columns[0].ratio == 1.0


def test_nothing_draws_nothing() -> None:
    assert chart([]) is None
