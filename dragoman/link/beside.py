"""Which texts stand beside each other among the copies: near in time, and sharing words.

In: two bodies, and who printed them when. Out: what they share, or nothing. A desk asks it of an
arriving article, an archive of all at once; the answer hangs on the two alone.
"""

from __future__ import annotations

from collections.abc import Collection

from dragoman.link.copies import compare, is_retold
from dragoman.link.copy_tree import credits
from dragoman.link.printed import UNDATED
from dragoman.link.sketches import Body
from dragoman.model import Printing, Shared


def shared_by(one: Body, other: Body) -> Shared | None:
    """What two texts share, in the order of their digests; None where they are no copies."""
    a, b = sorted((one, other), key=lambda body: body.digest)
    match = compare(a, b)
    if match is None:
        return None
    runs = tuple((run.a, run.b, run.length) for run in match.runs)
    return Shared(a.digest, b.digest, match.words, runs)


def retold(one: Body, other: Body) -> Shared:
    """What stands for two texts of which one tells the other in words of its own."""
    a, b = sorted((one.digest, other.digest))
    return Shared(a, b, 0, ())


def tells(one: Printing, text: Body, other: Printing, its: Body) -> bool:
    """Whether either names the other's publisher and tells the same in words of its own."""
    return (credits(one, other) and is_retold(text, its)) or (
        credits(other, one) and is_retold(its, text)
    )


def are_near(one: Collection[int], other: Collection[int]) -> bool:
    """Whether two texts were printed in periods beside each other, or one of them at no known
    time."""
    return any(UNDATED in (a, b) or abs(a - b) <= 1 for a in one for b in other)
