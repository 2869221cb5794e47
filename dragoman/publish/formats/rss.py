"""RSS 2.0 of what a query finds, for feed readers and for other desks.

In: items. Out: a feed that names its own address; descriptions are HTML of our own making.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import BinaryIO

from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.feed_entries import (
    FIELDS,
    NEWEST,
    FeedEntry,
    address_of,
    event_entry,
    title_of,
)
from dragoman.publish.formats.xml_stream import Xml, document
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_

MEDIA_TYPE = "application/rss+xml"
NAMES = {
    "guid": "id", "title": "title", "description": "text", "link": "address",
    "dc:source": "source", "dc:creator": "authors", "pubDate": "published",
    "dc:language": "language", "category": "tags",
}  # fmt: skip
RSS_FIELDS = tuple(Field(name, FIELDS[of].type, FIELDS[of].means) for name, of in NAMES.items())


def write_rss(entries: Iterable[FeedEntry], about: About, name: str, out: BinaryIO) -> int:
    root = {
        "version": "2.0",
        "xmlns:atom": "http://www.w3.org/2005/Atom",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    }
    count = 0
    with document(out, "rss", root) as xml, xml.inside("channel"):
        _channel(xml, about, name)
        for entry in entries:
            _item(xml, entry)
            count += 1
    return count


def _channel(xml: Xml, about: About, name: str) -> None:
    xml.element("title", title_of(about))
    xml.element("link", f"{about.base}/")
    xml.element("description", f"{about.query or 'Everything'}, as {about.title} holds it")
    xml.element("lastBuildDate", _date(datetime.fromisoformat(about.made_at)))
    xml.element("generator", f"Dragoman {about.program}")
    own = {"rel": "self", "type": "application/rss+xml", "href": address_of(about, name)}
    xml.element("atom:link", None, own)


def _item(xml: Xml, entry: FeedEntry) -> None:
    with xml.inside("item"):
        xml.element("title", entry.title)
        xml.element("link", entry.address)
        xml.element("guid", entry.id, {"isPermaLink": "false"})
        xml.optional("pubDate", _date(entry.published) if entry.published else None)
        xml.element("description", entry.html)
        for tag in entry.tags:
            xml.element("category", tag)
        for author in entry.authors:
            xml.element("dc:creator", author)
        xml.optional("dc:source", entry.source)
        xml.optional("dc:language", entry.language)


def _date(moment: datetime) -> str:
    return format_datetime(moment)


def _write(items: Iterable[EventItem], about: About, out: BinaryIO) -> int:
    return write_rss(map(event_entry, items), about, FORMAT.name, out)


FORMAT = Format(
    "rss",
    ".rss",
    MEDIA_TYPE,
    "events",
    N_("Events as an RSS 2.0 feed, for feed readers."),
    _write,
    RSS_FIELDS,
    newest=NEWEST,
)
