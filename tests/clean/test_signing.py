"""Who signs a page: stated authors, by-lines, desks, agencies. All pages are our own."""

from __future__ import annotations

import json

import pytest

from dragoman.clean.names import without_day

from .conftest import Cleaner, texts
from .test_mended import BYLINE
from .test_page import ADDRESS, BODY, page


def linked(author: object) -> str:
    said = {"@type": "NewsArticle", "headline": "Northern crossing to reopen", "author": author}
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


def names(cleaned: Cleaner, html: str) -> list[str]:
    return [author.name for author in cleaned(html, html=True, url=ADDRESS).authors]


# (author in JSON-LD, the names)
STATED: list[tuple[object, list[str]]] = [
    # lists in lists, and names in parts
    ([{"name": "Ada Lindqvist"}, [{"name": "Bo Ek"}]], ["Ada Lindqvist", "Bo Ek"]),
    ([{"givenName": "Ada", "familyName": "Lindqvist"}], ["Ada Lindqvist"]),
    # several in one string, roles beside them
    ("Ada Lindqvist, sea editor, and Bo Ek", ["Ada Lindqvist", "Bo Ek"]),
    # written without capitals
    ({"name": "ada lindqvist"}, ["ada lindqvist"]),
    # the agency that signs with them; one that only supplied does not
    ([{"name": "Ada Lindqvist"}, {"name": "AFP"}], ["Ada Lindqvist", "AFP"]),
    ("Ada Lindqvist with AFP", ["Ada Lindqvist"]),
    # the outlet is no author beside others
    ([{"name": "Harbour Times"}, {"name": "Ada Lindqvist"}], ["Ada Lindqvist"]),
    # twice the same
    (["Ada Lindqvist", "Ada  Lindqvist"], ["Ada Lindqvist"]),
    # addresses are no names
    (["ada@harbourtimes.example", "https://harbourtimes.example/ada"], ["Ada Lindqvist"]),
    # places, degrees, handles and editions beside a full name; a place beside an agency
    ("Ada Lindqvist, Oslo, MSc", ["Ada Lindqvist"]),
    ("Ada Lindqvist, Harbour Times North", ["Ada Lindqvist"]),
    (["Ada Lindqvist", "AdaLindqvist"], ["Ada Lindqvist"]),
    ("Ada Lindqvist, Valley Mail", ["Ada Lindqvist"]),
    ("Ada Lindqvist. Harbour News", ["Ada Lindqvist"]),
    # other scripts
    (["Анна Волкова"], ["Анна Волкова"]),
    (["山田花子"], ["山田花子"]),
]


@pytest.mark.parametrize(("author", "expected"), STATED)
def test_stated_authors(cleaned: Cleaner, author: object, expected: list[str]) -> None:
    assert names(cleaned, page(linked(author))) == expected


# (a person in JSON-LD, what is said of it)
LIVES = [
    (
        {"description": "Writes of small harbours.", "jobTitle": "Reporter"},
        "Writes of small harbours.",
    ),
    (
        {"jobTitle": "Fellow", "affiliation": {"name": "Institute of Piers"}},
        "Fellow, Institute of Piers",
    ),
    ({"url": "https://harbourtimes.example/ada"}, None),
]


@pytest.mark.parametrize(("said", "about"), LIVES)
def test_what_json_ld_says_of_an_author(
    cleaned: Cleaner, said: dict[str, object], about: str | None
) -> None:
    html = page(linked({"@type": "Person", "name": "Ada Lindqvist", **said}))
    (author,) = cleaned(html, html=True, url=ADDRESS).authors
    assert author.about == about


def test_a_life_on_the_page_outweighs_it(cleaned: Cleaner) -> None:
    life = "Ada Lindqvist is a senior fellow at the Institute of Small Harbours."
    html = page(linked({"name": "Ada Lindqvist", "jobTitle": "Reporter"}), tail=f"<p>{life}</p>")
    (author,) = cleaned(html, html=True, url=ADDRESS).authors
    assert author.about == life


