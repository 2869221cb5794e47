"""Feeds as they are in the wild: every kind, every encoding, broken, hostile, absent."""

from __future__ import annotations

import json
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.collect import feed_text, json_feed
from dragoman.collect.feeds import Feed, parse_feed
from dragoman.errors import Unreadable
from dragoman.model import Item
from tests.collect.feedtexts import BOMB, OUTSIDE, QUADRATIC, article, atom, rss, rss_item

ADDRESS = "https://lake.example/feeds/main.xml"
NOW = "2024-03-20T12:00:00+00:00"


def parse(feed: str | bytes, charset: str | None = None) -> Feed:
    body = feed if isinstance(feed, bytes) else feed.encode("utf-8")
    return parse_feed(body, ADDRESS, charset=charset, now=NOW)


def only(feed: str | bytes, charset: str | None = None) -> Item:
    (item,) = parse(feed, charset).items
    return item


# --- kinds -----------------------------------------------------------------------------------


def test_rss() -> None:
    head = (
        "<title>Lake News</title><link>/front</link><language>en-KE</language><ttl>90</ttl>"
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
    )
    more = (
        "<dc:creator>The lake desk</dc:creator><description>In short.</description>"
        '<source url="https://shore.example/rss">Shore Gazette</source>'
    )
    feed = parse(rss(rss_item(content="<p>At length.</p>", more=more), head=head))
    assert (feed.title, feed.site, feed.language) == (
        "Lake News",
        "https://lake.example/front",
        "en-KE",
    )
    assert feed.every == 90 * 60
    assert feed.damaged is None
    (item,) = feed.items
    assert (item.key, item.address) == ("lake-1", "https://lake.example/news/1")
    assert (item.content, item.summary) == ("<p>At length.</p>", "In short.")
    entry = item.entry
    assert (entry.source, entry.title) == (ADDRESS, "Boats on the lake, part 1")
    assert entry.authors == ("The lake desk",)
    assert entry.published == "2024-03-18T10:00:00+00:00"
    assert (entry.first_publisher, entry.first_address) == (
        "Shore Gazette",
        "https://shore.example/rss",
    )
    assert entry.doubts == ()


def test_atom() -> None:
    entry = (
        '<entry xml:base="/sujets/"><id>tag:lac.example,2024:1</id>'
        '<title type="html">La p&amp;ecirc;che &lt;em>du lac&lt;/em></title>'
        '<link href="un?utm_source=atom"/><link rel="via" href="https://rive.example/a#x"/>'
        "<author><name>Rédaction</name></author><author><name>Agence du port</name></author>"
        "<published>2024-03-18T10:00:00+02:00</published><updated>2024-03-19T08:00:00Z</updated>"
        "<source><title>Rive</title><link href='https://rive.example/'/></source>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un.</p></div></content>'
        "</entry>"
    )
    feed = parse(atom(entry))
    assert (feed.title, feed.language) == ("Le lac", "fr")
    (item,) = feed.items
    assert (item.key, item.address) == (
        "tag:lac.example,2024:1",
        "https://lake.example/sujets/un",
    )
    assert item.entry.title == "La pêche du lac"
    assert item.entry.authors == ("Rédaction", "Agence du port")
    assert item.entry.published == "2024-03-18T08:00:00+00:00"
    assert item.updated == "2024-03-19T08:00:00+00:00"
    assert item.entry.first_publisher == "Rive"
    assert item.entry.first_address == "https://rive.example/a"
    assert item.content is not None
    assert "<p>Un.</p>" in item.content
    assert item.language == "fr"


def test_rdf() -> None:
    feed = parse(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://lake.example/"><title>Lake</title></channel>'
        '<item rdf:about="https://lake.example/9"><title>Nine</title>'
        "<link>https://lake.example/9</link><dc:date>2024-03-18</dc:date></item></rdf:RDF>"
    )
    (item,) = feed.items
    assert (item.address, item.entry.published) == (
        "https://lake.example/9",
        "2024-03-18T00:00:00+00:00",
    )


