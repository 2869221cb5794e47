"""Pictures, captions and credits in the shapes that pages give them. All pages are our own."""

from __future__ import annotations

import json

import pytest

from dragoman.model import Image

from .conftest import Cleaner, texts
from .test_page import ADDRESS, BODY, page

FIGURE = (
    '<figure><img src="/pier.jpg"><figcaption>The pier after the storm. <span class="credit">'
    "Photo: Ida\nHolm / AFP</span></figcaption></figure>"
)
CAPTION = "The pier after the storm"


def shown(cleaned: Cleaner, picture: str, head: str = "") -> list[tuple[str | None, str | None]]:
    return [(i.caption, i.credit) for i in images(cleaned, picture, head)]


def images(cleaned: Cleaner, picture: str, head: str = "") -> tuple[Image, ...]:
    html = page(head).replace(FIGURE, "")
    # below the first paragraph, where no other picture stands
    html = html.replace(f"<p>{BODY[1]}</p>", f"{picture}<p>{BODY[1]}</p>")
    return cleaned(html, html=True, url=ADDRESS).images


def figure(inside: str) -> str:
    return f'<figure><img src="/pier.jpg">{inside}</figure>'


# (what stands beside the picture, caption, credit)
FIGURES = [
    # a block of its own for each
    (
        f"<figcaption><p>{CAPTION}</p><p>Ida Holm/Harbour Pictures</p></figcaption>",
        CAPTION,
        "Ida Holm/Harbour Pictures",
    ),
    # an element named for what it holds, inline; also by its tag
    (
        f'<figcaption>{CAPTION} <span class="img-source">Ida Holm</span></figcaption>',
        CAPTION,
        "Ida Holm",
    ),
    (f"<figcaption>{CAPTION} <cite>Ida Holm</cite></figcaption>", CAPTION, "Ida Holm"),
    (f"<figcaption>{CAPTION} <b data-photo-author>Ida Holm</b></figcaption>", CAPTION, "Ida Holm"),
    (f"<figcaption>{CAPTION}</figcaption><footer>Ida Holm</footer>", CAPTION, "Ida Holm"),
    # two elements that hold all of it, whatever they are called
    (f"<figcaption><i>{CAPTION}</i><i>Ida Holm (AFP)</i></figcaption>", CAPTION, "Ida Holm (AFP)"),
    # in one text
    (
        f"<figcaption>{CAPTION} / Ida Holm / Harbour Pictures</figcaption>",
        CAPTION,
        "Ida Holm / Harbour Pictures",
    ),
    (f"<figcaption>{CAPTION} (Courtesy of Ida Holm)</figcaption>", CAPTION, "Ida Holm"),
    (f"<figcaption>{CAPTION} Ảnh: Ida Holm</figcaption>", CAPTION, "Ida Holm"),
    ("<figcaption>嵐の後の桟橋＝ＡＦＰ</figcaption>", "嵐の後の桟橋", "ＡＦＰ"),
    ("<figcaption>嵐の後の桟橋（Ｃ）港写真</figcaption>", "嵐の後の桟橋", "港写真"),
    (f"<figcaption>{CAPTION} (pic: Ida Holm)</figcaption>", CAPTION, "Ida Holm"),
    (f"<figcaption>{CAPTION} fot. Ida Holm</figcaption>", CAPTION, "Ida Holm"),
    (
        f"<figcaption>Photo credit: Ida Holm | {CAPTION} of May</figcaption>",
        f"{CAPTION} of May",
        "Ida Holm",
    ),
    # a credit alone
    ("<figcaption>A.L. Holm</figcaption>", None, "A.L. Holm"),
    ("<figcaption>(Harbour Pictures)</figcaption>", None, "Harbour Pictures"),
    # no credits: a note, a day, a length
    (f"<figcaption>{CAPTION}. (Archivbild)</figcaption>", f"{CAPTION}. (Archivbild)", None),
    (f"<figcaption>{CAPTION}, 24. April 2026</figcaption>", f"{CAPTION}, 24. April 2026", None),
    (
        f"<figcaption><p>{CAPTION}</p><small>30.03.2026 | 2:43 min</small></figcaption>",
        CAPTION,
        None,
    ),
    # its place in a gallery
    (f"<figcaption>[1/5] {CAPTION}</figcaption>", CAPTION, None),
]


@pytest.mark.parametrize(("inside", "caption", "credit"), FIGURES)
def test_caption_and_credit_of_a_figure(
    cleaned: Cleaner, inside: str, caption: str | None, credit: str | None
) -> None:
    assert shown(cleaned, figure(inside)) == [(caption, credit)]


