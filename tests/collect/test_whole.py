"""Whole articles in feeds, and those that only pretend to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.collect.whole import capture_of, is_whole
from dragoman.model import Entry, Item
from dragoman.pipeline import Steps
from tests.collect.feedtexts import PARAGRAPHS, article

NOW = "2024-03-20T12:00:00+00:00"
ENTRY = Entry(
    "https://lake.example/feed", title="Boats & radars", published="2024-03-18T10:00:00+00:00"
)
ADDRESS = "https://lake.example/news/1"
WHOLE = Item("lake-1", ADDRESS, ENTRY, content=article(), summary=PARAGRAPHS[0], language="en")


def with_end(end: str) -> Item:
    return replace(WHOLE, content=article() + end)


@pytest.mark.parametrize(
    "item",
    [
        WHOLE,
        replace(WHOLE, summary=None),
        # The note that blogs put below what they send out: its links are no way to go on reading.
        with_end(f'<p>The text <a href="{ADDRESS}">Boats &amp; radars</a> came from us.</p>'),
        with_end(f'<p>Share: <a href="{ADDRESS}">Boats &amp; radars</a></p>'),
        with_end('<p>See also <a href="https://lake.example/news/2">part two</a></p>'),
        replace(WHOLE, content=article((PARAGRAPHS[0] + " And so on… or not.", *PARAGRAPHS))),
    ],
)
def test_whole(item: Item) -> None:
    assert is_whole(item)


@pytest.mark.parametrize(
    "item",
    [
        replace(WHOLE, content=None),
        replace(WHOLE, content=article(PARAGRAPHS[:3])),
        replace(WHOLE, content="<!-- -->"),
        # Content and summary are the same words.
        replace(WHOLE, summary=article()),
        with_end("<p>The ministers also said that […]</p>"),
        with_end("<p>The ministers also said that...</p>"),
        with_end(f'<p>And then… <a href="{ADDRESS}">Go on</a></p>'),
        with_end("<p>And then […]</p><p>This came from our feed.</p>"),
        with_end(f'<p><a href="{ADDRESS}?utm_source=rss">Go on reading</a></p>'),
        with_end(f'<a class="more" href="{ADDRESS}#more">Lire la suite</a>'),
    ],
)
def test_not_whole(item: Item) -> None:
    assert not is_whole(item)
    assert capture_of(item, fetched=NOW) is None


def test_a_capture_has_what_the_feed_says_and_nothing_else() -> None:
    capture = capture_of(WHOLE, fetched=NOW)
    assert capture is not None
    assert (capture.url, capture.origin, capture.fetched) == (ADDRESS, ADDRESS, NOW)
    assert (capture.entry, capture.published) == (ENTRY, ENTRY.published)
    assert capture.media_type == "text/html"
    page = capture.body.decode(capture.charset or "")
    assert "<h1>Boats &amp; radars</h1>" in page
    assert article() in page
    assert '<html lang="en">' in page
    assert capture_of(WHOLE, fetched=NOW) == capture


def test_authors_of_the_feed_reach_the_article(steps: Steps) -> None:
    names = ("Atelier du lac", 'The "Lake" Desk')
    capture = capture_of(replace(WHOLE, entry=replace(ENTRY, authors=names)), fetched=NOW)
    assert capture is not None
    assert b'content="The &quot;Lake&quot; Desk"' in capture.body
    article = steps.all(capture).article
    assert "Atelier du lac" in [author.name for author in article.authors]
    assert (article.title, article.published and article.published.start) == (
        "Boats & radars",
        "2024-03-18",
    )


def test_a_capture_takes_no_date_from_the_future() -> None:
    ahead = replace(WHOLE, entry=replace(ENTRY, published="2031-01-01T00:00:00+00:00"))
    capture = capture_of(ahead, fetched=NOW)
    assert capture is not None
    assert capture.published is None


def test_an_item_without_address_is_named_after_its_feed() -> None:
    capture = capture_of(replace(WHOLE, address=None), fetched=NOW)
    assert capture is not None
    assert (capture.url, capture.origin) == (None, "https://lake.example/feed#lake-1")
