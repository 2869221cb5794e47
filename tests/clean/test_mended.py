"""Shapes met on real pages that were once read wrongly. All pages and texts are our own."""

from __future__ import annotations

import pytest

from .conftest import Cleaner, check_cover, texts
from .test_page import ADDRESS, BODY, page
from .test_text import PARAGRAPH, SECOND

BYLINE = '<p class="byline">By <a rel="author" href="/ada">Ada Lindqvist</a></p>'


def ending(last: str) -> str:
    return page(tail=f"<p>{last}</p>")


# (what is added to the page, its address): none of it dates the page
UNDATED = [
    # a year in the text and in the footer
    ("<p>The storm of 2021 sank two boats and closed the fish market for a whole winter.</p>", ""),
    ('<aside><time datetime="2025-01-02">2 January 2025</time> A lighthouse goes dark</aside>', ""),
    # the day of another story, in the name of a picture
    ('<img src="/2024/04/25/crab.jpg" alt="A crab on 25.04.2024">', ""),
    # a month in the address
    ("", "https://www.harbourtimes.example/2024/03/crossing"),
]


@pytest.mark.parametrize(("tail", "address"), UNDATED)
def test_what_dates_no_page(cleaned: Cleaner, tail: str, address: str) -> None:
    article = cleaned(page(tail=tail), html=True, url=address or ADDRESS)
    assert article.published is None
    assert "published" in {doubt.field for doubt in article.doubts}


def test_a_whole_day_in_address_or_title(cleaned: Cleaner) -> None:
    address = "https://www.harbourtimes.example/sea/2026/03/02/crossing"
    by_address = cleaned(page(), html=True, url=address).published
    title = "<title>Northern crossing to reopen in June | Harbour Times | 02.03.2026</title>"
    by_title = cleaned(f"{title}{page()}", html=True, url=ADDRESS).published
    assert by_address is not None
    assert by_title is not None
    assert (by_address.start, by_address.basis) == ("2026-03-02", "page: address")
    assert (by_title.start, by_title.basis) == ("2026-03-02", "page: title")


NO_LIVES = [
    # a verb and "for", and a place that the article is about
    "Oslo is looking for boats elsewhere, and it has bought two of them from the mainland.",
    # a person the article has told of
    "Berit Harbour is the director of the office, and will open the new pier in June.",
    # the paper about itself
    "Our website is the place for the latest news of the sea, the ports and the islands.",
]


@pytest.mark.parametrize("last", NO_LIVES)
def test_a_last_paragraph_is_no_life(cleaned: Cleaner, last: str) -> None:
    assert texts(cleaned(ending(last), html=True, url=ADDRESS), "bio") == []


def test_a_life_of_someone_not_told_of(cleaned: Cleaner) -> None:
    life = "Ada Lindqvist is a senior fellow at the Institute of Small Harbours."
    article = cleaned(ending(life), html=True, url=ADDRESS)
    assert texts(article, "bio") == [life]
    assert article.genre.value == "opinion"


def test_a_collective_with_its_life(cleaned: Cleaner) -> None:
    text = (
        "Le bac repart bientôt\nLe bac repart bientôt\nLes deux ministres se sont vus mardi sur "
        "le bac et ont décidé de rouvrir la ligne du nord, fermée depuis les tempêtes.\n"
        "Les travaux commenceront au printemps, a dit l’office du port dans un communiqué.\n"
        "Atelier d’étude des petits ports\nCollectif de géographes et de marins, né sur une île.\n"
        "L’article Le bac repart bientôt est apparu en premier sur L-Post."
    )
    article = cleaned(text)
    (author,) = article.authors
    assert author.name == "Atelier d'étude des petits ports"
    assert author.about == "Collectif de géographes et de marins, né sur une île."
    assert article.genre.value == "opinion"


def test_staff_have_lives_too(cleaned: Cleaner) -> None:
    text = (
        f"Ferry to run again\nFerry to run again\n{PARAGRAPH}\n{SECOND}\nAda Lindqvist\n"
        "Ada Lindqvist is a reporter on the sea desk.\n"
        "The post Ferry to run again appeared first on Valley Mail."
    )
    article = cleaned(text)
    assert [author.name for author in article.authors] == ["Ada Lindqvist"]
    assert article.genre.value == "other"


# (by-line, authors, agency): who signs, and who supplied
SIGNED = [
    ("By Sea desk with AFP", ["Sea desk"], "AFP"),
    ("la rédaction Mer avec AFP", ["Rédaction Mer"], "AFP"),
    ("3 March 2026 - Editorial team", ["Editorial team"], None),
    ("AFP", ["AFP"], "AFP"),
]


@pytest.mark.parametrize(("byline", "names", "agency"), SIGNED)
def test_desks_and_agencies(
    cleaned: Cleaner, byline: str, names: list[str], agency: str | None
) -> None:
    html = page().replace(BYLINE, f'<p class="byline">{byline}</p>')
    article = cleaned(html, html=True, url=ADDRESS)
    found = article.attribution.agency
    assert [author.name for author in article.authors] == names
    assert (found.value if found else None) == agency


def test_what_an_agency_alone_signs_is_its_own(cleaned: Cleaner) -> None:
    html = page().replace(BYLINE, '<p class="byline">AFP</p>')
    told = cleaned(html, html=True, url=ADDRESS).attribution
    assert told.first_publisher is not None
    assert told.republisher is not None
    assert (told.first_publisher.value, told.republisher.value) == ("AFP", "Harbour Times")


