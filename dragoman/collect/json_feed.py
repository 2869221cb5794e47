"""JSON Feed, versions 1 and 1.1: text in, title, site, language and items out.

Takes what is there and of the right kind; refuses what is not a JSON object with items.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from dragoman.addresses import resolve, without_tracking
from dragoman.collect.feed_dates import from_text
from dragoman.collect.feed_text import text_of
from dragoman.errors import Unreadable
from dragoman.model import Entry, Item

MAX_ITEMS = 50_000
"""As many as an XML feed may have."""
TOO_MANY = f"more than {MAX_ITEMS} items: the rest is not read"


class JsonFeed(NamedTuple):
    title: str | None
    site: str | None
    language: str | None
    items: tuple[Item, ...]
    every: float | None = None
    damaged: str | None = None


def parse_json_feed(text: str, address: str) -> JsonFeed:
    """Raises Unreadable for what is no JSON Feed."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(address, "the JSON Feed is broken or cut off") from None
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise Unreadable(address, "this is JSON, but no JSON Feed: it has no list of items")
    language = text_of(found.get("language"))
    said = found["items"]
    items = [_item(one, address, language) for one in said[:MAX_ITEMS] if isinstance(one, dict)]
    site = _absolute(found.get("home_page_url"), address)
    damaged = TOO_MANY if len(said) > MAX_ITEMS else None
    title = text_of(found.get("title"))
    return JsonFeed(title, site, language, tuple(items), damaged=damaged)


def _item(one: Mapping[str, Any], address: str, language: str | None) -> Item:
    published = from_text(one.get("date_published"))
    updated = from_text(one.get("date_modified"))
    there = _absolute(one.get("url"), address)
    elsewhere = _absolute(one.get("external_url"), address)
    page = there or elsewhere
    return Item(
        key=_identity(one.get("id")),
        address=without_tracking(page) if page else None,
        entry=Entry(
            source=address,
            title=text_of(one.get("title")),
            authors=_authors(one),
            published=published or updated,
            first_address=without_tracking(elsewhere) if elsewhere and there else None,
        ),
        updated=updated,
        content=text_of(one.get("content_html")) or _paragraphs(text_of(one.get("content_text"))),
        summary=text_of(one.get("summary")),
        language=text_of(one.get("language")) or language,
    )


def _absolute(said: object, address: str) -> str | None:
    text = text_of(said)
    return resolve(text, address) if text is not None else None


def _identity(value: object) -> str:
    """Ids should be strings; numbers are common."""
    return text_of(str(value)) or "" if isinstance(value, str | int | float) else ""


def _authors(one: Mapping[str, Any]) -> tuple[str, ...]:
    said = one.get("authors")
    several = said if isinstance(said, list) else [one.get("author")]
    names = [text_of(author.get("name")) for author in several if isinstance(author, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _paragraphs(text: str | None) -> str | None:
    if text is None:
        return None
    parts = [" ".join(part.split()) for part in text.split("\n\n")]
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part)
