"""The sentence encoder behind its boundary: unit vectors, alike in many languages."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.encoder import SIZE, encode, information
from dragoman.store.signatures import VECTOR


def test_vectors_are_of_unit_length_also_for_an_empty_text() -> None:
    made = encode(["", "The ferry was late.", "…"])
    assert made.shape == (3, SIZE)
    assert np.linalg.norm(made, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_a_translation_is_nearer_than_another_matter() -> None:
    ferry, bac, wheat = encode(
        [
            "The ferry between the islands has stopped.",
            "Le bac entre les îles ne circule plus.",
            "Wheat prices fell again at the exchange.",
        ]
    )
    assert ferry @ bac > ferry @ wheat + 0.2


def test_rarer_words_tell_more() -> None:
    assert information("the") < information("Azerbaijan") < information("Karabakh")


def test_the_store_keeps_vectors_of_this_size() -> None:
    assert VECTOR == SIZE
