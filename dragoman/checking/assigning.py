"""The best one-to-one assignment between two sets, of those that may go together.

In: for each on the left, whom on the right it may have and at what cost. Out: as many pairs as can
be; among those, the ones that cost least together. Equal costs go to the first on either side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from math import inf

ALONE = 1 << 20
"""The cost of having nobody: more than moving ten thousand others can save."""

Edges = Callable[[int], Iterable[tuple[int, int]]]
"""Of one on the left: (number on the right, cost from 0 up) for each that it may have."""


def assigned(lefts: int, edges: Edges) -> dict[int, int]:
    """Left → right. Successive cheapest paths with potentials, the Hungarian method on few edges:
    exact, and fast where most have few candidates. Each left one also has a place of its own with
    nobody in it (a negative number), so that every path ends."""
    pair_of_left: dict[int, int] = {}
    left_of: dict[int, int] = {}
    u: dict[int, int] = {}
    v: dict[int, int] = {}
    for start in range(lefts):
        _augment(start, edges, pair_of_left, left_of, u, v)
    return {left: right for left, right in pair_of_left.items() if right >= 0}


def _augment(
    start: int,
    edges: Edges,
    pair_of_left: dict[int, int],
    left_of: dict[int, int],
    u: dict[int, int],
    v: dict[int, int],
) -> None:
    """Take one more on the left in, moving others where that is cheapest."""
    distance: dict[int, int] = {}
    before: dict[int, int] = {}
    reached: list[int] = []
    done: set[int] = set()
    heap: list[tuple[int, bool, int]] = []  # of equally near ones a free one first
    left, base = start, 0
    while True:
        for right, cost in (*edges(left), (-1 - left, ALONE)):
            if right in done:
                continue
            length = base + cost - u.get(left, 0) - v.get(right, 0)
            if length < distance.get(right, inf):
                distance[right], before[right] = length, left
                heappush(heap, (length, right in left_of, right))
        base, _, right = heappop(heap)
        while right in done:
            base, _, right = heappop(heap)
        done.add(right)
        if right not in left_of:
            break
        reached.append(right)
        left = left_of[right]
    u[start] = u.get(start, 0) + base
    for one in reached:
        u[left_of[one]] = u.get(left_of[one], 0) + base - distance[one]
        v[one] = v.get(one, 0) - base + distance[one]
    while True:
        left = before[right]
        left_of[right] = left
        following = pair_of_left.get(left)
        pair_of_left[left] = right
        if left == start or following is None:
            break
        right = following
