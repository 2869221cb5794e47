"""The atlas' offices against what other hands entered, blind (`hands/README.md`)."""

from __future__ import annotations

import pytest

from benchmarks.hands import HANDS, Term, agree, atlas_terms, common, compare, hand_terms, rows
from dragoman.knowledge import Knowledge

SHARE = 0.99
"""Of the terms in offices that a hand wrote about; the rest is told by `benchmarks.hands`."""


@pytest.fixture(scope="module")
def hands() -> list[Term]:
    return list(hand_terms())


def test_other_hands_confirm_the_atlas(knowledge: Knowledge, hands: list[Term]) -> None:
    result = compare(list(atlas_terms(knowledge.atlas)), hands)
    asked, confirmed = result["asked"], result["confirmed"]
    assert isinstance(asked, int)
    assert isinstance(confirmed, int)
    assert asked > 3000
    assert confirmed / asked >= SHARE


def test_every_table_is_read(hands: list[Term]) -> None:
    assert {t.hand for t in hands} == {path.stem for path in HANDS.glob("*.tsv")}


@pytest.mark.parametrize(
    ("one", "other", "due"),
    [
        ("2004-02-17", "2004-02-17", "2004-02-17"),
        ("2004-02-17", "2004-02-18", "2004-02-17"),  # last day, first day
        ("2004-12-31", "2005-01-01", "2004-12-31"),
        ("2004-02-17", "2004-02-25", "2004-02"),
        ("2004-02-17", "2004-11-02", "2004"),
        ("2004-02-17", "2004", "2004"),
        ("2004-02", "2005-02", None),
    ],
)
def test_dates_agree_as_far_as_they_do(one: str, other: str, due: str | None) -> None:
    assert common(one, other) == due


def term(name: str, start: str, end: str | None, hand: str = "atlas") -> Term:
    return Term((name,), "president", "PER", start, end, hand)


def test_two_spellings_of_one_term_are_one() -> None:
    one = term("Alejandro Toledo", "2001-07-28", "2006-07-28")
    other = term("Alejandro Toledo Manrique", "2001-07", "2006-07-28", "second")
    assert one.is_of(other)
    assert agree(one, other).whole
    assert agree(one, other).start == "2001-07"


def test_cousins_and_other_times_are_not_one() -> None:
    one = term("Alan Garcia", "1985-07-28", "1990-07-28")
    assert not one.is_of(term("Alan Garcia", "2006-07-28", "2011-07-28", "second"))
    assert not one.is_of(term("Alberto Fujimori", "1985-07-28", "1990-07-28", "second"))


def test_a_row_needs_two_hands(knowledge: Knowledge) -> None:
    new = term("Nobody Known", "1901-01-01", "1902-01-01", "second")
    assert not [row for row in rows(knowledge.atlas, [new]) if "nobody" in row]
    again = term("Nobody Known", "1901-01-01", "1902-01-01", "third")
    found = [row for row in rows(knowledge.atlas, [new, again]) if "nobody" in row]
    assert [row.split("\t")[0] for row in found] == ["nobody-known", "nobody-known"]
