"""The right number of origins of a story, from what was planted in it.

In: the articles of a story with their parents, credits and outlets. Out: the groups they make. A
text goes to the source that holds at least half of it, by whichever outlet it is shown; then texts
of one credit, and sources of one owner, are joined. Nothing of the desk's own counting is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from benchmarks.copy_text import Text, words_of
from dragoman.knowledge.outlets import Outlet, Outlets
from dragoman.model import CopyKind, CopyLink

if TYPE_CHECKING:
    from benchmarks.copy_set import Planted

HALF = 0.5
Groups = list[frozenset[str]]


def groups_of(
    told: Sequence[Planted], everything: Mapping[str, Planted], outlets: Outlets
) -> tuple[Groups, Groups]:
    """The groups that are independent, and those of which it is not known; ids of articles.

    `told` are a story's articles without its opinions, `everything` all articles by id."""
    known: list[tuple[frozenset[str], frozenset[str]]] = []
    unknown: dict[str, frozenset[str]] = {}
    for family in _families(told, everything):
        ids = frozenset(one.article.id for one in family)
        sources = _sources(family, outlets)
        if sources:
            known.append((sources, ids))
        else:
            key = next((one.credited for one in family if one.credited), None) or _host(family[0])
            unknown[key] = unknown.get(key, frozenset()) | ids
    return _joined(known), list(unknown.values())


def planted_links(one: Planted, everything: Mapping[str, Planted]) -> tuple[CopyLink, ...]:
    """For each source to the text that holds most of it, the first of several: whom a copy of a
    quotation credits need not hold it. `share` is known by the sentences."""
    links = []
    kind: CopyKind = "merged" if len(one.parents) > 1 else "cut"
    for parent in one.parents:
        held = {i: _held(one.words, everything[i].words) for i in parent.ids & everything.keys()}
        if held:
            source = min(held, key=lambda i: (-held[i], i))
            links.append(CopyLink(one.article.id, source, held[source], kind, "unknown", "planted"))
    return tuple(links)


def _host(one: Planted) -> str:
    """Of an unknown outlet, by which a credit names it too."""
    return (one.article.url or "").split("/")[2].removesuffix(".example")


def _families(told: Sequence[Planted], everything: Mapping[str, Planted]) -> list[list[Planted]]:
    """Texts with the one that holds at least half of them, the first to be printed at the head."""
    ids = {one.article.id for one in told}
    top = {one.article.id: one.article.id for one in told}

    def head(name: str) -> str:
        while top[name] != name:
            name = top[name]
        return name

    for one in told:
        links = planted_links(one, everything)
        if sum(link.share for link in links) >= HALF:
            inside = [link for link in links if link.origin_id in ids]
            if inside:
                best = max(inside, key=lambda link: link.share)
                top[head(one.article.id)] = head(best.origin_id)
    found: dict[str, list[Planted]] = defaultdict(list)
    for one in told:
        found[head(one.article.id)].append(one)
    return list(found.values())


def _held(copy: Text, source: Text) -> float:
    """The part of the copy's words that stand in sentences of the source."""
    keys = {piece.key for piece in source[1:]}
    sizes = [(piece.key in keys, len(words_of(piece.text))) for piece in copy[1:]]
    whole = sum(size for _, size in sizes)
    return sum(size for is_held, size in sizes if is_held) / whole if whole else 0.0


def _sources(family: Sequence[Planted], outlets: Outlets) -> frozenset[str]:
    """Whom a family goes back to: credited, or else the first known outlet that shows it."""
    credited = {one.credited for one in family if one.credited is not None}
    if credited:
        known = (outlets.by_id[name] for name in credited if name in outlets.by_id)
        return frozenset(map(_owner, known))
    shown = (outlets.at(one.article.url) for one in family)
    first = next((outlet for outlet in shown if outlet is not None), None)
    return frozenset({_owner(first)}) if first is not None else frozenset()


def _owner(outlet: Outlet) -> str:
    return outlet.owner or outlet.id


def _joined(known: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Groups:
    """The groups left when families that share a source are put together."""
    groups: list[tuple[frozenset[str], frozenset[str]]] = []
    for sources, ids in known:
        met = [group for group in groups if group[0] & sources]
        groups = [group for group in groups if not group[0] & sources]
        groups.append((sources.union(*(g[0] for g in met)), ids.union(*(g[1] for g in met))))
    return [ids for _, ids in groups]
