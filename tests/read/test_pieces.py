"""Long blocks: cut where a reader would pause, nothing lost, offsets kept."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.read import parse_spacy
from dragoman.read.parse_spacy import SpacyParser
from dragoman.read.pieces import LONGEST, pieces

CUTS = [
    # after a paragraph, though a sentence ends later
    ("One two.\n\nThree. Four five six", 26, "One two.\n\n"),
    # after a sentence
    ("One two. Three four", 14, "One two. "),
    # not after a full stop that no capital follows
    ("One approx. two three", 16, "One approx. two "),
    # after the closing mark
    ("« Oui. » Elle part demain", 20, "« Oui. » "),
    # after a word
    ("one two three", 9, "one two "),
    # nowhere to pause
    ("aaaaaaaaaa", 4, "aaaa"),
]


@pytest.mark.parametrize(("text", "longest", "first"), CUTS)
def test_a_cut_stands_where_a_reader_pauses(text: str, longest: int, first: str) -> None:
    start, end, _ = next(pieces([(0, len(text), "body")], text, longest))
    assert text[start:end] == first


@given(text=st.text("aB .\n»", max_size=120), longest=st.integers(1, 30), low=st.integers(0, 20))
def test_pieces_cover_the_span(text: str, longest: int, low: int) -> None:
    low = min(low, len(text))
    found = list(pieces([(0, low, "headline"), (low, len(text), "body")], text, longest))
    assert "".join(text[start:end] for start, end, _ in found) == text
    assert all(end - start <= longest for start, end, _ in found)
    assert all((label == "headline") == (end <= low and start < low) or start == end
               for start, end, label in found)  # fmt: skip


def test_a_block_beyond_what_the_parser_takes(
    monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge
) -> None:
    """The real limit (a million characters) with a pipeline that only cuts sentences."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    monkeypatch.setattr(parse_spacy, "_open", lambda *_: pipeline)
    word = "B" + "a" * 997
    text = f"{word} . " * 1_200
    assert len(text) > pipeline.max_length > LONGEST
    sentences = SpacyParser(knowledge.languages["en"], ()).sentences([(0, len(text), "body")], text)
    assert [sentence.index for sentence in sentences] == list(range(1_200))
    assert all(text[s.start : s.end] == f"{word} ." for s in sentences)
    assert [s.start for s in sentences] == [i * len(f"{word} . ") for i in range(1_200)]