def test_inline_parts_make_a_byline(cleaned: Cleaner) -> None:
    meta = (
        '<div class="entry-meta"><time datetime="2026-03-02">2 March 2026</time> '
        '<span class="author vcard">By Ada Lindqvist</span></div>'
    )
    article = cleaned(page().replace(BYLINE, meta), html=True, url=ADDRESS)
    assert texts(article, "byline") == ["2 March 2026 By Ada Lindqvist"]
    assert [author.name for author in article.authors] == ["Ada Lindqvist"]


def test_rows_of_a_table_are_lines(cleaned: Cleaner) -> None:
    rows = [
        "12 May 2025 The harbour office closed the northern crossing to all boats after a storm.",
        "3 June 2025 The islanders asked the ministers to reopen the crossing before the winter.",
        "9 July 2025 Work began on the second pier, and the first piles were driven that week.",
    ]
    cells = "".join(f"<tr><td>{r[:11].strip()}</td><td>{r[11:].strip()}</td></tr>" for r in rows)
    table = f"<table><tr><th>Date</th><th>What happened</th></tr>{cells}</table>"
    article = cleaned(page().replace(f"<p>{BODY[2]}</p>", f"{table}<p>{BODY[2]}</p>"), html=True)
    check_cover(article)
    assert [text for text in texts(article, "body") if text not in BODY] == rows
    assert "Date What happened" not in texts(article, "body")


def test_a_page_laid_out_in_tables(cleaned: Cleaner) -> None:
    menu = "".join(f'<td><a href="/{w}">{w}</a></td>' for w in ("Sea", "Coast", "Islands", "Boats"))
    story = "".join(f"<p>{text}</p>" for text in BODY[:2])
    rest = "".join(f"<p>{text}</p>" for text in BODY[2:])
    html = (
        "<html><head><title>A ferry returns</title></head><body><table><tr><td>Harbour Times</td>"
        f"</tr><tr><td><table><tr>{menu}</tr></table></td></tr><tr><td><h1>A ferry returns</h1>"
        f"{story}<h3>What comes next</h3>{rest}</td></tr></table></body></html>"
    )
    article = cleaned(html, html=True)
    assert texts(article, "body") == BODY
    assert texts(article, "heading") == ["What comes next"]
    assert texts(article, "navigation") == ["Harbour Times", "Sea Coast Islands Boats"]


def test_a_comment_form_among_comments(cleaned: Cleaner) -> None:
    respond = (
        '<div id="respond" class="comment-respond"><h3 class="comment-reply-title">Say something'
        '</h3><form><p class="comment-notes">Be kind.</p></form></div>'
    )
    html = page().replace('<form class="comment-form">', f'{respond}<form class="comment-form">')
    article = cleaned(html, html=True, url=ADDRESS)
    assert texts(article, "comment_form") == ["Say something", "Be kind.", "Leave a reply"]


def test_times_of_a_live_blog(cleaned: Cleaner) -> None:
    live = '<p class="live-time"><time datetime="2026-03-02T18:30">2 March, 6.30 pm</time></p>'
    html = page().replace(f"<p>{BODY[1]}</p>", f"{live}<p>{BODY[1]}</p>")
    assert "2 March, 6.30 pm" in texts(cleaned(html, html=True, url=ADDRESS), "byline")


def test_no_picture_is_no_image(cleaned: Cleaner) -> None:
    html = page().replace('<img src="/pier.jpg">', "")
    assert cleaned(html, html=True, url=ADDRESS).images == ()


def test_an_agency_in_a_logo_is_no_credit(cleaned: Cleaner) -> None:
    html = page().replace("<nav>", '<a class="logo" href="/">Reuters</a><nav>')
    (image,) = cleaned(html, html=True, url=ADDRESS).images
    assert image.credit == "Ida Holm / AFP"


def test_a_map_has_a_credit(cleaned: Cleaner) -> None:
    html = (
        page().replace(">Photo: Ida\nHolm / AFP<", ">Map: Ida Holm<").replace('class="credit"', "")
    )
    (image,) = cleaned(html, html=True, url=ADDRESS).images
    assert (image.caption, image.credit) == ("The pier after the storm.", "Ida Holm")


def test_a_paywall_is_no_related_story(cleaned: Cleaner) -> None:
    gate = '<p class="read-more-gate">Subscribe to read the rest of this story.</p>'
    article = cleaned(page(tail=gate), html=True, url=ADDRESS)
    assert texts(article, "subscribe") == ["Subscribe to read the rest of this story."]


def test_a_section_behind_the_title_is_dropped(cleaned: Cleaner) -> None:
    html = page().replace('in June - Harbour Times">', 'in June | Sea">')
    article = cleaned(html, html=True, url=ADDRESS)
    assert article.title == texts(article, "headline")[0] == "Northern crossing to reopen in June"


def test_an_article_of_one_short_sentence(cleaned: Cleaner) -> None:
    top = '<html lang="en"><body><nav><a href="/">Home</a></nav><h1>Quake in Vanuatu</h1>'
    article = cleaned(f"{top}<p>The quake killed two.</p><p>Read more</p></body></html>", html=True)
    assert texts(article, "body") == ["The quake killed two."]
    alone = cleaned("<html><body><p>The quake killed two.</p></body></html>", html=True)
    assert texts(alone, "body") == ["The quake killed two."]
    assert article.language == "en"


@pytest.mark.parametrize(
    "rest",
    [
        '<p><a href="/a">The quake killed two.</a></p><p>It was felt afar.</p>',
        "<h1>Storm in Fiji</h1><p>The quake killed two.</p>",
        "<p>Quake</p><p>The quake killed two.</p>",
    ],
)
def test_short_sentences_elsewhere_are_no_article(cleaned: Cleaner, rest: str) -> None:
    article = cleaned(f"<html><body><h1>Quake in Vanuatu</h1>{rest}</body></html>", html=True)
    assert texts(article, "body") == []