def test_json_feed() -> None:
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Lake",
        "home_page_url": "/",
        "language": "en",
        "items": [
            {
                "id": 7,
                "url": "/news/7?fbclid=1",
                "external_url": "https://shore.example/7",
                "title": "Seven",
                "content_text": "One & one.\n\nTwo.",
                "date_published": "2024-03-18T10:00:00Z",
                "authors": [{"name": "The desk"}, {"url": "x"}, "odd"],
            },
            "not an item",
        ],
    }
    feed = parse(json.dumps(made))
    assert (feed.title, feed.site, feed.language) == ("Lake", "https://lake.example/", "en")
    (item,) = feed.items
    assert (item.key, item.address) == ("7", "https://lake.example/news/7")
    assert item.content == "<p>One &amp; one.</p><p>Two.</p>"
    assert item.entry.authors == ("The desk",)
    assert item.entry.first_address == "https://shore.example/7"
    assert item.language == "en"


@pytest.mark.parametrize("page", ["external_url", "url"])
def test_json_feed_with_one_address(page: str) -> None:
    item = only(json.dumps({"items": [{"id": "a", page: "https://shore.example/7"}]}))
    assert item.address == "https://shore.example/7"
    assert item.entry.first_address is None


# --- encodings -------------------------------------------------------------------------------

ACCENTS = rss(rss_item(title="Pêche à Kisumu : 5 € – déjà"))
BARE = ACCENTS.partition("?>")[2]


@pytest.mark.parametrize(
    "body",
    [
        ACCENTS.encode("utf-8"),
        BARE.encode("utf-8"),
        ACCENTS.encode("utf-8-sig"),
        ACCENTS.encode("cp1252"),  # declared as UTF-8
        BARE.encode("cp1252"),
        ACCENTS.encode("utf-16"),
        ACCENTS.encode("utf-16-be"),
        ACCENTS.encode("utf-16-le"),
        ACCENTS.encode("utf-32"),
        ACCENTS.replace("utf-8", "iso-8859-1").encode("utf-8"),  # declared as Latin 1
        ACCENTS.replace("utf-8", "no-such-code").encode("utf-8"),
        b"\r\n  <!-- made by hand -->\n" + ACCENTS.encode("utf-8"),
    ],
)
def test_encodings_that_are_not_what_they_say(body: bytes) -> None:
    assert only(body).entry.title == "Pêche à Kisumu : 5 € – déjà"


def test_encodings_that_only_someone_names() -> None:
    cyrillic = rss(rss_item(title="Лодки на озере"))
    declared = cyrillic.replace("utf-8", "windows-1251").encode("cp1251")
    assert only(declared).entry.title == "Лодки на озере"
    undeclared = cyrillic.partition("?>")[2].encode("koi8-r")
    assert only(undeclared, "koi8-r").entry.title == "Лодки на озере"


# --- broken ----------------------------------------------------------------------------------


def test_entities_and_ampersands_of_html() -> None:
    item = only(rss(rss_item(title="Fish &amp; chips & tea&nbsp;: caf&eacute;", link="/a?x=1&y=2")))
    assert item.entry.title == "Fish & chips & tea : café"
    assert item.address == "https://lake.example/a?x=1&y=2"


def test_a_cut_off_feed_gives_what_is_there() -> None:
    whole = rss(*(rss_item(n) for n in range(5)))
    feed = parse(whole[: whole.index("lake-3") - 10])
    assert [item.key for item in feed.items][:3] == ["lake-0", "lake-1", "lake-2"]
    assert feed.damaged


def test_characters_that_xml_forbids() -> None:
    assert only(rss(rss_item(title="A\x0bbell\x07 rings"))).entry.title == "Abell rings"


def test_characters_that_come_by_reference() -> None:
    assert only(rss(rss_item(title="A&#0;bell&#7; rings"))).entry.title == "Abell rings"
    item = only('{"items": [{"id": "\\ud800a", "title": "A\\u0000\\udfffb", "url": "/\\ud83d"}]}')
    assert (item.key, item.entry.title) == ("a", "Ab")
    assert item.address == "https://lake.example/"


