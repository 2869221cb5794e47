"""Who printed whom: the copies within a set of articles as trees, each edge with its reason.

In: the desk's copy links. Out: trees with the text that copies nothing at the root. A text made of
several stands under the one it took most of; the others are named beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime

from dragoman.model import Article, CopyBasis, CopyKind, CopyLink
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import ArticleLine, Lines
from dragoman.publish.wording import N_, gettext
from dragoman.publish.words import counted
from dragoman.store.rows import ArticleRow

Moments = Mapping[str, tuple[str, str]]
"""Article → between which moments it was printed."""
MINUTES, HOURS = 120, 48
"""Below which a delay is told in minutes, and in hours."""
DEEPEST = 8
"""Steps from a root. What is made of a text there stands beside it."""

KINDS: Mapping[CopyKind, str] = {
    "whole": N_("the whole text"),
    "cut": N_("the text cut short"),
    "extended": N_("the text with more of its own"),
    "excerpt": N_("a part of it in a longer text"),
    "merged": N_("put together of several texts"),
    "rewrite": N_("told anew in its own words"),
}
BASES: Mapping[CopyBasis, str] = {
    "stated": N_("stated"),
    "time": N_("by time of printing"),
    "containment": N_("by what it lacks"),
    "unknown": N_("order not known"),
}
"""What tells which of two texts is the source."""


@dataclass(frozen=True, slots=True)
class CopyEdge:
    """One text made of another, in words."""

    copy: str
    origin: str
    kind: CopyKind
    share: int
    """How much of the copy stands in the origin, in hundredths."""
    basis: CopyBasis
    reason: str
    delay: str | None
    """How long after the origin it was printed; None where a time is not known."""
    origin_outlet: str


@dataclass(frozen=True, slots=True)
class CopyNode:
    line: ArticleLine
    edge: CopyEdge | None
    """What it has of the text above it; None at a root."""
    also_of: tuple[CopyEdge, ...]
    """Other texts that it is made of."""
    copies: tuple[CopyNode, ...]
    elsewhere: int = 0
    """How many articles below it stand on other pages, with what stands below them."""

    @property
    def size(self) -> int:
        """How many articles stand below it."""
        return sum(1 + copy.size for copy in self.copies) + self.elsewhere


def copy_trees(room: ReadingRoom, lines: Lines, ids: Iterable[str]) -> tuple[CopyNode, ...]:
    """The trees of these articles, the largest first; a text that nobody copies stands alone."""
    rows = room.store.article_rows(ids := list(dict.fromkeys(ids)))
    found = {one: rows[one] for one in ids if one in rows}
    every = room.store.copy_links_of(found)
    links = {one: [link for link in every.get(one, ()) if link.origin_id in found] for one in found}
    moments = room.store.first_moments(found) if every else {}
    return _Trees(room, lines, found, links, moments).made()


def walked(trees: Iterable[CopyNode]) -> Iterator[CopyNode]:
    """Each text before what copies it."""
    for node in trees:
        yield node
        yield from walked(node.copies)


def on_page(trees: Iterable[CopyNode], here: AbstractSet[str]) -> tuple[CopyNode, ...]:
    """The trees with those articles whose ids are `here`, and what those are made of."""
    return tuple(
        replace(node, copies=kept, elsewhere=node.size - sum(1 + copy.size for copy in kept))
        for node in trees
        if (kept := on_page(node.copies, here)) or node.line.id in here
    )


class _Trees:
    def __init__(
        self,
        room: ReadingRoom,
        lines: Lines,
        rows: Mapping[str, ArticleRow],
        links: Mapping[str, Sequence[CopyLink]],
        moments: Moments,
    ) -> None:
        self._room = room
        self._lines = lines
        self._rows = rows
        self._links = links
        self._moments = moments
        self._roots = [identity for identity, found in links.items() if not found]
        self._below = self._arranged()

    def made(self) -> tuple[CopyNode, ...]:
        roots = map(self._node, self._roots)
        return tuple(sorted(roots, key=lambda one: (-one.size, *self._when(one))))

    def _arranged(self) -> Mapping[str, Sequence[str]]:
        """What stands below each text: what took most from it, down to the deepest step."""
        made_of: dict[str, list[str]] = defaultdict(list)
        for identity, found in self._links.items():
            if found:
                made_of[found[0].origin_id].append(identity)
        below: dict[str, list[str]] = defaultdict(list)
        above: dict[str, str] = {}
        row, step = self._roots, 0
        while row:
            made = [(identity, copy) for identity in row for copy in made_of[identity]]
            for identity, copy in made:
                above[copy] = identity if step < DEEPEST else above[identity]
                below[above[copy]].append(copy)
            row, step = [copy for _, copy in made], step + 1
        return below

    def _node(self, identity: str) -> CopyNode:
        edges = [self._edge(link) for link in self._links[identity]]
        copies = [self._node(copy) for copy in self._below[identity]]
        return CopyNode(
            self._lines.article(self._rows[identity]),
            edges[0] if edges else None,
            tuple(edges[1:]),
            tuple(sorted(copies, key=self._when)),
        )

    def _edge(self, link: CopyLink) -> CopyEdge:
        return copy_edge(self._room, link, self._rows[link.origin_id].article, self._moments)

    def _when(self, node: CopyNode) -> tuple[str, str]:
        published = node.line.published
        return (published.start if published is not None else None) or "9999", node.line.id


def copy_edge(room: ReadingRoom, link: CopyLink, origin: Article, moments: Moments) -> CopyEdge:
    """`moments`: when the two were printed."""
    return CopyEdge(
        copy=link.article_id,
        origin=link.origin_id,
        kind=link.kind,
        share=round(link.share * 100),
        basis=link.basis,
        reason=link.reason,
        delay=_delay(link, moments),
        origin_outlet=room.outlet(origin),
    )


def _delay(link: CopyLink, moments: Moments) -> str | None:
    """In minutes or hours where both minutes are known, else in days."""
    origin, copy = moments.get(link.origin_id), moments.get(link.article_id)
    if origin is None or copy is None or link.basis == "unknown":
        return None
    return delay_words(origin[0], copy[0])


def delay_words(origin: str, copy: str) -> str | None:
    """ "40 minutes later", "2 days later", "the same day"; None where a moment is not known or
    the copy was printed before what it copies."""
    if not origin or not copy:
        return None
    if "T" in origin and "T" in copy:
        minutes = (
            datetime.fromisoformat(copy) - datetime.fromisoformat(origin)
        ).total_seconds() // 60
        if 0 <= minutes < MINUTES:
            return gettext("%s later") % counted(int(minutes), "minute")
        if 0 <= minutes < HOURS * 60:
            return gettext("%s later") % counted(round(minutes / 60), "hour")
    days = (date.fromisoformat(copy[:10]) - date.fromisoformat(origin[:10])).days
    if days < 0:
        return None
    return gettext("%s later") % counted(days, "day") if days else gettext("the same day")
