"""What the desk holds about copies: who printed whom, how much of it, and how that was told.

`share` is the part of a copy's body words that stand in its origin, from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CopyKind = Literal["whole", "cut", "extended", "excerpt", "merged", "rewrite"]
"""whole: the same text; cut: less of it; extended: all of it with more of the outlet's own;
excerpt: a part of it in a longer text; merged: made of several texts, one link to each;
rewrite: told anew in other words, by its own credit."""
CopyBasis = Literal["stated", "time", "containment", "unknown"]
"""What tells which of two texts is the source: a credit, the times of printing, that the one
lacks what the other has; unknown: nothing does."""
HALF = 0.5
"""Share of an article from which it goes back to what it copies; less is a quotation in a text of
its own."""
ChangeKind = Literal["equal", "inserted", "deleted"]


@dataclass(frozen=True, slots=True)
class CopyLink:
    """One article made of another; `reason` is a plain sentence."""

    article_id: str
    origin_id: str
    share: float
    kind: CopyKind
    basis: CopyBasis
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeRun:
    """A stretch of the word diff between an origin and its copy, with offsets into both texts.

    What is inserted has an empty span in the origin, what is deleted one in the copy.
    """

    kind: ChangeKind
    origin: tuple[int, int]
    copy: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Printing:
    """What an article tells of its printing: which text, how long, when, by whom, after whom."""

    article_id: str
    text: int
    """Digest of the body's words: equal for the same text in any outlet."""
    words: int
    first: str
    last: str
    """Between which moments it was printed, as ISO days or minutes in UTC: "2024-03-18T09:41". A
    whole day ends at "T24". Not known: from "", and until it was fetched, or "9999"."""
    by: str
    """Key of the outlet whose page it is."""
    credits: tuple[str, ...] = ()
    """Keys of first publisher and agency, as far as the page names them."""
    credit: str = ""
    """The first of them as the page says it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts share: `runs` are (word in `a`, word in `b`, number of words)."""

    a: int
    b: int
    words: int
    runs: tuple[tuple[int, int, int], ...]