@pytest.mark.parametrize(
    "number", ["1114112", "x110000", "99999999999999999999", "9" * 5000, "x" + "F" * 5000]
)
def test_references_to_no_character_lose_nothing(number: str) -> None:
    broken = rss(rss_item(1, title=f"A&#{number};bell & rings &#233;"), rss_item(2))
    first, second = parse(broken).items
    assert first.entry.title == "A\ufffdbell & rings é"
    assert second.key == "lake-2"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!doctype html><html><body><p>Lake News</p></body></html>", "a web page, not a feed"),
        (b"<?xml version='1.0'?><catalogue/>", "no feed"),
        (b"Not found", "no feed"),
        (b'{"items": [', "broken or cut off"),
        (b'{"version": 1}', "no list of items"),
        (b"[" * 100_000, "broken or cut off"),
        (b"<rss>" + b"<a>" * 3000, "elements inside each other"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse(body)


def test_too_large_a_feed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.collect.feeds.MAX_BYTES", 100)
    with pytest.raises(Unreadable, match="larger than"):
        parse(rss(rss_item()))


def test_an_endless_feed_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_text, "MAX_TAGS", 1000)
    feed = parse(rss(*(rss_item(n) for n in range(500))))
    assert 50 < len(feed.items) < 500
    assert feed.damaged is not None
    assert "tags" in feed.damaged


def test_a_tag_with_too_many_attributes_ends_the_feed() -> None:
    """They took a minute for a hundred thousand, four times as long for twice as many."""
    many = " ".join(f'a{n}="1"' for n in range(5_000))
    feed = parse(rss(rss_item(1), f"<item {many}><title>Late</title></item>"))
    assert [item.key for item in feed.items] == [item.key for item in parse(rss(rss_item(1))).items]
    assert feed.damaged is not None
    assert "attributes" in feed.damaged


def test_one_long_value_is_one_attribute() -> None:
    drawn = "M 1 2 " * 2_000
    page = '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">{}</content:encoded>'
    text = page.format(f'<p>Boats</p><path d="{drawn}"/>')
    assert parse(rss(f"<item><title>Drawn</title>{text}</item>")).damaged is None


@pytest.mark.parametrize("name", ["author", "dc:creator", "managingEditor"])
def test_an_endless_author_takes_no_time(name: str) -> None:
    """feedparser looks for a mailbox in it, from each letter on to the end."""
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    began = process_time()
    feed = parse(rss(f"<item {names}><title>Late</title><{name}>{'a.' * 200_000}</{name}></item>"))
    assert process_time() - began < 10
    assert len(feed.items) == 1
    assert all(len(author) <= 1000 for author in feed.items[0].entry.authors)


