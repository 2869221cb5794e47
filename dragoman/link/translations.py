"""Words of two languages that say the same: "Grenze" and "border", "Wahl" and "election".

In: the telling words of two texts. Out: pairs of which each word is the other's nearest, and how
much of both texts they are. No dictionary: the encoder puts a word near to its translations.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import numpy as np

from dragoman.encoder import UNIT, word_vector
from dragoman.model import Signature

SHARPNESS = 4
"""Power of the cosine that a pair counts: translations stand near .8, words at random near .4."""

Pair = tuple[str, str, float]


def paired(a: Sequence[str], b: Sequence[str]) -> list[Pair]:
    """Each word of `a` with the word of `b` that is nearest to it, where it is the nearest to that
    word as well, and their cosine; the nearest pairs first."""
    if not (a and b):
        return []
    one, other = (np.array([word_vector(word) for word in words]) for words in (a, b))
    # Whole numbers, so that a sum of products is the same in whatever order it is made.
    cosines = one.astype(np.float32) @ other.astype(np.float32).T / np.float32(UNIT**2)
    nearest, nearest_back = cosines.argmax(axis=1), cosines.argmax(axis=0)
    found = [
        (a[i], b[j], float(cosines[i, j]))
        for i, j in enumerate(nearest)
        if nearest_back[j] == i and cosines[i, j] > 0
    ]
    return sorted(found, key=lambda pair: (-pair[2], *sorted(pair[:2])))


def spoken(signature: Signature) -> list[str]:
    """The telling words of an article in small letters, in an order of their own."""
    return sorted({term.shown.lower() for term in signature.words})


def share(pairs: Sequence[Pair], words: int, others: int) -> float:
    """How much of two texts with so many telling words says the same, from 0 to 1."""
    if not pairs:
        return 0.0
    said = fsum(min(cosine, 1.0) ** SHARPNESS for _, _, cosine in pairs)
    return said * (1 / words + 1 / others) / 2
