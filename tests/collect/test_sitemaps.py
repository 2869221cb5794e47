"""Sitemaps: indexes, sets of pages, news, lists of lines; packed, cut off, hostile."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.collect import sitemaps
from dragoman.collect.sitemaps import Child, Sitemap, parse_sitemap
from dragoman.errors import Unreadable
from tests.zipping import zipped

ADDRESS = "https://lake.example/maps/all.xml"
NOW = "2024-03-20T12:00:00+00:00"
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def url(number: int, more: str = "<lastmod>2024-03-18</lastmod>") -> str:
    return f"<url><loc>https://lake.example/news/{number}</loc>{more}</url>"


def urlset(*urls: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMES}>{"".join(urls)}</urlset>'


def parse(body: str | bytes) -> Sitemap:
    made = body if isinstance(body, bytes) else body.encode()
    return parse_sitemap(made, ADDRESS, now=NOW)


def test_pages_with_dates() -> None:
    found = parse(urlset(url(1), url(2, ""), url(1)))
    assert [(item.address, item.entry.published) for item in found.items] == [
        ("https://lake.example/news/1", "2024-03-18T00:00:00+00:00"),
        ("https://lake.example/news/2", None),
    ]
    assert found.items[0].key == "lake.example/news/1"
    assert found.items[0].entry.source == ADDRESS
    assert (found.children, found.damaged) == ((), None)


def test_news_sitemaps_have_titles_and_dates_of_publication() -> None:
    news = (
        "<lastmod>2024-03-19</lastmod><news:news><news:publication><news:name>Lake News</news:name>"
        "<news:language>en</news:language></news:publication><news:publication_date>"
        "2024-03-18T09:00:00+01:00</news:publication_date><news:title>Boats</news:title></news:news>"
    )
    (item,) = parse(urlset(url(1, news))).items
    assert (item.entry.title, item.entry.published, item.updated, item.language) == (
        "Boats",
        "2024-03-18T08:00:00+00:00",
        "2024-03-19T00:00:00+00:00",
        "en",
    )


def test_indexes_name_further_sitemaps() -> None:
    found = parse(
        f"<sitemapindex {NAMES}><sitemap><loc>2024.xml.gz</loc><lastmod>2024-03-18</lastmod>"
        "</sitemap><sitemap><loc>https://cdn.example/2023.xml</loc></sitemap></sitemapindex>"
    )
    assert found.children == (
        Child("https://lake.example/maps/2024.xml.gz", "2024-03-18T00:00:00+00:00"),
        Child("https://cdn.example/2023.xml", None),
    )
    assert found.items == ()


def test_packed_sitemaps_and_lists_of_lines() -> None:
    assert len(parse(zipped(urlset(url(1)).encode())).items) == 1
    lines = "\ufeffhttps://lake.example/1\r\n\r\nnot an address\nhttps://lake.example/2\n"
    assert [item.address for item in parse(lines).items] == [
        "https://lake.example/1",
        "https://lake.example/2",
    ]


def test_an_empty_news_sitemap_is_one() -> None:
    assert parse(urlset()) == Sitemap()


def test_a_cut_off_sitemap_gives_what_is_there() -> None:
    whole = urlset(*(url(n) for n in range(5)))
    found = parse(whole[: whole.index("news/3")])
    assert len(found.items) == 3
    assert found.damaged is not None
    assert "broken mark-up" in found.damaged


def test_a_date_in_the_future_is_doubted() -> None:
    (item,) = parse(urlset(url(1, "<lastmod>2031-01-01</lastmod>"))).items
    assert item.entry.doubts == ("the sitemap dates it in the future (2031-01-01T00:00:00+00:00)",)


def test_no_more_addresses_than_the_protocol_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_ADDRESSES", 3)
    found = parse(urlset(*(url(n) for n in range(5))))
    assert len(found.items) == 3
    assert found.damaged is not None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "neither XML nor a list"),
        (b"<!doctype html><html><body>x</body></html>", "no address is named"),
        (b"\x1f\x8bnot packed", "broken gzip"),
        (zipped(b"x" * (sitemaps.MAX_BYTES + 1)), "larger than 52 MB"),
        (b"<urlse" + b"<a>" * 100_000, "no address is named"),
    ],
)
def test_what_is_no_sitemap_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse(body)


@pytest.mark.parametrize(
    "declared", ['<!ENTITY x "boat">', '<!ENTITY x SYSTEM "file:///etc/hostname">']
)
def test_entities_are_not_expanded(declared: str) -> None:
    found = parse(
        f"<!DOCTYPE urlset [{declared}]><urlset><url><loc>https://lake.example/&x;</loc></url></urlset>"
    )
    assert [item.address for item in found.items] == ["https://lake.example/"]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 300), st.binary(max_size=20), st.integers(0, 60))
def test_mutated_sitemaps_give_pages_or_a_reason(at: int, inserted: bytes, dropped: int) -> None:
    whole = urlset(url(1), url(2)).encode()
    body = whole[:at] + inserted + whole[at + dropped :]
    made: Sitemap | Unreadable
    try:
        made = parse(body)
    except Unreadable as fault:
        made = fault
    assert isinstance(made, Sitemap) or made.reason


@pytest.mark.parametrize("junk", ["<!-- a -->", "<?a b?>", "<x/>", "<x><y/></x>"])
def test_what_is_no_entry_is_not_held(junk: str) -> None:
    sitemap = f"<urlset>{junk * 20_000}<url><loc>https://lake.example/1</loc></url></urlset>"
    assert len(parse_sitemap(sitemap.encode(), ADDRESS, now=NOW).items) == 1


def test_an_endless_entry_ends_the_sitemap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_PARTS", 100)
    first = "<url><loc>https://lake.example/1</loc></url>"
    sitemap = f"<urlset>{first}<url>{'<a/>' * 200}</url>{first}</urlset>"
    found = parse_sitemap(sitemap.encode(), ADDRESS, now=NOW)
    assert [item.address for item in found.items] == ["https://lake.example/1"]
    assert found.damaged is not None
    assert "one entry" in found.damaged