def test_a_json_feed_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_feed, "MAX_ITEMS", 3)
    feed = parse(json.dumps({"items": [{"id": str(n)} for n in range(5)]}).encode())
    assert [item.key for item in feed.items] == ["0", "1", "2"]
    assert feed.damaged is not None


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("lun., 18 mars 2024 11:00:00 +0100", "2024-03-18T10:00:00+00:00"),
        ("Lundi 18 mars 2024 - 10:00", "2024-03-18T10:00:00+00:00"),
        ("1 févr. 2024", "2024-02-01T00:00:00+00:00"),
        ("Пн, 18 марта 2024 13:00:00 +0300", "2024-03-18T10:00:00+00:00"),
        ("18 de marzo de 2024", "2024-03-18T00:00:00+00:00"),
        ("2024-03-18T10:00:00Z", "2024-03-18T10:00:00+00:00"),
        ("2024-03-18", "2024-03-18T00:00:00+00:00"),
        ("Mon, 18 Mar 2024 10:00:00 EST", "2024-03-18T15:00:00+00:00"),
        ("31 février 2024", None),
        ("18 brumaire 2024", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_as_feeds_write_them(written: str, meant: str | None) -> None:
    assert only(rss(rss_item(date=written))).entry.published == meant


def test_a_date_in_the_future_is_kept_and_doubted() -> None:
    item = only(rss(rss_item(date="Tue, 18 Mar 2031 10:00:00 GMT")))
    assert item.entry.published == "2031-03-18T10:00:00+00:00"
    assert item.entry.doubts == ("the feed dates it in the future (2031-03-18T10:00:00+00:00)",)
    near = only(rss(rss_item(date="Thu, 21 Mar 2024 08:00:00 GMT")))
    assert near.entry.doubts == ()


# --- keys ------------------------------------------------------------------------------------


def keys(*items: str) -> list[str]:
    return [item.key for item in parse(rss(*items)).items]


def test_a_guid_that_all_items_share_is_told_apart_by_address() -> None:
    assert keys(rss_item(1, guid="same"), rss_item(2, guid="same"), rss_item(3)) == [
        "same|lake.example/news/1",
        "same|lake.example/news/2",
        "lake-3",
    ]


def test_the_same_item_twice_is_one() -> None:
    assert keys(rss_item(1), rss_item(2), rss_item(1)) == ["lake-1", "lake-2"]


def test_without_a_guid_the_address_is_the_key_and_without_both_the_text() -> None:
    address, text, other = keys(
        rss_item(1, guid="", link="https://www.lake.example/x/?utm_source=a"),
        rss_item(2, guid="", link="", title="Two"),
        rss_item(3, guid="", link="", title="Three"),
    )
    assert address == "lake.example/x"
    assert text.startswith("text:")
    assert text != other
    assert keys(rss_item(2, guid="", link="", title="Two")) == [text]


def test_a_guid_that_is_an_address_stands_for_a_missing_link() -> None:
    item = only(rss(rss_item(link="", guid="", more="<guid>https://lake.example/n/1</guid>")))
    assert item.address == "https://lake.example/n/1"
    assert only(rss(rss_item(link="", guid="lake-77"))).address is None


def test_ten_thousand_items() -> None:
    feed = parse(rss(*(rss_item(n) for n in range(10_000))))
    assert len({item.key for item in feed.items}) == 10_000


# --- hostile ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prologue", "reference"), [(BOMB, "&d;"), (OUTSIDE, "&x;"), (QUADRATIC, "&q;" * 10_000)]
)
def test_entities_are_never_expanded(prologue: str, reference: str) -> None:
    feed = prologue + rss(rss_item(title=f"A{reference}Z")).partition("?>")[2]
    title = only(feed).entry.title or ""
    assert title.startswith("A")
    assert "boat" not in title
    assert "qq" not in title
    assert len(title) <= 1000


MUTANTS = [
    rss(*(rss_item(n, content=article()) for n in range(3))).encode(),
    atom(
        "<entry><id>1</id><title>Un</title><updated>2024-03-18T10:00:00Z</updated></entry>"
    ).encode(),
    json.dumps({"items": [{"id": "1", "url": "https://lake.example/1", "title": "T"}]}).encode(),
]
Change = tuple[float, bytes, int]
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.binary(max_size=6)
        | st.sampled_from([b"<", b"&", b"]]>", b"<![CDATA[", b"\xff\xfe", b"<!DOCTYPE x [", b'"']),
        st.integers(0, 40),
    ),
    min_size=1,
    max_size=8,
)


def mutated(body: bytes, changes: list[Change]) -> bytes:
    for place, inserted, dropped in changes:
        at = int(place * len(body))
        body = body[:at] + inserted + body[at + dropped :]
    return body


def attempt(body: bytes) -> Feed | Unreadable:
    """Whatever else is raised fails the test."""
    try:
        return parse(body)
    except Unreadable as fault:
        return fault


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(MUTANTS), CHANGES)
def test_mutated_feeds_give_items_or_a_reason(body: bytes, changes: list[Change]) -> None:
    made = attempt(mutated(body, changes))
    if isinstance(made, Feed):
        assert len({item.key for item in made.items}) == len(made.items)
        assert all(item.key for item in made.items)
    else:
        assert str(made).startswith(ADDRESS)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([b"", b"<rss>", b"<feed>", b"{", b"\xff\xfe<"]), st.binary(max_size=300))
def test_any_bytes_give_a_feed_or_a_reason(before: bytes, body: bytes) -> None:
    made = attempt(before + body)
    assert isinstance(made, Feed) or made.reason
