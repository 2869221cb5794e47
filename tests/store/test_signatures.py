"""Links between articles that may tell one story, as they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Kept, Signature
from dragoman.store import Store

MakeKept = Callable[..., Kept]

ALL = ["a-one", "a-two", "a-three", "a-four"]


@pytest.fixture
def linked(store: Store, make_kept: MakeKept, versions: dict[str, str]) -> Store:
    for article in ALL:
        store.keep(make_kept(article.removeprefix("a-")), versions)
        signature = Signature(article, "en", bytes(512))
        store.keep_signature(signature, "2024-03-18", bytes(512), is_original=True)
    store.keep_story_links("a-two", {"a-one": 0.25})
    store.keep_story_links("a-three", {"a-one": 0.5, "a-two": 0.9})
    return store


def test_links_of_a_least_score(linked: Store) -> None:
    assert linked.story_links(["a-one", "a-four"], 0.2) == {
        "a-one": {"a-two": 0.25, "a-three": 0.5},
        "a-four": {},
    }
    assert linked.story_links(["a-one", "a-two"], 0.5) == {
        "a-one": {"a-three": 0.5},
        "a-two": {"a-three": 0.9},
    }


def test_links_among_some(linked: Store) -> None:
    assert linked.story_links_among(["a-one", "a-two", "a-four"]) == {
        "a-one": {"a-two": 0.25},
        "a-two": {"a-one": 0.25},
        "a-four": {},
    }


@pytest.mark.parametrize(
    ("least", "most", "crowded"),
    [
        (0.2, 0, {"a-one", "a-two", "a-three"}),
        (0.2, 1, {"a-one", "a-two", "a-three"}),
        (0.2, 2, set()),
        (0.5, 0, {"a-one", "a-two", "a-three"}),
        (0.5, 1, {"a-three"}),
        (0.9, 1, set()),
    ],
)
def test_who_has_more_links_than_so_many(
    linked: Store, least: float, most: int, crowded: set[str]
) -> None:
    assert linked.crowded(ALL, least, most) == crowded
    assert linked.crowded([], least, most) == set()
