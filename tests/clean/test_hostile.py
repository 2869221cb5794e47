"""Pages that are broken or meant to break: each must come out whole, in time, or with a doubt."""

from __future__ import annotations

from time import perf_counter

import pytest

from dragoman.clean.article import clean
from dragoman.clean.decode import decode
from dragoman.clean.draft import Draft
from dragoman.clean.facts import PageFacts
from dragoman.clean.language import identify
from dragoman.clean.signing import authors_of
from dragoman.collect.pages import capture_bytes, capture_text
from dragoman.errors import Unreadable

from .conftest import Cleaner, Knowledge, check_cover, texts
from .test_page import ADDRESS, BODY, page

FRENCH = "<p>Le préfet a reçu les pêcheurs à l’hôtel de ville, où la fête était déjà terminée.</p>"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_page_in_wide_characters_is_a_page(knowledge: Knowledge, encoding: str) -> None:
    article = clean(capture_bytes(page().encode(encoding), "wide.html"), knowledge)
    assert texts(article, "body") == BODY
    assert article.authors[0].name == "Ada Lindqvist"


@pytest.mark.parametrize("said", ["utf-8", None, "iso-8859-1"])
def test_western_bytes_that_are_no_utf8_are_windows_1252(said: str | None) -> None:
    body = ("<html><body>" + FRENCH + "<div class='wide'></div>" * 200).encode("cp1252")
    decoded = decode(capture_bytes(body, "western.html", charset=said))
    assert FRENCH in decoded.text
    assert (decoded.doubt is None) == (said == "iso-8859-1")


def test_another_script_is_not_taken_for_windows_1252() -> None:
    words = "Министр встретился с рыбаками в порту, сообщила во вторник городская газета. " * 5
    assert "Министр" in decode(capture_bytes(words.encode("cp1251"), "eastern.txt")).text


def test_a_text_handed_in_keeps_its_length(knowledge: Knowledge) -> None:
    text = "\ufeffThe minister \ud83d met the envoy \udcff on Monday in the old harbour town."
    article = clean(capture_text(text, "line 1"), knowledge)
    assert len(article.text) == len(text)
    assert article.text.index("envoy") == text.index("envoy")
    assert "text" in {doubt.field for doubt in article.doubts}
    article.text.encode()


