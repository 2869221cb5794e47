"""Names that a person wrote to ids: states, places and languages, in any language of the atlas.

In: what the desk knows, and a name. Out: the ids it may stand for, and the names nearest to one
that nobody has. An id is taken as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.gazetteer import PREFIX
from dragoman.knowledge.names import key_of

LONGEST = 80
"""Characters of a name whose nearest are looked for."""
GAZETTED = re.compile(re.escape(PREFIX) + r"\d{1,12}")
_ATLASES = 4


@lru_cache(_ATLASES)
def _states(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    """By name, and by both ISO codes."""
    states = [one for one in atlas.actors.values() if one.kind == "state"]
    named = ((one.id, form) for one in states for forms in one.names.values() for form in forms)
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    short = ((one.id, code) for one in states for code in aliases.get(one.id, ()) if len(code) == 2)
    return index_of((*named, *short, *((one.id, one.id) for one in states)))


@lru_cache(_ATLASES)
def _spots(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    return index_of(
        (one.id, f) for one in atlas.places.values() for fs in one.names.values() for f in fs
    )


def index_of(named: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Folded name → the ids that bear it."""
    found = gathered((key, identity) for identity, name in named if (key := key_of(name)))
    return {key: ids if len(ids) == 1 else tuple(sorted(ids)) for key, ids in found.items()}


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Key → the ids that come with it, each once. Most come alone, in one tuple for all their
    keys: these indices hold tens of thousands of names."""
    found: dict[str, tuple[str, ...]] = {}
    alone: dict[str, tuple[str, ...]] = {}
    for key, identity in pairs:
        ids = found.get(key)
        if ids is None:
            found[key] = alone.setdefault(identity, (identity,))
        elif identity not in ids:
            found[key] = (*ids, identity)
    return found


def states_called(atlas: Atlas, name: str) -> tuple[str, ...]:
    """The states with this name or ISO code."""
    return _states(atlas).get(key_of(name), ())


def places_called(knowledge: Knowledge, name: str) -> tuple[str, ...]:
    """The place with this id; else the best known one of this name, with what is called the same in
    its country, such as a town and its province."""
    if name in knowledge.atlas.places or GAZETTED.fullmatch(name):
        return (name,)
    ours = _spots(knowledge.atlas).get(key_of(name), ())
    known = knowledge.gazetteer.look_up(name)
    main = tuple(place for place in known if place.main) or known
    countries = {knowledge.atlas.places[one].country for one in ours} or {
        place.country for place in main[:1]
    }
    return (*ours, *(place.id for place in main if place.country in countries))


def spot_of(knowledge: Knowledge, name: str) -> tuple[float, float] | None:
    """Latitude and longitude of the place with this id or name; of several, the best known."""
    atlas = knowledge.atlas
    for identity in (name, *_spots(atlas).get(key_of(name), ())):
        spot = atlas.places.get(identity)
        if spot is not None and spot.lat is not None and spot.lon is not None:
            return spot.lat, spot.lon
    return next(((one.lat, one.lon) for one in knowledge.gazetteer.look_up(name)), None)


def nearest_places(atlas: Atlas, name: str) -> list[str]:
    """Names of the atlas's places and states that resemble one that none has."""
    spots, states = _spots(atlas), _states(atlas)
    near = get_close_matches(key_of(name[:LONGEST]), {**spots, **states}, 3, 0.75)
    named = [
        atlas.places[spots[key][0]].name("en")
        if key in spots
        else atlas.actors[states[key][0]].name("en")
        for key in near
    ]
    return list(dict.fromkeys(named))


def is_language(code: str) -> bool:
    """Whether it looks like a code of ISO 639."""
    return code.isascii() and code.isalpha() and 2 <= len(code) <= 3


def languages_called(name: str) -> tuple[str, ...]:
    """The code of a language by its English name; a code as it is."""
    if is_language(name):
        return (name.lower(),)
    names = Locale("en").languages
    return tuple(c for c, n in names.items() if n.casefold() == name.casefold() and is_language(c))
