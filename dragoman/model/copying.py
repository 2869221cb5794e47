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
