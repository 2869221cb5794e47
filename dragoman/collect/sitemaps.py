"""Sitemaps: bytes in, the pages and further sitemaps they name out, with dates.

Sitemap indexes, URL sets, news sitemaps, text sitemaps; gzipped or not. Read as a stream, bounded
in bytes and addresses, without entities; what stands before a fault is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from lxml import etree

from dragoman.addresses import normal_address, resolve
from dragoman.collect.feed_dates import from_text, is_ahead
from dragoman.collect.feed_text import decoded, unpacked
from dragoman.errors import Unreadable
from dragoman.model import Entry, Item

MAX_BYTES = 52_428_800
"""What the protocol allows for one file, unpacked."""
MAX_ADDRESSES = 50_000
"""What the protocol allows for one file."""
MAX_PARTS = 100_000
"""Elements within one entry: none with a thousand pictures has more, and each is held."""
MAX_ELEMENTS = 2_000_000
"""In one file: 40 in each entry that it may have."""
TOO_MANY_PARTS = (
    f"more than {MAX_PARTS} elements in one entry, or {MAX_ELEMENTS} in all: the rest is not read"
)
ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:urlset|sitemapindex)[\s>/]")
LINE = re.compile(r"https?://\S{1,2000}")


@dataclass(frozen=True, slots=True)
class Child:
    """A further sitemap that an index names."""

    address: str
    changed: str | None


@dataclass(frozen=True, slots=True)
class Sitemap:
    items: tuple[Item, ...] = ()
    children: tuple[Child, ...] = ()
    damaged: str | None = None
    """Why the end of it could not be read."""


def parse_sitemap(body: bytes, address: str, *, charset: str | None = None, now: str) -> Sitemap:
    """Any kind of sitemap. Raises Unreadable with what it is instead; `now` is an ISO instant."""
    body = unpacked(body, address, MAX_BYTES)
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"\x00" in head[:8] or head.startswith(b"<"):
        return _parse_xml(body, address, now)
    return _parse_lines(decoded(body, charset), address)


def is_sitemap(body: bytes) -> bool:
    """Whether bytes look like an XML sitemap; a news sitemap may well be empty."""
    return ROOT.search(body[:5000].replace(b"\x00", b"")) is not None


def _parse_lines(text: str, address: str) -> Sitemap:
    lines = [line.strip() for line in text.splitlines()[:MAX_ADDRESSES]]
    items = [_item(line, address) for line in lines if LINE.fullmatch(line)]
    if not items:
        raise Unreadable(address, "this is no sitemap: neither XML nor a list of addresses")
    return Sitemap(_once(items))


def _parse_xml(body: bytes, address: str, now: str) -> Sitemap:
    """Element by element; what stands before a fault in the mark-up is kept."""
    items: list[Item] = []
    children: list[Child] = []
    damaged = None
    try:
        for name, said in _elements(body):
            place = resolve(said.get("loc"), address) if said.get("loc") else None
            if place is None:
                continue
            if name == "url":
                items.append(_dated(_item(place, address, said), now))
            elif name == "sitemap":
                children.append(Child(place, from_text(said.get("lastmod"))))
            if len(items) + len(children) >= MAX_ADDRESSES:
                damaged = f"more than {MAX_ADDRESSES} addresses: the rest is not read"
                break
    except _TooMuch:
        damaged = TOO_MANY_PARTS
    except (etree.XMLSyntaxError, LookupError) as fault:
        damaged = f"broken mark-up ({str(fault)[:120]})"
    if not (items or children or is_sitemap(body)):
        raise Unreadable(address, "this is no sitemap: no address is named in it")
    return Sitemap(_once(items), tuple(children), damaged)


def _elements(body: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Each `url` or `sitemap` with the words of what stands in it, by local name.

    What else stands at the top goes as soon as it ends, so that one entry is held at a time. Raises
    _TooMuch for one that is too large to be.
    """
    events = etree.iterparse(
        BytesIO(body), events=("end",), resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False, recover=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    parts = 0
    for number, (_, element) in enumerate(events):
        name = _local(element)
        parts += 1
        if parts > MAX_PARTS or number > MAX_ELEMENTS:
            raise _TooMuch
        if name in ("url", "sitemap"):
            said: dict[str, str] = {}
            for part in element.iter():
                said.setdefault(_local(part), (part.text or "").strip())
            yield name, said
        elif not _is_at_the_top(element):
            continue
        parts = 0
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _is_at_the_top(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


class _TooMuch(Exception):
    """More in one entry than is held."""


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _item(place: str, address: str, said: dict[str, str] | None = None) -> Item:
    said = said or {}
    published = from_text(said.get("publication_date")) or from_text(said.get("lastmod"))
    entry = Entry(source=address, title=said.get("title") or None, published=published)
    return Item(
        key=normal_address(place) or place,
        address=place,
        entry=entry,
        updated=from_text(said.get("lastmod")),
        language=said.get("language") or None,
    )


def _dated(item: Item, now: str) -> Item:
    if not is_ahead(item.entry.published, now):
        return item
    doubt = f"the sitemap dates it in the future ({item.entry.published})"
    return replace(item, entry=replace(item.entry, doubts=(doubt,)))


def _once(items: list[Item]) -> tuple[Item, ...]:
    return tuple({item.key: item for item in items}.values())
