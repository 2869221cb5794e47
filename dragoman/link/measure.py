"""Signatures as rows of one array, to be compared by the thousand.

In: signatures. Out: rows of fixed size. Names, words, numbers and years stand in them as numbers
that are made of their keys, so that a pair of rows is compared without any other article.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dragoman.encoder import SIZE, UNDERSTOOD
from dragoman.link.signature import NAMES, WORDS
from dragoman.model import Signature, Term

Rows = NDArray[np.void]
Signs = NDArray[np.uint64]
Column = Literal["names", "words", "numbers", "years"]

NUMBERS, YEARS = 16, 8
ROW = np.dtype(
    [
        ("vector", np.int8, (SIZE,)),
        ("signs", np.uint64, (SIZE // 64,)),
        ("language", np.uint32),
        ("names", np.uint32, (NAMES,)),
        ("name_weights", np.float32, (NAMES,)),
        ("words", np.uint32, (WORDS,)),
        ("word_weights", np.float32, (WORDS,)),
        ("numbers", np.uint32, (NUMBERS,)),
        ("years", np.uint32, (YEARS,)),
    ]
)
"""`signs`: those of the vector, one bit each. A key of 0 is none. Vectors and weights are whole
numbers, so that their products are the same in whatever order they are summed."""
SCALE = 1000
"""The length of all weights of a row."""
WEIGHTS = {"names": "name_weights", "words": "word_weights"}
BUCKETS = 1 << 22
"""Keys are numbers below this: of two hundred pairs of articles one shares a key by chance."""

_own = threading.local()


@lru_cache(maxsize=1)
def understood() -> NDArray[np.uint32]:
    """The languages that the encoder knows, as rows have them."""
    return np.array([_language(code) for code in sorted(UNDERSTOOD)], np.uint32)


def _language(code: str) -> int:
    return _bucket(f"language {code}")


def measured(signature: Signature) -> Rows:
    """One row, the same whatever else the desk holds."""
    row = np.zeros(1, ROW)
    language = signature.language or ""
    row["vector"] = np.frombuffer(signature.vector, np.int8)
    row["signs"] = np.packbits(row["vector"][0] > 0).view(np.uint64)
    row["language"] = _language(language)
    _put_terms(row, "names", signature.names, "name")
    _put_terms(row, "words", signature.words, f"word {language}")
    _put(row, "numbers", signature.numbers)
    _put(row, "years", signature.years)
    return row


def unlike(one: Signs, others: Signs) -> NDArray[np.int16]:
    """In how many signs a vector differs from each of several: at random in half of them."""
    found = np.zeros(len(others), np.int16)
    for column in range(SIZE // 64):  # a sum over so short an axis is slower by far
        found += np.bitwise_count(others[:, column] ^ one[column])
    return found


def shared(
    one: Rows, others: Rows | Mapping[str, NDArray[Any]], column: Column
) -> NDArray[np.float32]:
    """The products of the weights that stand under the same key, summed; counts without weights."""
    table = _table()
    keys, weights = one[column][0], WEIGHTS.get(column)
    table[keys] = one[weights][0] if weights else 1.0
    table[0] = 0.0
    found = table[others[column]]
    table[keys] = 0.0
    if weights:
        found *= others[weights]
    total = found.sum(axis=1, dtype=np.float32)
    return np.asarray(total / SCALE**2 if weights else total, np.float32)


def _table() -> NDArray[np.float32]:
    """A weight for every key there can be, all zero between two uses; one table a thread."""
    if not hasattr(_own, "table"):
        _own.table = np.zeros(BUCKETS, np.float32)
    table: NDArray[np.float32] = _own.table
    return table


def _put_terms(row: Any, column: Column, terms: Sequence[Term], kind: str) -> None:
    """Of two terms that fall on one key the heavier one stays."""
    width = row[column].shape[1]
    weights: dict[int, float] = {}
    for term in terms[:width]:
        weights.setdefault(_bucket(f"{kind} {term.key}"), term.weight)
    length = sum(weight * weight for weight in weights.values()) ** 0.5
    row[column][0, : len(weights)] = list(weights)
    row[WEIGHTS[column]][0, : len(weights)] = [
        round(SCALE * weight / length) for weight in weights.values()
    ]


def _put(row: Any, column: Column, things: Collection[str]) -> None:
    """The longest where there are too many: they tell the most."""
    chosen = sorted(things, key=lambda thing: (-len(thing), thing))[: row[column].shape[1]]
    keys = list(dict.fromkeys(_bucket(f"{column} {thing}") for thing in chosen))
    row[column][0, : len(keys)] = keys


@lru_cache(maxsize=1 << 15)
def _bucket(key: str) -> int:
    digest = hashlib.blake2b(key.encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % (BUCKETS - 1) + 1
