"""The atlas: actors with names and dated roles, and places; from the tables of `atlas/`.

In: the TSV tables, and CLDR's names of states through babel. Out: `Atlas`, with one `NameIndex`
per language. Unknown ids, doubled ids and overlapping rows are errors with file and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from babel import Locale

from dragoman.knowledge.files import Row, read_table
from dragoman.knowledge.names import Candidate, fold, key_of, surnames
from dragoman.knowledge.tenure import (
    Membership,
    Office,
    Role,
    Title,
    known,
    load_memberships,
    load_offices,
    load_roles,
    load_titles,
    title_key,
)

K = TypeVar("K")
V = TypeVar("V")
LANGUAGES = ("en", "fr", "ru")
LEADER = "leader"
"""The title whose holder depends on the state."""
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
METONYMS = ("name", "actor", "sector", "note")
PLACES = (
    "id", "name_en", "name_fr", "name_ru", "aliases", "kind", "country", "lat", "lon",
    "neutral_note",
)  # fmt: skip


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
    memberships: tuple[Membership, ...] = ()
    offices: Mapping[str, Office] = field(default_factory=dict)
    titles: Mapping[tuple[str, str], tuple[Title, ...]] = field(default_factory=dict)

    @cached_property
    def roles_by_person(self) -> Mapping[str, tuple[Role, ...]]:
        return _grouped((role.person, role) for role in self.roles)

    @cached_property
    def roles_by_office(self) -> Mapping[tuple[str, str], tuple[Role, ...]]:
        return _grouped(((role.office, role.actor), role) for role in self.roles)

    @cached_property
    def memberships_by_actor(self) -> Mapping[str, tuple[Membership, ...]]:
        """By state and by organisation."""
        both = ((actor, m) for m in self.memberships for actor in (m.state, m.organisation))
        return _grouped(both)

    @cached_property
    def offices_by_title(self) -> Mapping[str, tuple[str, ...]]:
        """Title → the offices whose holders are called so, its own first."""
        own = ((office, office) for office in self.offices)
        wider = ((title, o.id) for o in self.offices.values() for title in o.answers_to)
        return _grouped((*own, *wider))

    @cached_property
    def first_words(self) -> Mapping[str, tuple[str, ...]]:
        """Folded first words of its people's names, where another follows → who is called so."""
        people = (a for a in self.actors.values() if a.kind == "person")
        names = ((a.id, name.split()) for a in people for name in a.names.get("any", ()))
        return _grouped((fold(words[0]), one) for one, words in names if len(words) > 1)

    @property
    def given_names(self) -> frozenset[str]:
        return frozenset(self.first_words)

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
        """The office a person held on a day, or was last known to hold before it; of several
        the one listed first."""
        if day is None:
            return None
        roles = self.roles_by_person.get(person, ())
        held = next((r for r in roles if r.held_on(day)), None)
        return held or next((r for r in roles if r.last_known_on(day)), None)

    def holders(self, office: str, actor: str, day: str) -> tuple[str, ...]:
        held = self.roles_by_office.get((office, actor), ())
        return tuple(dict.fromkeys(role.person for role in held if role.held_on(day)))

    def titled(self, title: str, actor: str, day: str) -> tuple[str, ...]:
        """Whom a title means in a state or body on a day: holders of the office of that name, or
        of offices that answer to it. Several are left where it does not tell which."""
        for offices in self._offices_called(title, actor, day):
            found = dict.fromkeys(p for o in offices for p in self.holders(o, actor, day))
            if found:
                return tuple(found)
        return ()

    def _offices_called(self, title: str, actor: str, day: str) -> Iterator[tuple[str, ...]]:
        """Groups of offices, of which the first with a holder counts."""
        own = next((t for t in self.titles.get((title, actor), ()) if t.held_on(day)), None)
        if own is not None:
            yield (own.office,) if own.office is not None else ()
            return
        state = self.actors[actor].kind == "state"
        if title == LEADER and state:
            yield ("president",)
            return
        yield (title,)
        if (title, actor) in self.roles_by_office:
            return  # it has that very office, though nobody is known to hold it
        wider = [office for office in self.offices_by_title.get(title, ()) if office != title]
        yield from [tuple(wider)] if state else [(office,) for office in wider]

    def lately_titled(self, title: str, actor: str, day: str) -> tuple[str, ...]:
        """Who held the office of a title, or one that answers to it, until some days before."""
        offices = (title, *self.offices_by_title.get(title, ()))
        held = (role for o in offices for role in self.roles_by_office.get((o, actor), ()))
        return tuple(role.person for role in held if role.ended_lately(day))

    @cached_property
    def own_titles(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """(office, state) → titles that it bears in that state alone."""
        return _grouped(
            ((title.office, state), key)
            for (key, state), titles in self.titles.items()
            for title in titles
            if title.office is not None
        )

    def has(self, title: str, actor: str, day: str) -> bool:
        """True where a state or body may have an office that bears or answers to a title on a day,
        known holder or not: false where it never had one, or all that it had ended before."""
        if (title, actor) in self.titles:
            return True
        offices = (title, *self.offices_by_title.get(title, ()))
        held = (
            role for office in offices for role in self.roles_by_office.get((office, actor), ())
        )
        return any(role.end is None or role.end >= day[: len(role.end)] for role in held)

    def seat_title(self, seat: str, actor: str) -> str | None:
        """The title under which `titled` knows the resident of a seat of government."""
        key = title_key(seat)
        return key if (key, actor) in self.titles else None

    def last_known(self, office: str, actor: str, day: str) -> tuple[Role, ...]:
        """Roles that were open when last looked up, before `day`."""
        held = self.roles_by_office.get((office, actor), ())
        return tuple(role for role in held if role.last_known_on(day))

    def memberships_on(self, actor: str, day: str) -> tuple[Membership, ...]:
        """Of a state its memberships, of a body its members; also those only last known."""
        own = self.memberships_by_actor.get(actor, ())
        return tuple(m for m in own if m.held_on(day) or m.last_known_on(day))

    def members_on(self, organisation: str, day: str) -> tuple[str, ...]:
        """The states that belong to a body on a day."""
        held = self.memberships_on(organisation, day)
        return tuple(dict.fromkeys(m.state for m in held if m.organisation == organisation))

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
                # "Abdallah II de Jordanie" makes no surname of Jordan.
                for surname in surnames(actor.names.get("any", ())) - states:
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
        (row["name"], known(row, "actor", actors), row["sector"])
        for row in read_table(folder / "metonyms.tsv", METONYMS)
    )
    offices = load_offices(folder / "offices.tsv")
    return Atlas(
        actors=actors,
        places=places,
        capitals=capitals,
        demonyms=demonyms,
        metonyms=metonyms,
        roles=load_roles(folder / "roles.tsv", actors),
        offices=offices,
        titles=load_titles(folder / "titles.tsv", actors, offices),
        memberships=tuple(load_memberships(folder / "memberships.tsv", actors)),
    )


def _add(actors: dict[str, Actor], row: Row, actor: Actor) -> None:
    if actor.id in actors:
        raise row.fault(f"actor {actor.id} stands twice")
    actors[actor.id] = actor


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


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
