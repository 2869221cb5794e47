"""Groups are a function of the links; twins stay apart; no part grows beyond its bound."""

from __future__ import annotations

import random
from collections.abc import Collection
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.grouping import connected
from dragoman.link.stories import ANY, LEVELS, MOST, Links, groups, parts
from tests.link.parted import part_of


class Held:
    """Links in a dictionary."""

    def __init__(self, links: dict[str, dict[str, float]]) -> None:
        self._links = links

    def links(self, articles: Collection[str], least: float) -> Links:
        return {
            article: {o: s for o, s in self._links.get(article, {}).items() if s >= least}
            for article in articles
        }

    def crowded(self, articles: Collection[str], least: float, most: int) -> set[str]:
        return {one for one, near in self.links(articles, least).items() if len(near) > most}


class Slow(Held):
    """Says of none beforehand that it has many links."""

    def crowded(self, articles: Collection[str], least: float, most: int) -> set[str]:
        return set()


def links_of(pairs: dict[tuple[str, str], float]) -> dict[str, dict[str, float]]:
    links: dict[str, dict[str, float]] = {}
    for (a, b), score in pairs.items():
        links.setdefault(a, {})[b] = score
        links.setdefault(b, {})[a] = score
    return links


def test_what_is_alike_is_one_story() -> None:
    links = links_of({("a", "b"): 0.5, ("b", "c"): 0.5, ("a", "c"): 0.4})
    assert groups({"a", "b", "c", "d"}, links) == [frozenset("abc"), frozenset("d")]


def test_a_story_does_not_wander() -> None:
    """Each is only like the next one: a chain is no story."""
    names = [f"n{i:02d}" for i in range(20)]
    chain = links_of(dict.fromkeys(pairwise(names), 0.4))
    found = groups(names, chain)
    assert max(len(group) for group in found) <= 3


def test_twins_stay_apart() -> None:
    """Two happenings that are each more like themselves than like the other."""
    one, other = [f"a{i}" for i in range(5)], [f"b{i}" for i in range(5)]
    pairs = dict.fromkeys([*combinations(one, 2), *combinations(other, 2)], 0.8)
    twins = pairs | {(a, b): 0.4 for a in one for b in other}
    assert groups({*one, *other}, links_of(twins)) == [frozenset(one), frozenset(other)]
    same = pairs | {(a, b): 0.6 for a in one for b in other}
    assert groups({*one, *other}, links_of(same)) == [frozenset([*one, *other])]


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_nothing_depends_on_the_order(seed: int) -> None:
    dice = random.Random(seed)
    names = [f"n{i:02d}" for i in range(25)]
    pairs = {
        pair: dice.choice([0.2, 0.3, 0.3, 0.5, 0.8])
        for pair in combinations(names, 2)
        if dice.random() < 0.2
    }
    shuffled = dict(dice.sample(sorted(pairs.items()), len(pairs)))
    turned = {(b, a): score for (a, b), score in shuffled.items()}
    first = groups(names, links_of(pairs))
    assert groups(dice.sample(names, len(names)), links_of(turned)) == first
    assert sorted(x for group in first for x in group) == names


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_every_article_is_in_one_part(seed: int) -> None:
    """A war: far more articles than are grouped at once, linked more or less closely."""
    dice = random.Random(seed)
    names = [f"n{i:03d}" for i in range(3 * MOST)]
    links = links_of(
        {
            (names[i], names[j]): dice.choice([0.25, 0.35, 0.45, 0.65])
            for i in range(len(names))
            for j in range(i + 1, min(i + 8, len(names)))
            if dice.random() < 0.35
        }
    )

    found = parts(dict.fromkeys(names, ANY), Held(links))
    assert sum(len(one) for one in found) == len(names)
    assert max(len(one) for one in found) <= MOST
    assert {len(one) for one in connected(names, lambda n: links.get(n, {}))} != {1}
    for name in names:
        (alone,) = parts({name: ANY}, Slow(links))
        assert alone in found
    some = dice.sample(names, 40)
    held = parts(dict.fromkeys(some, ANY), Held(links))
    assert set(held) == {one for one in found if not one.isdisjoint(some)}
    by_definition = [part_of(name, links) for name in names]
    assert set(found) == {part for _, part in by_definition}
    low = {part for level, part in by_definition if level <= 0.35}
    assert set(parts(dict.fromkeys(names, 0.35), Held(links))) == low < set(found)


def test_what_even_the_last_level_holds_together_is_one_part() -> None:
    names = [f"n{i:03d}" for i in range(MOST + 20)]
    links = links_of({(names[0], name): LEVELS[-1] for name in names[1:]})
    (found,) = parts({names[5]: ANY}, Held(links))
    assert found == frozenset(names)
    assert groups(found, links) == [found]
