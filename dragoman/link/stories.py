"""Which articles tell one story: groups by the mean of their links, a pure function of the part.

In: the links (pairs with a score) of a connected part of the desk. Out: its groups. Two groups are
joined while the mean of all links between them is enough, and near to what holds each together:
twin happenings, two summits a week apart, are each more like themselves than like the other.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from dragoman.grouping import Group

Links = Mapping[str, Mapping[str, float]]
"""For each article the others that it is linked with, both ways, with the score."""

LINK = 0.2
"""Score from which a link is kept."""
JOIN = 0.26
"""Mean score at which two groups are one story. An article that is linked to part of a group only
brings the mean down, so that a story does not wander from one happening to the next."""
COHESION = 0.6
"""Share of what holds the looser of two groups together that the links between them must have."""
MOST = 100
"""Articles that are grouped at once. A larger part is taken at a higher level first."""
LEVELS = (LINK, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Scores at which a part is taken; each keeps apart what the one before could not."""


ANY = 1.0
"""The highest score."""


class Graph(Protocol):
    """Where the links are looked up."""

    def links(self, articles: Collection[str], least: float) -> Links:
        """Of each of these articles its links of at least this score."""
        ...

    def crowded(self, articles: Collection[str], least: float, most: int) -> set[str]:
        """Those of the articles that have more such links than `most`."""
        ...


def parts(articles: Mapping[str, float], graph: Graph) -> list[Group]:
    """What is grouped together with each of these articles: all that it is connected with, directly
    or not.

    Where that is more than `MOST`, as in a war that is told of for a year, only links of the next
    level count. So every article is in one part, whatever the order in which links are followed.
    Each article comes with the highest level that is looked at for its part, `ANY` for all of them;
    where its part is of a higher one, it is left out.
    """
    found: list[Group] = []
    left = set(articles)
    for level in LEVELS[:-1]:
        left = {article for article in left if articles[article] >= level}
        # In much of the news nearly all is connected by the links of the lowest level.
        large = graph.crowded(left, level, MOST) if level == LINK else set()
        graph.links(left - large, level)  # asked for at once: each is looked at below
        seen: set[str] = set()
        for article in sorted(left):
            if article not in seen:
                part = _reached(article, graph, level, large)
                if part is not None:
                    seen |= part
                    found.append(part)
        left -= seen
    left = {article for article in left if articles[article] >= LEVELS[-1]}
    while left:
        part = _reached(min(left), graph, LEVELS[-1], None) or frozenset()
        found.append(part)
        left -= part
    return found


def _reached(article: str, graph: Graph, level: float, large: set[str] | None) -> Group | None:
    """All that links of this level lead to; None for more than `MOST`, unless `large` is None.
    `large`: articles of which it was seen that they are connected with so many; it is filled."""
    found, waiting = {article}, {article}
    while waiting:
        if large is not None and (len(found) > MOST or not large.isdisjoint(waiting)):
            large |= found
            return None
        near = graph.links(waiting, level)
        waiting = {other for one in waiting for other in near[one]} - found
        found |= waiting
    return frozenset(found)


@dataclass(slots=True)
class _Cluster:
    members: tuple[str, ...]
    within: float = 0.0
    """Sum of the links among the members."""
    links: dict[int, float] = field(default_factory=dict)
    """Sum of the links to each other cluster."""

    @property
    def cohesion(self) -> float | None:
        pairs = len(self.members) * (len(self.members) - 1) // 2
        return self.within / pairs if pairs else None


def groups(nodes: Collection[str], links: Links) -> list[Group]:
    """The stories among `nodes`, in the order of their least members.

    Ties go by the members' ids, so that nothing depends on the order of arrival.
    """
    if len(nodes) > MOST:
        return [frozenset(nodes)]
    clusters = {i: _Cluster((node,)) for i, node in enumerate(sorted(nodes))}
    numbers = {cluster.members[0]: i for i, cluster in clusters.items()}
    for node, i in numbers.items():
        near = links.get(node, {})
        clusters[i].links = {numbers[other]: near[other] for other in near if other in numbers}
    waiting = [(-score, i, j) for i, c in clusters.items() for j, score in c.links.items() if i < j]
    heapq.heapify(waiting)
    while waiting:
        score, i, j = heapq.heappop(waiting)
        if -score < JOIN:
            break
        if i in clusters and j in clusters and _holds(-score, clusters[i], clusters[j]):
            _merge(clusters, i, j, waiting)
    return sorted((frozenset(cluster.members) for cluster in clusters.values()), key=min)


def _holds(score: float, a: _Cluster, b: _Cluster) -> bool:
    """Whether what joins two groups is near to what holds them together."""
    cohesions = [value for value in (a.cohesion, b.cohesion) if value is not None]
    return not cohesions or score >= COHESION * min(cohesions)


def _merge(
    clusters: dict[int, _Cluster], i: int, j: int, waiting: list[tuple[float, int, int]]
) -> None:
    """Join two clusters under a number of their own and note the mean links of the new one."""
    a, b = clusters.pop(i), clusters.pop(j)
    made = max((*clusters, i, j)) + 1
    merged = _Cluster(tuple(sorted(a.members + b.members)), a.within + b.within + a.links[j])
    for other in sorted((set(a.links) | set(b.links)) - {i, j}):
        total = a.links.get(other, 0.0) + b.links.get(other, 0.0)
        merged.links[other] = total
        near = clusters[other].links
        near.pop(i, None)
        near.pop(j, None)
        near[made] = total
        mean = total / (len(merged.members) * len(clusters[other].members))
        heapq.heappush(waiting, (-mean, other, made))
    clusters[made] = merged
