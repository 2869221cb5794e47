"""Both word indices hold the same words, find the same rows, and give them the same scores."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dragoman.store import Store, open_store
from dragoman.store.databases.matching import tokens
from dragoman.store.findable import GAP
from dragoman.store.phrases import Phrase
from dragoman.store.search import ARTICLE_WORDS, WordIndex
from tests.postgres import TEMPLATE, Server

WORDS = ("pier", "piers", "boat", "boats", "bo", "tide", "fog", "1⁄2", "порт", "œuvre", "\ue000")
LONG = "x" * 700
ROWS = 120


def texts(dice: Random) -> tuple[str, str]:
    first = " ".join(dice.choices(WORDS, k=dice.randrange(6)))
    second = " ".join(dice.choices(WORDS, k=dice.randrange(1, 60)))
    return first, second.replace("fog fog", f"fog{GAP}fog")


@pytest.fixture(scope="module")
def both(
    postgres: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Store]]:
    dice = Random(7)
    rows = {dice.randrange(1 << 40): texts(dice) for _ in range(ROWS)}
    rows[5] = ("", "")
    rows[6] = (f"{LONG} pier", " ".join(f"word{n}" for n in range(150_000)) + " last pier")
    rows[7] = (f"{LONG[:600]}y", "boat " * 20_000 + "tide fog")
    with (
        postgres.database(TEMPLATE) as address,
        open_store(tmp_path_factory.mktemp("words")) as one,
        open_store(address) as other,
    ):
        for store in (one, other):
            with store._writing() as connection:
                for number, words in rows.items():
                    ARTICLE_WORDS.put(connection, number, *words)
        yield one, other


def found(store: Store, every: list[list[Phrase]]) -> list[tuple[int, float]]:
    """Numbers and scores, the best first."""
    with store._reading() as connection:
        best = ARTICLE_WORDS.match(every, connection.dialect.name).best(1000)
        order = (best.c.score, best.c.number.desc())
        query = select(best.c.number, best.c.score).order_by(*order)
        return [(int(number), float(score)) for number, score in connection.execute(query)]


STEMS = st.lists(st.sampled_from(WORDS[:-1]), min_size=1, max_size=3).map(tuple)
PHRASES = st.builds(Phrase, STEMS, st.booleans())
ASKED = st.lists(st.lists(PHRASES, min_size=1, max_size=3), min_size=1, max_size=3)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(every=ASKED)
def test_the_same_rows_in_the_same_order_by_the_same_scores(
    both: tuple[Store, Store], every: list[list[Phrase]]
) -> None:
    one, other = (found(store, every) for store in both)
    assert one == other


@pytest.mark.parametrize(
    "phrase",
    [
        Phrase(("fog", "fog")),
        Phrase(("boat", "boat", "boat")),
        Phrase(("boat", "bo"), is_begun=True),
        Phrase(("last", "pier")),
        Phrase(("word149999",)),
        Phrase(("word1499",), is_begun=True),
        Phrase((LONG,)),
        Phrase((LONG[:600],), is_begun=True),
        Phrase((LONG[:300],), is_begun=True),
        Phrase(("tide", "fog")),
        Phrase(("nowhere",)),
    ],
    ids=lambda phrase: " ".join(phrase.stems)[:30],
)
def test_what_a_vector_has_no_room_for_is_found(both: tuple[Store, Store], phrase: Phrase) -> None:
    one, other = (found(store, [[phrase]]) for store in both)
    assert one == other
    assert bool(one) is (phrase.stems != ("nowhere",))


def test_what_is_held_is_given_back_and_goes(both: tuple[Store, Store]) -> None:
    index: WordIndex = ARTICLE_WORDS
    for store in both:
        with store._writing() as connection:
            index.put(connection, 1, "pier boat", f"tide{GAP}fog")
            assert index.held(connection, 1) == ("pier boat", f"tide{GAP}fog")
            index.remove(connection, 1)
            assert index.held(connection, 1) is None


def test_words_are_taken_as_fts5_takes_them() -> None:
    assert list(tokens("a1 1⁄2 Ab \ue000 x_y")) == [
        "a1",
        "1",
        "2",
        "ab",
        "\ue000",
        "x",
        "y",
    ]
