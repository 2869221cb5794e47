"""The network: its strongest pairs within the frame, apart from each other, the same every time."""

from __future__ import annotations

from itertools import combinations
from math import dist

from dragoman.publish.charts.network import DRAWN_PAIRS, HEIGHT, WIDTH, Pair, drawn


def pair(a: int, b: int, count: int, cooperation: int | None = None) -> Pair:
    kind = count if cooperation is None else cooperation
    return Pair(
        f"n{a:02}", f"Actor {a}", f"n{b:02}", f"Actor {b}", count, count, 0, kind, count - kind
    )


PAIRS = [pair(a, b, 100 - a * b) for a, b in combinations(range(12), 2)]


def test_the_strongest_are_drawn_and_the_rest_is_counted() -> None:
    made = drawn(PAIRS, events=sum(one.count for one in PAIRS), sideless=3)
    assert len(made.edges) == DRAWN_PAIRS
    assert made.left_out == len(PAIRS) - DRAWN_PAIRS
    assert made.pairs == tuple(PAIRS[:DRAWN_PAIRS])


def test_nodes_are_in_the_frame_and_apart() -> None:
    nodes = drawn(PAIRS, events=0, sideless=0).nodes
    assert all(0 < one.x < WIDTH and 0 < one.y < HEIGHT for one in nodes)
    assert min(dist((a.x, a.y), (b.x, b.y)) for a, b in combinations(nodes, 2)) > 20


def test_the_same_pairs_give_the_same_drawing() -> None:
    assert drawn(PAIRS, events=0, sideless=0) == drawn(list(PAIRS), events=0, sideless=0)


def test_pairs_stand_nearer_than_those_who_never_met() -> None:
    groups = [pair(a, b, 9) for a, b in combinations(range(4), 2)]
    groups += [pair(a, b, 9) for a, b in combinations(range(4, 8), 2)]
    spots = {one.id: (one.x, one.y) for one in drawn(groups, events=0, sideless=0).nodes}
    met = {(one.a, one.b) for one in groups}
    near = [dist(spots[a], spots[b]) for a, b in combinations(sorted(spots), 2) if (a, b) in met]
    far = [dist(spots[a], spots[b]) for a, b in combinations(sorted(spots), 2) if (a, b) not in met]
    assert sum(near) / len(near) < sum(far) / len(far) / 1.5


def test_a_pair_leans_only_where_most_of_it_does() -> None:
    leanings = [pair(0, 1, 10, n).leaning for n in (10, 6, 5, 4, 0)]
    assert leanings == ["cooperation", "cooperation", "both", "conflict", "conflict"]


def test_few_or_none_are_drawn_too() -> None:
    assert drawn([], events=0, sideless=2).nodes == ()
    two = drawn([pair(0, 1, 1)], events=1, sideless=0)
    assert len(two.nodes) == 2
    assert all(0 < one.x < WIDTH and 0 < one.y < HEIGHT for one in two.nodes)
