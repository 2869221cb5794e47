"""How names are made in one language: `names.toml` of its folder and of `languages/any` in,
`Naming` out.

All words are kept as `word_key` gives them: lower case, no accents, straight apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import DataFileError
from dragoman.knowledge.files import read_toml
from dragoman.knowledge.names import fold


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Anywhere(_Strict):
    particles: list[str]
    binding: list[str]
    articles: list[str]
    given: list[str]


class _Bodies(_Strict):
    open: list[str]
    whole: list[str]
    small: list[str]
    national: list[str]
    offices: list[str]
    personal: list[str]
    last: list[str]
    naming: list[str]
    never: list[str]


class _Sites(_Strict):
    head: list[str]
    realm: list[str]
    capital: list[str]
    last: list[str]
    before: list[str]
    roads: str
    sides: list[str]


class _File(_Strict):
    declined: bool = False
    titles: list[str]
    where: list[str]
    nobility: list[str]
    of: list[str]
    articles: list[str]
    purpose: list[str]
    joining: list[str]
    capitals: bool
    posts: list[str]
    determiners: list[str]
    definite: list[str]
    several: list[str]
    beside: list[str]
    common: list[str]
    others: list[str]
    peoples: list[str]
    bodies: _Bodies
    sites: _Sites = Field()


@dataclass(frozen=True, slots=True)
class Bodies:
    """Nouns that open or end the name of an organisation; `names.toml` says which is which."""

    open: frozenset[str]
    whole: frozenset[tuple[str, ...]]
    small: frozenset[str]
    national: frozenset[str]
    offices: frozenset[str]
    personal: frozenset[str]
    last: frozenset[str]
    naming: frozenset[str]
    never: frozenset[tuple[str, ...]]
    heads: frozenset[str]
    """First words of all of them: a quick test before the longer look-up."""
    written_small: frozenset[str]
    """Those that open a name without a capital of their own."""


@dataclass(frozen=True, slots=True)
class Sites:
    """Nouns that open or end the name of a place."""

    head: frozenset[str]
    realm: frozenset[str]
    capital: frozenset[str]
    last: frozenset[str]
    before: frozenset[str]
    roads: re.Pattern[str]
    sides: frozenset[str]


@dataclass(frozen=True, slots=True)
class Naming:
    declined: bool
    """All words are dictionary forms, and those of a text are compared by theirs."""
    titles: frozenset[str]
    where: frozenset[str]
    nobility: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    purpose: frozenset[str]
    joining: frozenset[str]
    capitals: bool
    """Names do not end in small letters."""
    posts: frozenset[str]
    determiners: frozenset[str]
    definite: frozenset[str]
    several: frozenset[str]
    beside: frozenset[str]
    others: frozenset[str]
    """Nouns for things that bear names: prizes, storms, ships, laws, books."""
    common: frozenset[str]
    particles: frozenset[str]
    binding: frozenset[str]
    capital_articles: frozenset[str]
    given: frozenset[str]
    demonyms: frozenset[str]
    no_names: frozenset[str]
    """Titles, common capitals and demonyms together."""
    linking: frozenset[str]
    """What may stand between a post and its field: articles, "of", demonyms."""
    bodies: Bodies
    sites: Sites


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """The form in which words of names are looked up: "L’" → "l'", "État" → "etat"."""
    return fold(word).replace("’", "'")


def _given(names: Iterable[str], own: _File) -> frozenset[str]:
    """First words of the atlas' names, without initials, titles and small or common words: "À
    Paris" does not begin with "A. P. J. Abdul Kalam", nor an NGO with "Ong Keng Yong"."""
    none = _keys([*own.titles, *own.of, *own.articles, *own.common])
    return frozenset(key for key in _keys(names) if len(key) > 1) - none


def load_naming(folder: Path, given: Iterable[str] = (), demonyms: Iterable[str] = ()) -> Naming:
    """Read and check a language's `names.toml`, with what the atlas adds to it."""
    own = read_toml(folder / "names.toml", _File)
    anywhere = read_toml(folder.parent / "any" / "names.toml", _Anywhere)
    try:
        roads = re.compile(own.sites.roads)
    except re.error as fault:
        reason = f"sites.roads: not a pattern ({fault})"
        raise DataFileError(folder / "names.toml", None, reason) from fault
    bodies: Mapping[str, list[str]] = own.bodies.model_dump()
    peoples = _keys([*demonyms, *own.peoples])
    return Naming(
        declined=own.declined,
        titles=_keys(own.titles),
        where=_keys(own.where),
        nobility=_keys(own.nobility),
        of=_keys(own.of),
        articles=_keys(own.articles),
        purpose=_keys(own.purpose),
        joining=_keys(own.joining),
        determiners=_keys(own.determiners),
        definite=_keys(own.definite),
        capitals=own.capitals,
        posts=_keys(own.posts),
        several=_keys(own.several),
        beside=_keys(own.beside),
        common=_keys(own.common),
        others=_keys(own.others),
        particles=_keys([*anywhere.particles, *own.of]),
        binding=_keys(anywhere.binding),
        capital_articles=_keys(anywhere.articles),
        given=(_keys(anywhere.given) | _given(given, own)) - peoples,
        demonyms=peoples,
        linking=_keys([*own.of, *own.articles]) | peoples,
        no_names=_keys([*own.titles, *own.common]) | peoples,
        bodies=Bodies(
            **{kind: _keys(bodies[kind]) for kind in bodies if kind not in {"whole", "never"}},
            whole=_phrases(own.bodies.whole),
            never=_phrases(own.bodies.never),
            heads=_keys(
                word.split()[0]
                for kind in ("open", "whole", "small", "national", "offices")
                for word in bodies[kind]
            ),
            written_small=_keys([*own.bodies.small, *own.bodies.national, *own.bodies.offices]),
        ),
        sites=Sites(
            head=_keys(own.sites.head),
            realm=_keys(own.sites.realm),
            capital=_keys(own.sites.capital),
            last=_keys(own.sites.last),
            before=_keys(own.sites.before),
            roads=roads,
            sides=_keys(own.sites.sides),
        ),
    )


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word_key(word) for word in words)


def _phrases(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Word by word as parsers split them: "l'ordre" is two."""
    return frozenset(
        tuple(word_key(w) for w in phrase.replace("'", "' ").split()) for phrase in phrases
    )
