"""Copies on the planted set: pairs found, right parents, and whether the order of arrival matters.

In: the set of `copy_set`, its halves apart. Out: figures of a desk that kept the articles one by
one: precision and recall of pairs; of the copies whose source a credit, the times or the words
tell, the share with the right one; how many links rest on what.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

from benchmarks.copy_set import GATE, CopySet, Planted, build
from dragoman.desk.copies import Copies
from dragoman.model import Capture, CopyLink, Kept, Reading
from dragoman.store import Store, open_store

HALVES = ("dev", "test")


@dataclass(frozen=True, slots=True)
class Held:
    """What a desk holds of copies when all have arrived."""

    links: dict[str, list[CopyLink]]
    pairs: set[frozenset[str]]


def held(made: CopySet, order: Sequence[Planted]) -> Held:
    """The articles kept in this order, in a desk of their own."""
    with tempfile.TemporaryDirectory() as home, open_store(Path(home)) as store:
        keep(store, made, order)
        names = [one.article.id for one in order]
        return Held(
            {name: links for name in names if (links := store.copy_links(name))},
            pairs_held(store, names),
        )


def keep(store: Store, made: CopySet, order: Iterable[Planted]) -> None:
    copies = Copies(store, made.outlets)
    for one in order:
        article = one.article
        capture = Capture(article.capture_id, "-", "text/plain", b"", fetched=one.fetched)
        with store.together():
            copies.keep(article, capture)
            store.keep(Kept(article, Reading(article.id, article.language or "")), {})


def pairs_held(store: Store, names: Iterable[str]) -> set[frozenset[str]]:
    """Articles with the same text, or whose texts share so much that they are copies."""
    printing: dict[int, list[str]] = {}
    for name in names:
        found = store.printing(name)
        if found is not None:
            printing.setdefault(found[0].text, []).append(name)
    pairs = {frozenset(p) for same in printing.values() for p in combinations(same, 2)}
    for row in store.shared_by(printing):
        pairs |= {frozenset({one, other}) for one in printing[row.a] for other in printing[row.b]}
    return pairs


def score(made: CopySet, got: Held) -> dict[str, float]:
    """Fractions, and links by what they rest on. Pairs between copy and none count neither way."""
    sure, either = made.pairs()
    judged = got.pairs - either
    right = judged & sure
    figures: dict[str, float] = {
        "pairs": len(sure),
        "precision": round(len(right) / len(judged), 3) if judged else 0.0,
        "recall": round(len(right) / len(sure), 3) if sure else 0.0,
    }
    told, correct = Counter[str](), Counter[str]()
    for one in made.planted:
        origins = {link.origin_id for link in got.links.get(one.article.id, ())}
        for parent in one.parents:
            if parent.tells:
                told[parent.tells] += 1
                correct[parent.tells] += bool(origins & parent.ids)
    figures["parents"] = told.total()
    figures["right_parent"] = round(correct.total() / max(told.total(), 1), 3)
    for tells, number in sorted(told.items()):
        figures[f"right_parent_by_{tells}"] = round(correct[tells] / number, 3)
    bases = Counter(link.basis for links in got.links.values() for link in links)
    return figures | {f"links_{basis}": number for basis, number in sorted(bases.items())}


def measure(folder: Path = GATE, orders: int = 2) -> dict[str, dict[str, float]]:
    """Both halves, each kept in several orders; `same_in_every_order` is 1 if nothing differs."""
    whole = build(folder)
    figures = {}
    for half in HALVES:
        made = whole.half(half)
        began = time.process_time()
        found = [held(made, shuffled(made.planted, n)) for n in range(orders)]
        spent = (time.process_time() - began) / (orders * len(made.planted))
        figures[half] = score(made, found[0]) | {
            "same_in_every_order": float(all(one == found[0] for one in found)),
            "cpu_ms_per_article": round(spent * 1000, 2),
        }
    return figures


def shuffled(planted: Sequence[Planted], seed: int) -> list[Planted]:
    order = list(planted)
    Random(seed).shuffle(order)
    return order


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
