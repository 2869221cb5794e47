"""Copies in a desk are a function of the articles it holds, whatever order they came in."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.desk.copies import Copies
from dragoman.knowledge.outlets import Outlet, outlets_of
from dragoman.model import Article, Kept, Reading
from dragoman.store import Store, open_store
from tests.desks import dump
from tests.link.copied import FERRY, ORCHARD, OWN, RETOLD, article

OUTLETS = outlets_of(
    [
        Outlet("coast", "Coast News Agency", domains=("coast.example",), kind="agency"),
        Outlet("north", "North Post", domains=("north.example",)),
    ]
)
LONGER = (*FERRY, OWN[0])
QUOTE = (*OWN[:3], *FERRY[1:4], *OWN[3:])
ALONE = (
    "A choir of forty miners has recorded the songs that their grandfathers sang underground.",
    "The record is sold at the pit museum, and half of what it earns goes to the roof.",
)
FAMILY = [
    article("wire", FERRY, published="2024-03-18T09:00", host="coast"),
    article("credited", FERRY, published="2024-03-17T22:00", credit="Coast News Agency"),
    article("same-minute", FERRY, published="2024-03-18T09:00"),
    article("day", FERRY),
    article("another-day", FERRY),
    article("undated", FERRY, published=None),
    article("cut", FERRY[:3], published="2024-03-18"),
    article("cut-undated", FERRY[:3], published=None),
    article("topped", (OWN[0], *FERRY), published="2024-03-18T11:00"),
    article("quoting", QUOTE, published="2024-03-20"),
    article("merged", (*FERRY[:3], *ORCHARD[:3]), published="2024-03-19"),
    article("orchard", ORCHARD, published="2024-03-02"),
    article("years-later", FERRY, published="2026-11-01"),
    article("quoting-years-later", QUOTE[1:], published="2026-11-02"),
    article("retold", RETOLD, published="2024-03-19", credit="Coast News Agency"),
    article("retold-again", RETOLD, published="2024-03-20", credit="Coast News Agency"),
    article("uncredited", (*RETOLD[::-1],), published="2024-03-19"),
    article("alone", ALONE, published="2024-03-18"),
]
TABLES = ("printings", "copy_texts", "copy_keys", "copy_shared", "copies")


def keep(store: Store, found: Article) -> set[str]:
    with store.together():
        store.keep(Kept(found, Reading(found.id, "en")), {})
        return Copies(store, OUTLETS).keep(found)


def rows(home: Path) -> dict[str, list[tuple[object, ...]]]:
    held = dump(home)
    return {table: held[table] for table in TABLES}


def settled(home: Path, found: Iterable[Article]) -> dict[str, list[tuple[object, ...]]]:
    with open_store(home) as store:
        for one in found:
            keep(store, one)
    return rows(home)


@given(order=st.permutations(FAMILY))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_order_gives_the_same_tree(order: list[Article], tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    expected = rows(whole) if whole.exists() else settled(whole, FAMILY)
    number = len(list(tmp_path.iterdir()))
    assert settled(tmp_path / f"shuffled-{number}", order) == expected


def test_the_tree(tmp_path: Path) -> None:
    settled(tmp_path, FAMILY)
    with open_store(tmp_path) as store:
        origins = {
            one.id.removeprefix("a-"): [
                (link.origin_id.removeprefix("a-"), link.kind, link.basis)
                for link in store.copy_links(one.id)
            ]
            for one in FAMILY
        }
        family = store.family("a-wire")
    assert origins["wire"] == origins["orchard"] == origins["alone"] == []
    assert origins["credited"] == [("wire", "whole", "stated")]
    assert origins["years-later"] == [("wire", "whole", "time")]
    assert [kind for _, kind, _ in origins["merged"]] == ["merged", "merged"]
    assert {origin for origin, _, _ in origins["merged"]} >= {"orchard"}
    assert [kind for _, kind, _ in origins["quoting"]] == ["excerpt"]
    # What it quotes was printed near it, and by the wire first of all.
    assert [origin for origin, _, _ in origins["quoting-years-later"]] == ["wire"]
    assert origins["retold"] == [("wire", "rewrite", "stated")]
    assert [kind for _, kind, _ in origins["retold-again"]] == ["whole"]
    assert "a-alone" not in family
    assert len(family) == len(FAMILY) - 1


def test_a_late_older_text_becomes_the_root(tmp_path: Path) -> None:
    early = article("early", FERRY, published="2024-03-10T08:00")
    later = [article(f"later-{n}", FERRY, published=f"2024-03-1{n}") for n in (4, 5, 6)]
    with open_store(tmp_path) as store:
        for one in later:
            keep(store, one)
        assert store.origin_of("a-later-6") == ("a-later-4", 1.0)
        assert keep(store, early) == {one.id for one in later}
        assert {store.origin_of(one.id) for one in later} == {("a-early", 1.0)}


def test_capitals_of_whoever_came_first_tell_no_names(tmp_path: Path) -> None:
    """A form filled in anew is told by its names: the same words without capitals have none, and
    whether they came first must not count."""
    form = (
        "The river at {} stood {} centimetres above its mark when the gauge of {} was read, and "
        "the lock of {} stays shut until the engineers of {} have been there.",
    )
    towns = ("Kutaisi", "Bergen", "Aqaba", "Cork"), ("Tartu", "Izmir", "Split", "Varna")
    one, other = (
        article(n, [form[0].format(t[0], 7, *t[1:])]) for n, t in zip("ab", towns, strict=True)
    )
    # Paper c prints a's text in small letters.
    small = article("c", [form[0].format(towns[0][0], 7, *towns[0][1:]).lower()])
    found = [
        settled(tmp_path / f"{n}", order)
        for n, order in enumerate(itertools.permutations((one, other, small)))
    ]
    assert all(rows == found[0] for rows in found)


CREDITING = (
    [  # one text, printed by the agency and by a paper that credits the North Post
        article("wire", LONGER, published="2024-03-18T09:00", host="coast"),
        article("b-again", LONGER, published="2024-03-19", credit="North Post"),
        article("east", RETOLD, published="2024-03-20"),
        article("told", RETOLD, published="2024-03-18", host="north", credit="Coast News Agency"),
    ],
    [  # whoever credits the North Post does so half a year later
        article("plain", FERRY, published="2024-03-18"),
        article("late", FERRY, published="2024-09-18", credit="North Post"),
        article("told", RETOLD, published="2024-03-18", host="north"),
    ],
)


@pytest.mark.parametrize("printed", CREDITING)
def test_each_pair_counts_by_its_own_credits_and_times(
    printed: list[Article], tmp_path: Path
) -> None:
    expected = settled(tmp_path / "expected", printed)
    for n, order in enumerate(itertools.permutations(printed)):
        assert settled(tmp_path / f"{n}", order) == expected, [one.id for one in order]
    for gone in printed:
        home = tmp_path / f"without-{gone.id}"
        settled(home, printed)
        with open_store(home) as store, store.together():
            Copies(store, OUTLETS).forget(gone.id)
            store.forget(gone.id, "asked for")
        left = [one for one in printed if one is not gone]
        assert rows(home) == settled(tmp_path / f"never-{gone.id}", left), gone.id


def test_keeping_again_changes_nothing(tmp_path: Path) -> None:
    before = settled(tmp_path, FAMILY)
    with open_store(tmp_path) as store:
        assert all(keep(store, one) == set() for one in FAMILY)
    assert rows(tmp_path) == before


def test_a_text_that_changes_leaves_its_copies(tmp_path: Path) -> None:
    changed = [*FAMILY[1:], article("wire", OWN, published="2024-03-18T09:00", host="coast")]
    expected = settled(tmp_path / "expected", changed)
    settled(tmp_path / "changed", FAMILY)
    with open_store(tmp_path / "changed") as store:
        assert "a-credited" in keep(store, changed[-1])
    assert rows(tmp_path / "changed") == expected


def test_forgetting_is_as_if_it_had_never_come(tmp_path: Path) -> None:
    for gone in FAMILY:
        name = gone.id.removeprefix("a-")
        if name not in {"wire", "cut", "quoting", "retold", "undated"}:
            continue
        settled(tmp_path / f"whole-{name}", FAMILY)
        with open_store(tmp_path / f"whole-{name}") as store, store.together():
            Copies(store, OUTLETS).forget(gone.id)
            store.forget(gone.id, "asked for")
        others = [one for one in FAMILY if one is not gone]
        assert rows(tmp_path / f"whole-{name}") == settled(tmp_path / f"less-{name}", others), name
