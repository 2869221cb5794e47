"""Small tables of an atlas, written for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dragoman.knowledge.atlas import BODIES, METONYMS, PEOPLE, PLACES, STATES
from dragoman.knowledge.tenure import MEMBERSHIPS, OFFICES, ROLES, TITLES

Write = Callable[[str, str], Path]
Cells = tuple[str, ...]
COLUMNS: dict[str, tuple[str, ...]] = {
    "states": STATES,
    "organisations": BODIES,
    "groups": BODIES,
    "people": PEOPLE,
    "places": PLACES,
    "metonyms": METONYMS,
    "memberships": MEMBERSHIPS,
    "offices": OFFICES,
    "titles": TITLES,
    "roles": ROLES,
}
NORWAY = ("NOR", "NO", "Oslo|Oslo", "59.9", "10.7", *["-"] * 7)
ADA = ("ada-lund", "-", "Ada Lund", "-", "-", "NOR")
LEAGUE = ("sea-league", "-", "igo", "IGO", "-", "Sea League", "Ligue des mers", "-", "-", "-")
REIGN = ("ada-lund", "president", "NOR", "GOV", "2010", "2014-06", "2014-06", "-")
GIVEN: dict[str, list[Cells]] = {
    "states": [NORWAY],
    "people": [ADA],
    "organisations": [LEAGUE],
    "offices": [("president", "one", "head_of_state", "-")],
    "roles": [REIGN],
}


def row(*cells: str) -> str:
    return "\t".join(cells) + "\n"


def small_atlas(write: Write, **rows: list[Cells]) -> Path:
    """The folder of an atlas with `rows` in place of those given; row 1 is in line 2."""
    folder = Path()
    for table, columns in COLUMNS.items():
        lines = rows.get(table, GIVEN.get(table, []))
        body = "".join(row(*cells) for cells in lines)
        folder = write(f"{table}.tsv", row(*columns) + body).parent
    return folder
