"""What is known of other event data: their columns, and their codes in our terms.

In: the tables of `eventdata/`, codebook and atlas. Out: `EventData`. A category or actor that we
do not have is an error with file and line. It reads nobody's data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.codebook import Codebook
from dragoman.knowledge.columns import FORMS, Form, load_columns
from dragoman.knowledge.countries import load_countries
from dragoman.knowledge.files import read_table
from dragoman.knowledge.names import key_of

TABLE = Path(__file__).parent.parent / "eventdata" / "actors.tsv"
CATEGORIES = ("form", "name", "detail", "category")
ACTORS = ("form", "code", "actor")
LISTS = ("cameo-group", "acled")
LAST_ROOT = "20"
YEARS = re.compile(r"\s*\(\d{4}-(?:\d{4})?\).*$")
"""Of a government, behind ACLED's names of forces."""
FORCES = re.compile(r"(?:Military Forces|Police Forces|Government) of (?:the )?(?P<state>.+)")
PEOPLE = re.compile(r"(?:Civilians|Protesters|Rioters) \((?P<state>[^)]+)\)")


@dataclass(frozen=True, slots=True)
class EventData:
    columns: Mapping[Form, tuple[str, ...]]
    needed: Mapping[Form, frozenset[str]]
    cameo: Mapping[str, tuple[str, ...]]
    """CAMEO's codes, and its roots by two digits, with our categories for each."""
    acled: Mapping[tuple[str, str], str | None]
    countries: Mapping[str, str]
    """CAMEO's codes of states and territories, and their alpha-3."""
    groups: Mapping[str, str]
    fighters: Mapping[str, str]
    """Names that ACLED alone uses."""
    states: frozenset[str]
    names: Mapping[str, str]
    """Names of our actors, folded, that only one of them has."""

    def of_cameo(self, code: str) -> tuple[str, ...]:
        """Our categories for a code: those of the code, else of what it is a part of, else of its
        root. Spreadsheets drop the zero in front; it is put back."""
        is_bare = code[:1] != "0" and (len(code) == 2 or code[:2] > LAST_ROOT)
        digits = f"0{code}" if is_bare else code
        wider = (digits[:end] for end in range(len(digits), 1, -1))
        return next((self.cameo[one] for one in wider if one in self.cameo), ())

    def of_acled(self, kind: str, detail: str) -> tuple[str, ...]:
        found = self.acled.get((kind, detail), self.acled.get((kind, "")))
        return (found,) if found is not None else ()

    def of_country(self, code: str) -> str | None:
        """The state of a CAMEO or ISO code; None for regions and unknown ones."""
        known = self.countries.get(code, code)
        return known if known in self.states else None

    def of_name(self, name: str) -> str | None:
        """The one actor of our atlas that has this name."""
        return self.names.get(key_of(name))

    def of_acled_actor(self, name: str) -> str | None:
        """A group by its name ("AQAP: Al Qaeda in …" by either); forces and governments by their
        state, unarmed people too."""
        bare = YEARS.sub("", name).strip()
        whose = PEOPLE.fullmatch(name.strip()) or FORCES.fullmatch(bare)
        if whose is not None:
            return self.of_name(whose["state"])
        if bare in self.fighters:
            return self.fighters[bare]
        return next(
            (found for one in (bare, *bare.split(": ")) if (found := self.of_name(one))), None
        )


@cache
def group_code(actor: str | None) -> str | None:
    """CAMEO's code of a known group, by our id of the organisation or armed group."""
    return _groups().get(actor or "")


@cache
def _groups() -> Mapping[str, str]:
    rows = read_table(TABLE, ACTORS)
    return {row["actor"]: row["code"] for row in rows if row["form"] == "cameo-group"}


def load_eventdata(folder: Path, codebook: Codebook, atlas: Atlas) -> EventData:
    columns = load_columns(folder / "columns.tsv")
    countries = load_countries(folder / "countries.tsv")
    cameo, acled = _categories(folder / "categories.tsv", codebook)
    codes: dict[str, dict[str, str]] = {name: {} for name in LISTS}
    for row in read_table(folder / "actors.tsv", ACTORS):
        if row["form"] not in codes or row["actor"] not in atlas.actors:
            raise row.fault(f"no list {row['form']!r}, or no actor {row['actor']!r} in the atlas")
        codes[row["form"]][row["code"]] = row["actor"]
    states = frozenset(one.id for one in atlas.actors.values() if one.kind == "state")
    return EventData(
        {form: columns[form].names for form in FORMS},
        {form: columns[form].needed for form in FORMS},
        cameo,
        acled,
        {code: state for state, known in countries.items() for code in known.cameo},
        codes["cameo-group"],
        codes["acled"],
        states,
        _names(atlas),
    )


def _categories(
    path: Path, codebook: Codebook
) -> tuple[dict[str, tuple[str, ...]], dict[tuple[str, str], str | None]]:
    cameo: dict[str, tuple[str, ...]] = {}
    for category in codebook.categories.values():
        for code in category.codes:
            known = cameo.get(code.cameo, ())
            cameo[code.cameo] = known if category.id in known else (*known, category.id)
    acled: dict[tuple[str, str], str | None] = {}
    for row in read_table(path, CATEGORIES):
        found = row.optional("category")
        if found is not None and found not in codebook.categories:
            raise row.fault(f"the codebook has no category {found!r}")
        if row["form"] == "cameo":
            cameo[row["name"]] = (found,) if found else ()
        else:
            acled[row["name"], row.optional("detail") or ""] = found
    return cameo, acled


def _names(atlas: Atlas) -> dict[str, str]:
    found: dict[str, str | None] = {}
    for actor in atlas.actors.values():
        for key in _keys([actor.id, *(name for names in actor.names.values() for name in names)]):
            found[key] = actor.id if found.get(key, actor.id) == actor.id else None
    return {key: actor for key, actor in found.items() if actor is not None}


def _keys(names: Iterable[str]) -> set[str]:
    return {key for name in names if (key := key_of(name))}
