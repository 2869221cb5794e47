"""Offices that articles tell of: what is offered for the atlas, with what evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.knowledge.atlas import Atlas
from dragoman.link.told import Told, slug, suggestions, told_offices
from tests.conftest import Coded

DAY = "2024-03-17"
TOLD = "Le ministre kényan des Affaires étrangères, Amadi Wekesa, est à Oslo."


def test_an_office_is_told_with_its_words(coded: Coded, atlas: Atlas) -> None:
    kept = coded(TOLD, "fr", DAY)
    (told,) = told_offices(kept, atlas, "an outlet")
    assert (told.person, told.name, told.office, told.actor, told.sector, told.day) == (
        None, "Amadi Wekesa", "foreign_minister", "KEN", "GOV", DAY
    )  # fmt: skip
    assert told.words == kept.article.text[told.start : told.end]
    assert told.words == "ministre kényan des Affaires étrangères, Amadi Wekesa"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        # known to the atlas, by this title or a wider one
        ("Le président azerbaïdjanais, Ilham Aliyev, est à Oslo.", DAY),
        ("The French head of state, Emmanuel Macron, is in Oslo.", DAY),
        # no day, no full name, no state, one who held it once
        (TOLD, None),
        ("Le ministre kényan des Affaires étrangères, Wekesa, est à Oslo.", DAY),
        ("Le ministre des Affaires étrangères, Amadi Wekesa, est à Oslo.", DAY),
        ("L'ancien ministre kényan des Affaires étrangères, Amadi Wekesa, est à Oslo.", DAY),
    ],
)
def test_what_is_not_offered(text: str, published: str | None, coded: Coded, atlas: Atlas) -> None:
    language = "en" if text.startswith("The") else "fr"
    assert list(told_offices(coded(text, language, published), atlas, "x")) == []


def one(**fields: str | None) -> Told:
    told = Told(
        "a-1", "North", DAY, None, "Amadi Wekesa", "foreign_minister", "KEN", "GOV", 3, 20, "words"
    )
    return replace(told, **fields)  # type: ignore[arg-type]


def test_tellings_are_joined_over_articles_and_outlets(atlas: Atlas) -> None:
    told = [
        one(),
        one(article_id="a-2", day="2024-05-01"),
        one(article_id="a-3", outlet="South", day="2024-01-09"),
        one(article_id="a-4", office="defence_minister"),
    ]
    first, second = suggestions(told, atlas)
    assert (first.articles, first.outlets, first.first, first.last) == (
        3, 2, "2024-01-09", "2024-05-01"
    )  # fmt: skip
    assert (second.office, second.articles) == ("defence_minister", 1)
    assert [t.article_id for t in first.evidence] == ["a-3", "a-1", "a-2"]


def test_rows_can_be_pasted(atlas: Atlas) -> None:
    (new,) = suggestions([one()], atlas)
    person, role = new.rows()
    assert person.split("\t") == ["amadi-wekesa", "-", "Amadi Wekesa", "-", "-", "KEN"]
    assert role.split("\t")[:7] == [
        "amadi-wekesa", "foreign_minister", "KEN", "GOV", DAY, "-", DAY
    ]  # fmt: skip
    (known,) = suggestions([one(person="emmanuel-macron", name="Emmanuel Macron")], atlas)
    assert [row.split("\t")[0] for row in known.rows()] == ["emmanuel-macron"]


def test_whom_the_atlas_has_instead_is_said(atlas: Atlas) -> None:
    (found,) = suggestions([one(office="president", actor="FRA")], atlas)
    assert found.rivals == ("emmanuel-macron",)


def test_a_name_makes_an_id() -> None:
    assert slug("Àda de la Lúnd-Bo") == "ada-de-la-lund-bo"
