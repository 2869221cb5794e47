"""Whether a text was sent before, with small changes: signatures and how near they are.

In: a text. Out: 64 bits that differ in few places between texts that differ in little (SimHash of
runs of letters). It knows nothing of spam; short texts are the same only when their letters are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dragoman.publish.spam.hashing import runs

Signatures = npt.NDArray[np.uint64]
NEAR = 12
"""Bits in which the signatures of one text may differ. Of our own comments no two are nearer than
14; with one word changed, four in five are as near as this."""
RUN = 4
_BITS = np.arange(64, dtype=np.uint64)


def signature(text: str) -> int:
    """Of a comment's letters, since numbers are what copies vary; 0 for a text that has none."""
    letters = "".join(c for c in text.casefold() if c.isalpha())
    if not letters:
        return 0
    hashes = np.unique(runs(letters.ljust(RUN), RUN))
    set_bits = (hashes[:, None] >> _BITS) & np.uint64(1)
    majority = set_bits.sum(axis=0, dtype=np.int64) * 2 > len(hashes)
    return int((majority.astype(np.uint64) << _BITS).sum(dtype=np.uint64))


def alike(signed: int, others: Sequence[int] | Signatures) -> npt.NDArray[np.intp]:
    """Positions of the signatures that are near; none for a text without letters."""
    if not signed or not len(others):
        return np.empty(0, np.intp)
    known = np.asarray(others, np.uint64)
    distances = np.bitwise_count(known ^ np.uint64(signed))
    return np.flatnonzero((distances <= NEAR) & (known != 0))
