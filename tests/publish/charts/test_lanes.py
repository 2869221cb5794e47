"""Two lanes of time: marks inside their lane, as many as the acts, and a table that agrees."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest

from dragoman.publish.charts.columns import BODY, WIDTH, Act
from dragoman.publish.charts.lanes import Lanes, Mark, lanes

WAYS = {"ab": "Armenia → Azerbaijan", "ba": "Azerbaijan → Armenia", "both": "Between them"}
PATH = re.compile(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-\3z")


def act(number: int, day: str, way: str = "ab", quad: int = 1, *, done: bool = True) -> Act:
    return Act(f"e-{number}", way, quad, "Consult", day, day, day[:7], done)


def made(number: int, days: int, first: date = date(2014, 1, 1)) -> list[Act]:
    """So many acts of every kind, spread over so many days."""
    chance = random.Random(number)
    return [
        act(
            i,
            (first + timedelta(days=chance.randrange(days))).isoformat(),
            chance.choice(["ab", "ab", "ba", "ba", "both"]),
            chance.randint(1, 4),
            done=chance.random() < 0.8,
        )
        for i in range(number)
    ]


def drawn(acts: Sequence[Act], turns: Sequence[str] = ()) -> Lanes:
    found = lanes(acts, WAYS, lambda some, first, last: f"#{some[0].id}", turns)
    assert found is not None
    return found


def boxes(mark: Mark) -> Iterator[tuple[float, float, float, float]]:
    for cell in mark.cells:
        found = PATH.fullmatch(cell.path)
        assert found is not None, cell.path
        x, y, width, height = map(float, found.groups())
        yield x, y, x + width, y + height


@pytest.mark.parametrize(
    ("number", "days"), [(1, 1), (3, 400), (60, 900), (90, 20), (200, 40), (800, 700), (3000, 3650)]
)
def test_marks_stand_in_their_own_lane_and_count_every_act(number: int, days: int) -> None:
    acts = made(number, days)
    found = drawn(acts)
    assert sorted(one.id for mark in found.marks for one in mark.acts) == sorted(
        one.id for one in acts
    )
    by_way = {lane.way: lane for lane in found.lanes}
    edges = [edge for lane in found.lanes for edge in (lane.top, lane.axis, lane.bottom)]
    assert edges == sorted(edges)
    assert edges[-1] < found.height - found.foot
    for mark in found.marks:
        lane, side = by_way[mark.acts[0].way], mark.acts[0].is_conflict
        assert {(one.way, one.is_conflict) for one in mark.acts} == {(lane.way, side)}
        low, high = (lane.axis, lane.bottom) if side else (lane.top, lane.axis)
        for left, top, right, bottom in boxes(mark):
            assert -0.2 <= left < right <= WIDTH + 0.2
            assert low - 0.3 <= top < bottom <= high + 0.6


@pytest.mark.parametrize(("number", "days"), [(40, 900), (3000, 3650)])
def test_the_table_counts_what_is_drawn(number: int, days: int) -> None:
    acts = made(number, days)
    found = drawn(acts)
    assert found.drawn == number == sum(row.count for row in found.rows)
    for at, way in enumerate(found.ways):
        for side in (False, True):
            assert sum(row.numbers[at][side] for row in found.rows) == sum(
                len(mark.acts)
                for mark in found.marks
                if (mark.acts[0].way, mark.acts[0].is_conflict) == (way, side)
            )
    assert found.not_done == sum(row.not_done for row in found.rows)
    assert found.not_done == sum(not one.is_done for one in acts)
    assert 0 < found.not_done < number


def test_few_acts_are_marks_of_their_own_and_many_are_counted() -> None:
    few = drawn(made(40, 900))
    assert few.is_single
    assert len(few.marks) == 40
    many = drawn(made(3000, 3650))
    assert not many.is_single
    assert len(many.marks) < 200
    day = drawn([act(i, "2024-03-17") for i in range(88)])
    assert not day.is_single  # a tower of 88 would leave no room to see one
    assert [row.words for row in day.rows] == ["17 March 2024"]


def test_what_was_not_done_is_hollow_and_stands_outside() -> None:
    (mark,) = drawn([act(i, "2024-03-17", done=i % 2 == 0) for i in range(200)]).marks
    assert [cell.is_done for cell in mark.cells] == [True, False]
    assert mark.title.endswith("of these not done: 100")
    done, hollow = boxes(mark)
    assert hollow[3] <= done[1]
    assert done[3] - done[1] == pytest.approx(BODY / 2, abs=0.2)


def test_material_acts_are_wider_than_words() -> None:
    one, other = drawn([act(1, "2024-03-17", quad=1), act(2, "2024-05-17", quad=2)]).marks
    (verbal,), (material,) = boxes(one), boxes(other)
    assert material[2] - material[0] > 1.5 * (verbal[2] - verbal[0])


def test_a_date_that_lies_in_no_period_is_counted_apart() -> None:
    found = drawn(
        [
            act(1, "2024-03-17"),
            Act("e-2", "ab", 1, "Consult", None, None, None, True),
            Act("e-3", "ab", 1, "Consult", "2023-01-01", "2023-12-31", None, True),
            Act("e-4", "ab", 1, "Consult", "2022-05-01", "2022-05-01", None, True),
        ]
    )
    assert (found.drawn, found.left_out) == (1, 3)
    undated = Act("e-2", "ab", 1, "Consult", None, None, None, True)
    assert lanes([undated], WAYS, lambda *_: "") is None
    years = [Act(f"e-{y}", "ab", 1, "Aid", f"{y}-01-01", f"{y}-12-31", None, True)
             for y in (1990, 2004)]  # fmt: skip
    assert [row.words for row in drawn(years).rows] == ["1990", "2004"]


def test_turning_points_stand_where_their_month_begins() -> None:
    acts = [act(1, "2023-01-10"), act(2, "2023-12-10")]
    found = drawn(acts, ["2023-07", "2023-07", "1999-01"])
    (turn,) = found.turns
    assert turn.words == "July 2023"
    assert turn.x == pytest.approx(WIDTH * 181 / 365, abs=0.1)


def test_the_lane_between_is_there_where_something_was_done_together() -> None:
    assert drawn([act(1, "2024-03-17")]).ways == ("ab", "ba")
    assert drawn([act(1, "2024-03-17", "both")]).ways == ("ab", "both", "ba")


def test_a_young_desk_is_drawn_over_its_days_and_not_over_the_weeks_before() -> None:
    acts = [act(1, "2024-11-25"), act(2, "2024-11-28", "ba"), act(3, "2024-12-02", "ba")]
    places = [left for mark in drawn(acts).marks for left, *_ in boxes(mark)]
    assert min(places) < WIDTH / 5
    assert max(places) > WIDTH * 3 / 4
    alone = drawn(acts[:1])
    words = [tick.words for tick in alone.ticks]
    assert (words[0], words[-1]) == ("19 Nov 2024", "25 Nov 2024")
    ((left, *_),) = boxes(alone.marks[0])
    assert left > WIDTH * 0.8  # in the quarter that a phone shows first
    longer = drawn([*acts, act(4, "2025-02-01")])
    assert [tick.words for tick in longer.ticks] == [
        "Nov 2024", "Dec 2024", "Jan 2025", "Feb 2025",
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["0001-01-03", "9999-12-31"])
def test_the_ends_of_the_calendar_are_no_matter(day: str) -> None:
    assert len(drawn([act(1, day)]).marks) == 1
