"""Groups do not depend on the order of arrival, and ids follow the larger part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.grouping import Group, connected, named, ruled
from dragoman.model import Grouping, Joining, Parting


def groups(*texts: str) -> list[Group]:
    return [frozenset(text) for text in texts]


def graph(*edges: str) -> Callable[[str], set[str]]:
    def linked(node: str) -> set[str]:
        return {edge.replace(node, "") or node for edge in edges if node in edge}

    return linked


@pytest.mark.parametrize(
    ("nodes", "edges", "parts"),
    [
        ("abc", (), ("a", "b", "c")),
        ("abc", ("ac",), ("ac", "b")),
        ("a", ("ac", "cd", "be"), ("acd",)),  # what is linked belongs to it, named or not
        ("", (), ()),
    ],
)
def test_parts_are_what_links_reach(
    nodes: str, edges: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    assert connected(nodes, graph(*edges)) == groups(*parts)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))), st.randoms())
def test_parts_are_the_same_in_any_order(edges: list[tuple[str, str]], random: object) -> None:
    nodes = list("abcdef")
    first = connected(nodes, graph(*(a + b for a, b in edges)))
    assert first == connected(nodes[::-1], graph(*(b + a for a, b in edges[::-1])))
    assert sorted("".join("".join(p) for p in first)) == nodes


@pytest.mark.parametrize(
    ("before", "after", "ids", "redirects"),
    [
        ({}, ("ab",), {"=a": "ab"}, {}),
        ({"1": "a"}, ("ab",), {"1": "ab"}, {}),
        # A merge keeps the id of the larger one, or the lesser id of equals.
        ({"1": "a", "2": "bc"}, ("abc",), {"2": "abc"}, {"1": "2"}),
        ({"2": "a", "1": "b"}, ("ab",), {"1": "ab"}, {"2": "1"}),
        # A split keeps it with the larger part.
        ({"1": "abc"}, ("a", "bc"), {"=a": "a", "1": "bc"}, {}),
        # An id that another group already has is not given twice.
        ({"=a": "abc"}, ("a", "bc"), {"=a 2": "a", "=a": "bc"}, {}),
        # The smaller part goes elsewhere: nothing is redirected to it.
        ({"1": "abc", "2": "d"}, ("ad", "bc"), {"2": "ad", "1": "bc"}, {}),
        ({"1": "a"}, (), {}, {}),
    ],
)
def test_ids_go_on(
    before: Mapping[str, str],
    after: tuple[str, ...],
    ids: Mapping[str, str],
    redirects: Mapping[str, str],
) -> None:
    found = named(before, groups(*after), lambda member: f"={member}")
    assert {name: "".join(sorted(group)) for name, group in found.groups.items()} == ids
    assert found.redirects == redirects


def test_an_id_taken_elsewhere_is_not_given() -> None:
    found = named({}, groups("ab"), lambda m: f"={m}", is_free=lambda made: made != "=a")
    assert set(found.groups) == {"=b"}


def test_what_comes_apart_again_gets_the_id_it_had() -> None:
    """Groups 1 and 2 are named by a and c; 2 went into 1."""

    def taken_in(known: Collection[str]) -> Mapping[str, str]:
        return {"=c": "=a"} if "=a" in known else {}

    for before, after in (("abcd", ("ab", "cd")), ("abc", ("ab", "c")), ("abcd", ("cd", "ab"))):
        found = named({"=a": before}, groups(*after), lambda m: f"={m}", taken_in=taken_in)
        assert {name: min(group) for name, group in found.groups.items()} == {"=a": "a", "=c": "c"}
    # Nothing of it is left apart: the redirect stays as it is.
    found = named({"=a": "abc"}, groups("abc", "d"), lambda m: f"={m}", taken_in=taken_in)
    assert (set(found.groups), found.redirects) == ({"=a", "=d"}, {"=c": "=a"})


def test_the_elder_of_two_ids_goes_on() -> None:
    before = {"1": "a", "2": "b"}
    assert set(named(before, groups("ab"), str).groups) == {"1"}
    assert set(named(before, groups("ab"), str, elder=("2",)).groups) == {"2"}


def joining(*texts: str) -> Joining:
    return Joining("event", texts, tuple(map(tuple, texts)))


def parting(out: str, rest: str) -> Parting:
    return Parting("event", "e", tuple(out), tuple(rest))


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        (("ab", "c", "d"), (joining("a", "c"),), ("abc", "d")),
        (("ab", "c"), (joining("a", "x"),), ("ab", "c")),  # x is not in the desk
        (("abc",), (parting("a", "b"),), ("a", "bc")),  # c stays with the rest
        (("ac", "b"), (parting("a", "b"),), ("ac", "b")),  # nothing of the rest is with it
        (("abcd",), (parting("ab", "cd"),), ("ab", "cd")),
        (("a", "b"), (joining("a", "b"), parting("a", "b")), ("a", "b")),
        (("a", "b"), (parting("a", "b"), joining("a", "b")), ("ab",)),
        (("a", "b", "c"), (joining("a", "b"), joining("b", "c")), ("abc",)),
    ],
)
def test_people_join_and_part_groups(
    before: tuple[str, ...], words: tuple[Grouping, ...], after: tuple[str, ...]
) -> None:
    assert ruled(groups(*before), words) == groups(*after)


@given(
    st.permutations(["ab", "cd", "e", "fg"]),
    st.lists(st.sets(st.sampled_from("abcdefg"), min_size=2).map(sorted).map("".join)),
)
def test_groups_as_people_will_have_them_do_not_hang_on_an_order(
    before: list[str], said: list[str]
) -> None:
    words = [joining(some) if i % 2 else parting(some[0], some[1:]) for i, some in enumerate(said)]
    made = ruled(groups(*before), words)
    assert made == ruled(groups(*sorted(before)), words)
    assert sorted("".join(member for group in made for member in group)) == list("abcdefg")
