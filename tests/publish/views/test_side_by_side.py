"""Two texts side by side: what is the same, added and left out, by paragraph."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.link.alignment import changes
from dragoman.model import Article, Block, Label
from dragoman.publish.views.side_by_side import (
    FOLDED,
    Piece,
    Row,
    Side,
    SideBySide,
    plain,
    side_by_side,
)

ROPE = "The harbour office moved the rope ferry to the northern pier on Monday morning."
TIDE = "A low tide had left the old landing dry for the better part of the week."
FARE = "The fare stays the same, and so does the timetable of the evening boats."
LONG = " ".join(f"keeper{i} lights lamp{i}" for i in range(60)) + "."


def article(*lines: str, furniture: str = "") -> Article:
    text, blocks = "", []
    labelled: list[tuple[Label, str]] = [("headline", "Rope ferry moves")]
    labelled += [("body", line) for line in lines]
    if furniture:
        labelled.insert(2, ("share", furniture))
    for label, line in labelled:
        blocks.append(Block(label, len(text), len(text) + len(line), "test"))
        text += line + "\n"
    return Article("a-1", "c-1", text, "en", blocks=tuple(blocks))


def compared(origin: Article, copy: Article) -> SideBySide:
    return side_by_side(Side(origin), Side(copy), changes(origin, copy))


def said(row: Row, kind: str) -> str:
    return "".join(piece.text for piece in row.pieces if piece.kind == kind)


def test_the_same_text_is_one_row() -> None:
    found = compared(article(ROPE, TIDE), article(ROPE, TIDE))
    assert [row.kind for row in found.rows] == ["same"]
    assert [piece.text for piece in found.rows[0].pieces] == [ROPE, TIDE]
    assert (found.same, found.added, found.removed) == (30, 0, 0)


def test_what_is_cut_and_added_stands_in_rows_of_its_own() -> None:
    found = compared(article(ROPE, TIDE, FARE), article("Passengers grumbled.", ROPE, FARE))
    kinds = [row.kind for row in found.rows]
    assert kinds == ["added", "same", "removed", "same"]
    assert said(found.rows[0], "inserted") == "Passengers grumbled."
    assert said(found.rows[2], "deleted") == TIDE
    assert (found.added, found.removed) == (2, 16)


def test_a_changed_word_stands_in_its_paragraph_with_its_marks() -> None:
    copy = ROPE.replace("northern pier on Monday", "southern pier on Monday")
    (row,) = compared(article(ROPE), article(copy)).rows
    assert row.kind == "changed"
    assert [(p.kind, p.text) for p in row.pieces] == [
        ("equal", "The harbour office moved the rope ferry to the "),
        ("deleted", "northern "),
        ("inserted", "southern "),
        ("equal", "pier on Monday morning."),
    ]


def test_nothing_of_either_body_is_lost() -> None:
    origin = article(ROPE, f"“{TIDE}” (so the office)", FARE)
    copy = article(f"{ROPE} {FARE}", "Nobody knew why.", TIDE)
    found = compared(origin, copy)
    pieces = [piece for row in found.rows for piece in row.pieces]
    now = "".join(p.text + " " for p in pieces if p.kind != "deleted").split()
    assert now == f"{ROPE} {FARE} Nobody knew why. {TIDE}".split()


WORDS = ["a", "quay,", "l'eau", "“boat”", "no-one", "(pier)", "14", "km.", "x…"]
LINES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join), max_size=6)


@settings(max_examples=150, deadline=None)
@given(LINES, LINES)
def test_every_word_of_both_stands_once_in_its_order(was: list[str], now: list[str]) -> None:
    found = compared(article(*was), article(*now))
    pieces = [piece for row in found.rows for piece in row.pieces if piece.text]
    if not any(piece.left_out for row in found.rows for piece in row.pieces):
        copy = " ".join(piece.text for piece in pieces if piece.kind != "deleted")
        assert re.findall(r"\w+", copy) == re.findall(r"\w+", " ".join(now))
    origin = " ".join(piece.text for piece in pieces if piece.kind == "deleted")
    words = re.findall(r"\w+", " ".join(was))
    assert sorted(re.findall(r"\w+", origin)) == sorted(set_aside(words, pieces))


def set_aside(words: list[str], pieces: list[Piece]) -> list[str]:
    """The origin's words without those that are the same in both."""
    left = list(words)
    for word in re.findall(r"\w+", " ".join(p.text for p in pieces if p.kind == "equal")):
        left.remove(word)
    return left


def test_furniture_between_paragraphs_is_not_shown() -> None:
    """A share bar in the middle of what is the same in both belongs to neither."""
    found = compared(article(ROPE, TIDE), article(ROPE, TIDE, furniture="Tell a friend"))
    assert "friend" not in "".join(piece.text for row in found.rows for piece in row.pieces)
    assert [row.kind for row in found.rows] == ["same"]


def test_what_is_long_and_the_same_is_folded() -> None:
    found = compared(article(LONG, TIDE), article(LONG, FARE))
    assert found.rows[0].words > FOLDED
    assert [row.is_folded for row in found.rows][:1] == [True]
    inside = compared(article(f"{LONG} {TIDE}"), article(f"{LONG} {FARE}"))
    gap = next(piece for piece in inside.rows[0].pieces if piece.left_out)
    assert not gap.is_withheld
    assert inside.is_whole
    assert inside.same > gap.left_out


def test_what_may_not_be_shown_is_counted_in_its_place() -> None:
    origin, copy = article(ROPE, TIDE), article(ROPE, FARE)
    start = copy.text.index(ROPE)
    shown = [(start, start + len(ROPE))]
    found = side_by_side(Side(origin, []), Side(copy, shown), changes(origin, copy))
    texts = [piece.text for row in found.rows for piece in row.pieces]
    assert ROPE in texts
    assert not any(word in " ".join(texts) for word in ("tide", "fare"))
    assert not found.is_whole
    assert found.added + found.same == 28


def test_a_paragraph_that_was_cut_is_shown_whole() -> None:
    """The next one begins with the same words, so a diff alone can't tell where the cut is."""
    cut, kept = "The quay is wet and nobody minds it.", "The quay leads to the old customs house."
    found = compared(article(ROPE, cut, kept), article(ROPE, kept))
    assert [(row.kind, said(row, "deleted")) for row in found.rows if row.kind != "same"] == [
        ("removed", cut)
    ]
    found = compared(article(ROPE, kept), article(ROPE, cut, kept))
    assert [(row.kind, said(row, "inserted")) for row in found.rows if row.kind != "same"] == [
        ("added", cut)
    ]
    found = compared(article(cut, kept), article(kept))
    assert [row.kind for row in found.rows] == ["removed", "same"]


@pytest.mark.parametrize("origin", [article(), article(ROPE)])
def test_a_text_without_a_body_is_no_error(origin: Article) -> None:
    found = compared(origin, article())
    assert (found.same, found.added) == (0, 0)


def test_plain_gives_a_piece_for_each_line() -> None:
    assert [piece.text for piece in plain(Side(article(ROPE, TIDE)), "inserted")] == [ROPE, TIDE]
