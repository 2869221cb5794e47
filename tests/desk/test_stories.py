"""Stories are a function of the set of articles: not of their order, nor of being stopped."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.desk.stories import ALONE, Stories
from dragoman.store import Store, open_store
from tests.desk.memory import MemoryStore
from tests.desk.signatures import Made, corpus, telling, war
from tests.desks import printed_again

Partition = frozenset[frozenset[str]]


def arrive(made: Sequence[Made], at_once: int = 1) -> MemoryStore:
    memory = MemoryStore()
    stories = Stories(cast(Store, memory))
    for start in range(0, len(made), at_once):
        stories.keep((one.signature, one.day) for one in made[start : start + at_once])
    return memory


def partition(memory: MemoryStore) -> Partition:
    return frozenset(frozenset(places) for places in memory.members.values())


def reasons(memory: MemoryStore) -> dict[str, str]:
    return {a: place.reason for places in memory.members.values() for a, place in places.items()}


def kept(store: Store, made: Sequence[Made]) -> None:
    """Into a real desk, an article a transaction."""
    stories = Stories(store)
    for one in made:
        with store.together():
            store.keep(one.kept, {})
            stories.keep([(one.signature, one.day)])


class Blow(Exception):
    """The process ends."""


def stop_after(store: Store, stories: Stories, one: Made) -> None:
    with stories.watched(), store.together():
        store.keep(one.kept, {})
        stories.keep([(one.signature, one.day)])
        raise Blow


def partition_of(store: Store) -> Partition:
    stories = [store.story(row.id) for row in store.stories(limit=10_000)]
    return frozenset(frozenset(m.article_id for m in one.members) for one in stories if one)


@pytest.mark.parametrize("others", [1, pytest.param(4, marks=pytest.mark.soak)])
def test_two_thousand_articles_in_other_orders(others: int) -> None:
    made = corpus(2000, seed=7, days=120)
    first = arrive(made)
    told = partition(first)
    assert 300 < len(told) < 1500
    assert max(len(story) for story in told) > 8
    for seed in range(1, others + 1):
        other = arrive(random.Random(seed).sample(made, len(made)))
        assert partition(other) == told
        assert reasons(other) == reasons(first)


@pytest.mark.parametrize("at_once", [2, 40])
def test_many_at_once_are_placed_as_one_by_one(at_once: int) -> None:
    made = [*war(days=20, a_day=12), *corpus(300, seed=12, days=10)]
    order = random.Random(3).sample(made, len(made))
    one_by_one, together = arrive(made), arrive(order, at_once)
    assert partition(together) == partition(one_by_one)
    assert reasons(together) == reasons(one_by_one)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_any_few_articles_in_any_order(seed: int) -> None:
    dice = random.Random(seed)
    made = corpus(40, seed=seed, days=6)
    undated = [replace(one, day="") if dice.random() < 0.2 else one for one in made]
    assert partition(arrive(undated)) == partition(arrive(dice.sample(undated, len(undated))))


def test_twins_are_told_apart() -> None:
    """No story of the made-up set holds two of its happenings, and most are found again."""
    made = corpus(600, seed=2)
    story = {one.id: one.story for one in made}
    found = partition(arrive(made))
    assert all(len({story[article] for article in group}) == 1 for group in found)
    assert len(found) < 2.2 * len(set(story.values()))


def test_a_war_that_is_told_for_a_year_is_many_stories() -> None:
    """Each day's articles are like those of the days around: a story stays within some days."""
    made = war(days=60, a_day=3)
    memory = arrive(made)
    spans = [
        (min(p.day for p in places.values()), max(p.day for p in places.values()))
        for places in memory.members.values()
    ]
    assert len(spans) > 8
    day = {one.day: number for number, one in enumerate(made)}
    assert max(day[end] - day[start] for start, end in spans) < 3 * 15
    other = arrive(random.Random(1).sample(made, len(made)))
    assert partition(other) == partition(memory)


def test_stopped_midway_and_gone_on_with(tmp_path: Path) -> None:
    """A process that ends anywhere leaves nothing by halves, and another goes on from there."""
    made = corpus(160, seed=5, days=12)
    dice = random.Random(1)
    order = dice.sample(made, len(made))

    with open_store(tmp_path / "stopped") as store:
        kept(store, order[:70])
        stories = Stories(store)
        with pytest.raises(Blow):
            stop_after(store, stories, order[70])
        with store.together():  # the same process goes on
            store.keep(order[71].kept, {})
            stories.keep([(order[71].signature, order[71].day)])
    with open_store(tmp_path / "stopped") as store:
        kept(store, [order[70], *order[72:]])
        stopped = partition_of(store)
    assert stopped == partition(arrive(made))
    assert len({article for story in stopped for article in story}) == len(made)


