"""What an article is compared by is a function of the article alone, with a parser or without."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dragoman.link.signature import NAMES, WORDS, sign
from dragoman.model import Kept, Signature
from dragoman.pipeline import Steps, unread

FR = "L'OTAN salue l'accord de Bakou.\n\nLe 17 mars 2024, Jens Stoltenberg était à Bakou."
EN = "NATO hails the Baku agreement.\n\nOn 17 March 2024 Jens Stoltenberg was in Baku."
ES = (
    "La OTAN celebra el acuerdo de Bakú.\n\nEl 17 de marzo de 2024 Jens Stoltenberg estuvo en Bakú."
)


def signed(text: str, language: str, steps: Steps) -> Signature:
    return sign(steps.read(steps.text(text, language)))


def test_it_is_the_same_twice(steps: Steps) -> None:
    assert signed(FR, "fr", steps) == signed(FR, "fr", steps)


def test_names_match_across_languages(steps: Steps) -> None:
    fr, en = signed(FR, "fr", steps), signed(EN, "en", steps)
    assert {"@nato", "@jens-stoltenberg"} <= {term.key for term in fr.names}
    assert {"@nato", "@jens-stoltenberg"} <= {term.key for term in en.names}
    assert fr.days == en.days == ("2024-03-17",)
    assert fr.years == en.years == ("2024",)
    assert fr.numbers == ("17",)


def test_a_language_without_a_parser_is_signed_by_its_text(steps: Steps) -> None:
    kept = steps.read(steps.text(ES, "es"))
    assert kept.reading.sentences == ()
    es, en = sign(kept), signed(EN, "en", steps)
    assert {t.key for t in es.names} & {t.key for t in en.names} >= {"stltnbrg"}
    a, b = (np.frombuffer(one.vector, np.int8).astype(float) for one in (es, en))
    assert a @ b / np.linalg.norm(a) / np.linalg.norm(b) > 0.5


def test_a_word_that_is_written_small_elsewhere_is_no_name(steps: Steps) -> None:
    text = "Harvests failed. Officials in Gabon said harvests would recover."
    shown = {term.shown for term in signed(text, "en", steps).names}
    assert "Gabon" in shown
    assert "Harvests" not in shown


@pytest.mark.parametrize("text", ["", "?!", "7", "\U0001f30d" * 400, "а" * 900])
def test_odd_texts_are_signed(text: str, steps: Steps) -> None:
    made = sign(unread(replace(steps.text("x", "en"), text=text, blocks=(), title=text)))
    assert len(made.vector) == 512


def test_a_long_text_has_a_short_signature(steps: Steps) -> None:
    names = " ".join(f"Ba{chr(97 + i)}ko{chr(97 + j)}ri" for i in range(20) for j in range(20))
    made = sign(unread(steps.text(f"Near {names} nothing moved.", "en")))
    assert len(made.names) == NAMES
    assert len(made.words) <= WORDS
    assert [t.weight for t in made.names] == sorted((t.weight for t in made.names), reverse=True)


def test_without_a_reading_nothing_is_known_by_id(steps: Steps) -> None:
    kept = steps.read(steps.text(EN, "en"))
    bare: Kept = unread(kept.article)
    assert not any(term.key.startswith("@") for term in sign(bare).names)