def test_an_outlet_signs_where_nobody_else_does(cleaned: Cleaner) -> None:
    html = page(linked({"name": "Harbour Times"}))
    assert names(cleaned, html) == ["Ada Lindqvist"]
    assert names(cleaned, html.replace(BYLINE, "")) == ["Harbour Times"]


def test_an_agency_signs_where_no_person_does(cleaned: Cleaner) -> None:
    html = page(linked({"name": "Agence France-Presse"}))
    assert names(cleaned, html) == ["Ada Lindqvist"]
    assert names(cleaned, html.replace(BYLINE, "")) == ["Agence France-Presse"]


def test_outlet_and_agency_together(cleaned: Cleaner) -> None:
    html = page(linked({"name": "Harbour Times and AFP"})).replace(BYLINE, "")
    assert names(cleaned, html) == ["Harbour Times and AFP"]


@pytest.mark.parametrize("nobody", ["admin", "Redaktion", "webmaster", "N/A", "Unknown"])
def test_nobody_signs(cleaned: Cleaner, nobody: str) -> None:
    assert names(cleaned, page(linked(nobody)).replace(BYLINE, "")) == []


# (meta element's name, its content, the names)
METAS = [
    ("author", "Bo Ek", ["Bo Ek"]),
    ("DCSext.author", "Bo Ek", ["Bo Ek"]),
    ("author", "Harbour Times", []),
    ("author", "105092", []),
    ("twitter:creator", "@harbour", []),
    ("author", "admin", []),
    ("author", "Harbour Systems Ltd", []),
    ("author", "Design: Ida Holm", []),
    ("author", "sea.pl", []),
]


@pytest.mark.parametrize(("name", "content", "expected"), METAS)
def test_authors_in_meta_elements(
    cleaned: Cleaner, name: str, content: str, expected: list[str]
) -> None:
    html = page(f'<meta name="{name}" content="{content}">').replace(BYLINE, "")
    assert names(cleaned, html) == expected


# (by-line, the names)
BYLINES = [
    ("By Ada Lindqvist 30 March 2026 • 4:45pm", ["Ada Lindqvist"]),
    ("Ada LindqvistMarch 30, 2026", ["Ada Lindqvist"]),
    ("Mo 30.03.26 | 14:07 Uhr | Von Ada Lindqvist", ["Ada Lindqvist"]),
    ("By Ada Lindqvist, in News, Sea, Islands", ["Ada Lindqvist"]),
    ("山田花子2026年3月30日 21時37分", ["山田花子"]),
    ("Posted by Ada Lindqvist", ["Ada Lindqvist"]),
    ("Published 30 March 2026", []),
    ("Oppdatert 30.03.2026", []),
]


@pytest.mark.parametrize(("byline", "expected"), BYLINES)
def test_by_lines_with_days(cleaned: Cleaner, byline: str, expected: list[str]) -> None:
    html = page().replace(BYLINE, f'<p class="byline">{byline}</p>')
    assert names(cleaned, html) == expected


def test_names_above_the_text_sign_it(cleaned: Cleaner) -> None:
    html = (
        page()
        .replace(BYLINE, "")
        .replace(f"<p>{BODY[0]}", f"<p>Ada Lindqvist/Bo Ek</p><p>{BODY[0]}")
    )
    article = cleaned(html, html=True, url=ADDRESS)
    assert [author.name for author in article.authors] == ["Ada Lindqvist", "Bo Ek"]
    assert texts(article, "body") == BODY


def test_another_storys_by_line_signs_nothing(cleaned: Cleaner) -> None:
    teaser = '<div><a href="/x">A lighthouse goes dark for a whole long winter By Bo Ek</a></div>'
    html = page(tail=teaser).replace(BYLINE, "")
    assert names(cleaned, html) == []


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("Ada Lindqvist, lundi 30 mars 2026", "fr", "Ada Lindqvist"),
        ("Ada Lindqvist · 30. März 2026, 8 Uhr", "de", "Ada Lindqvist"),
        ("Ada May", "en", "Ada May"),
        ("Ada Lindqvist 3 May", "no-such-language", "Ada Lindqvist"),
    ],
)
def test_the_day_behind_a_name(text: str, language: str, left: str) -> None:
    assert without_day(text, language) == left
