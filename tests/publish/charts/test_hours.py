"""Marks for articles by the hour of their printing, in a lane for each language."""

from __future__ import annotations

from dataclasses import replace

from dragoman.publish.charts.hours import BAR, LABEL, MARK, ROW, ROWS, TICKS, WIDTH, Printed, hours
from dragoman.publish.wording import speaking

NOON = Printed("a-1", "A pier opens", "Harbour Post", "en", "2024-03-17T12:00")
EVENING = replace(NOON, article="a-2", moment="2024-03-17T18:00", copy_of="Harbour Post")
SOME_TIME = replace(NOON, article="a-3", language="fr", moment="2024-03-18")


def test_a_lane_for_each_language_the_fullest_first() -> None:
    made = hours([SOME_TIME, EVENING, NOON])
    assert made is not None
    assert [lane.language for lane in made.lanes] == ["en", "fr"]
    assert [mark.printed.article for mark in made.lanes[0].marks] == ["a-1", "a-2"]
    assert [one.article for one in made.table] == ["a-1", "a-2", "a-3"]
    first, second = (lane.marks[0] for lane in made.lanes)
    assert made.lanes[0].top + LABEL < first.y < made.lanes[1].top + LABEL < second.y < made.floor


def test_a_mark_stands_at_its_minute() -> None:
    """Half of the distance in time is half of that on paper."""
    quarter = replace(NOON, article="a-4", moment="2024-03-17T15:00")
    made = hours([NOON, EVENING, quarter])
    assert made is not None
    noon, middle, evening = (mark.x for mark in made.lanes[0].marks)
    assert middle - noon == evening - middle > MARK
    ticks = {tick.words: tick.x for tick in made.ticks}
    assert ticks["15:00"] == middle + MARK / 2


def test_a_day_without_an_hour_is_as_long_as_the_day() -> None:
    made = hours([NOON, EVENING, SOME_TIME])
    assert made is not None
    (bar,) = made.lanes[1].marks
    days = [tick.x for tick in made.ticks if ":" not in tick.words]
    assert days[-1] < bar.x
    assert bar.width > 10 * MARK
    assert (bar.height, made.lanes[0].marks[0].height) == (BAR, MARK)
    assert (made.has_minutes, made.has_days) == (True, True)
    assert bar.top == bar.y - BAR / 2


def test_what_would_cover_another_goes_a_row_down() -> None:
    made = hours([NOON, replace(NOON, article="a-9"), EVENING])
    assert made is not None
    one, two, three = made.lanes[0].marks
    assert (one.x, one.y + ROW) == (two.x, two.y)
    assert three.y == one.y


def test_a_full_lane_leaves_the_rest_to_the_table() -> None:
    made = hours([replace(NOON, article=f"a-{n}") for n in range(ROWS + 3)])
    assert made is not None
    assert (len(made.lanes[0].marks), made.lanes[0].crowded, made.crowded) == (ROWS, 3, 3)
    assert len(made.table) == ROWS + 3
    assert made.lanes[0].name == "English: 9 articles"


def test_everything_is_within_the_drawing_at_any_scale() -> None:
    spans = [
        ("2024-03-17T12:00", "2024-03-17T12:01"),
        ("2024-03-17", "2024-03-17"),
        ("2023-12-31T23:59", "2024-01-01T00:00"),
        ("2024-01-01", "2024-06-30T11:00"),
        ("1999-01-01", "2024-12-31"),
    ]
    for start, end in spans:
        made = hours([replace(NOON, moment=start), replace(NOON, article="a-8", moment=end)])
        assert made is not None
        for mark in made.lanes[0].marks:
            assert 0 <= mark.x < mark.x + mark.width <= WIDTH
            assert mark.y + mark.height / 2 < made.floor < made.height
        assert 1 <= len(made.ticks) <= TICKS
        assert all(0 <= tick.x < WIDTH for tick in made.ticks)


def test_ticks_name_the_day_and_where_it_changes_the_year() -> None:
    made = hours([NOON, EVENING])
    assert made is not None
    assert [tick.words for tick in made.ticks][:2] == ["17 Mar, 12:00", "13:00"]
    longer = hours([NOON, replace(NOON, article="a-7", moment="2024-03-20T08:00")])
    assert longer is not None
    assert "18 Mar" in [tick.words for tick in longer.ticks]
    years = hours([NOON, replace(NOON, article="a-7", moment="2025-02-20T08:00")])
    assert years is not None
    assert years.ticks[0].words == "Mar 2024"


def test_what_has_no_day_is_counted() -> None:
    undated = replace(NOON, moment=None)
    assert hours([undated]) is None
    assert hours([]) is None
    made = hours([NOON, undated])
    assert made is not None
    assert (made.undated, len(made.table)) == (1, 1)
    assert undated.words == "no date"


def test_it_is_told_in_words() -> None:
    made = hours([NOON, EVENING, SOME_TIME])
    assert made is not None
    assert made.description == (
        "3 articles in English and French, from 17 March 2024, 12:00 UTC to 18 March 2024"
    )
    copy = made.lanes[0].marks[1]
    assert copy.title == (
        "Harbour Post, 17 March 2024, 18:00 UTC: A pier opens (copy of Harbour Post)"
    )
    alone = hours([SOME_TIME])
    assert alone is not None
    assert alone.description == "1 article in French, 18 March 2024"


def test_it_speaks_french() -> None:
    with speaking("fr"):
        made = hours([replace(NOON, moment="2024-03-01T12:00"), EVENING, SOME_TIME])
        assert made is not None
        assert made.description == (
            "3 articles en anglais et français, du 1er mars 2024, 12:00 UTC au 18 mars 2024"
        )
        assert made.ticks[0].words.endswith("mars")
        assert "reprend Harbour Post" in made.lanes[0].marks[1].title
