"""Families of texts that have one origin, joined in three steps, each with its reason.

In: families in order, and the sources they name. Out: `Joined` groups, in order. The steps are in
`STEPS`: one agency or publisher, one named source, one owner or state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.knowledge.publishers import NO_ADDRESS
from dragoman.record.families import Family
from dragoman.record.named_sources import Sources


@dataclass
class Joined:
    """Families that count once; `why` says, by the id of its first text, why one was joined."""

    families: list[Family]
    why: dict[str, str] = field(default_factory=dict)

    def take(self, other: Joined, why: str) -> None:
        self.why |= {**other.why, other.families[0].head.id: why}
        self.families = sorted((*self.families, *other.families), key=lambda f: f.head.order)


Keys = Callable[[Family], Iterable[str]]
Why = Callable[[Family, Family, str], str]


class Joining:
    """One set of families on its way to groups."""

    def __init__(self, told: Sequence[Family], sources: Sources) -> None:
        self._told = told
        self._sources = sources
        self._home = {family.head.id: Joined([family]) for family in told}

    def groups(self) -> list[Joined]:
        self._join(_writers, _why_writer)
        self._join(self._sources_of, self._why_source)
        self._join(_owners, _why_owner)
        self._join(self._states, self._why_state)
        return list({id(group): group for group in self._home.values()}.values())

    def _join(self, keys: Keys, why: Why) -> None:
        sharing: dict[str, list[Family]] = defaultdict(list)
        for family in self._told:
            for key in keys(family):
                sharing[key].append(family)
        for key, (first, *others) in sharing.items():
            for other in others:
                one, two = self._home[first.head.id], self._home[other.head.id]
                if one is two:
                    continue
                if two.families[0].head.order < one.families[0].head.order:
                    one, two = two, one
                one.take(two, why(first, other, key))
                self._home.update((family.head.id, one) for family in two.families)

    def _sources_of(self, family: Family) -> Iterable[str]:
        """A text goes with those that add the same sources as it does."""
        if family.written_by is not None:
            yield family.written_by  # others may rest on the word of this very agency
        added = self._sources.added(family)
        if added:
            yield "\n".join(sorted(added))

    def _why_source(self, first: Family, other: Family, key: str) -> str:
        named = " and ".join(self._sources.words(one) for one in key.split("\n"))
        return f"{_both(first, other)} rest on the word of {named}"

    def _states(self, family: Family) -> Iterable[str]:
        """Of the outlet that wrote it, and of the state whose word alone it passes on."""
        if family.writer is not None and family.writer.state is not None:
            yield f"body:{family.writer.state}"
        added = self._sources.added(family)
        if len(added) == 1 and added[0].startswith("body:"):
            yield added[0]

    def _why_state(self, first: Family, other: Family, key: str) -> str:
        behind = " and ".join(dict.fromkeys(self._behind(family) for family in (first, other)))
        return f"one state stands behind {behind}: {self._sources.name(key)}"

    def _behind(self, family: Family) -> str:
        writer = family.writer
        if writer is not None and writer.state is not None:
            return writer.name
        return self._sources.words(self._sources.added(family)[0])


def _both(first: Family, other: Family) -> str:
    one, two = first.head.outlet_name, other.head.outlet_name
    if NO_ADDRESS in (one, two):
        return "both texts"
    return f"both texts in {one}" if one == two else f"the texts in {one} and in {two}"


def _writers(family: Family) -> Iterable[str]:
    return (family.written_by,) if family.written_by is not None else ()


def _why_writer(first: Family, other: Family, _: str) -> str:
    credits = [f.credit for f in (first, other) if f.credit is not None]
    if not credits:
        return f"both texts are of {first.head.outlet_name}"
    as_what = "agency" if credits[0].is_agency else "first publisher"
    if len(credits) == 2:
        return f"{_both(first, other)} name {credits[0].name} as their {as_what}"
    crediting, own = (first, other) if first.credit is not None else (other, first)
    return (
        f"the text in {crediting.head.outlet_name} names {credits[0].name} as its {as_what}, "
        f"and {own.head.outlet_name} tells it too"
    )


def _owners(family: Family) -> Iterable[str]:
    return (family.writer.behind,) if family.writer is not None else ()


def _why_owner(first: Family, other: Family, owner: str) -> str:
    names = [f.writer.name for f in (first, other) if f.writer is not None]
    return f"{' and '.join(names)} have one owner: {owner}"
