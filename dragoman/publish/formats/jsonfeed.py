"""JSON Feed 1.1 of the events that a query finds, for feed readers and for programs.

In: events. Out: a feed whose entries also carry, under `_dragoman`, what can be counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.account import instant
from dragoman.publish.formats.feed_entries import (
    FIELDS,
    NEWEST,
    address_of,
    event_entry,
    title_of,
)
from dragoman.publish.formats.json_stream import Json, write_document
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_

NAMES = {
    "id": "id", "title": "title", "content_text": "text", "url": "address",
    "external_url": "source", "authors": "authors", "date_published": "published",
    "date_modified": "updated", "tags": "tags",
}  # fmt: skip
JSON_FIELDS = (
    *(Field(name, FIELDS[of].type, FIELDS[of].means) for name, of in NAMES.items()),
    Field("content_html", "text", "The summary with its links, in HTML of our own making."),
    Field(
        "_dragoman",
        "object",
        "revision, retracted_at, outlets, origins, languages, and the ids source and target.",
    ),
)


def _write(items: Iterable[EventItem], about: About, out: BinaryIO) -> int:
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(about),
        "home_page_url": f"{about.base}/",
        "feed_url": address_of(about, FORMAT.name),
        "authors": [{"name": about.title, "url": f"{about.base}/"}],
    }
    return write_document(head, "items", map(_item, items), out)


def _item(item: EventItem) -> Json:
    entry = event_entry(item)
    made: dict[str, object] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_text": entry.text,
        "content_html": entry.html,
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(entry.tags),
        "_dragoman": {
            "revision": item.revision,
            "retracted_at": item.retracted_at,
            "outlets": item.event.outlets,
            "origins": item.event.origins,
            "languages": list(item.event.languages),
            "source": item.event.source,
            "target": item.event.target,
        },
    }
    known = {
        "external_url": entry.source,
        "date_published": entry.published and instant(entry.published),
        "date_modified": entry.updated and instant(entry.updated),
    }
    return made | {name: value for name, value in known.items() if value is not None}


FORMAT = Format(
    "jsonfeed",
    ".feed.json",
    "application/feed+json",
    "events",
    N_("Events as a JSON Feed 1.1, for feed readers and programs."),
    _write,
    JSON_FIELDS,
    newest=NEWEST,
)
