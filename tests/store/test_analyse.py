"""Words are found whatever their case, accents and endings."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from dragoman.store.analyse import analysed, fold, words

CASES = [
    ("fr", "Élections", "election"),  # plural, capital, accent
    ("fr", "déclaré", "déclarer"),  # endings that differ in their accents
    ("fr", "cœur", "coeur"),  # ligature
    ("en", "Ministers", "minister"),
    ("ru", "города", "город"),
    ("xx", "CAFÉ", "cafe"),  # no stemmer: folded only
    (None, "CAFÉ", "cafe"),
]


@pytest.mark.parametrize(("language", "one", "other"), CASES)
def test_two_forms_have_one_stem(language: str | None, one: str, other: str) -> None:
    assert analysed(one, language) == analysed(other, language)


def test_elision_and_decomposed_accents() -> None:
    assert [surface for surface, _ in words("l'e\u0301te\u0301 d\u2019hier", "fr")] == [
        "été",
        "hier",
    ]
    assert fold("чай") == "чай"
    assert fold("ещё") == "еще"


def test_many_threads_stem_alike() -> None:
    texts = [f"nations{n} déclarations{n} gouvernements{n}" for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda t: analysed(t, "fr"), texts)) == [
            analysed(text, "fr") for text in texts
        ]
