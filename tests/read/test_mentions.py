"""Names and role nouns as the words alone show them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dragoman.pipeline import Steps
from tests.read.tables import reading_of

# fmt: off
ROLES = [
    # a plain role noun
    ("en", "The president left.", ["president"]),
    # the longest one is taken
    ("en", "The foreign minister of Ghana left.", ["foreign minister"]),
    ("fr", "Le ministre des Affaires étrangères est parti.", ["ministre des Affaires étrangères"]),
    ("fr", "Le secrétaire général de l'OTAN est parti.", ["secrétaire général"]),
    # plurals, by the last word's lemma
    ("en", "Two prime ministers met.", ["prime ministers"]),
    ("fr", "Les manifestants ont bloqué la route.", ["manifestants"]),
    # feminine forms stand in the table
    ("fr", "La présidente est partie.", ["présidente"]),
    # an apostrophe of either kind
    ("fr", "Le chef d’État est parti.", ["chef d’État"]),
    # a phrase that ends with one and names nobody
    ("fr", "Le coup d’État a surpris.", []),
    # none
    ("en", "The weather was fine.", []),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "due"), ROLES)
def test_roles(language: str, text: str, due: list[str], steps: Steps) -> None:
    mentions = reading_of(text, language, steps).mentions
    assert [m.text for m in mentions if m.kind == "ROLE"] == due


def test_a_name_never_overlaps_a_role(steps: Steps) -> None:
    text = "Le président Macron et le général Burkhard sont partis à Toulon."
    mentions = reading_of(text, "fr", steps).mentions
    spans = sorted((m.start, m.end) for m in mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert {"président", "général"} <= {m.text for m in mentions}


# fmt: off
WHOLE = [
    # a role noun that opens, or ends, the name of an organisation
    ("fr", "L'armée turque a reculé.", "armée", "armée turque"),
    ("fr", "Le ministère russe de la Santé nie.", "ministère", "ministère russe de la Santé"),
    ("en", "The Defence Ministry denied it.", "Ministry", "Defence Ministry"),
    # a group that is written as a name
    ("fr", "Hier, les Casques bleus sont partis.", "Casques bleus", "Casques bleus"),
    # an office is none, whatever its letters
    ("fr", "Hier, le Premier ministre a démissionné.", "Premier ministre", None),
    # nor is a plain noun with an adjective
    ("fr", "La petite armée a reculé.", "armée", None),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "role", "whole"), WHOLE)
def test_a_role_noun_knows_the_name_it_is_part_of(
    language: str, text: str, role: str, whole: str | None, steps: Steps
) -> None:
    mentions = reading_of(text, language, steps).mentions
    found = next(m for m in mentions if m.text == role)
    assert found.kind == "ROLE"
    assert (None if found.full is None else text[slice(*found.full)]) == whole


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        ("fr", "Hier, Marine Le Pen a voté.", "Marine Le Pen"),
        ("fr", "Le chef d'orchestre Georges Prêtre est né à Waziers.", "Georges Prêtre"),
    ],
)
def test_a_person_called_like_a_role(language: str, text: str, person: str, steps: Steps) -> None:
    mentions = reading_of(text, language, steps).mentions
    assert person in {m.text for m in mentions if m.kind == "PER"}
