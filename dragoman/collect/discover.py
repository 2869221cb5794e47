"""What can be watched at an address: the feed or sitemap that it is, or those of the page it is.

In: an address. Out: sources to choose from, the main one first. The page's own word comes first,
then the sitemaps that robots.txt names, then the places where feeds usually lie. Keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import html
from protego import Protego

from dragoman.addresses import resolve
from dragoman.collect.feed_text import decoded
from dragoman.collect.feeds import parse_feed
from dragoman.collect.fetch import Response
from dragoman.collect.sitemaps import MAX_BYTES as MAX_SITEMAP_BYTES
from dragoman.collect.sitemaps import is_sitemap, parse_sitemap
from dragoman.collect.visits import Get
from dragoman.errors import DragomanError, SourceError, Unreadable
from dragoman.model import Source, SourceKind
from dragoman.store import source_id

FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "text/xml",
        "application/xml",
    }
)
USUAL_PLACES = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
SIDE_FEEDS = ("comment", "/tag/", "/author/", "podcast")
"""Words in the address of feeds that are seldom the one that is meant."""
MAX_CANDIDATES = 30


def discover(address: str, get: Get, *, now: str) -> list[Source]:
    """Sources at an address, the main one first; more than one only where a page names several.

    Raises SourceError where nobody answers, Unreadable where there is nothing to watch.
    """
    answer = get(address, most_bytes=MAX_SITEMAP_BYTES, robots=False)
    place = answer.moved_to or address
    if is_sitemap(answer.body) or answer.url.endswith((".xml.gz", "sitemap.txt")):
        parse_sitemap(answer.body, address, charset=answer.charset, now=now)
        return [_source(place, "sitemap")]
    try:
        feed = parse_feed(answer.body, address, base=answer.url, charset=answer.charset, now=now)
    except Unreadable as fault:
        named = feeds_of(answer)[:MAX_CANDIDATES] or _elsewhere(answer.url, get, now)
        if not named:
            raise Unreadable(
                address,
                f"{fault.reason.partition(';')[0]}, and no feed or sitemap was found beside it; "
                "to watch the page itself, add it with --kind page",
            ) from fault
        return named
    return [_source(place, "feed", feed.title)]


def feeds_of(answer: Response) -> list[Source]:
    """The feeds that a page names in its head, the main one first."""
    text = decoded(answer.body, answer.charset)
    if not text.strip():
        return []
    try:
        tree = html.document_fromstring(text.encode("utf-8"), html.HTMLParser(encoding="utf-8"))
    except (ValueError, AssertionError, html.etree.LxmlError):
        return []
    base_tag = tree.find(".//base[@href]")
    stated = resolve(base_tag.get("href"), answer.url) if base_tag is not None else None
    base = stated or answer.url
    found: dict[str, Source] = {}
    for link in tree.iter("link"):
        said = {str(name): str(value) for name, value in link.attrib.items()}
        is_feed = said.get("type", "").partition(";")[0].strip().lower() in FEED_TYPES
        if not is_feed or "alternate" not in said.get("rel", "").lower().split():
            continue
        place = resolve(said["href"], base) if said.get("href") else None
        if place is not None:
            title = " ".join(said.get("title", "").split()) or None
            found.setdefault(place, _source(place, "feed", title))
    return sorted(found.values(), key=_is_side_feed)


def _is_side_feed(source: Source) -> bool:
    words = f"{source.address} {source.title or ''}".lower()
    return any(word in words for word in SIDE_FEEDS)


def _elsewhere(page: str, get: Get, now: str) -> list[Source]:
    """What robots.txt names, else the first feed in one of the usual places."""
    root = "{0.scheme}://{0.netloc}/".format(urlsplit(page))
    for places, kind in ((_in_robots(root, get), "sitemap"), (_usual(root, page), "feed")):
        for place in places:
            if (made := _tried(place, kind, get, now)) is not None:
                return [made]
    return []


def _in_robots(root: str, get: Get) -> list[str]:
    try:
        answer = get(urljoin(root, "robots.txt"), robots=False)
    except SourceError:
        return []
    robots = Protego.parse(decoded(answer.body, answer.charset))
    places = (resolve(str(place), root) for place in robots.sitemaps)
    # One that holds the news of two days is what a desk wants; then any.
    named = [place for place in places if place is not None][:MAX_CANDIDATES]
    return sorted(named, key=lambda place: "news" not in place.lower())[:3]


def _usual(root: str, page: str) -> Iterator[str]:
    for base in dict.fromkeys((urljoin(page, "./"), root)):
        yield from (urljoin(base, name) for name in USUAL_PLACES)


def _tried(place: str, kind: str, get: Get, now: str) -> Source | None:
    try:
        answer = get(place, most_bytes=MAX_SITEMAP_BYTES)
        if kind == "sitemap" or is_sitemap(answer.body):
            parse_sitemap(answer.body, place, charset=answer.charset, now=now)
            return _source(place, "sitemap")
        feed = parse_feed(answer.body, place, base=answer.url, charset=answer.charset, now=now)
        return _source(place, "feed", feed.title)
    except DragomanError:
        return None


def _source(address: str, kind: SourceKind, title: str | None = None) -> Source:
    return Source(source_id(address), address, kind, title=title)
