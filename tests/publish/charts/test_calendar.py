"""Cells for days and months."""

from __future__ import annotations

from dragoman.publish.charts.calendar import LOW, STEP, YEARS, Quads, by_day, by_month
from dragoman.publish.wording import speaking

NONE: Quads = (0, 0, 0, 0)


def address(period: str) -> str:
    return f"?from={period}"


def test_days_stand_under_their_weekday() -> None:
    """1 March 2024 was a Friday; February had 29 days."""
    months: dict[str, Quads] = {"2024-02": (3, 0, 0, 1), "2024-03": (0, 1, 1, 0)}
    days: dict[str, Quads] = {"2024-02-29": (3, 0, 0, 1), "2024-03-01": (0, 1, 1, 0)}
    made = by_day(months, days, address)
    assert made is not None
    february, march = made.blocks
    assert (len(february.cells), february.words, february.count) == (29, "February 2024", 4)
    leap, first = february.cells[28], march.cells[0]
    assert (leap.x, leap.y) == (3 * STEP, 4 * STEP)
    assert (first.x, first.y, first.address) == (4 * STEP, 0, "?from=2024-03-01")
    assert made.heads[0] == "M"
    assert made.coarser == 0


def test_colour_is_the_leading_class_and_strength_the_number() -> None:
    days: dict[str, Quads] = {
        "2024-03-01": (8, 0, 0, 0), "2024-03-02": (0, 1, 1, 0), "2024-03-03": (2, 0, 2, 1),
    }  # fmt: skip
    made = by_day({"2024-03": (10, 1, 3, 2)}, days, address)
    assert made is not None
    assert [(cell.lead, cell.level) for cell in made.filled] == [(1, 4), (3, 1), (3, 3)]
    assert (made.blocks[0].cells[3].lead, made.blocks[0].cells[3].level) == (0, 0)
    assert made.coarser == 1
    assert [cell.title for cell in made.filled][1] == (
        "2 March 2024: 1 material cooperation, 1 verbal conflict"
    )
    assert made.description == (
        "15 events from 1 March 2024 to 3 March 2024; the most: 1 March 2024 (8)."
    )


def test_years_come_newest_first_and_empty_ones_are_left_out() -> None:
    months: dict[str, Quads] = {
        "2019-12": (1, 0, 0, 0), "2020-06": NONE, "2021-01": (0, 0, 0, 4),
    }  # fmt: skip
    made = by_month(months, address)
    assert made is not None
    assert [block.period for block in made.blocks] == ["2021", "2019"]
    assert [len(block.cells) for block in made.blocks] == [12, 12]
    assert {cell.y for block in made.blocks for cell in block.cells} == {0}
    assert made.blocks[0].height == LOW
    assert made.description.startswith("5 events from December 2019 to January 2021")


def test_only_the_latest_years_of_a_long_record_are_drawn() -> None:
    months: dict[str, Quads] = {f"{1980 + i}-05": (1, 0, 0, 0) for i in range(YEARS + 3)}
    made = by_month(months, address)
    assert made is not None
    assert (len(made.blocks), made.earlier) == (YEARS, 3)
    assert made.blocks[-1].period == "1983"


def test_nothing_to_draw() -> None:
    assert by_day({"2024-03": (1, 0, 0, 0)}, {}, address) is None
    assert by_month({"2024-03": NONE}, address) is None


def test_words_are_those_of_the_reader() -> None:
    with speaking("fr"):
        made = by_day({"2024-03": (1, 0, 0, 0)}, {"2024-03-01": (1, 0, 0, 0)}, address)
        assert made is not None
        assert made.heads == ("L", "M", "M", "J", "V", "S", "D")
        (cell,) = made.filled
        assert cell.title == "1er mars 2024\u00a0: 1 coopération verbale"
