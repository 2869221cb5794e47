"""Equal Earth against its published constants, areas, and the region that a map shows."""

from __future__ import annotations

from math import cos, pi, radians, sqrt

import pytest

from dragoman.publish.charts.projection import HIGHEST, LOWEST, WIDTH, across, upward, window


def test_edges_of_the_world_are_where_the_formulas_put_them() -> None:
    """At the equator the slope is A1 alone; at the pole theta is a third of pi."""
    assert across(0) * pi == pytest.approx(2 * pi / sqrt(3) / 1.340264)
    theta = pi / 3
    polynomial = 1.340264 - 0.081106 * theta**2 + 0.000893 * theta**6 + 0.003796 * theta**8
    assert upward(90) == pytest.approx(theta * polynomial)
    assert upward(90) == pytest.approx(1.3173627591574)
    assert upward(-90) == -upward(90)


@pytest.mark.parametrize("lat", [0.0, 15.0, 40.0, 65.0, 85.0])
def test_areas_keep_their_ratios(lat: float) -> None:
    """A small step north times the width of a meridian, beside the same on the sphere."""
    step = 1e-4
    drawn = across(lat) * (upward(lat + step) - upward(lat - step))
    assert drawn == pytest.approx(cos(radians(lat)) * radians(2 * step), rel=1e-4)


CAUCASUS = [(44.8, 41.7), (49.9, 40.4), (44.5, 40.2)]


def test_a_region_fills_its_window_and_all_points_are_in_it() -> None:
    seen = window(CAUCASUS)
    assert not seen.is_world
    assert LOWEST <= seen.height <= HIGHEST
    for lon, lat in CAUCASUS:
        x, y = seen.spot(lon, lat)
        assert 0 < x < WIDTH
        assert 0 < y < seen.height
    west, east = (seen.spot(lon, 40)[0] for lon in (44.5, 49.9))
    assert east - west > WIDTH / 5
    assert seen.spot(44.8, 41.7)[1] < seen.spot(44.8, 40.2)[1]


def test_what_lies_on_both_sides_of_the_date_line_is_near() -> None:
    seen = window([(178.4, -18.1), (-171.8, -13.8)])
    assert not seen.is_world
    fiji, samoa = seen.spot(178.4, -18.1), seen.spot(-171.8, -13.8)
    assert 0 < fiji[0] < samoa[0] < WIDTH


@pytest.mark.parametrize(
    "points", [[], [(-77.0, 38.9), (49.9, 40.4)], [(0, 0), (120, 0), (-120, 0)]]
)
def test_far_apart_or_nothing_is_the_world(points: list[tuple[float, float]]) -> None:
    seen = window(points)
    assert seen.is_world
    assert seen.spot(-180, 0)[0] == pytest.approx(0)
    assert seen.spot(179.999, 0)[0] == pytest.approx(WIDTH, abs=0.1)


def test_one_town_is_shown_amid_its_neighbours() -> None:
    seen = window([(44.5, 40.2)])
    assert seen.spot(44.5, 40.2) == pytest.approx((WIDTH / 2, seen.height / 2), abs=20)
    assert 0 < seen.spot(49.9, 40.4)[0] < WIDTH
