"""Articles that others may print, whole and clean, as RSS 2.0 for sites with a CMS of their own.

In: a room. Out: a feed of the articles whose licence permits it and that a person confirmed. An
article without a licence is never in it; nor is anything of its page but the article itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from markupsafe import Markup, escape

from dragoman.model import BODY_LABELS, Article, Kept
from dragoman.publish.formats.account import moment_of
from dragoman.publish.formats.feed_entries import NEWEST, printed
from dragoman.publish.formats.xml_stream import Xml, document
from dragoman.publish.gathering import About, about
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.paragraphs import paragraphs
from dragoman.publish.words import NO_HEADLINE, web_address

MEDIA_TYPE = "application/rss+xml"
PATH = "/feeds/republish"
AROUND = {
    "heading": Markup("<h2>{}</h2>"),
    "quote": Markup("<blockquote><p>{}</p></blockquote>"),
}
PARAGRAPH = Markup("<p>{}</p>")
SPACES = {
    "version": "2.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:foaf": "http://xmlns.com/foaf/0.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
NOTHING_LICENSED = (
    "this desk hands on no whole articles: none of its sources is marked with a licence that "
    "permits it, and no article of an outlet with one was confirmed"
)


@dataclass(frozen=True, slots=True)
class Licensed:
    """An article that may be printed elsewhere."""

    article: Article
    licence: str
    outlet: str
    """Who shows the page that it was taken from."""
    first: str
    """Who published it first."""
    address: str | None
    """Of the article there; where that is not known, of the page that it was taken from."""
    page: str
    """Of its page on this desk."""


def is_off(room: ReadingRoom, articles: Sequence[Licensed]) -> bool:
    """Whether there is nothing to hand on, and no source that is to bring any."""
    return not articles and not any(source.licence for source in room.store.sources())


def licensed(room: ReadingRoom) -> list[Licensed]:
    """Those that a person confirmed and that have a licence, the newest first."""
    confirmed = (one for one, said in room.store.verdicts().items() if said == "confirm")
    found = [
        made
        for identity in confirmed
        if identity.startswith("a-")
        and (kept := room.store.kept(identity)) is not None
        and (made := _licensed(room, kept)) is not None
    ]
    return sorted(found, key=lambda one: (_day(one.article), one.article.id), reverse=True)


def republished(room: ReadingRoom, articles: Sequence[Licensed], *, made_at: str) -> bytes:
    """The feed of the newest of them."""
    out, said = io.BytesIO(), about(room, "")
    with document(out, "rss", SPACES) as xml, xml.inside("channel"):
        _channel(xml, said, made_at)
        for one in articles[:NEWEST]:
            with xml.inside("item"):
                _item(xml, one)
    return out.getvalue()


def moments(articles: Sequence[Licensed]) -> list[datetime]:
    """When each was changed last."""
    told = (moment_of(one.article.modified) or printed(one.article.published) for one in articles)
    return [moment for moment in told if moment is not None]


def first_address(room: ReadingRoom, article: Article) -> str | None:
    """Of the article at its first publisher: where the page that prints it again names it, or the
    desk holds it; of an article that is nobody else's its own. None where it is not known."""
    own = web_address(article.canonical) or web_address(article.url)
    claim = article.attribution.first_publisher
    if claim is None:
        return own
    outlets = room.knowledge.outlets
    known = outlets.named(claim.value)
    name = known.name if known is not None else claim.value
    root = room.store.origin_of(article.id)
    held = room.store.article(root[0]) if root is not None else None
    if held is not None and room.outlet(held.article) == name:
        return web_address(held.article.canonical) or web_address(held.article.url)
    there = outlets.at(own)
    return own if there is not None and there.name == name else None


def _licensed(room: ReadingRoom, kept: Kept) -> Licensed | None:
    article = kept.article
    licence = room.display.licence(article)
    if not licence:
        return None
    claim, outlet = article.attribution.first_publisher, room.outlet(article)
    own = web_address(article.canonical) or web_address(article.url)
    return Licensed(
        article=article,
        licence=licence,
        outlet=outlet,
        first=claim.value if claim is not None else outlet,
        address=first_address(room, article) or own,
        page=f"{room.config.base}/article/{article.id}",
    )


def _day(article: Article) -> str:
    return (article.published.day or "") if article.published is not None else ""


def _channel(xml: Xml, said: About, made_at: str) -> None:
    xml.element("title", said.title)
    xml.element("link", f"{said.base}/")
    xml.element("description", f"Licensed articles, as {said.title} cleaned and confirmed them")
    xml.element("lastBuildDate", format_datetime(datetime.fromisoformat(made_at)))
    xml.element("generator", f"Dragoman {said.program}")
    own = {"rel": "self", "type": MEDIA_TYPE, "href": f"{said.base}{PATH}"}
    xml.element("atom:link", None, own)


def _item(xml: Xml, one: Licensed) -> None:
    article = one.article
    xml.element("title", article.title or NO_HEADLINE)
    xml.element("link", one.address or one.page)
    xml.element("guid", article.id, {"isPermaLink": "false"})
    published = printed(article.published)
    xml.optional("pubDate", format_datetime(published) if published is not None else None)
    for author in article.authors:
        xml.element("dc:creator", author.name)
    for author in article.authors:
        if author.about:
            with xml.inside("foaf:Person"):
                xml.element("foaf:name", author.name)
                xml.element("dcterms:description", author.about)
    xml.element("dc:publisher", one.first)
    xml.optional("dc:language", article.language)
    xml.element("dc:rights", one.licence)
    xml.element("source", one.first, {"url": one.address or one.page})
    xml.element("atom:link", None, {"rel": "canonical", "href": one.address or one.page})
    xml.element("atom:link", None, {"rel": "related", "href": one.page})
    xml.element("content:encoded", str(content(article)))
    for image in article.images:
        if (src := web_address(image.src)) is not None:
            with xml.inside("media:content", {"url": src, "medium": "image"}):
                xml.optional("media:description", image.caption)
                xml.optional("media:credit", image.credit)


def content(article: Article) -> Markup:
    """The body as HTML of our own making: every word of it is escaped."""
    return Markup("\n").join(_paragraphs(article))


def _paragraphs(article: Article) -> Iterator[Markup]:
    for block in article.blocks:
        if block.label in BODY_LABELS:
            around = AROUND.get(block.label, PARAGRAPH)
            for start, end in paragraphs(article, block):
                yield around.format(escape(article.text[start:end].strip()))
