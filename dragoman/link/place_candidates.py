"""What places a name may stand for: rows of the atlas and of the gazetteer, joined.

In: a name as the text has it. Out: `Option`s, each with what holds it and how much it is to be
expected before anything of the text is known. It chooses none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.gazetteer import KINDS, PREFIX, GazetteerPlace
from dragoman.knowledge.names import fold, key_of
from dragoman.knowledge.place_words import PlaceWords
from dragoman.model import Place

EARTH = 6371.0
"""Kilometres from the middle of the Earth to its surface."""
SAME = 60.0
"""Kilometres within which a row of the atlas and one of the gazetteer are the same city."""
ABOUT = 400.0
"""Kilometres within which they are the same division or region."""
PLACES = frozenset({"state", "demonym", "place", "capital"})
TOWNS = frozenset({"city", "capital"})
EXPECTED: Mapping[str, float] = {
    "state": 9.0, "capital": 8.2, "city": 5.6, "province": 6.6, "region": 7.0, "sea": 8.0,
    "strait": 6.5, "border": 6.0, "disputed": 7.0, "historical": 6.5, "river": 6.2, "lake": 6.2,
    "mountain": 6.2, "island": 6.4, "territory": 7.0, "body": 6.0,
}  # fmt: skip
"""What news speaks of, by kind in the atlas: about the logarithm of the people that a city as often
named would have."""
NAMESAKE = 1.5
"""Points that a place has less when its state has the same name."""
SHADOWED = 3.0
"""Points that a place only the gazetteer has is short of when a state has its name."""
MAIN = 0.6
"""Points for a place whose main name this is."""
LISTED = 1.5
"""Points for a place that the atlas has as well: the news speaks of it."""
RAISED: Mapping[str, float] = {"first": 0.3, "second": -0.9, "territory": 1.0, "city": 0.0}
"""Divisions have the people of all their cities, and are still named less often."""
WIDE = frozenset(
    {
        "state",
        "capital",
        "province",
        "region",
        "disputed",
        "sea",
        "first",
        "river",
        "mountain",
        "island",
        "city",
    }
)
"""Kinds that news speaks of in parts."""
LONGEST_CODE = 3
"""Letters in capitals that are an acronym the atlas must know: "EU" is not the town of Eu."""
LIKE: Mapping[str, frozenset[str]] = {
    "capital": frozenset({"city"}),
    "city": frozenset({"city"}),
    "province": frozenset({"first", "second"}),
    "region": frozenset({"first", "second"}),
    "disputed": frozenset({"first", "second", "territory"}),
    "island": frozenset({"first", "second", "territory"}),
    "territory": frozenset({"territory", "first"}),
}
"""Kinds of the atlas with the gazetteer's kinds that may be the same place."""


@dataclass(frozen=True, slots=True)
class Option:
    """A place that a name may mean. `ids`: all that it goes by; `within`: ids of what holds it,
    its state among them; `expected`: points before the text is looked at."""

    place: Place
    kind: str
    ids: frozenset[str]
    within: frozenset[str]
    expected: float

    @property
    def is_minor(self) -> bool:
        """True when only the gazetteer has it."""
        return self.place.id.startswith(PREFIX)

    @property
    def rank(self) -> str:
        """Its kind as lists go by: towns beside towns, divisions beside divisions."""
        if self.kind in TOWNS:
            return "town"
        return "division" if self.kind in {"first", "province"} else self.kind

    @property
    def country(self) -> str | None:
        return self.place.country

    def holds(self, other: Option) -> bool:
        return bool(self.ids & other.within)

    def is_about(self, other: Option) -> bool:
        """The same spot, or one inside the other: a city and the district around it."""
        if self.holds(other) or other.holds(self):
            return self.kind not in {"state"} and other.kind not in {"state"}
        return distance(self.place, other.place) < SAME


