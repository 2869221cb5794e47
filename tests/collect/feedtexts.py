"""Small feeds of our own, whole and broken, for the tests of collecting."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

RSS_NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)
PARAGRAPHS = (
    "Lake Victoria is shared by Kenya, Tanzania and Uganda, and each of the three keeps patrol "
    "boats on its own part of the water.",
    "Fishing crews cross the lines at night, because the perch follow the wind and not the map, "
    "and every season some of them are held on the far shore until a fine is paid.",
    "The East African Community, which has its seat in Arusha, has asked for common rules since "
    "its members signed a protocol on the basin.",
    "Ministers of the three countries agreed to share what their radars see, and to let a crew "
    "go once its papers have been read.",
    "Whether that holds will be seen when the rains come and the boats go out further than the "
    "radars reach, as they do each year.",
    "On the quay in Kisumu the price of perch had risen by a third within a month, and the ice "
    "factory worked two shifts.",
    "In Entebbe the harbour office put up a list of the boats that had been let go, and families "
    "came to read it before the market opened.",
    "The next meeting is to be held in Mwanza, on the southern shore, where the ferries to the "
    "islands leave.",
)


def article(paragraphs: Iterable[str] = PARAGRAPHS) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def rss(
    *items: str, head: str = "<title>Lake News</title><link>https://lake.example/</link>"
) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" {RSS_NAMES}><channel>{head}'
        f"{''.join(items)}</channel></rss>"
    )


def rss_item(
    number: int = 1,
    *,
    guid: str | None = None,
    link: str | None = None,
    title: str | None = None,
    date: str | None = "Mon, 18 Mar 2024 10:00:00 GMT",
    content: str | None = None,
    more: str = "",
) -> str:
    parts = [
        f'<guid isPermaLink="false">{guid if guid is not None else f"lake-{number}"}</guid>'
        if guid != ""
        else "",
        f"<title>{title or f'Boats on the lake, part {number}'}</title>",
        f"<link>{link if link is not None else f'https://lake.example/news/{number}'}</link>"
        if link != ""
        else "",
        f"<pubDate>{date}</pubDate>" if date else "",
        f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else "",
        more,
    ]
    return f"<item>{''.join(parts)}</item>"


def atom(*entries: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="fr"><title>Le lac</title><link href="https://lac.example/"/>{head}'
        f"{''.join(entries)}</feed>"
    )


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boat boat boat boat boat ">'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY q "{"q" * 100_000}">]>\n'
