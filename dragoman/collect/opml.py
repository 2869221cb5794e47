"""OPML: lists of feeds as feed readers exchange them; folders become tags, and tags folders.

In: bytes of a file. Out: sources, or text of a file. Refuses what is no OPML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from dragoman.collect.feed_text import decoded
from dragoman.errors import Unreadable
from dragoman.model import Source, SourceKind
from dragoman.store import source_id

MAX_BYTES = 10_000_000
MAX_DEPTH = 50
MAX_TAGS = 100
"""Of one source; the further ones are left out."""
KINDS: dict[str, SourceKind] = {"sitemap": "sitemap", "page": "page"}
"""What other readers don't know is written as their `type` says and read back as such."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a file names; `left_out` are addresses in it that can't be fetched."""

    sources: list[Source]
    left_out: list[str]


def read_opml(body: bytes, origin: str) -> Listed:
    """The feeds in a file, each once, with the folders it stands in as tags."""
    if len(body) > MAX_BYTES:
        raise Unreadable(origin, f"larger than {MAX_BYTES // 1_000_000} MB")
    text = decoded(body, None)
    start = text.lower().find("<opml")
    if start < 0:
        raise Unreadable(origin, "this is no OPML file")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, encoding="utf-8", load_dtd=False
    )
    root = etree.fromstring(text[start:].encode("utf-8"), parser)
    if root is None:
        raise Unreadable(origin, "this is no OPML file")
    found: dict[str, Source] = {}
    left_out: list[str] = []
    for source in _outlines(root.find("body"), ()):
        if isinstance(source, str):
            left_out.append(source)
            continue
        known = found.get(source.id)
        tags = tuple(dict.fromkeys((*(known.tags if known else ()), *source.tags)))[:MAX_TAGS]
        found[source.id] = replace(known or source, tags=tags)
    return Listed(list(found.values()), left_out)


def _outlines(folder: Any, tags: tuple[str, ...]) -> Iterator[Source | str]:
    for outline in folder.findall("outline") if folder is not None else ():
        said = _attributes(outline)
        name = " ".join((said.get("title") or said.get("text") or "").split()) or None
        address = said.get("xmlurl", "")
        if address.lower().startswith("feed:"):
            rest = address[len("feed:") :]
            address = f"https:{rest}" if rest.startswith("//") else rest
        named = tuple(dict.fromkeys((*tags, *_categories(said.get("category", "")))))
        if address.lower().startswith(("http://", "https://")):
            kind = KINDS.get(said.get("type", "").lower(), "feed")
            yield Source(source_id(address), address, kind, title=name, tags=named)
            continue
        if address:
            yield address
        if len(tags) < MAX_DEPTH:
            yield from _outlines(outline, (*tags, name) if name else tags)


def _attributes(outline: Any) -> dict[str, str]:
    """By name in small letters; a reference to half a character spoils its own attribute only."""
    said: dict[str, str] = {}
    for name in outline.attrib:
        with suppress(UnicodeDecodeError):
            said[str(name).lower()] = str(outline.get(name)).strip()
    return said


def _categories(text: str) -> list[str]:
    """OPML's own tags: "/Boston/Weather,/Harvard"; a path is a tag for each step."""
    return [step.strip() for path in text.split(",") for step in path.split("/") if step.strip()]


def write_opml(sources: Iterable[Source], title: str) -> str:
    """A file that feed readers understand; a source stands in the folder of its first tag."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for source in sources:
        if source.kind == "archive":
            continue
        place = body
        if source.tags:
            first = source.tags[0]
            if first not in folders:
                folders[first] = etree.SubElement(body, "outline", text=first, title=first)
            place = folders[first]
        name = source.title or source.address
        outline = etree.SubElement(
            place, "outline", text=name, title=name, xmlUrl=source.address,
            type=source.kind if source.kind in KINDS else "rss",
        )  # fmt: skip
        if len(source.tags) > 1:
            outline.set("category", ",".join(tag.replace(",", " ") for tag in source.tags[1:]))
    text = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return text.decode("utf-8")
