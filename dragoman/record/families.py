"""Texts as far as their origin goes, and the families that their copies make.

In: texts with their copy links. Out: families, each with its first text and why each other member
is in it. A text belongs to one family alone, that of the text from which it has most: one that was
merged of two does not make one origin of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dragoman.grouping import connected
from dragoman.knowledge.outlets import Outlet
from dragoman.knowledge.publishers import NO_ADDRESS
from dragoman.model import HALF, CopyLink, Voice


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency or first publisher that a page names."""

    name: str
    outlet: Outlet | None
    is_agency: bool

    @property
    def key(self) -> str:
        return outlet_key(self.outlet) if self.outlet else f"name:{self.name.casefold()}"


@dataclass(frozen=True, slots=True)
class Text:
    """One article. `moment` (ISO) settles order, then the id."""

    id: str
    outlet_name: str
    outlet: Outlet | None = None
    moment: str = ""
    is_opinion: bool = False
    credit: Credit | None = None
    voices: tuple[Voice, ...] = ()
    links: tuple[CopyLink, ...] = ()
    is_read: bool = True
    is_asked: bool = True
    """False for a text that is not in the set itself, but is copied in it: it only joins others."""

    @property
    def order(self) -> tuple[bool, str, str]:
        """Those without a moment last."""
        return not self.moment, self.moment, self.id


@dataclass(frozen=True)
class Family:
    """A text with its copies, the first one at the head; `reasons` by id, for all but the head.

    `quoted` are ids of members that others, who print a part of them, name as what they took it
    from."""

    texts: tuple[Text, ...]
    reasons: Mapping[str, str]
    quoted: frozenset[str] = frozenset()

    @property
    def head(self) -> Text:
        return self.texts[0]

    @cached_property
    def asked(self) -> tuple[Text, ...]:
        return tuple(text for text in self.texts if text.is_asked)

    @cached_property
    def is_opinion(self) -> bool:
        return all(text.is_opinion for text in self.texts)

    @cached_property
    def credit(self) -> Credit | None:
        """As the first text gives it, else one of its copies: their text is the same."""
        return next((text.credit for text in self.texts if text.credit is not None), None)

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Of the first text asked for: a copy has no more to tell."""
        return (self.asked or self.texts)[0].voices

    @cached_property
    def writer(self) -> Outlet | None:
        """The outlet it comes from: credited, or named by whoever prints a part of it, or else the
        first one known to show it as its own."""
        if self.credit is not None:
            return self.credit.outlet
        shown = (t.outlet for t in sorted(self.texts, key=lambda t: t.id not in self.quoted))
        return next((one for one in shown if one is not None and one.writes), None)

    @property
    def written_by(self) -> str | None:
        """A key of whoever is credited, or wrote it; None where it is not known at all."""
        if self.credit is not None:
            return self.credit.key
        if self.writer is not None:
            return outlet_key(self.writer)
        if self.head.outlet is not None:
            return None
        name = self.head.outlet_name
        return f"name:{name.casefold()}" if name != NO_ADDRESS else None

    @property
    def source(self) -> str:
        if self.credit is not None:
            return self.credit.name
        return self.writer.name if self.writer is not None else self.head.outlet_name


def outlet_key(outlet: Outlet) -> str:
    return f"outlet:{outlet.id}"


def families(texts: Iterable[Text]) -> list[Family]:
    """The families, in the order of their first texts."""
    known = {text.id: text for text in texts}
    parents = {i: link for i, text in known.items() if (link := _parent(text, known)) is not None}
    beside: dict[str, list[str]] = defaultdict(list)
    for identity, link in parents.items():
        beside[identity].append(link.origin_id)
        beside[link.origin_id].append(identity)
    quoted = {link.origin_id for text in known.values() for link in text.links
              if link.basis == "stated" and _names(text, known.get(link.origin_id))}  # fmt: skip
    found = [
        _family([known[i] for i in part], parents, quoted)
        for part in connected(known, lambda node: beside.get(node, ()))
    ]
    return sorted(found, key=lambda family: family.head.order)


def _parent(text: Text, known: Mapping[str, Text]) -> CopyLink | None:
    """The link to the text that this one is a copy of: the one it credits, or has most from; of
    those it was merged of, one of the set before one that is not in it."""
    links = [one for one in text.links if one.origin_id in known and one.origin_id != text.id]
    stated = [one for one in links if one.kind == "rewrite"]
    merged = sum(one.share for one in links if one.kind == "merged")
    whole = [one for one in links if one.share >= HALF or (one.kind == "merged" and merged >= HALF)]
    return min(
        stated or whole,
        key=lambda one: (not known[one.origin_id].is_asked, -one.share, one.origin_id),
        default=None,
    )


def _names(text: Text, other: Text | None) -> bool:
    """Its page credits the outlet that shows the other."""
    credited = text.credit.outlet if text.credit is not None else None
    return other is not None and credited is not None and credited == other.outlet


def _family(texts: list[Text], parents: Mapping[str, CopyLink], quoted: Collection[str]) -> Family:
    head = min(texts, key=lambda text: (text.id in parents, text.order))
    rest = sorted((text for text in texts if text is not head), key=lambda text: text.order)
    shown = {text.id: text.outlet_name for text in texts}
    reasons = {text.id: _because(parents[text.id], shown) for text in rest if text.id in parents}
    return Family((head, *rest), reasons, frozenset(quoted) & shown.keys())


def _because(link: CopyLink, shown: Mapping[str, str]) -> str:
    """Why a text counts with the one it copies, and what tells which of them was first."""
    other = shown[link.origin_id]
    if link.kind == "rewrite":
        return f"it tells the text in {other} in other words ({link.reason})"
    return f"{round(link.share * 100)} % of it stands in the text in {other} ({link.reason})"
