"""Copies and what they are found by, search and likeness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dragoman.errors import StoreError
from dragoman.model import CopyLink, Kept, Printing, Shared
from dragoman.model.query import And, Words
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


def links(*pairs: tuple[str, str, float]) -> dict[str, list[CopyLink]]:
    found: dict[str, list[CopyLink]] = {}
    for article, origin, share in pairs:
        found.setdefault(article, []).append(
            CopyLink(article, origin, share, "cut", "time", "it was printed later")
        )
    return found


def test_copies_form_a_tree(desk: Store) -> None:
    desk.keep_copy_links(links(("a-regatta", "a-dredge", 0.8), ("a-mills", "a-dredge", 0.9)))
    desk.keep_copy_links(links(("a-mills", "a-dredge", 0.95), ("a-school", "a-mills", 1.0)))
    found = [(link.article_id, link.share) for link in desk.copies_of("a-dredge")]
    assert found == [("a-mills", 0.95), ("a-regatta", 0.8)]
    assert desk.origin_of("a-school") == ("a-dredge", 1.0)
    assert desk.origin_of("a-dredge") is None
    assert desk.repeats_of("a-dredge") == [("a-school", 1.0), ("a-mills", 0.95), ("a-regatta", 0.8)]
    assert desk.family("a-school") == ["a-dredge", "a-mills", "a-regatta", "a-school"]
    assert desk.family("a-bakers") == ["a-bakers"]
    assert desk.counts()["copies"] == 3
    desk.keep_copy_links({"a-school": ()})
    assert desk.origin_of("a-school") is None
    assert desk.copy_links_of(["a-school", "a-mills"]) == links(("a-mills", "a-dredge", 0.95))


def test_a_text_made_of_two_has_a_link_to_each(desk: Store) -> None:
    made = links(("a-mills", "a-bakers", 0.6), ("a-mills", "a-school", 0.4))
    desk.keep_copy_links(made)
    assert desk.copy_links("a-mills") == made["a-mills"]
    assert desk.origin_of("a-mills") == ("a-bakers", 0.6)
    assert desk.repeats_of("a-school") == []
    assert desk.counts()["copies"] == 1


def test_what_only_quotes_goes_back_to_nothing_else(desk: Store) -> None:
    desk.keep_copy_links(links(("a-mills", "a-bakers", 0.3)))
    assert desk.origin_of("a-mills") is None
    assert desk.repeats_of("a-bakers") == []
    assert [link.article_id for link in desk.copies_of("a-bakers")] == ["a-mills"]


def test_nothing_is_its_own_copy(desk: Store) -> None:
    with pytest.raises(StoreError, match="its own copy"):
        desk.keep_copy_links(links(("a-mills", "a-mills", 1.0)))
    with pytest.raises(StoreError, match="does not hold"):
        desk.keep_copy_links(links(("a-mills", "a-unknown", 1.0)))


def printing(article_id: str, text: int) -> Printing:
    return Printing(article_id, text, 40, "2024-03-18", "2024-03-18T24", "harbour.example")


def test_texts_are_found_by_keys_and_period(desk: Store) -> None:
    rows = (("a-dredge", 1, 10, [HUGE, 5, 1]), ("a-regatta", 2, 11, [HUGE, 5, 3]),
            ("a-bakers", 3, 19, [HUGE, 5, 3]))  # fmt: skip
    for name, text, period, keys in rows:
        assert desk.keep_printing(
            printing(name, text), moment="9999 2", period=period, words=b"12", keys=keys
        )
    assert desk.texts_with([HUGE, 5], [10, 11]) == {1: 2, 2: 2}
    assert desk.texts_with([HUGE, 3], [10, 11]) == {1: 1, 2: 2}
    assert desk.texts_with([HUGE, 5], [19]) == {3: 2}
    assert desk.periods() == [10, 11, 19]


def test_a_text_is_kept_as_long_as_someone_prints_it(desk: Store) -> None:
    assert desk.keep_printing(
        printing("a-dredge", 1), moment="9999 2", period=10, words=b"12", keys=[4]
    )
    assert not desk.keep_printing(
        printing("a-regatta", 1), moment="9999 2", period=20, words=b"12", keys=[4]
    )
    assert desk.keep_printing(
        printing("a-bakers", 2), moment="9999 2", period=20, words=b"34", keys=[4]
    )
    desk.keep_shared([Shared(1, 2, 30, ((0, 5, 20), (25, 25, 10)))])
    assert [one.article_id for one, _, _ in desk.printings_of([1])] == ["a-dredge", "a-regatta"]
    desk.drop_printing("a-dredge")
    assert desk.texts_with([4], [10]) == {}
    assert desk.texts_with([4], [20]) == {1: 1, 2: 1}
    assert desk.shared_by([1]) == [Shared(1, 2, 30, ((0, 5, 20), (25, 25, 10)))]
    desk.drop_printing("a-regatta")
    assert desk.words_of_texts([1, 2]) == {2: b"34"}
    assert desk.shared_by([2]) == []


def test_moments_are_kept(desk: Store) -> None:
    one = replace(printing("a-dredge", 1), credits=("afp", "harbour"), credit="AFP")
    desk.keep_printing(one, moment="9999 2", period=10, words=b"", keys=[])
    desk.keep_moments({"a-dredge": "2024-03-17T09:00 1"})
    assert desk.printings_of([1]) == [(one, 10, "2024-03-17T09:00 1")]


def test_words_can_be_analysed_anew(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "analysed", lambda _text, _language: "mud")
    desk.reindex()
    assert desk.find_articles(Words(("estuary",))) == []
    monkeypatch.undo()
    desk.reindex()
    assert set(desk.find_articles(Words(("estuary",)))) == {"a-dredge", "a-regatta"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("REGATTAS", {"a-dredge", "a-regatta"}),  # another form of the word
        ("estuary mud", {"a-regatta"}),  # every word is wanted
        ("eleves", {"a-rentree"}),  # without its accent
        ("l'élève", {"a-rentree"}),  # elided
        ('not "regatta" or', set()),  # FTS5's operators are only words
        ("zebra", set()),
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
    words = And(tuple(Words((word,)) for word in query.split()))
    assert set(desk.find_articles(words)) == found
