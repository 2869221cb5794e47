"""Feeds: bytes in, a `Feed` with its items out; RSS, Atom and RDF through feedparser, JSON Feed.

What the feed says is taken down as it stands, and nothing is fetched. Refuses what is no feed with
what it is instead; a feed that is damaged gives the items that can still be read.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import feedparser  # type: ignore[import-untyped]
from feedparser import mixin

from dragoman.addresses import normal_address, resolve, without_tracking
from dragoman.collect.feed_dates import from_struct, from_text, is_ahead
from dragoman.collect.feed_text import (
    MAX_ATTRIBUTES,
    MAX_BYTES,
    MAX_TAGS,
    decoded,
    from_root,
    text_of,
    unpacked,
)
from dragoman.collect.json_feed import parse_json_feed
from dragoman.errors import Unreadable
from dragoman.model import Entry, Item

UPDATE_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000}
MAX_TITLE = 1000
MAX_AUTHOR = 1000
TAG = re.compile(r"<[^<>]{1,500}>")
TOO_MUCH = (
    f"more than {MAX_TAGS} tags, or {MAX_ATTRIBUTES} attributes in one: "
    "the end of the feed is not read"
)
CUT_OFF = "the feed ends too early"
END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:rss|feed|RDF)\s*>", re.IGNORECASE)
FUTURE = "the feed dates it in the future ({})"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it stands: `site` is the address of its pages, `every` the seconds between visits
    that it asks for."""

    title: str | None
    site: str | None
    language: str | None
    items: tuple[Item, ...]
    every: float | None = None
    damaged: str | None = None
    """Why its end could not be read."""


def parse_feed(
    body: bytes, source: str, *, base: str | None = None, charset: str | None = None, now: str
) -> Feed:
    """Any kind of feed. Raises Unreadable with what it is instead.

    `source`: the address that the desk knows it by; `base`: where it was found after redirects, for
    relative addresses. `now` is an ISO instant.
    """
    text = decoded(unpacked(body, source, MAX_BYTES), charset)
    if text.lstrip()[:1] in ("{", "["):
        feed = Feed(*parse_json_feed(text, base or source))
    else:
        feed = _parse_xml(*from_root(text, source), base or source)
    items = [replace(one, entry=replace(one.entry, source=source)) for one in feed.items]
    return replace(feed, items=_keyed(items, now))


# --- XML -------------------------------------------------------------------------------------


def _bounded(look_for_a_mailbox: Callable[..., None]) -> Callable[..., None]:
    """feedparser's search for a mailbox in an author's name, for names of a name's length: over
    half a megabyte of letters it takes hours."""

    def bounded(parser: Any, key: str = "author") -> None:
        context = parser._get_context()
        if isinstance(name := context.get(key), str) and len(name) > MAX_AUTHOR:
            context[key] = name[:MAX_AUTHOR]
        look_for_a_mailbox(parser, key)

    return bounded


_PARSER = mixin._FeedParserMixin
_PARSER._sync_author_detail = _bounded(_PARSER._sync_author_detail)


def _parse_xml(text: str, is_cut: bool, address: str) -> Feed:
    """feedparser sees bytes that we made ourselves: it has no encoding left to guess at."""
    said = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    source = io.BytesIO(text.encode("utf-8"))
    try:
        parsed = feedparser.parse(
            source, response_headers=said, sanitize_html=False, resolve_relative_uris=False
        )
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as fault:
        # Its lenient parser trips over some input that was never a feed.
        raise Unreadable(address, f"the feed can't be read ({type(fault).__name__})") from fault
    head = parsed.feed
    return Feed(
        title=_plain(head.get("title"), head.get("title_detail")),
        site=_absolute(head.get("link"), address),
        language=text_of(head.get("language")),
        # Plain dictionaries: its own kind takes one date for another where there is but one.
        items=tuple(_item(dict(one), address) for one in parsed.entries),
        every=_asked_for(head),
        damaged=TOO_MUCH if is_cut else None if END.search(text[-2000:]) else CUT_OFF,
    )


