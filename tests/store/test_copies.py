"""Sketches, copies, search and likeness."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.errors import StoreError
from dragoman.model import Kept
from dragoman.store import Store, search

MakeKept = Callable[..., Kept]
HUGE = 2**63 - 1

HARBOUR = {
    "dredge": (
        "Dredgers clear the estuary before the regatta",
        "Dredgers worked through the night in the estuary so that the regatta can start.",
    ),
    "regatta": (
        "Regatta opens in the estuary",
        "The regatta opened after dredgers had cleared the estuary of mud.",
    ),
    "bakers": (
        "Bakers want cheaper flour",
        "The bakers say that flour has become too expensive for small villages.",
    ),
    "mills": (
        "Flour mills answer the bakers",
        "The mills say that flour is expensive because of the harvest in the villages.",
    ),
    "school": ("School year begins late", "Pupils wait for a week because of repairs."),
}


@pytest.fixture
def desk(store: Store, make_kept: MakeKept, versions: dict[str, str]) -> Store:
    for name, (headline, body) in HARBOUR.items():
        actors = ("FRA", name.upper())
        store.keep(make_kept(name, headline=headline, body=body, actors=actors), versions)
    return store


def test_sketches_find_who_shares_hashes(desk: Store) -> None:
    desk.keep_sketch("a-dredge", [HUGE, 5, 1, 5])
    desk.keep_sketch("a-regatta", [HUGE, 5, 2, 3])
    desk.keep_sketch("a-bakers", [9, 8, 7, 3])
    assert desk.sketch("a-dredge") == [HUGE, 5, 1, 5]
    assert desk.sketch_candidates([HUGE, 5, 3], least=2) == [("a-regatta", 3), ("a-dredge", 2)]
    assert desk.sketch_candidates([3], least=1) == [("a-regatta", 1), ("a-bakers", 1)]
    desk.keep_sketch("a-dredge", [4])
    assert desk.sketch("a-dredge") == [4]
    assert desk.sketch("a-school") == []
    with pytest.raises(StoreError, match="keep it first"):
        desk.keep_sketch("a-unknown", [1])


def test_copies_form_a_tree(desk: Store) -> None:
    desk.set_copy("a-regatta", "a-dredge", 0.8)
    desk.set_copy("a-mills", "a-dredge", 0.9)
    desk.set_copy("a-mills", "a-dredge", 0.95)
    desk.set_copy("a-school", "a-mills", 1.0)
    assert desk.copies_of("a-dredge") == [("a-mills", 0.95), ("a-regatta", 0.8)]
    assert desk.origin_of("a-school") == ("a-mills", 1.0)
    assert desk.origin_of("a-dredge") is None
    assert desk.counts()["copies"] == 3
    for origin in ("a-dredge", "a-school"):
        with pytest.raises(StoreError, match="its own copy"):
            desk.set_copy("a-dredge", origin, 1.0)
    desk.drop_copy("a-school")
    assert desk.origin_of("a-school") is None


def test_words_can_be_analysed_anew(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "analysed", lambda _text, _language: "mud")
    desk.reindex()
    assert desk.search("estuary") == []
    monkeypatch.undo()
    desk.reindex()
    assert {row.article.id for row in desk.search("estuary")} == {"a-dredge", "a-regatta"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("REGATTAS", {"a-dredge", "a-regatta"}),  # another form of the word
        ("estuary mud", {"a-regatta"}),  # every word is wanted
        ("eleves", {"a-rentree"}),  # without its accent
        ("l'élève", {"a-rentree"}),  # elided
        ('NOT "regatta" OR', set()),  # operators are only words
        ("zebra", set()),
        ("", set()),
        ("' * (", set()),
    ],
)
def test_search_finds_all_words(
    desk: Store, make_kept: MakeKept, versions: dict[str, str], query: str, found: set[str]
) -> None:
    desk.keep(
        make_kept("rentree", headline="Retard", body="Les élèves attendent.", language="fr"),
        versions,
    )
    assert {row.article.id for row in desk.search(query)} == found
