"""Names in languages for which the atlas has no column of its own.

In: the atlas and a language's code. Out: names of states from CLDR and of capitals that give their
name to a time zone there; surnames of its people in the language's own spelling; and for the rest
how they are spoken, so that a text in any script may name them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from dragoman.knowledge.atlas import LANGUAGES, Actor, Atlas
from dragoman.knowledge.letters import by_surname, readings_of, spoken_name
from dragoman.knowledge.names import Candidate, surnames

LEAST_PLACE = 6
"""Sounds of a capital that may be told by them alone."""


def local_entries(atlas: Atlas, language: str) -> Iterator[tuple[str, Candidate]]:
    """States and capitals as CLDR calls them, and people's surnames as the language has them."""
    for actor in atlas.actors.values():
        own = actor.names.get(language, ())
        if actor.kind == "person" and own:
            for surname in surnames(own):
                yield surname, Candidate(actor.id, "surname", None)
    if language in LANGUAGES:
        return
    locale = _locale(language)
    if locale is None:
        return
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    for actor in atlas.actors.values():
        if actor.kind == "state":
            for code in aliases.get(actor.id, ()):
                if len(code) == 2 and (name := locale.territories.get(code)):
                    yield name.partition("(")[0].strip(), Candidate(actor.id, "state", None)
                    short = locale.territories.get(f"{code}-alt-short")
                    if short:
                        yield short, Candidate(actor.id, "state", None)
    cities = {
        zone.rpartition("/")[2].replace("_", " "): told["city"]
        for zone, told in locale.time_zones.items()
        if "city" in told
    }
    for spot in atlas.places.values():
        if spot.kind == "capital":
            names = {name for names in spot.names.values() for name in names}
            for city in sorted(names & cities.keys()):
                yield cities[city], Candidate(spot.id, "capital", "GOV")


def heard_entries(atlas: Atlas, language: str) -> Iterator[tuple[str, Candidate]]:
    """Spoken full names of people, and their surnames: those that the language's own script lacks.

    Capitals too, where they sound like nothing short."""
    for actor in atlas.actors.values():
        if actor.kind == "person" and not actor.names.get(language):
            yield from _heard(actor, language)
    for spot in atlas.places.values():
        if spot.kind == "capital" and language not in LANGUAGES:
            keys: dict[str, None] = {}
            for names in spot.names.values():
                for name in names:
                    if "(" not in name:
                        keys.update(dict.fromkeys(spoken_name(name, readings_of(name))))
            for key in keys:
                if len(key) >= LEAST_PLACE:
                    yield key, Candidate(spot.id, "capital", "GOV")


def _heard(actor: Actor, language: str) -> Iterator[tuple[str, Candidate]]:
    full: set[str] = set()
    last: set[str] = set()
    for name in {name for names in actor.names.values() for name in names}:
        readings = readings_of(name, actor.country)
        if " " in name:
            full |= {by_surname(key) for key in spoken_name(name, readings)}
        for surname in surnames([name]):
            last |= spoken_name(surname, readings)
    for key in sorted(full):
        if " " in key:
            yield key, Candidate(actor.id, "person", None)
    for key in sorted(last):
        yield key, Candidate(actor.id, "heard", None)


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