def _asked_for(head: Mapping[str, Any]) -> float | None:
    """RSS `ttl` in minutes, or a period and how often in it; the longer one."""
    asked: list[float] = []
    if (ttl := _number(head.get("ttl"))) is not None:
        asked.append(ttl * 60)
    period = UPDATE_PERIODS.get(str(head.get("sy_updateperiod", "")).strip().lower())
    if period is not None:
        asked.append(period / max(_number(head.get("sy_updatefrequency")) or 1, 1))
    return max(asked, default=None)


def _number(value: object) -> float | None:
    text = str(value).strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _item(one: Mapping[str, Any], address: str) -> Item:
    publisher, first = _first_published(one, address)
    published = from_struct(one.get("published_parsed")) or from_text(one.get("published"))
    updated = from_struct(one.get("updated_parsed")) or from_text(one.get("updated"))
    contents = [part for part in one.get("content", ()) if text_of(part.get("value"))]
    longest: Mapping[str, Any] = max(contents, key=lambda p: len(p["value"]), default={})
    detail = one.get("title_detail") or {}
    content, summary = text_of(longest.get("value")), text_of(one.get("summary"))
    return Item(
        key=text_of(one.get("id")) or "",
        address=_link(one, address),
        entry=Entry(
            source=address,
            title=_plain(one.get("title"), detail),
            authors=_authors(one),
            published=published or updated,
            first_publisher=publisher,
            first_address=first,
        ),
        updated=updated,
        content=content,
        # feedparser fills an absent summary with the content.
        summary=summary if summary != content else None,
        language=text_of(longest.get("language") or detail.get("language")),
    )


def _link(one: Mapping[str, Any], address: str) -> str | None:
    """The item's page: its link, else a guid that is an address."""
    for said in (one.get("link"), one.get("id") if one.get("guidislink") else None):
        if (found := _absolute(said, address)) is not None:
            return without_tracking(found)
    return None


def _absolute(said: object, address: str) -> str | None:
    """An address made absolute; None where nothing is said, which is not the feed's own address."""
    text = text_of(said)
    return resolve(text, address) if text is not None else None


def _first_published(one: Mapping[str, Any], address: str) -> tuple[str | None, str | None]:
    """Name and address that RSS `source`, Atom `source` or a link "via" give."""
    source = one.get("source") or {}
    vias = [link.get("href") for link in one.get("links", ()) if link.get("rel") == "via"]
    said = [*vias, source.get("link"), source.get("href")]
    found = next((there for one in said if (there := _absolute(one, address))), None)
    name = _plain(source.get("title"), source.get("title_detail"))
    return name, without_tracking(found) if found else None


def _authors(one: Mapping[str, Any]) -> tuple[str, ...]:
    names = [text_of(author.get("name")) for author in one.get("authors", ()) if author]
    return tuple(dict.fromkeys(name for name in names if name))


def _plain(value: object, detail: Mapping[str, Any] | None = None) -> str | None:
    """A title without the tags and entities that many feeds leave in it."""
    text = text_of(value)
    if text is None:
        return None
    if (detail or {}).get("type") != "text/plain" or "&" in text:
        text = html.unescape(TAG.sub("", text))
    return " ".join(text.split())[:MAX_TITLE] or None


# --- any kind --------------------------------------------------------------------------------


def _keyed(items: Sequence[Item], now: str) -> tuple[Item, ...]:
    """Each item with a key that no other item of the feed has; what says the same is there once.

    The guid is the key, unless the feed gives it to several items: then it is guid and address.
    Without a guid it is the address, without both a digest of title and text.
    """
    guids = Counter(guid for guid, _ in {(item.key, _place(item)) for item in items})
    found: dict[str, Item] = {}
    for item in items:
        key = item.key
        if key and guids[key] > 1:
            key = f"{key}|{_place(item)}"
        key = key or normal_address(item.address) or _digest(item)
        found.setdefault(key[:2000], replace(item, key=key[:2000], entry=_doubted(item.entry, now)))
    return tuple(found.values())


def _place(item: Item) -> str:
    return normal_address(item.address) or _digest(item)


def _digest(item: Item) -> str:
    words = "\0".join((item.entry.title or "", item.content or item.summary or ""))
    return "text:" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _doubted(entry: Entry, now: str) -> Entry:
    if not is_ahead(entry.published, now):
        return entry
    return replace(entry, doubts=(*entry.doubts, FUTURE.format(entry.published)))
