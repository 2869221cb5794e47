"""The offline gazetteer: cities, divisions and territories of the world by name.

In: `atlas/gazetteer.npz`, which benchmarks/build_gazetteer.py makes of GeoNames data. Out: all
places of a name, the largest first. It is read at its first use and decides nothing.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.errors import DataFileError
from dragoman.knowledge.names import key_of

PREFIX = "geonames-"
"""Before the GeoNames number in the id of every place."""
KINDS = ("city", "second", "first", "territory")
"""A city; a county, province or department; a region or federal state; a dependent territory."""
DEGREE = 100
"""Coordinates are kept in hundredths of a degree, about a kilometre."""
STEPS = 8
"""Steps of size for each doubling of the population: within 5 per cent."""
CACHED = 20_000
PARTS = ("identity", "lat", "lon", "size", "kind", "country", "parent", "titles")
NAMES = ("names", "counts", "places")


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """One place. `within`: ids of the divisions that hold it; `country`: alpha-3; `population` is
    rounded, and for a division the sum over its cities; `main` when the name is the main one."""

    id: str
    name: str
    kind: str
    country: str
    lat: float
    lon: float
    population: int
    within: tuple[str, ...]
    main: bool = True


def size_of(population: int) -> int:
    return round(float(np.log2(population + 1)) * STEPS)


class Gazetteer:
    """Looks names up in the file at `path`; opens it at the first look-up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.look_up = lru_cache(CACHED)(self._look_up)

    def _look_up(self, name: str) -> tuple[GazetteerPlace, ...]:
        """All places of this name in any spelling the index has, by falling population."""
        key = key_of(name).encode()
        at = self._find(key) if key else None
        if at is None:
            return ()
        first, last = int(self._first[at]), int(self._first[at + 1])
        return tuple(self._place(int(code)) for code in self._arrays["places"][first:last])

    def _place(self, code: int) -> GazetteerPlace:
        row = code >> 1
        parts = self._arrays
        return GazetteerPlace(
            self._identity(row),
            self._title(row),
            KINDS[int(parts["kind"][row])],
            self._countries[int(parts["country"][row])],
            int(parts["lat"][row]) / DEGREE,
            int(parts["lon"][row]) / DEGREE,
            round(2.0 ** (int(parts["size"][row]) / STEPS)) - 1,
            self._within(row),
            main=not code & 1,
        )

    def _identity(self, row: int) -> str:
        return f"{PREFIX}{int(self._arrays['identity'][row])}"

    def _within(self, row: int) -> tuple[str, ...]:
        above: list[str] = []
        parent = int(self._arrays["parent"][row])
        while parent and len(above) < len(KINDS):  # 0 stands for none
            above.append(self._identity(parent - 1))
            parent = int(self._arrays["parent"][parent - 1])
        return tuple(above)

    def _title(self, row: int) -> str:
        start, end = int(self._titles[row]), int(self._titles[row + 1]) - 1
        return self._title_bytes[start:end].decode()

    def _find(self, key: bytes) -> int | None:
        low, high = 0, len(self._starts) - 2
        while low <= high:
            middle = (low + high) // 2
            name = self._name_bytes[self._starts[middle] : self._starts[middle + 1] - 1]
            if name == key:
                return middle
            if name < key:
                low = middle + 1
            else:
                high = middle - 1
        return None

    @cached_property
    def _arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        try:
            with np.load(self.path, allow_pickle=False) as stored:
                return {part: stored[part] for part in (*PARTS, *NAMES, "countries")}
        except FileNotFoundError:
            raise DataFileError(self.path, None, "the gazetteer is missing") from None
        except (KeyError, ValueError, zipfile.BadZipFile) as fault:
            raise DataFileError(self.path, None, f"not a gazetteer ({fault})") from None

    @cached_property
    def _countries(self) -> tuple[str, ...]:
        return tuple(self._arrays["countries"].tobytes().decode().splitlines())

    @cached_property
    def _name_bytes(self) -> bytes:
        return self._arrays["names"].tobytes()

    @cached_property
    def _title_bytes(self) -> bytes:
        return self._arrays["titles"].tobytes()

    @cached_property
    def _starts(self) -> npt.NDArray[np.uint32]:
        return _lines(self._arrays["names"])

    @cached_property
    def _titles(self) -> npt.NDArray[np.uint32]:
        return _lines(self._arrays["titles"])

    @cached_property
    def _first(self) -> npt.NDArray[np.uint32]:
        counts = self._arrays["counts"]
        return np.concatenate(([0], np.cumsum(counts))).astype(np.uint32)


def _lines(blob: npt.NDArray[np.generic]) -> npt.NDArray[np.uint32]:
    """Where each line begins, and the end of the last; every line ends with a line feed."""
    return np.concatenate(([0], np.flatnonzero(blob == 10) + 1)).astype(np.uint32)
