"""What can be watched at an address: asked of the page, of robots.txt, of the usual places."""

from __future__ import annotations

import pytest

from dragoman.collect.discover import discover
from dragoman.errors import SourceError, Unreadable
from tests.collect.feedtexts import rss, rss_item
from tests.collect.test_sitemaps import url, urlset
from tests.web import Page, Web

NOW = "2024-03-20T12:00:00+00:00"
SITE = "https://lake.example/"
HEAD = """<!doctype html><html><head><base href="https://lake.example/x/">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="ALTERNATE home" type="application/rss+xml; charset=utf-8" title="Lake  News" href="feed">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="alternate" type="application/rss+xml" href="feed">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" hreflang="fr" href="/fr/"><link rel="stylesheet" href="style.css">
</head><body><a href="/feed">Feed</a></body></html>"""


def found(web: Web, address: str = SITE) -> list[tuple[str, str, str | None]]:
    return [(s.kind, s.address, s.title) for s in discover(address, web.get, now=NOW)]


def test_a_feed_is_what_it_is() -> None:
    web = Web()
    web.put("https://lake.example/feed", rss(rss_item()))
    assert found(web, "https://lake.example/feed") == [
        ("feed", "https://lake.example/feed", "Lake News")
    ]


def test_a_feed_that_moved_for_good_is_added_where_it_is() -> None:
    web = Web()
    web.pages["http://lake.example/feed"] = Page(rss().encode(), moved_to="https://lake.example/f")
    assert found(web, "http://lake.example/feed")[0][1] == "https://lake.example/f"


def test_a_sitemap_is_one() -> None:
    web = Web()
    web.put("https://lake.example/map", urlset(url(1)))
    assert found(web, "https://lake.example/map") == [("sitemap", "https://lake.example/map", None)]


def test_a_page_names_its_feeds_the_main_one_first() -> None:
    web = Web()
    web.put(SITE, HEAD)
    assert found(web) == [
        ("feed", "https://lake.example/x/feed", "Lake News"),
        ("feed", "https://lake.example/x/feed.json", None),
        ("feed", "https://lake.example/comments/feed", "Comments"),
    ]
    assert web.asked == [SITE], "a page that says so is believed"


def test_robots_name_sitemaps_news_first() -> None:
    web = Web()
    web.put(SITE, "<html><body>Hello.</body></html>")
    robots = (
        "User-agent: *\nDisallow: /x\nSitemap: /all.xml\nSitemap: https://lake.example/news.xml"
    )
    web.put("https://lake.example/robots.txt", robots, "text/plain")
    web.put("https://lake.example/all.xml", urlset(url(1)))
    web.put("https://lake.example/news.xml", urlset(url(1)))
    assert found(web) == [("sitemap", "https://lake.example/news.xml", None)]


def test_the_usual_places_come_last() -> None:
    web = Web()
    web.put("https://lake.example/news/", "<html><body>Hello.</body></html>")
    web.put("https://lake.example/rss.xml", rss())
    assert found(web, "https://lake.example/news/") == [
        ("feed", "https://lake.example/rss.xml", "Lake News")
    ]
    assert web.asked[-1] == "https://lake.example/rss.xml"


def test_where_there_is_nothing_it_says_what_to_do() -> None:
    web = Web()
    web.put(SITE, "<html><body>Hello.</body></html>")
    with pytest.raises(Unreadable, match=r"a web page, not a feed, and .* --kind page"):
        found(web)
    with pytest.raises(SourceError):
        found(web, "https://nobody.example/")


@pytest.mark.parametrize("base", ["http://[", "x:y", "", "#"])
def test_an_odd_base_is_passed_over(base: str) -> None:
    web = Web()
    web.put(SITE, HEAD.replace("https://lake.example/x/", base))
    assert found(web)[0][1] == "https://lake.example/feed"


@pytest.mark.parametrize("body", ["", "<", "\x00\x01", "<html" * 999, "<link rel=alternate type="])
def test_odd_pages(body: str) -> None:
    web = Web()
    web.put(SITE, body)
    with pytest.raises(Unreadable):
        found(web)
