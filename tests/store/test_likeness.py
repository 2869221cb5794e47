"""What stands beside an article: its story, its pair of actors, what came before; each with why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from dragoman.model import Event, Kept, Signature
from dragoman.store import Store
from dragoman.store.rows import Membership
from tests.desks import printed_again

MakeKept = Callable[..., Kept]


@pytest.fixture
def desk(
    store: Store,
    make_kept: MakeKept,
    make_event: Callable[..., Event],
    versions: dict[str, str],
) -> Store:
    """Five articles: two on one story, one on the same pair, one from a year before, one else."""

    def keep(name: str, day: str, actors: tuple[str, ...], event: Event | None = None) -> None:
        kept = make_kept(name, published=day, actors=actors, language=None, headline=name)
        store.keep(kept, versions, events=[event] if event is not None else [])

    keep("now", "2024-03-18", ("AZE", "NATO", "ARM"), make_event("one", ["r-now-first"]))
    keep("also", "2024-03-19", ("AZE",))
    keep(
        "pair",
        "2024-03-02",
        ("NATO", "AZE"),
        make_event("two", ["r-pair-first"], source="NATO", target="AZE", day="2024-03-02"),
    )
    keep("before", "2023-03-02", ("ARM", "AZE"))
    keep("else", "2023-03-02", ("ARM",))
    for number, name in enumerate(("now", "also", "pair", "before", "else")):
        vector = np.full(512, 5, np.int8)
        vector[: 40 * number] = -5
        signature = Signature(f"a-{name}", "en", vector.tobytes())
        store.keep_signature(signature, "2024-03-18", vector.tobytes(), is_original=True)
    members = {
        "a-now": Membership("2024-03-18", "a-also", 0.5, "both name Baku"),
        "a-also": Membership("2024-03-19", "a-now", 0.5, "both name Bakou"),
    }
    store.keep_stories({}, {"s-one": members}, {})
    return store  # fmt: skip


def test_each_kind_says_why(desk: Store) -> None:
    found = {row.article.id: reason for row, _, reason in desk.similar("a-now")}
    assert list(found) == ["a-also", "a-pair", "a-before"]
    assert found["a-also"] == "same story: both name Bakou"
    assert found["a-pair"] == "same pair of actors: name of AZE and name of NATO"
    assert found["a-before"] == "background: both name name of ARM, name of AZE"
    assert desk.similar("a-now", limit=1)[0][0].article.id == "a-also"
    assert desk.similar("a-unknown") == []


def test_likeness_is_that_of_the_meanings(desk: Store) -> None:
    scores = [score for _, score, _ in desk.similar("a-now")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(1 - 2 * 40 / 512, abs=0.001)


def test_what_lies_ahead_is_no_background(desk: Store) -> None:
    assert [row.article.id for row, _, _ in desk.similar("a-before")] == []


def test_copies_are_not_similar(desk: Store, make_kept: MakeKept, versions: dict[str, str]) -> None:
    for name, origin in (("copy", "also"), ("again", "copy"), ("own", "now")):
        desk.keep(make_kept(name, published="2024-03-18", language=None), versions)
        desk.keep_copy_links(printed_again(f"a-{name}", f"a-{origin}", 1.0))
    found = [row.article.id for row, _, _ in desk.similar("a-now")]
    assert not {"a-copy", "a-again", "a-own"} & set(found)
    of_the_copy = [row.article.id for row, _, _ in desk.similar("a-own")]
    assert of_the_copy[0] == "a-also"
    assert "a-now" not in of_the_copy


def test_an_article_without_a_date_or_signature_has_what_can_be_told(
    desk: Store, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    kept = make_kept("bare", published=None, actors=("AZE", "ARM"))
    desk.keep(replace(kept, reports=()), versions)
    assert desk.similar("a-bare") == []