PICTURE = '<img src="/pier.jpg">'
# (a picture without a figure, caption, credit)
BOXES = [
    (f'<div class="widget">{PICTURE}<p>{CAPTION}</p><p>Image: Bo Ek</p></div>', CAPTION, "Bo Ek"),
    (f'<div class="teaser-image">{PICTURE}<p>{CAPTION} / Bo Ek</p></div>', CAPTION, "Bo Ek"),
    (f'<div class="teaser-image">{PICTURE}<p class="x__credits">Bo Ek</p></div>', None, "Bo Ek"),
    (f"<div>{PICTURE}</div><figcaption>{CAPTION}</figcaption>", CAPTION, None),
]


@pytest.mark.parametrize(("box", "caption", "credit"), BOXES)
def test_caption_and_credit_without_a_figure(
    cleaned: Cleaner, box: str, caption: str | None, credit: str | None
) -> None:
    assert shown(cleaned, box) == [(caption, credit)]


# what stands beside a picture and tells nothing of it
OTHERS = [
    '<div class="promo"><img src="/bell.jpg"><p>Get the latest of the sea every day</p></div>',
    '<div class="widget"><img src="/boat.jpg"><a href="/x">A lighthouse goes dark</a></div>',
    f'<div><img src="/logo.svg"><p>{CAPTION}. Photo: Ida Holm</p></div>',
    '<div class="author-box"><img src="/ada.jpg"><p>Bo Ek</p></div>',
]


@pytest.mark.parametrize("box", OTHERS)
def test_what_tells_of_no_picture(cleaned: Cleaner, box: str) -> None:
    assert shown(cleaned, box) == []


def test_the_extractors_text_stays_body(cleaned: Cleaner) -> None:
    html = page().replace(FIGURE, "").replace(f"<p>{BODY[1]}", f'<img src="/a.jpg"><p>{BODY[1]}')
    article = cleaned(html, html=True, url=ADDRESS)
    assert texts(article, "body") == BODY
    assert article.images == ()


def test_captions_stay_with_their_own_pictures(cleaned: Cleaner) -> None:
    two = figure("<figcaption>The pier</figcaption>") + (
        '<figure><img src="/boat.jpg"><figcaption>The boat</figcaption></figure>'
        '<span class="text-caption">By signing up you agree to nothing at all.</span>'
    )
    found = images(cleaned, two)
    assert [(i.src, i.caption) for i in found] == [
        ("https://www.harbourtimes.example/pier.jpg", "The pier"),
        ("https://www.harbourtimes.example/boat.jpg", "The boat"),
    ]


def test_one_caption_is_one_picture(cleaned: Cleaner) -> None:
    caption = f"<figcaption>{CAPTION}</figcaption>"
    wide = f'<figure class="desktop"><img src="/pier-wide.jpg">{caption}</figure>'
    assert shown(cleaned, wide + figure(caption)) == [(CAPTION, None)]


def test_the_lead_comes_first(cleaned: Cleaner) -> None:
    lead = '<meta property="og:image" content="https://img.example/w1200/harbour-lead.jpg?x=1">'
    two = figure("<figcaption>The pier</figcaption>") + (
        '<figure><img src="/w300/harbour-lead.jpg"><figcaption>The boat</figcaption></figure>'
    )
    assert shown(cleaned, two, lead) == [("The boat", None), ("The pier", None)]


def test_a_script_loads_the_picture(cleaned: Cleaner) -> None:
    lazy = '<img src="data:image/gif;base64,R0lGOD" data-src="/pier.jpg">'
    html = f"<figure>{lazy}<figcaption>{CAPTION}</figcaption></figure>"
    (image,) = images(cleaned, html)
    assert image.src == "https://www.harbourtimes.example/pier.jpg"


def test_whose_it_is_in_words_for_who_cannot_see(cleaned: Cleaner) -> None:
    picture = '<img src="/pier.jpg" alt="Waves at night. Photo: Ida Holm">'
    html = f"<figure>{picture}<figcaption>{CAPTION}</figcaption></figure>"
    assert shown(cleaned, html) == [(CAPTION, "Ida Holm")]


def test_whose_it_is_in_json_ld(cleaned: Cleaner) -> None:
    url = "https://www.harbourtimes.example/big/pier-at-night.jpg"
    thing = {"@type": "ImageObject", "url": url, "copyrightHolder": {"name": "Ida Holm"}}
    said = {"@type": "NewsArticle", "headline": "A ferry", "image": [thing]}
    head = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    html = f'<figure><img src="/pier-at-night.jpg"><figcaption>{CAPTION}</figcaption></figure>'
    assert shown(cleaned, html, head) == [(CAPTION, "Ida Holm")]
