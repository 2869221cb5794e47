"""Likeness is a function of the pair: the same from both sides and in any company."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from dragoman.link.measure import measured
from dragoman.link.signature import sign
from dragoman.link.similarity import compared, similarity
from dragoman.model import Signature, Term
from dragoman.pipeline import Steps
from tests.desk.signatures import corpus

SUMMIT_EN = (
    "Armenia and Azerbaijan resume border talks in Tbilisi\n\n"
    "Delegations led by deputy prime ministers met on 12 May 2031 to agree on 43 boundary posts."
)
SUMMIT_FR = (
    "L'Arménie et l'Azerbaïdjan reprennent à Tbilissi leurs pourparlers sur la frontière\n\n"
    "Les délégations, menées par des vice-premiers ministres, ont discuté le 12 mai 2031 de "
    "43 bornes."
)
FLOODS_EN = (
    "Floods cut off villages in southern Chad\n\n"
    "Rescuers reached 2,600 people by boat after the Logone river rose for a third week."
)


def signed(text: str, language: str, steps: Steps) -> Signature:
    return sign(steps.read(steps.text(text, language)))


def test_tellings_in_two_languages_are_alike(steps: Steps) -> None:
    en, fr = signed(SUMMIT_EN, "en", steps), signed(SUMMIT_FR, "fr", steps)
    other = signed(FLOODS_EN, "en", steps)
    assert similarity(en, fr).story > 0.4 > 0.15 > similarity(en, other).story
    assert similarity(en, fr).likeness > similarity(en, other).likeness


def test_the_reason_names_what_is_shared(steps: Steps) -> None:
    en, fr = signed(SUMMIT_EN, "en", steps), signed(SUMMIT_FR, "fr", steps)
    reason = similarity(fr, en).reason
    assert "Arménie" in reason
    assert "both say 12 and 43" in reason
    assert "both tell of 2031-05-12" in reason
    assert "use the words" not in reason  # those of two languages are spelt apart
    assert "in both languages they speak of “délégations” (delegations)" in reason
    assert "“tbilissi”" not in reason  # a name is told once


def test_days_apart_and_years_that_differ_are_held_against(steps: Steps) -> None:
    one = signed(SUMMIT_EN, "en", steps)
    later = signed(SUMMIT_EN.replace("2031", "2033"), "en", steps)
    fr = signed(SUMMIT_FR, "fr", steps)
    assert similarity(one, fr, days=3).story < similarity(one, fr).story
    assert similarity(one, later).parts["years"] == -1
    assert similarity(one, later).story < similarity(one, one).story


def test_translated_words_count_between_languages_only(steps: Steps) -> None:
    en, fr = signed(SUMMIT_EN, "en", steps), signed(SUMMIT_FR, "fr", steps)
    bare = replace(fr, words=())
    assert similarity(en, fr).parts["translations"] > 0.2
    assert similarity(en, fr).likeness > similarity(en, bare).likeness
    assert similarity(en, bare).parts["translations"] == 0
    assert similarity(en, en).parts["translations"] == 0
    assert similarity(en, en).likeness == 1


@pytest.mark.parametrize("other", [(SUMMIT_FR, "fr"), (FLOODS_EN, "en")])
def test_likeness_is_the_same_from_both_sides(other: tuple[str, str], steps: Steps) -> None:
    a, b = signed(SUMMIT_EN, "en", steps), signed(*other, steps)
    one, back = similarity(a, b), similarity(b, a)
    assert (one.likeness, one.story, one.parts) == (back.likeness, back.story, back.parts)
    assert 0 <= one.likeness <= 1


def test_it_is_the_same_from_both_sides_and_in_any_company() -> None:
    rows = [measured(made.signature) for made in corpus(60, seed=4)]
    alone = {
        (i, j): compared(rows[i], rows[j]).story(1)[0]
        for i in range(len(rows))
        for j in range(len(rows))
    }
    assert all(alone[i, j] == alone[j, i] for i, j in alone)
    dice = random.Random(3)
    for _ in range(5):
        order = dice.sample(range(len(rows)), dice.randrange(2, len(rows)))
        scores = compared(rows[0], np.concatenate([rows[i] for i in order])).story(1)
        assert [float(s) for s in scores] == [float(alone[0, i]) for i in order]


def test_words_of_other_languages_never_match() -> None:
    vector = np.ones(512, np.int8).tobytes()
    words = (Term("accord", 1.0, "accord"),)
    a, b = Signature("a", "fr", vector, words=words), Signature("b", "en", vector, words=words)
    assert similarity(a, b).parts["words"] == 0
    assert similarity(a, Signature("c", "fr", vector, words=words)).parts["words"] > 0.99
