"""The languages of the interface: which one is spoken, and the words that are made in it."""

from __future__ import annotations

import pytest

from dragoman.model import Dated
from dragoman.publish.wording import chosen, gettext, speaking, spoken_language
from dragoman.publish.words import counted, dated_words, day_words, language_words, percent


@pytest.mark.parametrize(
    ("prefix", "accepted", "language"),
    [
        ("fr", "en", "fr"),
        (None, "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        (None, "de;q=1, fr;q=0.3, en;q=0.4", "en"),
        (None, "fr;q=0, *", "en"),
        (None, "fr;q=x,,;;", "en"),
        (None, "", "en"),
        ("de", "fr", "fr"),
    ],
)
def test_language_of_a_page(prefix: str | None, accepted: str, language: str) -> None:
    assert chosen(prefix, accepted) == language


def test_speaking_ends_where_it_ends() -> None:
    with speaking("fr"):
        assert spoken_language() == "fr"
    with pytest.raises(KeyError), speaking("tlh"):
        pass
    assert spoken_language() == "en"
    assert gettext("a sentence that no catalogue has") == "a sentence that no catalogue has"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("1 March 2024", "March 2024", "3–5 March 2024", "12,345 events", "7.3 %", "Russian"),
        ),
        ("fr", ("1er mars 2024", "mars 2024", "3–5 mars 2024", "12\u202f345 ", "7,3 %", "russe")),
    ],
)
def test_dates_numbers_and_languages(language: str, words: tuple[str, ...]) -> None:
    with speaking(language):
        made = (
            day_words("2024-03-01"),
            dated_words(Dated("2024-03-01", "2024-03-31", "month", "")),
            dated_words(Dated("2024-03-03", "2024-03-05", "range", "")),
            counted(12345, "event"),
            percent(0.073),
            language_words("ru"),
        )
    assert all(found.startswith(word) for found, word in zip(made, words, strict=True)), made