def test_what_two_have_in_common_is_said_anew_of_a_changed_article() -> None:
    """Also where they are as alike as they were."""
    made = corpus(1, seed=3)[0]
    about = np.frombuffer(made.signature.vector, np.int8) / 127, ["bako", "ritu", "nesa"]
    one, other = (telling(f"a-{n}", about, made.day, 0, random.Random(1), 0.2) for n in "ab")
    names = tuple(replace(term, shown=term.shown.title()) for term in one.signature.names)
    changed = replace(one, signature=replace(one.signature, names=names))
    mended, fresh = arrive([one, other, changed]), arrive([changed, other])
    assert reasons(mended) == reasons(fresh) != reasons(arrive([one, other]))


def test_a_story_grows_under_its_id(tmp_path: Path) -> None:
    dice = random.Random(3)
    made = corpus(1, seed=3)[0]
    day, names = made.day, [term.shown for term in made.signature.names]
    about = np.frombuffer(made.signature.vector, np.int8) / 127, names
    more = [telling(f"a-more{i}", about, day, 0, dice, noise=0.3) for i in range(6)]
    with open_store(tmp_path) as store:
        kept(store, [made])
        first = store.story_of(made.id)
        assert first is not None
        story = store.story(first)
        assert story is not None
        assert (story.start, story.end) == (day, day)
        assert [(m.article_id, m.reason) for m in story.members] == [(made.id, ALONE)]
        assert story.is_open(day)
        assert not story.is_open("2032-01-01")
        kept(store, more)
        assert {store.story_of(one.id) for one in more} == {first}
        grown = store.story(first)
        assert grown is not None
        assert all("both name" in member.reason for member in grown.members)
        assert [row.size for row in store.stories()] == [7]
        assert [row.id for row in store.stories(start=day, end=day, least=2)] == [first]
        assert store.stories(start="2032-01-01") == []


def test_an_id_that_was_taken_in_leads_on(tmp_path: Path) -> None:
    """A late article brings two stories together."""
    made = corpus(400, seed=11, days=8)
    seen: dict[str, str] = {}
    with open_store(tmp_path) as store:
        stories = Stories(store)
        for one in random.Random(2).sample(made, 200):
            with store.together():
                store.keep(one.kept, {})
                stories.keep([(one.signature, one.day)])
            home = store.story_of(one.id)
            assert home is not None
            seen[home] = one.id
        standing = {row.id for row in store.stories(limit=1000)}
        merged = set(seen) - standing
        assert merged  # some were taken in
        for old in merged:
            story = store.story(old)
            assert story is not None
            assert story.id in standing


def test_a_copy_is_in_the_story_of_its_origin_and_no_member(tmp_path: Path) -> None:
    made = corpus(30, seed=6, days=3)
    with open_store(tmp_path) as store:
        kept(store, made)
        stories, (copy, origin) = Stories(store), (made[5].id, made[0].id)
        with store.together():
            store.keep_copy_links(printed_again(copy, origin, 1.0))
            stories.settle([copy])
        members = {article for story in partition_of(store) for article in story}
        assert copy not in members
        assert store.story_of(copy) == store.story_of(origin)
        others = [one for one in made if one.id != copy]
        assert partition_of(store) == partition(arrive(others))
        with store.together():
            store.keep_copy_links({copy: ()})
            stories.settle([copy])
        assert partition_of(store) == partition(arrive(made))


def test_what_is_left_when_an_article_is_forgotten(tmp_path: Path) -> None:
    made = corpus(60, seed=8, days=4)
    with open_store(tmp_path) as store:
        kept(store, made)
        other = Stories(store)  # of a process that knows nothing of the forgetting
        other.settle([one.id for one in made])
        stories = Stories(store)
        for one in made[:20]:
            with store.together():
                stories.remove(one.id)
                store.forget(one.id, "asked for")
        assert partition_of(store) == partition(arrive(made[20:]))
        late = replace(made[0].signature, article_id="a-late")
        with store.together():
            store.keep(replace(made[0], signature=late).kept, {})
            other.keep([(late, made[0].day)])
        assert store.story_of("a-late") is not None


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    made = corpus(40, seed=9, days=3)
    with open_store(tmp_path) as store:
        kept(store, made)
        before = [store.story(row.id) for row in store.stories(limit=1000)]
        kept(store, made)
        assert [store.story(row.id) for row in store.stories(limit=1000)] == before
