"""Ids: one text has one, whatever its spaces."""

from __future__ import annotations

from dragoman.clean.identity import article_id

from .conftest import Cleaner


def test_without_an_address_the_words_decide(cleaned: Cleaner) -> None:
    one = cleaned("The  ferry runs again, the harbour office said on Tuesday.")
    other = cleaned("The ferry runs again, the harbour office said on Tuesday.\n")
    assert one.id == other.id
    assert one.id != article_id(None, "Another text altogether.")
    assert len(one.id) == 18
