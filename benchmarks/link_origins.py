"""Independent origins per story, on the set of articles with planted copies.

In: the set. Out: the share of stories whose number of independent origins is exactly right, with
copy links as the desk finds them, and as they were planted. What is right follows from what was
planted: a text goes to the source that holds at least half of it, by whichever outlet it is shown;
then texts of one credit, and sources of one owner, are joined. Whose word a text rests on was not
planted, so named sources other than agencies are not measured here.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.copy_set import GATE, CopySet, Planted, Story, build
from benchmarks.copy_text import Text, words_of
from dragoman.desk.copies import Copies
from dragoman.desk.origins import OriginCounter
from dragoman.knowledge import Knowledge
from dragoman.knowledge.outlets import Outlet, Outlets
from dragoman.model import Capture, CopyKind, CopyLink, Kept, Origins, Reading
from dragoman.record.backing import as_shown
from dragoman.store import Store, open_store

HALF = 0.5
Count = tuple[int, int]
"""Groups that are independent, and groups of which it is not known."""


class _Known(Knowledge):
    """With the outlets of the set in place of ours."""

    def __init__(self, outlets: Outlets) -> None:
        super().__init__()
        self._of_set = outlets

    @cached_property
    def outlets(self) -> Outlets:
        return self._of_set


def scores(copy_set: CopySet, half: str) -> dict[str, float]:
    """`exact` and `exact_unknown`: share of stories with exactly the right number of independent
    origins, and of groups that are not known; `gold_links` the same with planted links."""
    part = copy_set.half(half)
    with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        found = _by_desk(part, store)
        planted = _by_planted_links(part, store)
    gold = {story.id: right(story, part) for story in part.stories}
    as_pairs = {story.id: (story.independent, story.unknown) for story in part.stories}
    return {
        "stories": len(part.stories),
        "exact": _same(found, gold, lambda count: count[0]),
        "exact_unknown": _same(found, gold, lambda count: count[1]),
        "gold_links": _same(planted, gold, lambda count: count[0]),
        "exact_of_every_showing": _same(found, as_pairs, lambda count: count[0]),
    }


def _same(
    found: Mapping[str, Count], gold: Mapping[str, Count], what: Callable[[Count], int]
) -> float:
    right_ones = sum(what(found[story]) == what(gold[story]) for story in gold)
    return round(right_ones / len(gold), 3) if gold else 0.0


# --- what the desk says --------------------------------------------------------------------


def _by_desk(part: CopySet, store: Store) -> dict[str, Count]:
    """Every article is kept, and its copies are found, in the order of the captures."""
    copies = Copies(store, part.outlets)
    for one in sorted(part.planted, key=lambda p: (p.fetched, p.article.id)):
        capture = Capture(one.article.capture_id, "-", "text/html", b"", fetched=one.fetched)
        with store.together():
            copies.keep(one.article, capture)
            store.keep(_kept(one), {})
    return _counted(part, store)


def _by_planted_links(part: CopySet, store: Store) -> dict[str, Count]:
    """The same desk with the links that were planted in place of those it found."""
    with store.together():
        store.keep_copy_links({one.article.id: _planted_links(one, part) for one in part.planted})
    return _counted(part, store)


def _counted(part: CopySet, store: Store) -> dict[str, Count]:
    counter = OriginCounter(store, _Known(part.outlets))
    return {story.id: _count(counter.of_articles(story.articles)) for story in part.stories}


def _count(origins: Origins) -> Count:
    return origins.independent, origins.unknown


def _kept(one: Planted) -> Kept:
    article = one.article
    return Kept(article, Reading(article.id, article.language or ""), backing=as_shown(article))


# --- what is right -------------------------------------------------------------------------


def right(story: Story, part: CopySet) -> Count:
    """From what was planted in a story: independent groups, and those not known."""
    told = [
        one
        for one in part.planted
        if one.article.id in story.articles and one.article.genre.value != "opinion"
    ]
    families = _families(told, part)
    known, unknown = [], set()
    for family in families:
        names = _sources(family, part.outlets)
        if names:
            known.append(names)
        else:
            unknown.add(next((o.credited for o in family if o.credited), _host(family[0])))
    return _joined(known), len(unknown)


def _host(one: Planted) -> str:
    """Of an unknown outlet, by which a credit names it too."""
    return (one.article.url or "").split("/")[2].removesuffix(".example")


def _families(told: Sequence[Planted], part: CopySet) -> list[list[Planted]]:
    """Texts with the one that holds at least half of them, the first to be printed at the head."""
    ids = {one.article.id for one in told}
    top = {one.article.id: one.article.id for one in told}

    def head(name: str) -> str:
        while top[name] != name:
            name = top[name]
        return name

    for one in told:
        links = _planted_links(one, part)
        if sum(link.share for link in links) >= HALF:
            inside = [link for link in links if link.origin_id in ids]
            if inside:
                best = max(inside, key=lambda link: link.share)
                top[head(one.article.id)] = head(best.origin_id)
    found: dict[str, list[Planted]] = defaultdict(list)
    for one in told:
        found[head(one.article.id)].append(one)
    return list(found.values())


def _sources(family: Sequence[Planted], outlets: Outlets) -> set[str]:
    """Whom a family goes back to: credited, or else the first known outlet that shows it."""
    credited = {one.credited for one in family if one.credited is not None}
    if credited:
        return {_owner(outlets.by_id[name]) for name in credited if name in outlets.by_id}
    shown = (outlets.at(one.article.url) for one in family)
    first = next((outlet for outlet in shown if outlet is not None), None)
    return {_owner(first)} if first is not None else set()


def _owner(outlet: Outlet) -> str:
    return outlet.owner or outlet.id


def _joined(names: Iterable[set[str]]) -> int:
    """How many groups are left when sets that share a name are put together."""
    groups: list[set[str]] = []
    for some in names:
        apart = [group for group in groups if not group & some]
        groups = [*apart, set().union(some, *(group for group in groups if group & some))]
    return len(groups)


def _planted_links(one: Planted, part: CopySet) -> tuple[CopyLink, ...]:
    """To one of the texts it was made of, for each source; `share` is known by the sentences."""
    by_id = {other.article.id: other for other in part.planted}
    links = []
    for parent in one.parents:
        source = min(parent.ids, default=None)
        if source in by_id:
            share = _held(one.words, by_id[source].words)
            kind: CopyKind = "merged" if len(one.parents) > 1 else "cut"
            links.append(CopyLink(one.article.id, source, share, kind, "unknown", "planted"))
    return tuple(links)


def _held(copy: Text, source: Text) -> float:
    """The part of the copy's words that stand in sentences of the source."""
    keys = {piece.key for piece in source[1:]}
    sizes = [(piece.key in keys, len(words_of(piece.text))) for piece in copy[1:]]
    whole = sum(size for _, size in sizes)
    return sum(size for is_held, size in sizes if is_held) / whole if whole else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=GATE, help="where the tellings lie")
    options = parser.parse_args()
    copy_set = build(options.folder)
    print(json.dumps({half: scores(copy_set, half) for half in ("dev", "test")}, indent=2))


if __name__ == "__main__":
    main()
