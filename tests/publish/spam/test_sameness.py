"""Signatures: near for one text with small changes, far for others."""

from __future__ import annotations

import pytest

from dragoman.publish.spam.sameness import alike, signature

TEXT = "Le communiqué final ne dit rien de la médiation, et personne ne l'a relevé hier soir."


@pytest.mark.parametrize(
    "other",
    [TEXT.upper(), f"  {TEXT} 4711 !!", TEXT.replace("hier soir", "hier"), TEXT.replace(" ", "")],
)
def test_small_changes_stay_near(other: str) -> None:
    assert list(alike(signature(other), [1, signature(TEXT)])) == [1]


@pytest.mark.parametrize(
    "other", ["Merci.", TEXT[::-1], "Le vote a eu lieu lundi à Genève.", "+1", ""]
)
def test_other_texts_are_far(other: str) -> None:
    assert not len(alike(signature(other), [signature(TEXT)]))
    assert not len(alike(signature(TEXT), [signature(other)]))


def test_texts_without_letters_are_like_none() -> None:
    assert signature("+1 :-)") == 0
    assert not len(alike(0, [0]))
    assert not len(alike(signature("Bravo."), [0]))
