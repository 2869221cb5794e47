"""Atom (RFC 4287) of what a query finds, for feed readers and for other desks.

In: items. Out: a feed with stable ids, each entry with its page here and the article it is from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote, urlsplit

from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.account import instant
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

MEDIA_TYPE = "application/atom+xml"
TAG_YEAR = "2024"
"""A tag URI holds a time at which the domain was the desk's own. It has to stay the same for ever,
so that it can't be asked of the clock."""
NAMES = {
    "id": "id", "title": "title", "content": "text", "link alternate": "address",
    "link via": "source", "author": "authors", "published": "published", "updated": "updated",
    "content xml:lang": "language", "category": "tags",
}  # fmt: skip
ATOM_FIELDS = tuple(Field(name, FIELDS[of].type, FIELDS[of].means) for name, of in NAMES.items())


def write_atom(entries: Iterable[FeedEntry], about: About, name: str, out: BinaryIO) -> int:
    made = datetime.fromisoformat(about.made_at)
    count = 0
    with document(out, "feed", {"xmlns": "http://www.w3.org/2005/Atom"}) as xml:
        own = address_of(about, name)
        xml.element("id", tag(about, f"{name}/{quote(about.query, safe='')}"))
        xml.element("title", title_of(about))
        xml.element("updated", instant(made))
        xml.element("link", None, {"rel": "self", "type": "application/atom+xml", "href": own})
        xml.element("link", None, {"rel": "alternate", "href": f"{about.base}/"})
        with xml.inside("author"):
            xml.element("name", about.title)
        xml.element("generator", "Dragoman", {"version": about.program})
        for entry in entries:
            _entry(xml, entry, about, made)
            count += 1
    return count


def _entry(xml: Xml, entry: FeedEntry, about: About, made: datetime) -> None:
    with xml.inside("entry"):
        xml.element("id", tag(about, entry.id))
        xml.element("title", entry.title)
        xml.element("updated", instant(entry.updated or made))
        xml.optional("published", instant(entry.published) if entry.published else None)
        xml.element("link", None, {"rel": "alternate", "href": entry.address})
        if entry.source is not None:
            xml.element("link", None, {"rel": "via", "href": entry.source})
        for author in entry.authors:
            with xml.inside("author"):
                xml.element("name", author)
        for term in entry.tags:
            xml.element("category", None, {"term": term})
        xml.element("content", entry.html, {"type": "html", "xml:lang": entry.language})


def tag(about: About, name: str) -> str:
    """A tag URI (RFC 4151) at the desk's host."""
    host = re.sub(r"[^a-z0-9.-]", "-", urlsplit(about.base).hostname or "dragoman")
    return f"tag:{host},{TAG_YEAR}:{name}"


def _write(items: Iterable[EventItem], about: About, out: BinaryIO) -> int:
    return write_atom(map(event_entry, items), about, FORMAT.name, out)


FORMAT = Format(
    "atom",
    ".atom",
    MEDIA_TYPE,
    "events",
    N_("Events as an Atom feed, for feed readers."),
    _write,
    ATOM_FIELDS,
    newest=NEWEST,
)
