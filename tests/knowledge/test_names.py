"""The name index: longest match, and the case rules that keep words apart from names."""

from __future__ import annotations

import pytest

from dragoman.knowledge.names import Candidate, NameIndex, fold

ENTRIES = [
    ("US", "USA", "state"),
    ("U.S.", "USA", "state"),
    ("United States", "USA", "state"),
    ("Chad", "TCD", "state"),
    ("Guinea", "GIN", "state"),
    ("Guinea-Bissau", "GNB", "state"),
    ("Ivory Coast", "CIV", "state"),
    ("Côte d'Ivoire", "CIV", "state"),
    ("OTAN", "nato", "alliance"),
    ("Otan", "nato", "alliance"),
    ("Sea League", "sea-league", "igo"),
    ("Sea League Council", "sea-council", "organ"),
    ("sudanais", "SDN", "demonym"),
    ("French", "FRA", "demonym"),
    ("Ada Lund", "ada-lund", "person"),
    ("Lund", "ada-lund", "surname"),
    ("Lund", "bo-lund", "surname"),
    ("Lund", "lund", "place"),
    ("the alliance", "nato", "context"),
]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex((name, Candidate(i, kind, None)) for name, i, kind in ENTRIES)


# fmt: off
FOUND = [
    # acronyms want capitals: the pronoun is no state
    ("They told us about it.", []),
    ("The US agreed.", [("US", "USA")]),
    ("The U.S. agreed.", [("U.S", "USA")]),
    # a capital is wanted where the name has one
    ("a hanging chad", []),
    ("in Chad", [("Chad", "TCD")]),
    # a headline in capitals; short words are not safe there
    ("CHAD AGREES", [("CHAD", "TCD")]),
    # accents and hyphens are folded
    ("en Cote d'Ivoire", [("Cote d'Ivoire", "CIV")]),
    ("en Côte d’Ivoire", [("Côte d’Ivoire", "CIV")]),
    ("Guinea Bissau", [("Guinea Bissau", "GNB")]),
    # the longest name wins
    ("Guinea-Bissau agreed", [("Guinea-Bissau", "GNB")]),
    ("the Sea League Council met", [("Sea League Council", "sea-council")]),
    ("the Sea League met", [("Sea League", "sea-league")]),
    # an article with an apostrophe is no part of the name
    ("l'OTAN", [("OTAN", "nato")]),
    ("d’Otan", [("Otan", "nato")]),
    ("otan", []),
    # demonyms come in either case
    ("l'armée sudanais", [("sudanais", "SDN")]),
    ("les Sudanais", [("Sudanais", "SDN")]),
    # ... where the entry itself has no capital; an English one keeps it
    ("french fries", []),
    # a name is not found across a comma or a longer gap
    ("United, States", []),
    ("Ivory (Coast)", []),
    # nor inside a word
    ("Chadian", []),
    # the words of a line break are joined
    ("United\nStates", [("United\nStates", "USA")]),
    # hits do not overlap
    ("Guinea, Chad", [("Guinea", "GIN"), ("Chad", "TCD")]),
]
# fmt: on


@pytest.mark.parametrize(("text", "due"), FOUND)
def test_find(text: str, due: list[tuple[str, str]], index: NameIndex) -> None:
    hits = list(index.find(text))
    assert [(hit.text, hit.candidates[0].id) for hit in hits] == due
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)


def test_all_that_bear_a_name_are_candidates(index: NameIndex) -> None:
    assert {c.id for c in index.look_up("Lund")} == {"ada-lund", "bo-lund", "lund"}
    assert [c.id for c in index.look_up("Ada Lund")] == ["ada-lund"]
    assert index.look_up("Lund Ada") == ()


def test_find_in_a_part_of_the_text(index: NameIndex) -> None:
    assert [hit.start for hit in index.find("Chad and Chad", 4, 13)] == [9]


@pytest.mark.parametrize(
    ("word", "due"),
    [
        ("Érevan", "erevan"),
        ("U.S", "us"),
        ("Łódź", "łodz"),
        ("NATO", "nato"),
        ("Lo\u00adme\u0301", "lome"),
    ],
)
def test_fold(word: str, due: str) -> None:
    assert fold(word) == due


def test_accents_of_their_own_and_soft_hyphens_part_no_name(index: NameIndex) -> None:
    text = "Co\u0302te d'Ivoire met Gui\u00adnea"
    assert [hit.text for hit in index.find(text)] == ["Co\u0302te d'Ivoire", "Gui\u00adnea"]
