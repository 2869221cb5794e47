"""Ten thousand random queries against a filled desk: none crashes it, none takes a second.

The bound is a limit of safety, not a measure of speed: what it must catch takes many times longer.
It is of the time that the processor works, for on a busy machine any query may have to wait; and
the best of a few tries, for there even that time grows.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import QueryError
from dragoman.knowledge import Knowledge
from dragoman.query import read_query
from dragoman.query.parse import DEEPEST, MOST
from dragoman.store import Store, open_store
from tests import found

SECOND = 1.0
TRIES = 4
TOGETHER = 10
"""Queries of one example."""
TERMS = st.one_of(
    st.sampled_from((*found.WORDS, '"old harbour"', "minis*", '"vieux po"*', '"Baku bay"')),
    st.sampled_from(found.ACTORS).map(lambda one: f"actor:{one}"),
    st.sampled_from(("from:France", "to:Армения", "from:AZE,ARM", "to:nato")),
    st.sampled_from(tuple(found.CATEGORIES)).map(lambda one: f"category:{one}"),
    st.sampled_from(("quad:1", "quad:3,4", "status:planned", "told:news", "lang:fr,unknown")),
    st.sampled_from(("outlet:tass", 'outlet:"Harbour Post"', "place:AZE", "place:Baku")),
    st.sampled_from(("near:Baku", "near:40.18,44.51,5", "near:Baku,20000km")),
    st.dates().map(lambda day: f"after:{day}"),
    st.dates().map(lambda day: f"before:{day}"),
    st.sampled_from(("origins:>2", "origins:<2", "origins:1..3", "origins:0")),
)
QUERIES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        inner.map(lambda part: f"-({part})"),
    ),
    max_leaves=12,
)
TEXTS = st.text(max_size=80) | st.lists(
    st.sampled_from(("AND", "OR", "NOT", "(", ")", "-", '"', "aa", "minister", "near:Baku",
                     "lang:fr", "\x00", "\ud800", "%", "';--", "NEAR(a b)", "^x", "{a}:b",
                     "origins:>")),
    max_size=12,
).map(" ".join)  # fmt: skip


class Slowest:
    """The longest time that any query took, and which one."""

    seconds = 0.0
    text = ""
    asked = 0


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Iterator[Store]:
    knowledge.check()  # what it knows is loaded once, not by the first who asks
    with open_store(tmp_path_factory.mktemp("asked")) as store:
        found.settle(store, found.make())
        yield store


def ask(store: Store, knowledge: Knowledge, text: str, slowest: Slowest) -> None:
    took = answered(store, knowledge, text)
    for _ in range(TRIES - 1):
        if took < SECOND:
            break
        took = min(took, answered(store, knowledge, text))
    if took > slowest.seconds:
        slowest.seconds, slowest.text = took, text
    slowest.asked += 1


def answered(store: Store, knowledge: Knowledge, text: str) -> float:
    """Seconds of the processor's time until the query is answered or refused."""
    started = process_time()
    try:
        tree = read_query(text, knowledge)
        store.find_events(tree, order="best")
        store.find_articles(tree)
    except QueryError:
        pass
    return process_time() - started


@pytest.mark.parametrize(
    ("queries", "number"),
    [(QUERIES, 1000), (TEXTS, 2000), pytest.param(TEXTS, 9000, marks=pytest.mark.soak)],
)
def test_random_queries(
    desk: Store, knowledge: Knowledge, queries: st.SearchStrategy[str], number: int
) -> None:
    slowest = Slowest()

    @settings(
        max_examples=number // TOGETHER, deadline=None, database=None,
        suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow],
    )  # fmt: skip
    @given(texts=st.lists(queries, min_size=TOGETHER, max_size=TOGETHER))
    def run(texts: list[str]) -> None:
        for text in texts:
            ask(desk, knowledge, text, slowest)

    run()
    assert slowest.asked >= number
    assert slowest.seconds < SECOND, slowest.text


def test_the_largest_queries_that_are_taken(desk: Store, knowledge: Knowledge) -> None:
    """As many terms, and as deep, as the parser lets through."""
    slowest = Slowest()
    many = " ".join(f"w{n}" for n in range(MOST))
    deep = [
        f"{one} OR ".join([f"{sign}({other} "] * DEEPEST) + one + ")" * DEEPEST
        for sign in ("", "-")
        for one, other in (("aa", "lang:fr"), ("near:Baku", "category:AID"), ("from:AZE", "quad:1"))
    ]
    for text in (*deep, many, " OR ".join(many.split()), " ".join(["-category:AID"] * MOST)):
        tree = read_query(text, knowledge)
        ask(desk, knowledge, text, slowest)
        desk.facets("events", tree)
        desk.facets("articles", tree)
        desk.count_found("articles", tree)
    assert slowest.seconds < SECOND, slowest.text
