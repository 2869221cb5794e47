"""Words of two languages pair up by what they say, the same from both sides and in any order."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from dragoman.encoder import UNIT, word_vector
from dragoman.link.translations import paired, share, spoken
from dragoman.model import Signature, Term

DE = ["grenze", "wahl", "erdbeben", "präsident"]
EN = ["election", "president", "harvest", "border", "earthquake"]


def test_translations_find_each_other() -> None:
    found = {one: other for one, other, cosine in paired(DE, EN) if cosine > 0.6}
    assert found == {
        "grenze": "border",
        "wahl": "election",
        "erdbeben": "earthquake",
        "präsident": "president",
    }


def test_other_scripts_pair_as_well() -> None:
    found = {(one, other) for one, other, _ in paired(["граница", "выборы"], EN)}
    assert found == {("граница", "border"), ("выборы", "election")}


def test_a_word_has_one_partner_at_most() -> None:
    pairs = paired(["wahl", "wahlen", "abstimmung"], ["election"])
    assert len(pairs) == 1


def test_the_order_of_words_and_of_texts_means_nothing() -> None:
    whole = share(paired(DE, EN), len(DE), len(EN))
    assert share(paired(EN, DE), len(EN), len(DE)) == whole
    for order in permutations(DE):
        assert paired(list(order), EN) == paired(DE, EN)


def test_the_share_is_of_both_texts() -> None:
    same = share(paired(DE, DE), len(DE), len(DE))
    assert same == pytest.approx(1, abs=0.01)
    assert share(paired(DE, EN), len(DE), len(EN)) < same
    few = share(paired(DE[:1], EN[:1]), 1, 1)
    assert 0 < few < share(paired(DE, EN), len(DE), len(EN))


def test_nothing_has_no_translation() -> None:
    assert paired([], EN) == paired(EN, []) == []
    assert share([], 0, 3) == 0


def test_words_are_spoken_once_in_small_letters() -> None:
    words = (Term("wahl", 1.0, "Wahl"), Term("wahl2", 0.5, "WAHL"), Term("akt", 0.7, "Akt"))
    assert spoken(Signature("a", "de", b"", words=words)) == ["akt", "wahl"]


def test_a_word_has_a_vector_of_whole_numbers() -> None:
    vector = word_vector("Grenze")
    assert vector.dtype == np.int16
    assert np.linalg.norm(vector.astype(float)) == pytest.approx(UNIT, rel=0.02)
    assert not vector.flags.writeable
