"""Copies: which texts are the same text in another outlet.

In: an article's body. Out: a sketch (the smallest hashes of its word runs) and, between two
sketches, the share of the shorter text that the other holds. Where a text came from is not said.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Sequence

from dragoman.model import BODY_LABELS, Article

RUN = 5
"""Words in a run: long enough that two reporters do not write the same one by chance."""
SIZE = 128
COPY_SHARE = 0.5
"""Share from which a text is called a copy; first value, to be measured on a set of copies."""


def sketch(article: Article) -> tuple[int, ...]:
    """The `SIZE` smallest 63-bit hashes of the body's word runs, ascending."""
    body = " ".join(article.text[b.start : b.end] for b in article.blocks if b.label in BODY_LABELS)
    words = re.findall(r"\w+", body.lower())
    runs = {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    return tuple(heapq.nsmallest(SIZE, (_hash(run) for run in runs)))


def share(a: Sequence[int], b: Sequence[int]) -> float:
    """Estimated overlap of two texts (Jaccard, from bottom-k sketches; Cohen & Kaplan 2007)."""
    if not a or not b:
        return 0.0
    smallest = set(heapq.nsmallest(SIZE, set(a) | set(b)))
    return len(smallest & set(a) & set(b)) / len(smallest)


def _hash(run: str) -> int:
    digest = hashlib.blake2b(run.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
