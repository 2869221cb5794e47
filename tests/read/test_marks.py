"""Quotation marks: pairs, nests, paragraphs, and marks that are missing."""

from __future__ import annotations

import pytest

from dragoman.model import Sentence, Token
from dragoman.read.marks import find_marks


def sentences(text: str) -> list[Sentence]:
    """One sentence to each line, of one token: marks look at nothing else."""
    found: list[Sentence] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            end = at + len(line.rstrip())
            token = Token(start, end, text[start:end], "x", "X", "root", 0)
            found.append(Sentence(len(found), start, end, "body", (token,)))
        at += len(line) + 1
    return found


def marked(text: str) -> list[str]:
    return [text[mark.first : mark.last] for mark in find_marks(sentences(text), text)]


# (text, what stands in marks)
CASES = [
    ("He said “no” and “never”.", ["no", "never"]),
    ("Il a dit « non ».", ["non"]),
    ('She said "no" and left.', ["no"]),
    ("The paper wrote ''no'' and ``never''.", ["no", "never"]),
    ("Der Mann sagte „nein“.", ["nein"]),
    ("Mayors Call It ‘A Mess’ Again", ["A Mess"]),
    # inner marks belong to the outer ones
    ("Il dit : « Elle a crié “non” hier ».", ["Elle a crié “non” hier"]),
    ("Il dit : « Le « oui » l'emporte » hier.", ["Le « oui » l'emporte"]),
    ('He said: “The "deal" is dead”.', ['The "deal" is dead']),
    # apostrophes and inches are no marks
    ("The mayor's boats aren't the fishers’ boats.", []),
    ('A 12" pipe burst.', []),
    # closed by another kind
    ('“It is over," she said.', ["It is over,"]),
    # a slip for the opening mark
    ("”It is over,” she said.", ["It is over,"]),
    # a speech over paragraphs, its mark repeated
    ("“One.\n“Two.”", ["One.", "Two."]),
    ("“One.\n\n“Two.\n\n“Three.”\n\nEnd.", ["One.", "Two.", "Three."]),
    # over paragraphs without a mark repeated
    ("« Un.\nDeux. »", ["Un.\nDeux."]),
    # the closing mark is missing: the paragraph ends it
    ("“One.\nTwo.\n“Three,” she said.", ["One.", "Three,"]),
    ("He said “one", []),
    ("“” is empty, « » too.", []),
]


@pytest.mark.parametrize(("text", "inside"), CASES)
def test_marks(text: str, inside: list[str]) -> None:
    assert marked(text) == inside


def test_a_speech_goes_on_where_the_next_paragraph_opens_with_a_mark() -> None:
    text = "“One.\n“Two.”\n“Three.”"
    assert [mark.goes_on for mark in find_marks(sentences(text), text)] == [True, False, False]


def test_a_mark_never_closed_does_not_swallow_the_text() -> None:
    text = "“One " + "word " * 1000 + "and “two” end."
    assert marked(text) == ["two"]


def test_nothing_read_nothing_marked() -> None:
    assert find_marks([], "“One”") == []


@pytest.mark.parametrize(
    ("piece", "found"), [("“a ", 0), ("«a ", 0), ('“a" ', 5000), ('"a" ', 5000), ("”a ", 2500)]
)
def test_a_page_of_marks(piece: str, found: int) -> None:
    """Marks that are never closed, thousands of them, are no speech and no endless search."""
    text = piece * 5000
    token = Token(0, len(text), text, "x", "X", "root", 0)
    assert len(find_marks([Sentence(0, 0, len(text), "body", (token,))], text)) == found
