"""Stories stay what their definition says, whatever comes and goes at once: articles that turn
into copies and back, are changed or forgotten, and words of people between."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import replace
from typing import cast

import pytest

from dragoman.desk import stories as desk_stories
from dragoman.desk.stories import Stories
from dragoman.link import stories as link_stories
from dragoman.model import Grouping, Joining, Parting, Signature
from dragoman.store import Store
from dragoman.store.rows import Signed
from tests.desk.memory import MemoryStore
from tests.link.parted import stories_of

MOST = 6
SCORES = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


class World(MemoryStore):
    """Articles that are as like as it is drawn, some of them copies; and what people say."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.dice = dice
        self.density = dice.choice([0.05, 0.1, 0.2, 0.4])
        self.states: dict[str, int] = {}
        self.copies: set[str] = set()
        self.words: list[Grouping] = []
        self._drawn: dict[tuple[tuple[str, int], ...], float] = {}

    def near(self, one: str) -> dict[str, float]:
        """What an original is linked with, as both are now."""
        others = self.originals - {one} if one in self.originals else set()
        return {other: score for other in sorted(others) if (score := self._score(one, other))}

    def _score(self, one: str, other: str) -> float:
        key = tuple(sorted((name, self.states[name]) for name in (one, other)))
        if key not in self._drawn:
            is_linked = self.dice.random() < self.density
            self._drawn[key] = self.dice.choice(SCORES) if is_linked else 0.0
        return self._drawn[key]

    @property
    def originals(self) -> set[str]:
        return set(self.states) - self.copies

    def origin_of(self, article_id: str) -> None:
        return None  # a copy is noted by `set_original`

    def keep_signature(
        self, signature: Signature, day: str, row: bytes, *, is_original: bool
    ) -> tuple[Signed, bool]:
        self.states[signature.article_id] = self.states.get(signature.article_id, 0) + 1
        self.copies.discard(signature.article_id)
        return super().keep_signature(signature, day, row, is_original=is_original)

    def set_original(self, article_id: str, is_original: bool) -> bool:
        """The other of what it was, for all that are asked for."""
        self.copies ^= {article_id}
        return True

    def signed(self, article_id: str) -> Signed:
        return replace(self.rows[article_id], is_original=article_id not in self.copies)

    def groupings(self, of: str, members: Collection[str]) -> tuple[Grouping, ...]:
        return tuple(word for word in self.words if not _named(word).isdisjoint(members))


class Placing(Stories):
    """How like articles are, is said by their world."""

    def __init__(self, world: World) -> None:
        super().__init__(cast(Store, world))
        self.world = world

    def _near(self, signed: Signed, _beside: Collection[str]) -> desk_stories._Placed:
        return desk_stories._Placed(signed, self.world.near(signed.article_id))


def _named(word: Grouping) -> set[str]:
    if isinstance(word, Joining):
        return {one for group in word.members for one in group}
    return {*word.out, *word.rest}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few are grouped at once that a world of forty has levels."""
    for module in (link_stories, desk_stories):
        monkeypatch.setattr(module, "MOST", MOST)
    monkeypatch.setattr(desk_stories, "measured", lambda _: memoryview(b""))
    monkeypatch.setattr(desk_stories, "reason", lambda one, other: f"{one} and {other}")


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", range(120))
def test_stories_are_what_their_definition_says(seed: int) -> None:
    dice = random.Random(seed)
    world = World(dice)
    placing = Placing(world)
    names = [f"n{number:02d}" for number in range(dice.randint(8, 40))]
    for _ in range(dice.randint(5, 25)):
        some = dice.sample(names, dice.choice([1, 1, 2, 5, 8]))
        there = sorted(world.originals)
        does = dice.random()
        if does < 0.5:
            placing.keep((Signature(one, "en", b""), "2024-03-18") for one in some)
        elif does < 0.75:
            placing.settle([one for one in some if one in world.states])
        elif does < 0.85 and there:
            gone = dice.choice(there)
            placing.remove(gone)
            del world.states[gone], world.rows[gone]
        elif len(there) > 3:
            said = dice.sample(there, dice.randint(2, min(5, len(there))))
            if dice.random() < 0.5:
                world.words.append(Joining("story", ("s",), tuple((one,) for one in said)))
            else:
                world.words.append(Parting("story", "s", (said[0],), tuple(said[1:])))
            placing.regroup(said)
        links = {one: world.near(one) for one in world.originals}
        assert {one: world.links.get(one, {}) for one in links} == links
        found = {
            one: (frozenset(places), place.nearest)
            for places in world.members.values()
            for one, place in places.items()
        }
        assert found == stories_of(links, world.words)
