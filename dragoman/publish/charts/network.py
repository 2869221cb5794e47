"""A network of actors: who dealt with whom, how often, and whether they cooperated or quarrelled.

In: numbers of events by pair. Out: `Network` with nodes and edges for an SVG drawn by a template,
and the same as a table. The same pairs give the same drawing. It looks nothing up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from dragoman.publish.charts.months import DRAWN
from dragoman.publish.wording import N_, Table, gettext
from dragoman.publish.words import counted

WIDTH, HEIGHT = 960, 620
MARGIN_X, MARGIN_Y = 90, 36
"""Room for the names at the edges."""
HALF_LETTER = 6
"""Half the width of a letter in pixels, in the large type of a small screen."""
DRAWN_PAIRS = 40
STEPS = 150
"""Moves after which forty pairs lie still."""
SMALLEST, LARGEST = 5.0, 18.0
THINNEST, THICKEST = 1.2, 9.0
CLEAR = 0.6
"""Share of cooperation, or of conflict, from which on a pair leans to it."""
LEANINGS = Table(
    {
        "cooperation": N_("more cooperation"),
        "conflict": N_("more conflict"),
        "both": N_("some of both"),
    }
)
Positions = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """All between two actors, both ways."""

    a: str
    a_name: str
    b: str
    b_name: str
    count: int
    forth: int
    """Of them what `a` did to `b`."""
    back: int
    cooperation: int
    conflict: int

    @property
    def leaning(self) -> str:
        if self.cooperation >= CLEAR * self.count:
            return "cooperation"
        return "conflict" if self.conflict >= CLEAR * self.count else "both"


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    x: float
    y: float
    r: float
    name: str
    anchor: str
    """Where its name begins: so that none runs over the edge."""
    title: str


@dataclass(frozen=True, slots=True)
class Edge:
    a: str
    b: str
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    leaning: str
    title: str


@dataclass(frozen=True, slots=True)
class Network:
    pairs: tuple[Pair, ...]
    events: int
    """Between all pairs, those too that are not shown."""
    sideless: int
    """Events that don't have two known sides."""
    left_out: int
    """Pairs with fewer events than those that are shown."""
    nodes: tuple[Node, ...] = field(metadata=DRAWN)
    edges: tuple[Edge, ...] = field(metadata=DRAWN)
    width: int = field(default=WIDTH, metadata=DRAWN)
    height: int = field(default=HEIGHT, metadata=DRAWN)

    @property
    def description(self) -> str:
        most = [f"{one.a_name} – {one.b_name} ({one.count})" for one in self.pairs[:5]]
        told = gettext("%(events)s between %(actors)s in %(pairs)s") % {
            "events": counted(sum(one.count for one in self.pairs), "event"),
            "actors": counted(len(self.nodes), "actor"),
            "pairs": counted(len(self.pairs), "pair"),
        }
        return gettext("%(told)s; most between %(most)s.") % {"told": told, "most": ", ".join(most)}


def drawn(pairs: Sequence[Pair], *, events: int, sideless: int) -> Network:
    """`pairs`: all of them, those with the most events first; the first are drawn."""
    shown = tuple(pairs[:DRAWN_PAIRS])
    weights: dict[str, int] = {}
    names: dict[str, str] = {}
    for pair in shown:
        for actor, name in ((pair.a, pair.a_name), (pair.b, pair.b_name)):
            weights[actor] = weights.get(actor, 0) + pair.count
            names[actor] = name
    order = sorted(weights, key=lambda actor: (-weights[actor], actor))
    spots = _placed(order, shown)
    return Network(
        shown,
        events,
        sideless,
        left_out=len(pairs) - len(shown),
        nodes=tuple(_nodes(order, weights, names, spots)),
        edges=tuple(_edges(shown, spots)),
    )


def _nodes(
    order: Sequence[str],
    weights: Mapping[str, int],
    names: Mapping[str, str],
    spots: Mapping[str, tuple[float, float]],
) -> Iterator[Node]:
    most = max(weights.values(), default=1)
    for actor in order:
        x, y = spots[actor]
        radius = max(LARGEST * sqrt(weights[actor] / most), SMALLEST)
        title = f"{names[actor]}: {counted(weights[actor], 'event')}"
        anchor = _anchor(x, names[actor])
        yield Node(actor, x, y, round(radius, 1), names[actor], anchor, title)


def _anchor(x: float, name: str) -> str:
    half = len(name) * HALF_LETTER
    return "start" if x < half else "end" if x > WIDTH - half else "middle"


def _edges(pairs: Sequence[Pair], spots: Mapping[str, tuple[float, float]]) -> Iterator[Edge]:
    most = max((pair.count for pair in pairs), default=1)
    for pair in pairs:
        width = max(THICKEST * sqrt(pair.count / most), THINNEST)
        title = f"{pair.a_name} – {pair.b_name}: {counted(pair.count, 'event')}"
        yield Edge(
            pair.a,
            pair.b,
            *spots[pair.a],
            *spots[pair.b],
            round(width, 1),
            pair.leaning,
            f"{title}, {LEANINGS[pair.leaning]}",
        )


def _placed(order: Sequence[str], pairs: Sequence[Pair]) -> dict[str, tuple[float, float]]:
    """Where each actor stands: pairs pull their two together, all actors push each other away
    (after Fruchterman and Reingold, 1991), from a spiral on."""
    if not order:
        return {}
    number = {actor: i for i, actor in enumerate(order)}
    pull = np.zeros((len(order), len(order)))
    for pair in pairs:
        a, b = number[pair.a], number[pair.b]
        pull[a, b] = pull[b, a] = 1 + np.log(pair.count)
    settled = _settled(_spiral(len(order)), pull)
    return dict(zip(order, _fitted(settled), strict=True))


def _spiral(count: int) -> Positions:
    """Turning by the golden angle, which fills a disc evenly."""
    turn = pi * (3 - sqrt(5))
    return np.array(
        [[sqrt(i / count) * cos(i * turn), sqrt(i / count) * sin(i * turn)] for i in range(count)]
    )


def _settled(spots: Positions, pull: Positions) -> Positions:
    ideal = sqrt(3.0 / len(spots))
    for step in range(STEPS):
        apart = spots[:, None, :] - spots[None, :, :]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 0.01)
        force = ideal**2 / distance**2 - pull * distance / ideal
        moved = (apart * force[:, :, None]).sum(axis=1) - spots * 0.9
        length = np.maximum(np.sqrt((moved**2).sum(axis=1, keepdims=True)), 1e-9)
        heat = 0.2 * (1 - step / STEPS)
        spots = spots + moved / length * np.minimum(length, heat)
    return spots


def _fitted(spots: Positions) -> list[tuple[float, float]]:
    """In pixels; each direction takes the room that there is."""
    low, high = spots.min(axis=0), spots.max(axis=0)
    size = np.maximum(high - low, 1e-9)
    room = np.array([WIDTH - 2 * MARGIN_X, HEIGHT - 2 * MARGIN_Y])
    shares = np.where(size > 1e-6, (spots - low) / size, 0.5)
    pixels = shares * room + np.array([MARGIN_X, MARGIN_Y])
    return [(round(float(x), 1), round(float(y), 1)) for x, y in pixels]
