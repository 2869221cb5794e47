"""The map: fills, circles and labels, each once and in its place; the same every time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dragoman.knowledge import Knowledge
from dragoman.publish.charts.map import Land, Map, Spot, drawn, leading, steps
from dragoman.publish.charts.outlines import outlines
from dragoman.publish.charts.projection import WIDTH, window

BAKU = Spot("capital-aze", "Baku", 40.38, 49.89, 9, (1, 2, 0, 6), None, "/explore?q=a")
TBILISI = Spot("capital-geo", "Tbilisi", 41.69, 44.83, 1, (1, 0, 0, 0), None, "/explore?q=b")
STATE = Spot("AZE", "Azerbaijan", 40.38, 49.89, 3, (3, 0, 0, 0), None, "/explore?q=c")
MALTA = Spot("MLT", "Malta", 35.9, 14.51, 2, (0, 0, 2, 0), "a neutral line", "/explore?q=d")
LANDS = (
    Land("AZE", "Azerbaijan", 12, (4, 2, 0, 6), "/explore?q=c"),
    Land("MLT", "Malta", 2, (0, 0, 2, 0), "/explore?q=d"),
)


@pytest.fixture(scope="module")
def made(knowledge: Knowledge) -> Map:
    spots = (BAKU, STATE, MALTA, TBILISI)
    return drawn(knowledge.shapes, spots, LANDS, placed=15, placeless=4)


def test_a_state_is_filled_and_what_has_no_shape_is_a_circle(made: Map) -> None:
    assert [one.title for one in made.fills] == ["Azerbaijan: 12 events"]
    assert [one.address for one in made.circles] == ["/explore?q=a", "/explore?q=d", "/explore?q=b"]
    assert made.notes == (("Malta", "a neutral line"),)
    assert "15 events at 4 places" in made.description


def test_area_tells_the_number_and_colour_what_leads(made: Map) -> None:
    large, _, small = made.circles
    assert (large.r / small.r) ** 2 == pytest.approx(9, rel=0.15)
    assert (large.quad, small.quad) == (4, 1)
    assert leading((2, 0, 2, 0)) == 1


def test_the_same_numbers_give_the_same_map(made: Map, knowledge: Knowledge) -> None:
    again = drawn(knowledge.shapes, made.spots, made.lands, placed=15, placeless=4)
    assert again == made


@pytest.mark.parametrize("most", [0, 1, 2, 3, 7, 95, 10_000])
def test_every_number_has_one_class_of_fill(most: int) -> None:
    bounds = steps(most)
    assert len(bounds) <= 4
    assert [n for low, high in bounds for n in range(low, high + 1)] == list(range(1, most + 1))


def test_names_do_not_cover_each_other(knowledge: Knowledge) -> None:
    beside = replace(TBILISI, id="other", name="Another", count=5, lon=44.86)
    labels = drawn(knowledge.shapes, (beside, TBILISI, BAKU), (), placed=3, placeless=0).labels
    assert [one.words for one in labels] == ["Another", "Baku"]


def test_outlines_of_the_world_are_whole_and_small(knowledge: Knowledge) -> None:
    seen = window([])
    paths = dict(
        zip((one.name for one in knowledge.shapes), outlines(knowledge.shapes, seen), strict=True)
    )
    assert [name for name, path in paths.items() if not path] == ["Antarctica"]
    assert sum(map(len, paths.values())) < 80_000
    for path in paths.values():
        assert re.fullmatch(r"(?:M-?\d+,-?\d+l-?\d+,-?\d+(?: -?\d+,-?\d+)+z)*", path)
    # Russia crosses 180° and is drawn as one: no step leaps over the map.
    steps_across = [abs(int(x)) for x in re.findall(r"[l ](-?\d+),", paths["Russia"])]
    assert max(steps_across) < WIDTH / 8
