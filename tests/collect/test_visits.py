"""One visit to a source: what it names, and what it is not asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dragoman.collect import visits
from dragoman.collect.visits import UNDATED, Span, Visited, visit
from dragoman.errors import SourceError, Unreadable
from dragoman.model import Source, SourceKind, SourceState
from dragoman.store import source_id
from tests.collect.feedtexts import article, rss, rss_item
from tests.collect.test_sitemaps import url, urlset
from tests.web import Page, Web

FEED = "https://lake.example/feed"
MAP = "https://lake.example/map.xml"
NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
SEEN = SourceState(polls=5, succeeded="2024-03-20T06:00:00+00:00")


def source(address: str = FEED, kind: SourceKind = "feed", **state: object) -> Source:
    made = replace(SourceState(), **state)  # type: ignore[arg-type]
    return Source(source_id(address), address, kind, state=made)


def addresses(visited: Visited) -> list[str | None]:
    return [one.item.address for one in visited.found]


def test_a_feed_gives_captures_of_whole_articles_and_pages_to_fetch() -> None:
    web = Web()
    items = rss_item(1, content=article()), rss_item(2), rss_item(3, link="", guid="x")
    web.put(FEED, rss(*items, rss_item(4, link="", more="<description>In brief.</description>")))
    visited = visit(source(), web.get, NOW)
    whole, teaser, nothing, brief = visited.found
    assert whole.capture is not None
    assert whole.capture.entry == whole.item.entry
    assert (teaser.capture, teaser.passed) == (None, None)
    assert nothing.passed == "it has neither a text nor an address"
    assert brief.capture is not None
    assert b"In brief." in brief.capture.body
    assert (visited.title, visited.damaged) == ("Lake News", None)
    assert web.against_robots == [FEED]


def test_asking_again_is_conditional_but_for_now_and_then() -> None:
    web = Web()
    web.put(FEED, rss(rss_item(1)))
    first = visit(source(), web.get, NOW)
    assert first.validators is not None
    known = source(etag=first.validators.etag, polls=1)
    again = visit(known, web.get, NOW)
    assert again.unchanged
    assert again.found == ()
    assert again.validators == first.validators
    assert web.conditional == [FEED]
    whole = visit(replace(known, state=replace(known.state, polls=12)), web.get, NOW)
    assert addresses(whole) == ["https://lake.example/news/1"]


def test_a_feed_that_moved_is_asked_where_it_is_now() -> None:
    web = Web()
    there = "https://lake.example/new/feed"
    web.pages[FEED] = Page(rss(rss_item(1, link="one")).encode(), moved_to=there)
    visited = visit(source(), web.get, NOW)
    assert visited.moved_to == there
    assert addresses(visited) == ["https://lake.example/new/one"]
    assert visited.found[0].item.entry.source == FEED, "it is known by the address it was added by"
    web.put(there, rss(rss_item(2)))
    later = visit(source(moved_to=there), web.get, NOW)
    assert addresses(later) == ["https://lake.example/news/2"]
    assert later.moved_to == there


def test_what_server_and_feed_ask_for_is_passed_on() -> None:
    web = Web()
    head = "<title>x</title><ttl>30</ttl>"
    web.pages[FEED] = Page(rss(head=head).encode(), retry_after=7.0, fresh_for=600.0)
    visited = visit(source(), web.get, NOW)
    assert (visited.every, visited.retry_after, visited.fresh_for) == (1800.0, 7.0, 600.0)


def test_faults_come_out_as_they_are() -> None:
    web = Web()
    with pytest.raises(SourceError) as caught:
        visit(source(), web.get, NOW)
    assert caught.value.kind == "gone"
    web.put(FEED, "<html><body>Not here.</body></html>")
    with pytest.raises(Unreadable, match="a web page, not a feed"):
        visit(source(), web.get, NOW)


def test_a_page_is_one_entry_captured_as_it_is_now() -> None:
    web = Web()
    web.put(FEED, "<p>As it was.</p>")
    (was,) = visit(source(kind="page"), web.get, NOW).found
    web.put(FEED, "<p>As it is.</p>")
    (now,) = visit(source(kind="page"), web.get, NOW).found
    assert was.item.key == now.item.key
    assert was.capture is not None
    assert now.capture is not None
    assert was.capture.id != now.capture.id


# --- sitemaps --------------------------------------------------------------------------------


def sitemap(web: Web, *urls: str) -> None:
    web.put(MAP, urlset(*urls), "application/xml")


def dated(number: int, day: str) -> str:
    return url(number, f"<lastmod>{day}</lastmod>")


def test_a_sitemap_names_what_is_recent() -> None:
    web = Web()
    sitemap(web, dated(1, "2024-03-19"), dated(2, "2024-03-14"), dated(3, "2023-01-01"))
    visited = visit(source(MAP, "sitemap"), web.get, NOW)
    assert addresses(visited) == ["https://lake.example/news/1", "https://lake.example/news/2"]
    assert visited.older == 1
    away = source(MAP, "sitemap", succeeded="2022-12-31T00:00:00+00:00")
    assert visit(away, web.get, NOW).older == 0, "a desk that was away catches up"


def test_days_that_are_asked_for_are_filled() -> None:
    web = Web()
    sitemap(web, *(dated(n, f"2023-0{n}-10") for n in range(1, 6)), dated(9, "2024-03-19"))
    visited = visit(source(MAP, "sitemap"), web.get, NOW, Span("2023-02-01", "2023-03-10"))
    assert [a and a[-1] for a in addresses(visited)] == ["2", "3", "9"]
    open_end = visit(source(MAP, "sitemap"), web.get, NOW, Span("2023-04-01"))
    assert [a and a[-1] for a in addresses(open_end)] == ["4", "5", "9"]


def test_pages_without_a_date_are_news_from_the_second_visit_on() -> None:
    web = Web()
    sitemap(web, url(1, ""))
    (old,) = visit(source(MAP, "sitemap"), web.get, NOW).found
    assert old.passed == UNDATED
    (new,) = visit(replace(source(MAP, "sitemap"), state=SEEN), web.get, NOW).found
    assert new.passed is None


def index(*places: tuple[str, str]) -> str:
    named = "".join(
        f"<sitemap><loc>{place}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for place, day in places
    )
    return f"<sitemapindex>{named}</sitemapindex>"


def test_an_index_leads_to_the_sitemaps_that_may_hold_news() -> None:
    web = Web()
    web.put(MAP, index(("a.xml", "2024-03-19"), ("b.xml", "2023-01-01"), ("c.xml", "")))
    web.put("https://lake.example/a.xml", urlset(dated(1, "2024-03-19")))
    web.put("https://lake.example/c.xml", index(("d.xml", "")))
    web.put("https://lake.example/d.xml", urlset(dated(2, "2024-03-18")))
    visited = visit(source(MAP, "sitemap"), web.get, NOW)
    assert addresses(visited) == ["https://lake.example/news/2", "https://lake.example/news/1"] or (
        addresses(visited) == ["https://lake.example/news/1", "https://lake.example/news/2"]
    )
    assert "https://lake.example/b.xml" not in web.asked
    assert web.against_robots == [MAP], "what was found keeps to robots.txt"
    assert visited.validators is not None
    assert visited.validators.etag is None
    assert visited.found[0].item.entry.source == MAP


def test_a_sitemap_below_that_fails_does_not_hide_the_others() -> None:
    web = Web()
    web.put(MAP, index(("a.xml", ""), ("gone.xml", "")))
    web.put("https://lake.example/a.xml", urlset(dated(1, "2024-03-19")))
    visited = visit(source(MAP, "sitemap"), web.get, NOW)
    assert len(visited.found) == 1
    assert visited.damaged is not None
    assert "gone.xml" in visited.damaged
    web.put(MAP, index(("gone.xml", "")))
    with pytest.raises(SourceError):
        visit(source(MAP, "sitemap"), web.get, NOW)


def test_an_endless_index_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "MAX_SITEMAPS", 5)
    web = Web()
    web.put(MAP, index(("map.xml", ""), *((f"{n}.xml", "") for n in range(9))))
    for n in range(9):
        web.put(f"https://lake.example/{n}.xml", urlset(dated(n, "2024-03-19")))
    visited = visit(source(MAP, "sitemap"), web.get, NOW)
    assert len(visited.found) == 4
    assert visited.damaged is not None
    assert "more than 5 sitemaps" in visited.damaged
