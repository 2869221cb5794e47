"""Names that a person wrote to actors, in any script and case: "Никол Пашинян", "ОТАН", "Алиеву".

In: what the desk knows, and a name. Out: the ids it may stand for, and those whose names are near
to one that nobody has. What is written so comes first; then a declined name, then one that is
spoken so, and at last a surname alone or a capital for its state. An id is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache

from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Actor, Atlas
from dragoman.knowledge.letters import LATIN, by_surname, is_latin, readings_of, spoken_name
from dragoman.knowledge.names import key_of, surnames
from dragoman.query.naming import LONGEST, gathered, index_of

MOST_WORDS = 6
"""Of a name that is looked for in a row of words."""
LEAST_SPOKEN = 4
"""Sounds of a lone word that is known by them."""
NEAR = 3
"""Actors that are suggested."""
ALIKE = 0.75
"""How like a name must be that is suggested, from 0 to 1."""
PARTIAL = frozenset({"surname", "metonym", "context"})
"""Kinds of name that stand for more or less than an actor."""
_KNOWN = 4


def actors_called(knowledge: Knowledge, name: str) -> tuple[str, ...]:
    """The actor with this id, else all that are called so."""
    atlas = knowledge.atlas
    if name in atlas.actors:
        return (name,)
    by_case = [one for one in (name.upper(), name.lower()) if one in atlas.actors]
    if by_case:
        return tuple(by_case[:1])
    name = name[:LONGEST]
    return _written(atlas, name) or _otherwise(knowledge, name) or _in_short(knowledge, name)


def _written(atlas: Atlas, name: str) -> tuple[str, ...]:
    """Those of exactly this name; accents and case tell them apart where several are alike."""
    found = _names(atlas).get(key_of(name), ())
    if len(found) > 1:
        key = name.casefold()
        exact = tuple(one for one in found if _is_called(atlas, one, key))
        return exact or found
    return found


def _is_called(atlas: Atlas, identity: str, key: str) -> bool:
    names = atlas.actors[identity].names.values()
    return any(key == form.casefold() for forms in names for form in forms)


def _otherwise(knowledge: Knowledge, name: str) -> tuple[str, ...]:
    """Those whose declined name it is, or who are spoken so."""
    declined = list(dict.fromkeys(_dictionary_forms(knowledge, name)))
    for form in (name, *declined):
        if found := _names(knowledge.atlas).get(key_of(form)) or _local(knowledge, form):
            return found
    for form in (name, *declined):
        if found := _spoken_so(knowledge.atlas, form):
            return found
    return ()


def _in_short(knowledge: Knowledge, name: str) -> tuple[str, ...]:
    """All that bear it as a surname, and the state of which it is the capital: "Рим" is both."""
    atlas = knowledge.atlas
    for form in (name, *_dictionary_forms(knowledge, name)):
        key = key_of(form)
        alike = (*_surnames(atlas).get(key, ()), *_capitals(atlas).get(key, ()))
        if found := tuple(dict.fromkeys(alike)) or _local(knowledge, form, capitals=True):
            return found
    return ()


def _dictionary_forms(knowledge: Knowledge, name: str) -> Iterator[str]:
    for declension in knowledge.declensions.values():
        yield from (form for form in declension.phrases(name) if form != name)


def _spoken_so(atlas: Atlas, name: str) -> tuple[str, ...]:
    """A lone Latin word is no other spelling: "Azerbajan" may be a slip."""
    index, latin = _spoken(atlas), is_latin(name)
    keys = spoken_name(name, LATIN if latin else ("ru", "uk"))
    if " " not in name:
        keys = frozenset(key for key in keys if len(key) >= LEAST_SPOKEN and not latin)
    found = dict.fromkeys(one for key in sorted(keys) for one in index.get(key, ()))
    if not found and " " in name:
        shorter = sorted(map(by_surname, keys))
        found = dict.fromkeys(one for key in shorter for one in index.get(key, ()))
    return tuple(sorted(found))


@lru_cache(_KNOWN)
def _names(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    return index_of(
        (one.id, f) for one in atlas.actors.values() for fs in one.names.values() for f in fs
    )


@lru_cache(_KNOWN)
def _spoken(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    """By spoken names; of people also by those in which the given names have no vowels."""
    return gathered((key, one.id) for one in atlas.actors.values() for key in _spoken_keys(one))


def _spoken_keys(actor: Actor) -> Iterator[str]:
    for name in {name for names in actor.names.values() for name in names}:
        for key in spoken_name(name, readings_of(name, actor.country)):
            yield key
            if actor.kind == "person" and " " in key:
                yield by_surname(key)


@lru_cache(_KNOWN)
def _surnames(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    people = (one for one in atlas.actors.values() if one.kind == "person")
    return index_of(
        (one.id, surname)
        for one in people
        for names in one.names.values()
        for surname in surnames(names)
    )


@lru_cache(_KNOWN)
def _capitals(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    spots = (spot for spot in atlas.places.values() if spot.kind == "capital")
    return index_of(
        (spot.country, name)
        for spot in spots
        if spot.country is not None
        for names in spot.names.values()
        for name in names
    )


def _local(knowledge: Knowledge, name: str, *, capitals: bool = False) -> tuple[str, ...]:
    """Whom a language's folder or CLDR calls so; with `capitals`, states by their capitals."""
    actors, cities = _local_names(knowledge)
    return (cities if capitals else actors).get(key_of(name), ())


@lru_cache(_KNOWN)
def _local_names(
    knowledge: Knowledge,
) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    atlas = knowledge.atlas
    entries = [e for code in knowledge.declensions for e in knowledge.own_names(code)]
    actors = [(c.id, name) for name, c in entries if c.kind not in PARTIAL and c.id in atlas.actors]
    capitals = [
        (country, name)
        for name, c in entries
        if c.kind == "capital" and (country := atlas.places[c.id].country) is not None
    ]
    return index_of(actors), index_of(capitals)


def actors_named(knowledge: Knowledge, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """For each longest name in a row of words, all that are called so; an id only as it is written.

    Two letters are a name in capitals alone: "us" is not the US.
    """
    atlas, at = knowledge.atlas, 0
    while at < len(words):
        for end in range(min(at + MOST_WORDS, len(words)), at, -1):
            name = " ".join(words[at:end])
            ids = (name,) if name in atlas.actors else _names(atlas).get(key_of(name), ())
            if not ids and (end > at + 1 or not is_latin(name)):
                ids = _otherwise(knowledge, name)
            if ids and (len(name) > 2 or name.isupper()):
                yield ids
                break
        else:
            end = at + 1
        at = end


def near_actors(knowledge: Knowledge, name: str) -> list[str]:
    """Ids, at most three, of those with a name that resembles one that nobody has, as it is written
    or as it is spoken."""
    atlas, name = knowledge.atlas, name[:LONGEST]
    index, heard = _names(atlas), _spoken(atlas)
    near = [index[key] for key in get_close_matches(key_of(name), index, NEAR, ALIKE)]
    if not near:
        keys = sorted(spoken_name(name, ("en",) if is_latin(name) else ("ru",)))
        near = [heard[k] for key in keys for k in get_close_matches(key, heard, NEAR, ALIKE)]
    return list(dict.fromkeys(identity for ids in near for identity in ids))[:NEAR]


def nearest_actors(knowledge: Knowledge, name: str) -> list[str]:
    """Names, each with its id, that resemble one that nobody has."""
    actors = knowledge.atlas.actors
    return [f"{actors[one].name('en')} ({one})" for one in near_actors(knowledge, name)]
