"""What counts as the same, who goes with whom, and what is told apart."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.checking.asked import kilometres, may_be
from dragoman.checking.assigning import assigned
from dragoman.checking.compared import COLUMNS, compared_json, compared_rows
from dragoman.checking.comparison import Alike, Comparison, Ours, compare
from dragoman.checking.foreign import ForeignEvent, Odd, Row
from dragoman.knowledge import Knowledge
from dragoman.model.query import (
    EVERYTHING,
    And,
    Between,
    Near,
    Not,
    OfActor,
    OfCategory,
    OfQuad,
    Or,
    Query,
    Words,
)

DAY = date(2024, 3, 17)
BAKU, GANJA = (40.41, 49.87), (40.68, 46.36)
QUADS = {"CONSULT": 1, "AGREE": 1, "ACCUSE": 3, "ASSAULT": 4, "COERCE": 4}


def ours(
    name: str,
    *,
    after: int = 0,
    lasts: int = 1,
    source: str | None = "ARM",
    target: str | None = "AZE",
    category: str = "ACCUSE",
    spot: tuple[float, float] | None = None,
    is_dated: bool = True,
) -> Ours:
    """An event so many days after DAY."""
    start = DAY + timedelta(days=after)
    end = start + timedelta(days=lasts - 1)
    return Ours(
        f"e-{name}",
        start if is_dated else None,
        end if is_dated else None,
        source,
        target,
        category,
        "happened",
        spot,
        f"Of {name}.",
        f"/e-{name}",
    )


def theirs(
    name: str,
    *,
    after: int = 0,
    source: str = "ARM",
    target: str = "AZE",
    categories: tuple[str, ...] = ("ACCUSE",),
    spot: tuple[float, float] | None = None,
) -> ForeignEvent:
    sides = [tuple(side.split()) for side in (source, target)]
    day = DAY + timedelta(days=after)
    return ForeignEvent(1, name, day, sides[0], sides[1], categories, spot, name, "")


def laid(
    events: list[Ours], rows: list[Row], alike: Alike | None = None, asked: Query = EVERYTHING
) -> Comparison:
    return compare(events, rows, QUADS, alike or Alike(), asked)


def pairs(made: Comparison) -> set[tuple[str, str]]:
    return {(pair.ours.id, pair.theirs.id) for pair in made.both}


def is_same(one: Ours, row: ForeignEvent, alike: Alike | None = None) -> bool:
    return bool(laid([one], [row], alike).both)


def test_the_same_is_pair_category_and_day() -> None:
    one = ours("one")
    assert is_same(one, theirs("x"))
    assert is_same(one, theirs("x", after=1))
    assert is_same(one, theirs("x", source="RUS ARM", categories=("ASSAULT", "ACCUSE")))
    assert not is_same(one, theirs("x", after=-2))
    assert not is_same(one, theirs("x", source="AZE", target="ARM"))
    assert not is_same(one, theirs("x", target="RUS"))
    assert not is_same(one, theirs("x", categories=("CONSULT",)))


def test_what_is_the_same_can_be_widened() -> None:
    assert is_same(ours("one"), theirs("x", after=3), Alike(days=3))
    turned = theirs("x", source="AZE", target="ARM")
    assert is_same(ours("one"), turned, Alike(unordered=True))
    taken = theirs("x", categories=("COERCE",))
    assert not is_same(ours("one", category="ASSAULT"), taken)
    assert is_same(ours("one", category="ASSAULT"), taken, Alike(by_quad=True))


def test_a_town_counts_where_both_tell_one() -> None:
    here = ours("one", spot=BAKU)
    assert is_same(here, theirs("x", spot=(40.45, 49.80)))
    assert is_same(here, theirs("x"))
    assert not is_same(here, theirs("x", spot=GANJA))
    assert is_same(here, theirs("x", spot=GANJA), Alike(km=400))
    (pair,) = laid([here], [theirs("x", spot=GANJA)], Alike(km=400)).both
    assert pair.km == pytest.approx(298, abs=3)  # as an atlas has it, within a hundredth


def test_an_event_of_some_days_goes_with_a_row_of_any_of_them() -> None:
    assert is_same(ours("one", lasts=4), theirs("x", after=4))
    assert not is_same(ours("one", lasts=4), theirs("x", after=5))
    assert laid([ours("month", lasts=8)], [theirs("x")]).unfit == {"no day": 1}


def test_the_nearest_go_together_and_as_many_as_can() -> None:
    """The first event may have either row, the second only that which is best for the first."""
    made = laid(
        [ours("one"), ours("two", after=-1)],
        [theirs("same-day"), theirs("day-after", after=1)],
    )
    assert pairs(made) == {("e-one", "day-after"), ("e-two", "same-day")}
    made = laid([ours("one")], [theirs("next", after=1), theirs("near", spot=None)])
    assert pairs(made) == {("e-one", "near")}
    assert [row.id for row in made.again] == ["next"]


def test_the_order_of_events_and_rows_does_not_matter() -> None:
    events = [ours(str(n), after=n % 4) for n in range(12)]
    rows: list[Row] = [theirs(f"t{n}", after=(n * 7) % 5) for n in range(9)]
    first = laid(events, rows)
    random.Random(2).shuffle(events)
    assert pairs(laid(events, rows)) == pairs(first)
    assert len(first.both) == 9


def test_what_can_t_be_compared_is_told_apart() -> None:
    rows: list[Row] = [
        theirs("fits"),
        theirs("fits-again", after=1),
        theirs("other-pair", target="RUS"),
        theirs("statement", categories=()),
        theirs("nobody", source=""),
        theirs("long-ago", after=-9),
        Odd(7, "60 columns"),
    ]
    events = [
        ours("one"), ours("alone", category="ASSAULT"), ours("whom", target=None),
        ours("when", is_dated=False), ours("later", after=30),
    ]  # fmt: skip
    made = laid(events, rows)
    assert pairs(made) == {("e-one", "fits")}
    assert [one.id for one in made.here] == ["e-alone"]
    assert [row.id for row in made.there] == ["other-pair"]
    assert [row.id for row in made.again] == ["fits-again"]
    assert made.unfit == {"no actor": 1, "no day": 1, "outside the file's days": 1}
    assert made.aside == {
        "no category": 1, "no actor": 1, "outside the days": 1, "malformed": 1,
    }  # fmt: skip
    assert made.by_category() == {
        "ACCUSE": {"both": 1, "there": 1, "again": 1},
        "ASSAULT": {"here": 1},
    }
    assert made.by_month() == {"2024-03": {"both": 1, "here": 1, "there": 1, "again": 1}}


def test_rows_before_and_after_the_events_are_told_apart() -> None:
    made = laid([ours("one")], [theirs("x", after=n) for n in (-3, -1, 0, 2)])
    assert made.aside == {"outside the days": 2}


def test_a_comparison_is_written_down() -> None:
    made = laid([ours("one", spot=BAKU)], [theirs("x", spot=BAKU), theirs("y", target="RUS")])
    told = compared_json(made, "gdelt", 1)
    assert (told["both"], told["here"], told["there"], told["again"]) == (1, 0, 1, 0)
    assert told["first_day"] == told["last_day"] == "2024-03-17"
    assert "copies" in str(told["caveat"])
    rows = list(compared_rows(made))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    cells = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert [(row["where"], row["event"], row["their_id"]) for row in cells] == [
        ("both", "e-one", "x"), ("there", "", "y"),
    ]  # fmt: skip
    assert (cells[0]["sentence"], cells[0]["km"]) == ("Of one.", 0.0)


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (EVERYTHING, True),
        (OfActor(("AZE",)), True),
        (OfActor(("AZE",), "source"), False),
        (OfCategory(("ACCUSE", "AGREE")), True),
        (OfQuad((4,)), False),
        (Between("2024-03-17", None), True),
        (Between(None, "2024-03-16"), False),
        (Near(*BAKU, km=10), True),
        (Near(*GANJA, km=10), False),
        (Words(("harbour",)), None),
        (And((OfActor(("AZE",)), Words(("harbour",)))), None),
        (And((OfActor(("RUS",)), Words(("harbour",)))), False),
        (Or((OfActor(("AZE",)), Words(("harbour",)))), True),
        (Or((OfActor(("RUS",)), Words(("harbour",)))), None),
        (Not(OfActor(("RUS",))), True),
        (Not(Words(("harbour",))), None),
    ],
)
def test_a_query_is_put_to_a_row_as_far_as_it_can_tell(query: Query, answer: bool | None) -> None:
    assert may_be(query, theirs("x", spot=BAKU), QUADS) is answer


def test_rows_that_nobody_asked_for_are_not_missing_here() -> None:
    asked = And((OfActor(("AZE",)), Words(("harbour",))))
    made = laid([ours("one")], [theirs("x"), theirs("y", target="RUS")], asked=asked)
    assert made.aside == {"not asked for": 1}
    assert made.undecided
    assert not laid([ours("one")], [theirs("x")], asked=OfActor(("AZE",))).undecided


def test_kilometres_across_the_date_line() -> None:
    assert kilometres((0, 179.9), (0, -179.9)) == pytest.approx(22.2, abs=0.1)


@given(st.lists(st.dictionaries(st.integers(0, 4), st.integers(0, 9), max_size=4), max_size=4))
def test_an_assignment_is_the_best_there_is(costs: list[dict[int, int]]) -> None:
    """Against all there are: as many pairs as can be, then the least cost."""
    found = assigned(len(costs), lambda left: costs[left].items())
    assert len(set(found.values())) == len(found)
    best = min(
        (len(costs) - len(made), sum(costs[left][right] for left, right in made))
        for made in _assignments(costs)
    )
    assert (len(costs) - len(found), sum(costs[i][j] for i, j in found.items())) == best


def _assignments(costs: list[dict[int, int]]) -> Iterator[list[tuple[int, int]]]:
    nobody = [None] * len(costs)
    for chosen in permutations([*range(5), *nobody], len(costs)):
        made = [(left, right) for left, right in enumerate(chosen) if right is not None]
        if all(right in costs[left] for left, right in made):
            yield made


def test_quads_of_the_codebook_are_those_asked_for(knowledge: Knowledge) -> None:
    assert all(knowledge.codebook.quad(name) == quad for name, quad in QUADS.items())
