"""What a comment is made of, as places in a table of fixed size.

In: a comment and its writer's name in their ordinary spelling, and their traits. Out: `Sparse`, the
places of each run of letters, word, pair of words, part of an address and trait, and how much each
weighs there; a kind weighs the same in all, however long the text. Places are hashes, and may meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from dragoman.publish.spam.hashing import Hashes, mixed, runs
from dragoman.publish.spam.plain import Plain
from dragoman.publish.spam.traits import TRAITS

RUNS = (2, 3, 4, 5)
"""Lengths of runs of characters."""
Places = npt.NDArray[np.int32]
Amounts = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Kind:
    start: int
    bits: int
    weight: float
    """Of all of a kind together: the root of the sum of its squares."""


KINDS: Mapping[str, Kind] = {
    "runs": Kind(0, 17, 1.0),
    "words": Kind(1 << 17, 16, 1.0),
    "name": Kind(3 << 16, 15, 0.25),
    "address": Kind(7 << 15, 15, 0.5),
}
"""Each with its own part of the table."""
TRAIT_PLACES = 1 << 18
ALWAYS = TRAIT_PLACES + len(TRAITS)
"""A place that every comment has: how common spam is."""
PLACES = TRAIT_PLACES + 128
TRAIT_WEIGHT = 1.2
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, eq=False)
class Sparse:
    """A vector that is zero but in a few places, each there once."""

    places: Places
    amounts: Amounts

    @property
    def square(self) -> float:
        return float(self.amounts @ self.amounts)


def tokens(text: str) -> list[str]:
    """Words and signs with the pairs they stand in, in order."""
    single = _TOKEN.findall(text)
    return [*single, *(f"{a} {b}" for a, b in zip(["", *single], [*single, ""], strict=True))]


def places_of(words: Iterable[str], kind: str) -> Places:
    """The place of each word, in the order given."""
    hashes = np.array([crc32(w.encode("utf-8", "surrogatepass")) for w in words], np.uint64)
    return _placed(mixed(hashes), KINDS[kind])


def vector(plain: Plain, name: Plain, traits: Mapping[str, float]) -> Sparse:
    """All of a comment."""
    parts = [
        _block(_runs_in(plain.text, "runs"), "runs"),
        _block(places_of(tokens(plain.text), "words"), "words"),
        _block(_runs_in(name.text, "name"), "name"),
        _block(places_of(_address_parts(plain.links), "address"), "address"),
        _of_traits(traits),
    ]
    return Sparse(np.concatenate([p for p, _ in parts]), np.concatenate([a for _, a in parts]))


def _runs_in(text: str, kind: str) -> Places:
    hashes = np.concatenate([runs(f" {text} ", length) for length in RUNS])
    return _placed(hashes, KINDS[kind])


def _address_parts(links: Sequence[str]) -> list[str]:
    return [part for link in links for part in _TOKEN.findall(link)]


def _of_traits(traits: Mapping[str, float]) -> tuple[Places, Amounts]:
    held = [(TRAIT_PLACES + TRAITS.index(trait), amount) for trait, amount in traits.items()]
    places = np.array([ALWAYS, *(place for place, _ in held)], np.int32)
    amounts = [1.0, *(amount * TRAIT_WEIGHT for _, amount in held)]
    return places, np.array(amounts, np.float32)


def _placed(hashes: Hashes, kind: Kind) -> Places:
    return (kind.start + (hashes >> np.uint64(64 - kind.bits))).astype(np.int32)


def _block(places: Places, kind: str) -> tuple[Places, Amounts]:
    """Each place once, with an amount that grows slowly with how often it was there."""
    single, counts = np.unique(places, return_counts=True)
    amounts = 1 + np.log(counts)
    norm = float(np.sqrt(amounts @ amounts)) or 1.0
    return single, (amounts * (KINDS[kind].weight / norm)).astype(np.float32)
