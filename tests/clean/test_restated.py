"""Lines that repeat what a page states of itself, headings in bold, titles with a site's name."""

from __future__ import annotations

import pytest

from .conftest import Cleaner, check_cover, texts
from .test_page import ADDRESS, BODY, page

SUMMARY = "Ministers of three countries will open the northern crossing again after a long winter."
STATED = (
    '<meta name="author" content="Ada Lindqvist">'
    f'<meta property="og:description" content="{SUMMARY}">'
)


@pytest.mark.parametrize("said", ["Ada Lindqvist", "By Ada Lindqvist", "ADA LINDQVIST"])
def test_a_link_to_the_stated_author_is_a_byline(cleaned: Cleaner, said: str) -> None:
    html = page(STATED).replace("<article>", f'<article><div><a href="/ada">{said}</a></div>')
    article = cleaned(html, html=True, url=ADDRESS)
    assert said in texts(article, "byline")
    assert [author.name for author in article.authors] == ["Ada Lindqvist"]


def test_a_menu_that_holds_more_than_the_author_is_none(cleaned: Cleaner) -> None:
    more = '<div><a href="/ada">Ada Lindqvist and the sea</a></div>'
    article = cleaned(page(STATED).replace("<article>", f"<article>{more}"), html=True, url=ADDRESS)
    assert "Ada Lindqvist and the sea" not in texts(article, "byline")


def test_a_summary_in_a_box_called_teaser_is_the_standfirst(cleaned: Cleaner) -> None:
    box = f'<div class="teaser">{SUMMARY}</div>'
    html = page(STATED).replace(f"<p>{BODY[0]}</p>", f"{box}<p>{BODY[0]}</p>")
    article = cleaned(html, html=True, url=ADDRESS)
    assert texts(article, "standfirst") == [SUMMARY]
    twice = html.replace(f"<p>{BODY[1]}</p>", f"<p>{SUMMARY}</p><p>{BODY[1]}</p>")
    article = cleaned(twice, html=True, url=ADDRESS)
    assert SUMMARY in texts(article, "body")
    assert SUMMARY not in texts(article, "standfirst")


def test_a_line_in_bold_heads_the_paragraph_below(cleaned: Cleaner) -> None:
    bold = f"<p><strong>A long winter</strong></p><p>{BODY[1]}</p>"
    article = cleaned(page().replace(f"<p>{BODY[1]}</p>", bold), html=True, url=ADDRESS)
    check_cover(article)
    assert texts(article, "heading") == ["A long winter"]
    partly = bold.replace("A long winter</strong>", "A long</strong> winter")
    article = cleaned(page().replace(f"<p>{BODY[1]}</p>", partly), html=True, url=ADDRESS)
    assert "A long winter" in texts(article, "body")


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Search", "navigation"),
        ("Поиск", "navigation"),
        ("Publicerad 14.14", "byline"),
        ("Stand: 18.03.2024 10:00 Uhr", "byline"),
        ("18 марта 2024, 10:00", "byline"),
        ("Сегодня, 17:25", "byline"),
        ("© Riproduzione riservata", "notice"),
        ("To contact the editor of this story: desk@harbour.example", "notice"),
    ],
)
def test_lines_that_any_editor_knows(cleaned: Cleaner, said: str, label: str) -> None:
    tag = "form" if label == "navigation" else "div"
    html = page(tail=f"<{tag}><p>{said}</p></{tag}>")
    assert said in texts(cleaned(html, html=True, url=ADDRESS), label)


def test_a_day_without_an_hour_may_be_a_heading(cleaned: Cleaner) -> None:
    heading = f"<h2>Montag, 18. März 2024</h2><p>{BODY[1]}</p>"
    html = page().replace(f"<p>{BODY[1]}</p>", heading)
    assert "Montag, 18. März 2024" in texts(cleaned(html, html=True, url=ADDRESS), "heading")


def test_a_place_with_a_dash_in_an_element_named_dateline(cleaned: Cleaner) -> None:
    html = page().replace("<article>", '<article><p class="dateline">HELSINKI —</p>')
    assert texts(cleaned(html, html=True, url=ADDRESS), "dateline") == ["HELSINKI —"]


def test_networks_in_a_box_of_the_author_are_no_bylines(cleaned: Cleaner) -> None:
    box = '<div class="author-links"><p>Twitter</p><p>Facebook</p></div>'
    article = cleaned(page(tail=box), html=True, url=ADDRESS)
    assert {"Twitter", "Facebook"} <= set(texts(article, "share"))


@pytest.mark.parametrize("site", ["| harbour.example", ":: Harbour and Sea", "- m.harbour.example"])
def test_a_title_without_the_sites_name(cleaned: Cleaner, site: str) -> None:
    head = f"<title>Northern crossing to reopen {site}</title>"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    html = (
        f"<html><head>{head}</head><body><h4>Northern crossing to reopen</h4>{body}</body></html>"
    )
    article = cleaned(html, html=True)
    assert article.title == "Northern crossing to reopen"
    assert texts(article, "headline") == ["Northern crossing to reopen"]
