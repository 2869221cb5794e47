"""Independent origins per story, on the set of articles with planted copies.

In: the set. Out: the share of stories whose number of independent origins is exactly right, with
copy links as the desk finds them, and as they were planted (what is right: `copy_origins`). These
articles are not parsed. Whose word a text rests on is measured on small stories that are: see
`origin_sets` and `origin_spoken`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import origin_spoken
from benchmarks.copy_origins import planted_links
from benchmarks.copy_set import GATE, CopySet, Planted, build
from benchmarks.origin_sets import Known, exact, small_sets, steps_of_sets
from dragoman.desk.copies import Copies
from dragoman.desk.origins import OriginCounter
from dragoman.model import Capture, Kept, Origins, Reading
from dragoman.record.backing import as_shown
from dragoman.store import Store, open_store

Count = tuple[int, int]
"""Groups that are independent, and groups of which it is not known."""


def scores(copy_set: CopySet, half: str) -> dict[str, float]:
    """`exact` and `exact_unknown`: share of stories with exactly the right number of independent
    origins, and of groups that are not known; `gold_links` the same with planted links."""
    part = copy_set.half(half)
    with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        found = _by_desk(part, store)
        planted = _by_planted_links(part, store)
    gold = {story.id: (story.independent, story.unknown) for story in part.stories}
    return {
        "stories": len(part.stories),
        "exact": _same(found, gold, lambda count: count[0]),
        "exact_unknown": _same(found, gold, lambda count: count[1]),
        "gold_links": _same(planted, gold, lambda count: count[0]),
    }


def read_for_real() -> dict[str, float]:
    """Share of small sets, and of stories on planted speakers, whose counts are all right."""
    steps = steps_of_sets()
    halves = {half: origin_spoken.stories(half) for half in ("dev", "test")}
    spoken = {f"spoken_{half}": exact(made, steps) for half, made in halves.items()}
    return {"small_sets": exact(small_sets(), steps)} | spoken


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
    everything = {one.article.id: one for one in part.planted}
    with store.together():
        store.keep_copy_links({i: planted_links(one, everything) for i, one in everything.items()})
    return _counted(part, store)


def _counted(part: CopySet, store: Store) -> dict[str, Count]:
    counter = OriginCounter(store, Known(part.outlets))
    return {story.id: _count(counter.of_articles(story.articles)) for story in part.stories}


def _count(origins: Origins) -> Count:
    return origins.independent, origins.unknown


def _kept(one: Planted) -> Kept:
    article = one.article
    return Kept(article, Reading(article.id, article.language or ""), backing=as_shown(article))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=GATE, help="where the tellings lie")
    options = parser.parse_args()
    copy_set = build(options.folder)
    found = {half: scores(copy_set, half) for half in ("dev", "test")}
    print(json.dumps(found | {"read": read_for_real()}, indent=2))


if __name__ == "__main__":
    main()
