"""The offline gazetteer: its size, what it knows by which name, what it says of a broken file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge import DATA, Knowledge
from dragoman.knowledge.gazetteer import Gazetteer

FILE = DATA / "atlas" / "gazetteer.npz"

# fmt: off
FIRST = [
    # by its main name, with and without accents, and by what it is called elsewhere
    ("Tirana", "ALB", 41.3, 19.8),
    ("Québec", "CAN", 46.8, -71.2),
    ("Bakou", "AZE", 40.4, 49.9),
    ("Pékin", "CHN", 39.9, 116.4),
    ("Le Caire", "EGY", 30.1, 31.2),
    ("Tbilissi", "GEO", 41.7, 44.8),
    ("Khankendi", "AZE", 39.8, 46.8),
    ("Stepanakert", "AZE", 39.8, 46.8),
    ("Степанакерт", "AZE", 39.8, 46.8),
    ("Ростов-на-Дону", "RUS", 47.2, 39.7),
    # hyphens, apostrophes and case make no other name
    ("saint denis", "FRA", -20.9, 55.4),
    ("N'Djamena", "TCD", 12.1, 15.0),
]
# fmt: on


@pytest.mark.parametrize(("name", "country", "lat", "lon"), FIRST)
def test_one_of_the_places_of_a_name(
    name: str, country: str, lat: float, lon: float, knowledge: Knowledge
) -> None:
    found = knowledge.gazetteer.look_up(name)
    near = [p for p in found if abs(p.lat - lat) < 0.8 and abs(p.lon - lon) < 0.8]
    assert country in {place.country for place in near}, found[:5]


def test_namesakes_come_by_falling_size(knowledge: Knowledge) -> None:
    found = knowledge.gazetteer.look_up("Springfield")
    sizes = [place.population for place in found]
    assert len(found) > 10
    assert sizes == sorted(sizes, reverse=True)
    assert len({place.id for place in found}) == len(found)


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Illinois", "first", "USA"),
        ("Île-de-France", "first", "FRA"),
        ("Donetsk Oblast", "first", "UKR"),
        ("Bulacan", "second", "PHL"),
        ("Drôme", "second", "FRA"),
        ("Hong Kong", "territory", "CHN"),
    ],
)
def test_divisions_and_territories(
    name: str, kind: str, country: str, knowledge: Knowledge
) -> None:
    found = knowledge.gazetteer.look_up(name)
    assert (kind, country) in {(place.kind, place.country) for place in found}


def test_a_city_knows_the_divisions_that_hold_it(knowledge: Knowledge) -> None:
    pandi = knowledge.gazetteer.look_up("Pandi")[0]
    bulacan = next(p for p in knowledge.gazetteer.look_up("Bulacan") if p.kind == "second")
    region = next(p for p in knowledge.gazetteer.look_up("Central Luzon") if p.kind == "first")
    assert pandi.within == (bulacan.id, region.id)
    assert bulacan.within == (region.id,)


@pytest.mark.parametrize("name", ["", "-", "zzyzzyq", "EVN", "ΑΘΗΝΑ"])
def test_what_it_does_not_know(name: str, knowledge: Knowledge) -> None:
    """Nothing, nonsense, codes, and scripts that it does not take over."""
    assert knowledge.gazetteer.look_up(name) == ()


def test_the_file_stays_small() -> None:
    assert 4e6 < FILE.stat().st_size < 9e6


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    gazetteer = Gazetteer(tmp_path / "none.npz")  # opened at the first look-up, not before
    with pytest.raises(DataFileError, match=r"none\.npz.*the gazetteer is missing"):
        gazetteer.look_up("Tirana")


@pytest.mark.parametrize("kind", ["text", "other arrays"])
def test_a_broken_file_is_named(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.npz"
    if kind == "text":
        path.write_text("no archive", "utf-8")
    else:
        np.savez(path, names=np.zeros(3, np.uint8))
    with pytest.raises(DataFileError, match=r"broken\.npz.*not a gazetteer"):
        Gazetteer(path).look_up("Tirana")
