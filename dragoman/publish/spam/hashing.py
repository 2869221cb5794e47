"""Numbers for runs of characters, the same on every machine and in every run.

In: a text. Out: a 64-bit number for each run of so many characters, well spread.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
_FACTOR = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def runs(text: str, length: int) -> Hashes:
    """A number for each run of so many characters, in order; none for a shorter text."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    count = max(0, len(codes) - length + 1)
    hashes = np.full(count, np.uint64(length))
    for offset in range(length):
        hashes = hashes * _FACTOR + codes[offset : offset + count]
    return mixed(hashes)


def mixed(hashes: Hashes) -> Hashes:
    """The same numbers with every bit depending on all of them."""
    hashes = hashes * _MIX
    hashes ^= hashes >> np.uint64(32)
    return hashes * _MIX
