"""What RSS, Atom and JSON Feed have in common: an entry for an event or an article, and addresses.

In: items and what the export says of itself. Out: entries whose HTML is of our own making, with
every word from outside escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import quote

from dragoman.model import Article, Dated
from dragoman.publish.formats import Field
from dragoman.publish.formats.account import (
    article_address,
    cited,
    facts,
    first_told,
    headline,
    last_told,
    moment_of,
    sentence,
    tags,
)
from dragoman.publish.gathering import About, ArticleItem, EventItem
from dragoman.publish.words import NO_HEADLINE, web_address

NEWEST = 100
"""Entries of a feed over the site, where nobody asks for more."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    id: str
    title: str
    text: str
    """A summary in plain text."""
    html: str
    address: str
    """Of its page on the desk."""
    source: str | None
    """Address of the article that it is from, or that it is."""
    authors: tuple[str, ...]
    published: datetime | None
    updated: datetime | None
    language: str | None
    """Of an article; what is said of an event is in English, around a sentence of any language."""
    tags: tuple[str, ...]


FIELDS = {
    "id": Field("id", "text", "Id of the event or article, which never changes."),
    "title": Field("title", "text", "Who did what to whom, and when; or the article's own title."),
    "text": Field(
        "summary",
        "text",
        "The sentence that an event rests on, its article, its status and how often it was told; "
        "of an article who first published it.",
    ),
    "address": Field("address", "text", "Of its page on the desk."),
    "source": Field("source", "text", "Address of the article; absent if it has none."),
    "authors": Field("authors", "list of texts", "Outlet of the sentence; authors of the article."),
    "published": Field(
        "published", "instant", "When it was first told or printed; absent if it is not known."
    ),
    "updated": Field(
        "updated", "instant", "When it was last told with another status, changed or withdrawn."
    ),
    "language": Field("language", "code", "Of an article (ISO 639); absent for events."),
    "tags": Field("tags", "list of codes", "Category, status and telling; genre of an article."),
}
"""By what an entry calls it; each format has its own names for them."""


def event_entry(item: EventItem) -> FeedEntry:
    said, source = sentence(item), article_address(item)
    withdrawn = f"withdrawn {item.retracted_at}" if item.retracted_at else ""
    told = facts(item)
    parts = (f"“{said}”" if said else "", cited(item) or "", withdrawn, told)
    html = (
        f"<blockquote><p>{escape(said)}</p></blockquote>" if said else "",
        f"<p>{_linked(cited(item) or source or '', source)}</p>" if item.best else "",
        f"<p>{escape(withdrawn)}</p>" if withdrawn else "",
        f"<p>{escape(told)}</p>",
    )
    return FeedEntry(
        id=item.event.id,
        title=headline(item),
        text="\n".join(part for part in parts if part),
        html="".join(html),
        address=item.address,
        source=source,
        authors=(item.best.outlet,) if item.best and item.best.outlet else (),
        published=first_told(item),
        updated=last_told(item),
        language=None,
        tags=tags(item),
    )


def article_entry(item: ArticleItem) -> FeedEntry:
    article = item.kept.article
    source = web_address(article.canonical) or web_address(article.url)
    told = article_facts(item)
    return FeedEntry(
        id=article.id,
        title=article.title or NO_HEADLINE,
        text=told,
        html=f"<p>{_linked(told, source)}</p>",
        address=item.address,
        source=source,
        authors=tuple(author.name for author in article.authors) or (item.outlet,),
        published=printed(article.published),
        updated=moment_of(article.modified) or printed(article.published),
        language=article.language,
        tags=(article.genre.value,),
    )


def article_facts(item: ArticleItem) -> str:
    """The outlet, and who published it first where that is another."""
    first = first_publisher(item.kept.article)
    return item.outlet if first in {None, item.outlet} else f"{item.outlet}; first: {first}"


def first_publisher(article: Article) -> str | None:
    """As the page names it; else the agency whose text it says it prints."""
    claim = article.attribution.first_publisher or article.attribution.agency
    return claim.value if claim is not None else None


def printed(dated: Dated | None) -> datetime | None:
    """The day of printing; None where the text only bounds it, or tells no day."""
    if dated is None or dated.is_bounds or dated.start != dated.end:
        return None
    return moment_of(dated.start)


def address_of(about: About, format_name: str) -> str:
    """Where the site gives the same, made anew."""
    limit = f"&limit={about.limit}" if about.limit is not None else ""
    return f"{about.base}/export/{format_name}?q={quote(about.query, safe='')}{limit}"


def title_of(about: About) -> str:
    return ": ".join(one for one in (about.title, about.query) if one)


def _linked(words: str, address: str | None) -> str:
    if address is None:
        return escape(words)
    return f'<a href="{escape(address)}">{escape(words)}</a>'