def test_half_characters_in_statements_can_be_written(cleaned: Cleaner) -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "headline":
    "Northern crossing \\ud83d to reopen", "author": {"name": "Ada \\udc00 Lindqvist"},
    "publisher": "\\ud83d"}</script>"""
    article = cleaned(page(head), html=True, url=ADDRESS)
    repr(article).encode()
    assert article.title is not None
    assert "\\ud83d" not in ascii(article.title)
    article.title.encode()
    [author.name.encode() for author in article.authors]


@pytest.mark.parametrize(
    "body", ["", "<img src='/a.jpg'>", "&nbsp;<p> </p>", "<script>show('Kenya')</script>"]
)
def test_a_page_without_a_word_is_no_article(cleaned: Cleaner, body: str) -> None:
    with pytest.raises(Unreadable, match="no visible text"):
        cleaned(f"<html><head><title>Kenya</title></head><body>{body}</body></html>", html=True)


@pytest.mark.parametrize("tag", ["div", "span", "table", "blockquote", "x-box"])
def test_endless_nesting_loses_no_words(cleaned: Cleaner, tag: str) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    html = page(tail=f"<{tag}>" * 100_000 + paragraphs.replace("The two", "Then two"))
    article = cleaned(html, html=True, url=ADDRESS)
    check_cover(article)
    assert "Then two ministers" in article.text
    assert set(BODY) & set(texts(article, "body"))
    assert any("nested too deeply" in doubt.reason for doubt in article.doubts)


@pytest.mark.parametrize("value", ["", "=x", "='<p>'"])
def test_endless_attributes_take_no_time(cleaned: Cleaner, value: str) -> None:
    given = " ".join(f"data-{number}{value}" for number in range(100_000))
    html = page().replace("<article>", f"<article {given}>")
    article = cleaned(html, html=True, url=ADDRESS)
    assert texts(article, "body") == BODY


@pytest.mark.parametrize(
    "given", ["<a '" * 50_000, '<p x="' * 50_001, "<!--" * 50_000, "<p a=" * 9]
)
def test_open_ends_are_scanned_once(cleaned: Cleaner, given: str) -> None:
    cleaned(page(tail=given), html=True, url=ADDRESS)


def test_scripts_are_not_read_as_tags(cleaned: Cleaner) -> None:
    script = "<script>if (a<b && c='x) {" + "word " * 500 + "}</script>"
    article = cleaned(page(tail=script), html=True, url=ADDRESS)
    assert texts(article, "body") == BODY


@pytest.mark.parametrize(
    "name", ['"><img src=x onerror=alert(1)>', "<b>Ada Lindqvist</b>", "Ada=Lindqvist"]
)
def test_mark_up_is_no_name(knowledge: Knowledge, name: str) -> None:
    draft = Draft("", [], "en", facts=PageFacts(authors=(name,)))
    assert not authors_of(draft, knowledge.furniture["en"], knowledge.outlets)


@pytest.mark.parametrize(
    ("text", "page_says", "language"),
    [
        ("Macron met Putin in Moscow", None, "en"),
        ("Macron met Putin in Moscow", "en-GB", "en"),
        ("Putin met Modi in Delhi on Monday", None, "en"),
        ("Macron rencontre Poutine à Moscou", None, "fr"),
        ("Rutte ontmoette Macron in Parijs.", None, None),
        ("Rutte ontmoette Macron in Parijs.", "nl", "nl"),
    ],
)
def test_a_few_words_are_not_taken_for_dutch(
    text: str, page_says: str | None, language: str | None, knowledge: Knowledge
) -> None:
    assert identify(text, knowledge.identifying, None, page_says) == language


MANY = [
    # texts in one box without a picture, and around one picture
    '<div class="widget">' + "<p>Sea news of the day</p>" * 5_000 + "</div>",
    '<div class="widget"><img src="/a.jpg">' + "<p>Sea / Harbour News</p>" * 5_000 + "</div>",
    # captions of one figure, and figures
    '<figure><img src="/a.jpg">' + "<figcaption>Sea / Bo Ek</figcaption>" * 3_000 + "</figure>",
    '<figure><img src="/a.jpg"><figcaption>Sea / Bo Ek</figcaption></figure>' * 3_000,
    # marks without end in a by-line, in words for who can't see, in a caption
    f'<p class="byline">{"- , " * 50_000}</p>',
    f'<figure><img src="/a.jpg" alt="{"Photo: " * 50_000}"><figcaption>Sea</figcaption></figure>',
    f'<figure><img src="/a.jpg"><figcaption>{"Sea / " * 50_000}</figcaption></figure>',
]


@pytest.mark.parametrize("many", MANY, ids=range(len(MANY)))
def test_many_pictures_and_endless_credits(cleaned: Cleaner, many: str) -> None:
    html = page().replace(f"<p>{BODY[1]}</p>", f"{many}<p>{BODY[1]}</p>")
    check_cover(cleaned(html, html=True, url=ADDRESS))


def test_json_ld_of_any_shape(cleaned: Cleaner) -> None:
    shapes = [
        "null",
        "[[[]]]",
        '{"author": {"name": {"name": []}}, "image": [1, [{}], {"url": 2}]}',
    ]
    for shape in (*shapes, '{"@type": "NewsArticle", "author": ' + "[" * 500 + "]" * 500 + "}"):
        head = f'<script type="application/ld+json">{shape}</script>'
        said = head.replace('{"author', '{"@type": "NewsArticle", "headline": 1, "author')
        check_cover(cleaned(page(said), html=True, url=ADDRESS))


def test_a_line_of_spaces_takes_no_time(cleaned: Cleaner) -> None:
    """It took minutes where each of them began a search for a mark behind them."""
    began = perf_counter()
    text = f"{BODY[0]}{' ' * 50_000}{BODY[1]}"
    assert cleaned(text).text == text
    assert perf_counter() - began < 10
