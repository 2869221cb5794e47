"""Samples: who is in them hangs on seed and record alone, and no stratum is left out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.checking.sampling import FEW, STRATA, allotted, draw, parted_by
from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.knowledge.outlets import Outlets
from dragoman.model.audit import AuditItem
from tests.checking.samples import row_of, rows_of

NONE_KNOWN = Outlets()


def ids(items: tuple[AuditItem, ...]) -> list[str]:
    return [one.report_id for one in items]


def test_a_sample_is_a_function_of_seed_and_record() -> None:
    rows = list(rows_of(CONSULT=80, ACCUSE=20))
    _, first = draw(rows, ["category"], 20, 1, NONE_KNOWN)
    random.Random(4).shuffle(rows)
    _, again = draw(iter(rows), ["category"], 20, 1, NONE_KNOWN)
    _, other = draw(rows, ["category"], 20, 2, NONE_KNOWN)
    assert again == first
    assert ids(other) != ids(first)
    assert len(set(ids(first))) == 20


def test_what_is_drawn_stays_when_others_come() -> None:
    """With twice the reports a sample has none of the old ones that it did not have before."""
    few = set(ids(draw(rows_of(CONSULT=40), [], 10, 1, NONE_KNOWN)[1]))
    many = ids(draw(rows_of(CONSULT=80), [], 10, 1, NONE_KNOWN)[1])
    old = {f"r-consult-{i}" for i in range(40)}
    assert {one for one in many if one in old} <= few


def test_strata_share_by_size_and_none_is_left_out() -> None:
    strata, items = draw(rows_of(CONSULT=700, ACCUSE=290, AID=8, ASSAULT=2), ["category"], 100, 1,
                         NONE_KNOWN)  # fmt: skip
    drawn = {one.values[0]: (one.reports, one.drawn) for one in strata}
    assert drawn == {
        "ACCUSE": (290, 27), "AID": (8, FEW), "ASSAULT": (2, 2), "CONSULT": (700, 66),
    }  # fmt: skip
    assert len(items) == 100
    # They are read in an order that is no order of strata.
    assert len({one.stratum for one in items[:30]}) > 1


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30), st.integers(1, 500))
def test_every_place_is_given_and_no_stratum_has_more_than_it_holds(
    numbers: list[int], wanted: int
) -> None:
    sizes: dict[tuple[str, ...], int] = {(str(i),): number for i, number in enumerate(numbers)}
    if len(sizes) > wanted:
        with pytest.raises(DragomanError, match="raise --n"):
            allotted(sizes, wanted)
        return
    made = allotted(sizes, wanted)
    assert sum(made.values()) == min(wanted, sum(numbers))
    assert all(1 <= made[one] <= size for one, size in sizes.items())


def test_nothing_to_draw_from_is_said() -> None:
    with pytest.raises(DragomanError, match="finds no report"):
        draw([], ["category"], 10, 1, NONE_KNOWN)


def test_what_a_sample_is_parted_by(knowledge: Knowledge) -> None:
    row = row_of("one", language=None, day=None)
    values = {name: of(row, knowledge.outlets) for name, of in STRATA.items()}
    assert values == {
        "category": "CONSULT", "root": "CONSULT", "quad": "1", "status": "happened",
        "told": "news", "lang": "unknown", "outlet": "pier.example", "year": "2024",
    }  # fmt: skip
    assert parted_by(" lang,category, lang") == ("lang", "category")
    assert parted_by("") == ()
    with pytest.raises(DragomanError, match="'colour'"):
        parted_by("lang,colour")


def test_a_reader_is_shown_the_code_and_not_what_the_machine_thinks_of_it() -> None:
    _, (item,) = draw([row_of("one")], [], 5, 1, NONE_KNOWN)
    assert item.shown is not None
    assert item.shown.sentence == "Ministers meet in the old harbour"
    assert item.shown.act == "meet"
    assert [side.actor for side in item.shown.sources] == ["AZE"]
    assert "confidence" not in type(item.shown).__dataclass_fields__
    assert "why" not in type(item.shown).__dataclass_fields__
