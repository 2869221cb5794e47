"""French compound tenses that the parser takes apart; through the whole reading."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

import pytest

from dragoman.collect.pages import capture_text
from dragoman.model import Clause, Kept
from dragoman.pipeline import Steps

# fmt: off
CASES: list[tuple[str, str, dict[str, list[str]]]] = [
    # a participle taken for another word
    ("Des soldats érythréens auraient massacré des dizaines de bergers dans la vallée.", "massacrer",
     {"subj": ["soldats érythréens"], "obj": ["dizaines de bergers"]}),
    # a second participle taken for a description of the first one's object
    ("Le Népal a révoqué mardi le statut de la vallée, coupé les lignes téléphoniques et fermé deux écoles.", "couper",
     {"subj": ["Népal"], "obj": ["lignes téléphoniques"]}),
    # the infinitive that a call governs
    ("Le patron de l'OMS a appelé les pays riches à partager leurs stocks de sérum.", "partager",
     {"subj": ["pays riches"], "obj": ["stocks de sérum"]}),
    # the object behind a date
    ("L'Union africaine a suspendu vendredi la Guinée.", "suspendre",
     {"subj": ["Union africaine"], "obj": ["Guinée"]}),
    # what is right stays as it is
    ("Le Pérou a publié la liste des ministres nommés mardi.", "publier",
     {"subj": ["Pérou"], "obj": ["liste des ministres"]}),
]
# fmt: on


@pytest.mark.parametrize(("text", "lemma", "due"), CASES)
def test_arguments(steps: Steps, text: str, lemma: str, due: dict[str, list[str]]) -> None:
    kept = steps.all(capture_text(text, "case", language="fr"))
    found = next((c for c in kept.reading.clauses if lemma in c.lemmas), None)
    assert found is not None, [c.lemmas for c in kept.reading.clauses]
    assert {slot: words(kept, found, slot) for slot in due} == due


def words(kept: Kept, clause: Clause, slot: str) -> list[str]:
    return [
        kept.article.text[phrase.start : phrase.end]
        for argument in clause.arguments
        if argument.slot == slot
        for phrase in argument.members
    ]
