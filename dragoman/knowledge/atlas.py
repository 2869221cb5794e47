"""The atlas: actors with names and dated roles, and places; from the tables of `atlas/`.

In: the TSV tables, and CLDR's names of states through babel. Out: `Atlas`, with one `NameIndex`
per language. Unknown ids, doubled ids and overlapping rows are errors with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from babel import Locale

from dragoman.errors import DataFileError
from dragoman.knowledge.files import Row, read_table
from dragoman.knowledge.names import Candidate, key_of

K = TypeVar("K")
V = TypeVar("V")
ROMAN = re.compile(r"[IVX]+|[JS]r\.?")
"""Regnal numbers and "Jr." are no surnames: "World War II" names no king."""
LANGUAGES = ("en", "fr", "ru")
STATES = (
    "id",
    "iso2",
    "capital",
    "lat",
    "lon",
    "aliases_en",
    "aliases_fr",
    "aliases_ru",
    "demonyms_en",
    "demonyms_fr",
    "demonyms_ru",
    "note",
)
BODIES = (
    "id",
    "wikidata",
    "kind",
    "sector",
    "country",
    "names_en",
    "names_fr",
    "names_ru",
    "context_names",
    "note",
)
PEOPLE = ("id", "wikidata", "name", "aliases", "name_ru", "country")
ROLES = ("person", "office", "actor", "sector", "from", "until", "known_until", "note")
PLACES = (
    "id",
    "name_en",
    "name_fr",
    "name_ru",
    "aliases",
    "kind",
    "country",
    "lat",
    "lon",
    "neutral_note",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind`: state, person, or what the table says (igo, alliance, organ, armed-group, …)."""

    id: str
    kind: str
    sector: str | None
    country: str | None
    names: Mapping[str, tuple[str, ...]]
    context_names: tuple[str, ...] = ()
    wikidata: str | None = None

    def name(self, language: str) -> str:
        for code in (language, "en", "fr"):
            if self.names.get(code):
                return self.names[code][0]
        return self.id