def distance(one: Place, other: Place) -> float:
    """Kilometres between two places along the Earth's surface; infinite where one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    a, b = math.radians(one.lat), math.radians(other.lat)
    east = math.radians(other.lon - one.lon)
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(east / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(chord, 1.0)))


def capital_of(state: str) -> str:
    """The atlas' id of a state's capital."""
    return f"capital-{state.lower()}"


class Options:
    """Looks names up in atlas and gazetteer, for texts in one language."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self.atlas = knowledge.atlas
        self.names = knowledge.names(language)
        self.bracketed = knowledge.atlas.bracketed.get(language, {})
        self.gazetteer = knowledge.gazetteer
        self.words = knowledge.place_words.get(language, PlaceWords())
        self.language = language
        self.declension = knowledge.declensions.get(language)

    def of(self, name: str) -> tuple[Option, ...]:
        """All options of a name, tried in fuller and shorter forms till one is known."""
        for form, kinds in self.forms(name):
            found = self._exactly(form)
            if kinds:
                found = [o for o in found if o.kind in kinds] or found
            if found:
                return tuple(found)
        whole = self._whole(name)
        if whole is None:
            return ()
        # With a capital it is mostly another place's own name: "East York" is no part of York.
        own = name[:1].isupper()
        return tuple(o for o in self.of(whole) if o.kind in WIDE and not (own and o.is_minor))

    def _whole(self, name: str) -> str | None:
        """What a name is a part of: "northern Mali", "le nord du Mali"."""
        lower = name.lower().replace("’", "'")
        for part in self.words.parts:
            if lower.startswith((f"{part} ", f"{part}-")) or (
                part.endswith("'") and lower.startswith(part)
            ):
                return name[len(part) :].lstrip(" -")
        return None

    def forms(self, name: str) -> Iterator[tuple[str, frozenset[str]]]:
        """The name; then without words that only say which part, or what kind, with those kinds."""
        name = " ".join(name.split()).strip("'’\"“”«»()[].,;: ")
        yield name, frozenset()
        for end in ("'s", "’s"):
            name = name.removesuffix(end)
        yield name, frozenset()
        if self.declension is not None:
            for phrase in self.declension.phrases(name):
                yield phrase, frozenset()
        words = name.split(" ")
        long = " ".join(self.words.short.get(fold(word), word) for word in words)
        if long != name:
            yield long, frozenset()
        kinds = self.words.types.get(words[-1].lower())
        if kinds and len(words) > 1:
            yield " ".join(words[:-1]), kinds
        kinds = self.words.types.get(words[0].lower())
        if kinds and len(words) > 1:
            rest = " ".join(words[1:])
            for of in self.words.of:
                if rest.lower().replace("’", "'").startswith(of):
                    yield rest[len(of) :], kinds
            yield rest, kinds

    def _exactly(self, name: str) -> list[Option]:
        key = key_of(name)
        if key in self.words.never:
            return []
        listed = [c.id for c in self.names.look_up(name) if c.kind in PLACES]
        known = [self._of_atlas(identity) for identity in listed]
        for identity in self.bracketed.get(key, ()):
            if identity not in listed:
                known.append(_lesser(self._of_atlas(identity)))
        own = {option.place.id: option for option in known if option is not None}
        code = name.isupper() and len(name) <= LONGEST_CODE
        rows = [] if code else [_row(place, name) for place in self.gazetteer.look_up(name)]
        joined = [_joined(option, rows) for option in own.values()]
        taken = {identity for option in joined for identity in option.ids}
        others = [row for row in rows if row.place.id not in taken]
        states = {option.place.id for option in joined if option.kind == "state"}
        return [_behind(option, states) for option in (*joined, *others)]

    def _of_atlas(self, identity: str) -> Option | None:
        place = place_of(identity, self.atlas, self.language)
        if place is None:
            return None
        spot = self.atlas.places.get(identity)
        kind = spot.kind if spot is not None else "state"
        within = frozenset({place.country} if place.country and spot is not None else ())
        return Option(place, kind, frozenset({identity}), within, EXPECTED.get(kind, MAIN))


def place_of(identity: str, atlas: Atlas, language: str) -> Place | None:
    """The place of a state (by alpha-3) or of a spot of `places.tsv`; None for anything else.

    A state stands at its capital.
    """
    spot = atlas.places.get(identity)
    if spot is not None:
        return Place(spot.id, spot.name(language), spot.lat, spot.lon, spot.country, spot.note)
    actor = atlas.actors.get(identity)
    if actor is None or actor.kind != "state":
        return None
    capital = atlas.places.get(capital_of(identity))
    lat, lon = (capital.lat, capital.lon) if capital is not None else (None, None)
    return Place(identity, actor.name(language), lat, lon, identity)


def _lesser(option: Option | None) -> Option | None:
    """A city or province whose name the atlas does not let stand alone is expected as its people
    are, and a capital so named speaks for no state."""
    if option is None or option.kind not in TOWNS | {"province"}:
        return option
    kind = "province" if option.kind == "province" else "city"
    return replace(option, kind=kind, expected=0.0)


def _behind(option: Option, states: Set[str]) -> Option:
    """A capital or province that has its state's name comes after the state, and what only the
    gazetteer has far behind another's: "Niger" beside Nigeria is no division of it."""
    if states and option.is_minor and option.place.country not in states:
        return replace(option, expected=option.expected - SHADOWED)
    if option.within & states:
        return replace(option, expected=option.expected - NAMESAKE)
    return option


@lru_cache(maxsize=1 << 14)
def _row(found: GazetteerPlace, form: str) -> Option:
    """A row of the gazetteer. A city is shown as the text calls it, where that is a name of it:
    the gazetteer does not tell which language its names are of."""
    own = found.main or found.kind != KINDS[0] or form.isupper() or form.islower()
    name = found.name if own else form
    place = Place(found.id, name, found.lat, found.lon, found.country or None)
    people = math.log10(found.population + 10)
    expected = people + (MAIN + RAISED[found.kind] if found.main else min(RAISED[found.kind], 0.0))
    within = frozenset((*found.within, found.country)) - {""}
    return Option(place, found.kind, frozenset({found.id}), within, expected)


def _joined(option: Option, rows: Sequence[Option]) -> Option:
    """A row of the atlas with those of the gazetteer that are the same place: what holds them
    holds it, and it is expected as much as the largest of them."""
    alike = [row for row in rows if row.kind in LIKE.get(option.kind, frozenset())]
    far = SAME if option.kind in TOWNS else ABOUT
    same = [row for row in alike if distance(row.place, option.place) < far]
    if option.kind == "province":
        same = same or [row for row in alike if row.country == option.country][:1]
    points = LISTED if option.expected else 0.0
    return replace(
        option,
        ids=option.ids.union(*(row.ids for row in same)),
        within=option.within.union(*(row.within for row in same)),
        expected=max(option.expected, *(row.expected + points for row in same), 0.0),
    )
