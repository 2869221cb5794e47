"""The codes that other data sets have for the states and territories of ISO 3166.

In: an alpha-3 code, as all ids of states here are. Out: alpha-2, ISO's number, the FIPS 10-4 code
that GDELT's maps are keyed by, CAMEO's codes, and an English name from CLDR. Unknown is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.knowledge.files import read_table

TABLE = Path(__file__).parent.parent / "eventdata" / "countries.tsv"
COLUMNS = ("alpha3", "alpha2", "number", "fips", "cameo")


@dataclass(frozen=True, slots=True)
class CountryCodes:
    alpha2: str
    number: int | None
    """ISO 3166-1 numeric."""
    fips: str | None
    """FIPS 10-4; for Palestine that of the West Bank, since there is none for both parts."""
    cameo: tuple[str, ...]
    """At least one; the first is the one to write."""


def load_countries(path: Path) -> dict[str, CountryCodes]:
    """By alpha-3. Raises DataFileError."""
    found: dict[str, CountryCodes] = {}
    for row in read_table(path, COLUMNS):
        number = row.number("number")
        if row["alpha3"] in found:
            raise row.fault(f"{row['alpha3']} stands here twice")
        found[row["alpha3"]] = CountryCodes(
            row["alpha2"],
            int(number) if number is not None else None,
            row.optional("fips"),
            row.members("cameo") or (row["alpha3"],),
        )
    return found


@cache
def countries() -> Mapping[str, CountryCodes]:
    """Our table, by alpha-3."""
    return load_countries(TABLE)


def fips(alpha3: str | None) -> str | None:
    codes = countries().get(alpha3 or "")
    return codes.fips if codes is not None else None


def number(alpha3: str | None) -> int | None:
    codes = countries().get(alpha3 or "")
    return codes.number if codes is not None else None


def cameo(alpha3: str | None) -> str | None:
    """The code of a state in CAMEO; one that has no codes here stays as it is."""
    codes = countries().get(alpha3 or "")
    return codes.cameo[0] if codes is not None else alpha3


@cache
def country_name(alpha3: str | None) -> str | None:
    """In English."""
    from babel import Locale  # slow to load, and few formats ask

    codes = countries().get(alpha3 or "")
    return Locale("en").territories.get(codes.alpha2) if codes is not None else None