@dataclass(frozen=True, slots=True)
class Role:
    """An office held from `start` to `end` (ISO, any precision; end None while it lasts)."""

    person: str
    office: str
    actor: str
    sector: str
    start: str
    end: str | None
    known_until: str

    def held_on(self, day: str) -> bool:
        """True when held on `day`; a coarse bound ("2014-10") covers its whole interval."""
        if day[: len(self.start)] < self.start:
            return False
        last = self.end or self.known_until
        return day[: len(last)] <= last


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as the atlas has it; `note` is the neutral line shown beside disputed ones."""

    id: str
    names: Mapping[str, tuple[str, ...]]
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    note: str | None = None

    def name(self, language: str) -> str:
        return next(
            (self.names[code][0] for code in (language, "en", "fr") if self.names.get(code)),
            self.id,
        )


@dataclass(frozen=True, eq=False)
class Atlas:
    actors: Mapping[str, Actor]
    roles: tuple[Role, ...]
    places: Mapping[str, Spot]
    capitals: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, Mapping[str, tuple[str, ...]]]
    metonyms: tuple[tuple[str, str, str], ...]
    memberships: tuple[tuple[str, str, str, str | None], ...] = ()

    @cached_property
    def roles_by_person(self) -> Mapping[str, tuple[Role, ...]]:
        return _grouped((role.person, role) for role in self.roles)

    @cached_property
    def roles_by_office(self) -> Mapping[tuple[str, str], tuple[Role, ...]]:
        return _grouped(((role.office, role.actor), role) for role in self.roles)

    @cached_property
    def given_names(self) -> frozenset[str]:
        """First words of its people's names, where another word follows."""
        names = (name.split() for a in self.actors.values() for name in a.names.get("any", ()))
        return frozenset(words[0] for words in names if len(words) > 1)

    def demonyms_in(self, language: str) -> frozenset[str]:
        return frozenset(
            form for forms in self.demonyms.values() for form in forms.get(language, ())
        )

    @cached_property
    def bracketed(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """By language: folded name → places whose name has a remark in brackets behind it. Alone
        such a name is no sign of a place; where a place is named, it may be this one."""
        found: dict[str, dict[str, tuple[str, ...]]] = {code: {} for code in LANGUAGES}
        for spot in self.places.values():
            for code, names in found.items():
                for name in spot.names.get(code, ()) + spot.names.get("any", ()):
                    bare, bracket, _ = name.partition("(")
                    key = key_of(bare)
                    if bracket and spot.id not in names.get(key, ()):
                        names[key] = (*names.get(key, ()), spot.id)
        return found

    def role_on(self, person: str, day: str | None) -> Role | None:
        """The office a person held on a day; the highest-listed one when there are several."""
        if day is None:
            return None
        return next((r for r in self.roles_by_person.get(person, ()) if r.held_on(day)), None)

    def holders(self, office: str, actor: str, day: str) -> tuple[str, ...]:
        held = self.roles_by_office.get((office, actor), ())
        return tuple(dict.fromkeys(role.person for role in held if role.held_on(day)))

    def entries(self, language: str) -> Iterator[tuple[str, Candidate]]:
        """Every name that texts in `language` may use, with what it may stand for."""
        states = {
            name
            for a in self.actors.values()
            if a.kind == "state"
            for names in a.names.values()
            for name in names
        }
        for actor in self.actors.values():
            spellings = actor.names.get(language, ()) + actor.names.get("any", ())
            for name in spellings:
                yield name, Candidate(actor.id, actor.kind, actor.sector)
            if actor.kind == "person":
                for surname in _surnames(actor) - states:  # "Abdallah II de Jordanie"
                    yield surname, Candidate(actor.id, "surname", None)
            for name in actor.context_names:
                yield name, Candidate(actor.id, "context", actor.sector)
        for spot in self.places.values():
            kind = "capital" if spot.kind == "capital" else "place"
            for name in spot.names.get(language, ()) + spot.names.get("any", ()):
                yield name, Candidate(spot.id, kind, "GOV" if kind == "capital" else None)
        for state, forms in self.demonyms.items():
            for name in forms.get(language, ()):
                yield name, Candidate(state, "demonym", None)
        for name, actor_id, sector in self.metonyms:
            yield name, Candidate(actor_id, "metonym", sector)


def _surnames(person: Actor) -> set[str]:
    """Last words of a person's names, with the particles before them ("de Hoop Scheffer")."""
    found: set[str] = set()
    for name in person.names.get("any", ()):
        words = name.split()
        if len(words) > 1 and not ROMAN.fullmatch(words[-1]):
            found.add(words[-1])
            i = len(words) - 1
            while i > 1 and words[i - 1][:1].islower():
                i -= 1
                found.add(" ".join(words[i:]))
    return found


def load_atlas(folder: Path) -> Atlas:
    actors: dict[str, Actor] = {}
    places: dict[str, Spot] = {}
    demonyms: dict[str, Mapping[str, tuple[str, ...]]] = {}
    capitals: dict[str, tuple[str, ...]] = {}
    cldr = {code: Locale(code).territories for code in LANGUAGES}
    for row in read_table(folder / "states.tsv", STATES):
        _add(actors, row, _state(row, cldr))
        capitals[row["id"]] = row.members("capital")
        demonyms[row["id"]] = {code: row.members(f"demonyms_{code}") for code in LANGUAGES}
        if capitals[row["id"]]:
            places[f"capital-{row['id'].lower()}"] = _capital(row)
    for table in ("organisations.tsv", "groups.tsv"):
        for row in read_table(folder / table, BODIES):
            _add(actors, row, _body(row))
    for row in read_table(folder / "people.tsv", PEOPLE):
        _add(actors, row, _person(row))
    for row in read_table(folder / "places.tsv", PLACES):
        if row["id"] in places:
            raise row.fault(f"place {row['id']} stands twice")
        places[row["id"]] = _spot(row)
    metonyms = tuple(
        (row["name"], _known(row, "actor", actors), row["sector"])
        for row in read_table(folder / "metonyms.tsv", ("name", "actor", "sector", "note"))
    )
    return Atlas(
        actors=actors,
        places=places,
        capitals=capitals,
        demonyms=demonyms,
        metonyms=metonyms,
        roles=_roles(folder / "roles.tsv", actors),
        memberships=tuple(
            (
                _known(row, "state", actors),
                _known(row, "organisation", actors),
                row["from"],
                row.optional("until"),
            )
            for row in read_table(
                folder / "memberships.tsv", ("state", "organisation", "from", "until", "note")
            )
        ),
    )


def _add(actors: dict[str, Actor], row: Row, actor: Actor) -> None:
    if actor.id in actors:
        raise row.fault(f"actor {actor.id} stands twice")
    actors[actor.id] = actor


def _known(row: Row, column: str, actors: Mapping[str, Actor]) -> str:
    if row[column] not in actors:
        raise row.fault(f"{column} {row[column]!r} is in no table of actors")
    return row[column]


def _state(row: Row, cldr: Mapping[str, Mapping[str, str]]) -> Actor:
    names: dict[str, tuple[str, ...]] = {}
    for code in LANGUAGES:
        if row["iso2"] not in cldr[code]:
            raise row.fault(f"CLDR knows no territory {row['iso2']!r}")
        official = cldr[code][row["iso2"]]
        names[code] = tuple(dict.fromkeys((official, *row.members(f"aliases_{code}"))))
    return Actor(row["id"], "state", None, row["id"], names)


def _capital(row: Row) -> Spot:
    return Spot(
        f"capital-{row['id'].lower()}",
        {"any": row.members("capital"), **_first(row)},
        "capital",
        row["id"],
        row.number("lat"),
        row.number("lon"),
    )


def _first(row: Row) -> dict[str, tuple[str, ...]]:
    """Capitals are listed English | French | Russian | others."""
    members = row.members("capital")
    return {code: members[i : i + 1] for i, code in enumerate(LANGUAGES) if members[i : i + 1]}


def _body(row: Row) -> Actor:
    return Actor(
        row["id"],
        row["kind"],
        row.optional("sector"),
        row.optional("country"),
        {code: row.members(f"names_{code}") for code in LANGUAGES},
        row.members("context_names"),
        row.optional("wikidata"),
    )


def _person(row: Row) -> Actor:
    spellings = (row["name"], *row.members("aliases"))
    return Actor(
        row["id"],
        "person",
        None,
        row.optional("country"),
        {"any": spellings, "en": (row["name"],), "ru": row.members("name_ru")},
        wikidata=row.optional("wikidata"),
    )


def _spot(row: Row) -> Spot:
    names = {code: row.members(f"name_{code}") for code in LANGUAGES}
    return Spot(
        row["id"],
        {**names, "any": row.members("aliases")},
        row["kind"],
        row.optional("country"),
        row.number("lat"),
        row.number("lon"),
        row.optional("neutral_note"),
    )


def _roles(path: Path, actors: Mapping[str, Actor]) -> tuple[Role, ...]:
    roles: list[Role] = []
    seen: dict[tuple[str, str, str], list[Role]] = {}
    for row in read_table(path, ROLES):
        role = Role(
            _known(row, "person", actors),
            row["office"],
            _known(row, "actor", actors),
            row["sector"],
            row["from"],
            row.optional("until"),
            row["known_until"],
        )
        if role.end is not None and role.end < role.start[: len(role.end)]:
            raise row.fault("the role ends before it begins")
        if not role.known_until or role.known_until == "-":
            raise row.fault("known_until is missing")
        for other in seen.setdefault((role.person, role.office, role.actor), []):
            if role.start < (other.end or "9999") and other.start < (role.end or "9999"):
                raise row.fault(f"overlaps the same role from {other.start}")
        seen[role.person, role.office, role.actor].append(role)
        roles.append(role)
    if not roles:
        raise DataFileError(path, None, "no roles")
    return tuple(roles)


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
