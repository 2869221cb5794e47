"""The scorers of copies, on small data."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import link_copies, link_near
from benchmarks.copy_set import CopySet, Parent, Planted
from benchmarks.copy_text import pieces_of
from dragoman.knowledge.outlets import Outlets
from dragoman.model import CopyLink
from tests.link.copied import FERRY, ORCHARD, article


def planted(name: str, subject: str, *parents: Parent) -> Planted:
    sentences = FERRY if subject == "ferry" else ORCHARD
    telling = {"title": "A headline", "language": "en", "text": " ".join(sentences)}
    return Planted(
        article(name, sentences), "dev", None, parents, words=pieces_of(subject, telling)
    )


@pytest.fixture
def made() -> CopySet:
    return CopySet(
        (
            planted("one", "ferry"),
            planted("two", "ferry", Parent(frozenset({"a-one"}), "whole", "time")),
            planted("three", "orchard"),
        ),
        (),
        Outlets(),
    )


def test_pairs_and_parents_are_scored(made: CopySet) -> None:
    right = CopyLink("a-two", "a-one", 1.0, "whole", "time", "later")
    got = link_copies.Held({"a-two": [right]}, {frozenset({"a-one", "a-two"})})
    figures = link_copies.score(made, got)
    assert (figures["precision"], figures["recall"], figures["right_parent"]) == (1.0, 1.0, 1.0)
    wrong = CopyLink("a-two", "a-three", 1.0, "whole", "time", "later")
    got = link_copies.Held({"a-two": [wrong]}, {frozenset({"a-three", "a-two"})})
    figures = link_copies.score(made, got)
    assert (figures["precision"], figures["recall"], figures["right_parent"]) == (0.0, 0.0, 0.0)


def test_a_desk_finds_them(made: CopySet) -> None:
    """All on one day, so that the order is not known; the pair is."""
    got = link_copies.held(made, link_copies.shuffled(made.planted, 2))
    assert got.pairs == {frozenset({"a-one", "a-two"})}
    assert link_copies.score(made, got)["links_unknown"] == 1


def test_near_copies_in_bulk() -> None:
    few = link_near.build(400, 80, seed=2)
    assert len(few.texts) == 400
    figures = link_near.score(few.planted, link_near.found(few.texts, processes=1))
    assert all(value >= 0.95 for value in figures.values())
    assert set(figures) == {*(f"recall_{kind}" for kind in link_near.KINDS), "precision"}


def test_candidates_share_two_keys() -> None:
    sketches = [np.array(keys, dtype=np.uint64) for keys in ([1, 2, 9], [2, 7, 9], [1, 8], [])]
    assert link_near.candidates(sketches) == [(0, 1)]
    assert link_near.candidates([]) == []
