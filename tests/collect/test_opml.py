"""Lists of feeds: folders become tags and come out as folders again."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.collect.opml import read_opml, write_opml
from dragoman.errors import Unreadable
from dragoman.model import SOURCE_KINDS, Source
from dragoman.store import source_id

LIST = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Africa"><outline text="Lakes &amp; rivers">
  <outline type="rss" text="Lake" title="Lake News" xmlUrl="https://lake.example/feed"
    htmlUrl="https://lake.example/" category="/water,boats"/>
</outline></outline>
<outline text="Lake again" xmlurl="https://lake.example/feed"/>
<outline text="Old form" xmlUrl="feed://shore.example/rss"/>
<outline text="Older form" xmlUrl="feed:https://port.example/rss"/>
<outline type="sitemap" text="&x;Map" xmlUrl="https://lake.example/map.xml"/>
<outline text="Hostile" xmlUrl="javascript:alert(1)"/>
</body></opml>"""


def test_folders_become_tags() -> None:
    lake, shore, port, pages = read_opml(LIST.encode(), "list.opml").sources
    assert (lake.address, lake.title, lake.kind) == (
        "https://lake.example/feed",
        "Lake News",
        "feed",
    )
    assert lake.tags == ("Africa", "Lakes & rivers", "water", "boats")
    assert lake.id == source_id(lake.address)
    assert (shore.address, shore.tags) == ("https://shore.example/rss", ())
    assert port.address == "https://port.example/rss"
    assert (pages.kind, pages.title) == ("sitemap", "Map")


def test_what_is_no_address_of_the_web_is_named() -> None:
    assert read_opml(LIST.encode(), "list.opml").left_out == ["javascript:alert(1)"]


def test_half_a_character_spoils_only_its_own_attribute() -> None:
    odd = LIST.replace('title="Lake News"', 'title="Lake &#xd800; News"')
    first, *others = read_opml(odd.encode(), "x").sources
    assert (first.address, first.title) == ("https://lake.example/feed", "Lake")
    assert len(others) == 3


def test_a_broken_list_gives_what_can_be_read() -> None:
    cut = LIST[: LIST.index('<outline text="Old form')]
    assert [one.address for one in read_opml(cut.encode(), "x").sources] == [
        "https://lake.example/feed"
    ]


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"https://lake.example/feed"])
def test_what_is_no_list_is_named(body: bytes) -> None:
    with pytest.raises(Unreadable, match=r"list\.opml: this is no OPML"):
        read_opml(body, "list.opml")


NAMES = st.text(st.characters(categories=["L", "N"], max_codepoint=0x2FFF), min_size=1)
KINDS = st.sampled_from(SOURCE_KINDS[:3])


@st.composite
def a_source(draw: st.DrawFn) -> Source:
    address = f"https://a.example/{draw(st.integers(0, 99))}"
    tags = draw(st.lists(NAMES, max_size=3, unique=True))
    return Source(source_id(address), address, draw(KINDS), title=draw(NAMES), tags=tuple(tags))


@given(st.lists(a_source(), unique_by=lambda source: source.id, max_size=6))
def test_what_is_written_is_read_again(sources: list[Source]) -> None:
    written = write_opml(sources, "Desk <1>")
    again = read_opml(written.encode(), "x").sources
    assert sorted(again, key=lambda s: s.id) == sorted(sources, key=lambda s: s.id)


def test_a_feed_in_endless_folders_takes_no_time() -> None:
    """Each time it came its tags were joined anew, the more the longer."""
    one = '<outline xmlUrl="https://lake.example/feed" category="c{}"/>'
    body = f"<opml><body>{''.join(map(one.format, range(20_000)))}</body></opml>"
    began = process_time()
    (source,) = read_opml(body.encode(), "feeds.opml").sources
    assert process_time() - began < 5
    assert source.tags == tuple(f"c{n}" for n in range(100))
