"""Articles that others may print, whole and clean, as RSS 2.0 for sites with a CMS of their own.

In: a room. Out: a feed of the articles whose licence permits it and that an editor approved, or all
but those that one dropped, as the settings will have it. An article without a licence is never in
it; nor is anything of its page but the article itself.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime

from markupsafe import Markup, escape

from dragoman.model import BODY_LABELS, Article
from dragoman.model.republishing import Decision, Ruling
from dragoman.publish.formats.account import moment_of
from dragoman.publish.formats.feed_entries import NEWEST, printed
from dragoman.publish.formats.xml_stream import Xml, document
from dragoman.publish.gathering import About, about
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.paragraphs import paragraphs
from dragoman.publish.words import NO_HEADLINE, web_address

QUEUED = 200
"""Articles that are looked at for the queue: the newest that may have a licence."""
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
    "permits it, and no article of an outlet with one was approved"
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
    lead: str | None = None
    """In the desk's own words, by an editor."""

    @property
    def digest(self) -> str:
        """Of all that is handed on but the lead: another one where anything of it changed."""
        one = self.article
        told = (
            one.title,
            one.language,
            str(content(one)),
            [(author.name, author.about) for author in one.authors],
            [(image.src, image.caption, image.credit) for image in one.images],
            (self.first, self.licence),
        )
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def is_off(room: ReadingRoom, articles: Sequence[Licensed]) -> bool:
    """Whether there is nothing to hand on, and no source that is to bring any."""
    return not articles and not any(source.licence for source in room.store.sources())


def licensed(room: ReadingRoom) -> list[Licensed]:
    """Those that are handed on, as the desk's people and its settings will have it, the newest
    first."""
    decided = decisions(room)
    named = [one for one, said in decided.items() if said.what == "approved"]
    if room.config.republish == "licensed":
        named += room.store.perhaps_licensed(hosts(room), QUEUED)
    found = [made for one in dict.fromkeys(named) if (made := licensed_one(room, one)) is not None]
    held = [chosen for one in found if (chosen := _chosen(room, one, decided)) is not None]
    return sorted(held, key=lambda one: (_day(one.article), one.article.id), reverse=True)


def decisions(room: ReadingRoom) -> dict[str, Decision]:
    """Article → what was decided: on the desk, else by a judgement. Who rejected an article wants
    it nowhere, whatever was decided before."""
    decided = dict(room.store.republish_decisions())
    for one, verdict in room.store.verdicts().items():
        if one.startswith("a-") and verdict in {"confirm", "reject"}:
            what: Ruling = "approved" if verdict == "confirm" else "dropped"
            if what == "dropped" or one not in decided:
                decided[one] = Decision(0, one, "", what, None, None, None, "")
    return decided


def queue(room: ReadingRoom) -> list[Licensed]:
    """The newest articles whose licence permits it, whatever was decided of them."""
    named = room.store.perhaps_licensed(hosts(room), QUEUED)
    return [made for one in named if (made := licensed_one(room, one)) is not None]


def hosts(room: ReadingRoom) -> frozenset[str]:
    """Of the outlets that have a licence."""
    outlets = room.knowledge.outlets
    return frozenset(host for host, one in outlets.by_host.items() if one.licence)


def is_changed(one: Licensed, decision: Decision) -> bool:
    """Whether what would be handed on is another than what was approved. A judgement is of the
    article, whatever its text."""
    return decision.digest not in {"", one.digest}


def _chosen(room: ReadingRoom, one: Licensed, decided: Mapping[str, Decision]) -> Licensed | None:
    decision = decided.get(one.article.id)
    is_open = room.config.republish == "licensed"
    if decision is None or decision.what == "waiting":
        return one if is_open else None
    if decision.what == "dropped":
        return None
    if is_changed(one, decision):
        return one if is_open else None
    return replace(one, lead=decision.lead)


def republished(room: ReadingRoom, articles: Sequence[Licensed], *, made_at: str) -> bytes:
    """The feed of the newest of them."""
    out, said = io.BytesIO(), about(room, "")
    with document(out, "rss", SPACES) as xml, xml.inside("channel"):
        _channel(xml, said, made_at)
        for one in articles[:NEWEST]:
            with xml.inside("item"):
                _item(xml, one, said.title)
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


def licensed_one(room: ReadingRoom, identity: str) -> Licensed | None:
    """None where the desk holds no such article, or it has no licence."""
    kept = room.store.kept(identity)
    licence = room.display.licence(kept.article) if kept is not None else None
    if kept is None or not licence:
        return None
    article = kept.article
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
    xml.element("description", f"Licensed articles, as {said.title} cleaned and chose them")
    xml.element("lastBuildDate", format_datetime(datetime.fromisoformat(made_at)))
    xml.element("generator", f"Dragoman {said.program}")
    own = {"rel": "self", "type": MEDIA_TYPE, "href": f"{said.base}{PATH}"}
    xml.element("atom:link", None, own)


def _item(xml: Xml, one: Licensed, desk: str) -> None:
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
    if one.lead is not None:
        xml.element("description", one.lead)
        xml.element("dcterms:provenance", f"description: written by {desk}")
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
