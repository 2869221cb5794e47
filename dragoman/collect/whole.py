"""Whether a feed carries an article whole or only announces it; and captures of those it carries.

In: an item. Out: a capture of its text, or None where its page has to be fetched. It errs towards
the page: what was cut off by a feed is lost, what is fetched twice is not.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from dragoman.addresses import normal_address
from dragoman.collect.pages import capture_bytes
from dragoman.model import Capture, Item

LEAST_LETTERS = 1000
"""Shorter texts may be whole, but so are many announcements; their page tells."""
TAIL = 250
CUT_OFF = re.compile(r"(?:…|\.\.\.|\[&hellip;\]|\[\.{2,}\])[\]\s»”\")]*$")


def capture_of(item: Item, *, fetched: str) -> Capture | None:
    """The article as the feed carries it, as a small page of its own.

    None where it is not whole and there is a page to fetch, or where there is no text at all.
    """
    text = item.content or item.summary
    if text is None or (item.address is not None and not is_whole(item)):
        return None
    made = capture_bytes(
        _page(item, text).encode("utf-8", "replace"),
        item.address or f"{item.entry.source}#{item.key}",
        url=item.address,
        charset="utf-8",
        declared="text/html",
        fetched=fetched,
    )
    return replace(made, entry=item.entry, published=_past(item.entry.published, fetched))


def _page(item: Item, text: str) -> str:
    """The text with the title and authors that stand beside it in the feed."""
    title = html.escape(item.entry.title or "", quote=False)
    language = f' lang="{html.escape(item.language)}"' if item.language else ""
    heading = f"<h1>{title}</h1>\n" if title else ""
    authors = "".join(
        f'<meta name="author" content="{html.escape(name)}">\n' for name in item.entry.authors
    )
    return (
        f'<!doctype html>\n<html{language}><head><meta charset="utf-8">\n'
        f"<title>{title}</title>\n{authors}</head>\n"
        f"<body><article>\n{heading}{text}\n</article></body></html>\n"
    )


def is_whole(item: Item) -> bool:
    """Long, not merely its own summary, not cut off, and without a link to go on reading."""
    tree = _tree(item.content or "")
    if tree is None:
        return False
    text = " ".join(tree.text_content().split())
    if len(text) < LEAST_LETTERS or _says_no_more(text, item.summary):
        return False
    return not _ends_cut_off(tree, text) and not _leads_on(tree, item)


def _tree(content: str) -> HtmlElement | None:
    try:
        return fragment_fromstring(content, create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _says_no_more(text: str, summary: str | None) -> bool:
    """The content repeats the summary: feeds of teasers often fill both with the same words."""
    tree = _tree(summary) if summary else None
    if tree is None:
        return False
    short = " ".join(tree.text_content().split())
    return len(short) >= 0.9 * len(text)


def _ends_cut_off(tree: HtmlElement, text: str) -> bool:
    """An ellipsis at the end, or at the end of one of its last paragraphs: notes follow it."""
    ends = [" ".join(part.text_content().split()) for part in tree.iter("p", "div", "li")]
    last = [end for end in ends[-3:] if end and text.rfind(end[-60:]) > len(text) - TAIL]
    without_links = [" ".join(_without_links(part).split()) for part in list(tree.iter("p"))[-3:]]
    return any(CUT_OFF.search(end) for end in (text, *last, *without_links))


def _without_links(part: HtmlElement) -> str:
    """The words of a paragraph up to its last link: "and so on … Continue"."""
    last = next(iter(part.xpath(".//a[last()]")), None)
    words = str(part.text_content())
    if last is None:
        return words
    linked = str(last.text_content())
    return words[: words.rfind(linked)] if linked else words


def _leads_on(tree: HtmlElement, item: Item) -> bool:
    """A last link to the item's own page that stands alone at the end and isn't its title."""
    own = normal_address(item.address)
    links = tree.findall(".//a[@href]")
    if own is None or not links:
        return False
    last = links[-1]
    words = " ".join(last.text_content().split())
    if normal_address(last.get("href")) != own or not words or words == item.entry.title:
        return False
    return str(tree.text_content()).strip().endswith(last.text_content().strip())


def _past(published: str | None, now: str) -> str | None:
    """The date, unless it lies ahead of us."""
    if published is None or datetime.fromisoformat(published) > datetime.fromisoformat(now):
        return None
    return published
