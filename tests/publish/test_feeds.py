"""RSS, Atom and JSON Feed read back by feedparser and by our own reader of JSON feeds."""

from __future__ import annotations

import json
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from lxml.html import fragment_fromstring

from dragoman.collect.feeds import parse_feed
from dragoman.collect.json_feed import parse_json_feed
from dragoman.publish.formats.account import first_told, headline, last_told
from dragoman.publish.formats.xml_stream import xml_text
from tests.publish.documents import (
    ALL,
    ARTICLES,
    ENDLESS,
    LONG,
    MARKED,
    PLAIN,
    SCRIPT,
    VISIT,
    WILD,
    written,
)
from tests.publish.items import ABOUT, GONE

XML = ("rss", "atom")
ASKED = replace(ABOUT, query='from:FRA "fish & chips"')


def read(name: str, items: Any, about: Any = ABOUT) -> Any:
    found = feedparser.parse(written(name, items, about), sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def html_of(entry: Any) -> str:
    made: str = entry.content[0].value if "content" in entry else entry.summary
    return made


def words_of(html: str) -> str:
    return str(fragment_fromstring(html, create_parent=True).text_content())


@pytest.mark.parametrize("name", XML)
def test_every_event_is_an_entry_with_its_own_title_and_page(name: str) -> None:
    entries = read(name, ALL).entries
    assert [one.title for one in entries] == [xml_text(headline(made)) for made in ALL]
    assert [one.link for one in entries] == [made.address for made in ALL]
    assert len({one.id for one in entries}) == len(ALL)
    assert all(one.id.endswith(made.event.id) for one, made in zip(entries, ALL, strict=True))
    assert [[tag.term for tag in one.tags] for one in entries] == [
        [made.event.category, made.event.status, made.event.told_as] for made in ALL
    ]


@pytest.mark.parametrize("name", XML)
def test_entries_have_the_sentence_and_nothing_of_its_mark_up(name: str) -> None:
    wild, endless = read(name, (WILD, ENDLESS)).entries
    html = html_of(wild)
    assert "<b " not in html
    assert "<u>" not in html
    assert xml_text(MARKED) in words_of(html)
    assert "Post & <Echo>: Title with <u>tags</u> & a  bell ]]>" in words_of(html)
    assert LONG in words_of(html_of(endless))
    assert "happened; 1 outlet, 1 origin" in words_of(html)


@pytest.mark.parametrize("name", XML)
def test_no_link_leads_to_a_script(name: str) -> None:
    made = written(name, (SCRIPT,)) + written(f"articles-{name}", ARTICLES)
    assert b"javascript" not in made
    assert b"href=&quot;https" in made or b'href="https' in made


@pytest.mark.parametrize("name", XML)
def test_times_are_those_of_telling(name: str) -> None:
    visit, wild, gone = read(name, (VISIT, WILD, GONE)).entries
    first = first_told(VISIT)
    assert first is not None
    assert moment(visit.published_parsed) == first
    assert "published" not in wild
    if name == "atom":
        assert moment(visit.updated_parsed) == last_told(VISIT)
        # what is not dated at all is as new as the feed, and the withdrawal is what is new of one
        assert moment(wild.updated_parsed) == datetime.fromisoformat(ABOUT.made_at)
        assert moment(gone.updated_parsed) == last_told(GONE)


def moment(parsed: Any) -> datetime:
    return datetime.fromtimestamp(timegm(parsed), UTC)


@pytest.mark.parametrize("name", [*XML, "articles-rss", "articles-atom"])
def test_a_feed_says_where_it_is_and_what_was_asked(name: str) -> None:
    feed = read(name, (), ASKED).feed
    assert feed.title == 'Desk: from:FRA "fish & chips"'
    own = next(link for link in feed.links if link.rel == "self")
    assert own.href == f"{ABOUT.base}/export/{name}?q=from%3AFRA%20%22fish%20%26%20chips%22"
    assert feed.link == f"{ABOUT.base}/"
    assert feed.generator.startswith("Dragoman")


def test_atom_ids_are_tags_that_hang_on_the_host_alone() -> None:
    (one,) = read("atom", (VISIT,)).entries
    (other,) = read("atom", (VISIT,), replace(ABOUT, base="http://desk.example.org:81/x")).entries
    assert one.id == other.id == "tag:desk.example.org,2024:e-visit"
    assert read("atom", (VISIT,), replace(ABOUT, base="http://[::1]:8")).entries[0].id == (
        "tag:--1,2024:e-visit"
    )


def test_rss_says_that_its_ids_are_no_addresses() -> None:
    (one,) = read("rss", (VISIT,)).entries
    assert (one.id, one.guidislink) == ("e-visit", False)


def test_atom_names_the_article_beside_the_page() -> None:
    (one,) = read("atom", (VISIT,)).entries
    assert [link.href for link in one.links if link.rel == "via"] == [
        "https://quay.example/r-visit"
    ]
    assert [author.name for author in one.authors] == ["Quay Post"]


@pytest.mark.parametrize("name", ["articles-rss", "articles-atom"])
def test_articles_have_their_title_credits_and_day(name: str) -> None:
    plain, bounded = read(name, ARTICLES).entries
    assert (plain.title, plain.link) == ("Le quai & la <grève>", PLAIN.address)
    assert plain.author == "Rédaction du quai"
    assert words_of(html_of(plain)) == "Le Quai; first: Le Phare"
    assert moment(plain.published_parsed) == datetime(2024, 3, 18, tzinfo=UTC)
    assert "published" not in bounded  # a bound is no day
    assert bounded.title.replace("\n", " ").split() == xml_text(MARKED).split()
    assert "no feed holds whole" not in str(plain)


def test_our_own_reader_takes_the_feeds_of_another_desk() -> None:
    for name in XML:
        made = written(name, ALL)
        found = parse_feed(made, f"{ABOUT.base}/export/{name}", now=ABOUT.made_at)
        assert [one.address for one in found.items] == [made.address for made in ALL]


def test_json_feed_has_every_event_with_its_counts() -> None:
    found = json.loads(written("jsonfeed", ALL, ASKED))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"].endswith("/export/jsonfeed?q=from%3AFRA%20%22fish%20%26%20chips%22")
    assert [one["id"] for one in found["items"]] == [made.event.id for made in ALL]
    first = found["items"][0]
    assert first["date_published"] == "2024-03-16T07:30:00Z"
    assert first["_dragoman"] == {
        "revision": 3, "retracted_at": None, "outlets": 1, "origins": 1,
        "languages": ["en", "fr"], "source": "FRA", "target": "AZE",
    }  # fmt: skip
    wild = found["items"][ALL.index(WILD)]
    assert MARKED.replace("\ud83d", "?") in wild["content_text"]
    assert "<b " not in wild["content_html"]
    assert "date_published" not in wild
    assert "external_url" not in found["items"][ALL.index(SCRIPT)]


def test_our_own_reader_takes_the_json_feed() -> None:
    found = parse_json_feed(written("jsonfeed", ALL).decode(), f"{ABOUT.base}/export/jsonfeed")
    assert found.title == "Desk"
    assert [one.key for one in found.items] == [made.event.id for made in ALL]
    assert [one.address for one in found.items] == [made.address for made in ALL]
    assert found.items[0].entry.first_address == "https://quay.example/r-visit"
    assert found.items[0].entry.published == "2024-03-16T07:30:00+00:00"
