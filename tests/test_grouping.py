"""Groups do not depend on the order of arrival, and ids follow the larger part."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.grouping import Group, connected, named


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
