"""Articles as linked data in schema.org's terms: who wrote, first published and printed again.

In: articles. Out: a NewsArticle each, without its text. Of an author it is not known whether that
is a person or a desk: it has a name and what the page says of it, and no type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from dragoman.model import Article, Backing
from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.feed_entries import first_publisher
from dragoman.publish.formats.json_stream import Json
from dragoman.publish.formats.linked import (
    MEDIA_TYPE,
    day,
    node,
    organisation,
    page_node,
    write_graph,
)
from dragoman.publish.gathering import About, ArticleItem
from dragoman.publish.wording import N_
from dragoman.publish.words import web_address

WORKS = frozenset({"agency", "outlet", "statement", "release", "post"})
"""Kinds of voices that are something printed or said once, and no speaker."""
FIELDS = (
    Field("id", "address", "Of the article: its page on the desk, and #article."),
    Field("identifier", "text", "Id of the article; it never changes."),
    Field("headline", "text", "Its title."),
    Field("url", "address", "Where it stands."),
    Field("inLanguage", "code", "Its language (ISO 639)."),
    Field("datePublished", "date", "As exact as it is known; absent where it is only bounded."),
    Field("dateModified", "instant", "When the page says that it was changed."),
    Field("genre", "code", "news, wire, analysis, opinion, interview, release, live or other."),
    Field("author", "list", "Each with name, and as description the affiliation the page gives."),
    Field("publisher", "Organization", "Who shows the page."),
    Field("sourceOrganization", "Organization", "The agency that it credits."),
    Field("isBasedOn", "CreativeWork", "The first publication, where another outlet is named."),
    Field("image", "list of ImageObject", "contentUrl, caption and creditText of each picture."),
    Field("citation", "list of texts", "Agencies, outlets, statements and posts it rests on."),
    Field("mainEntityOfPage", "WebPage", "The desk's page, with the revision as version."),
)


def _write(items: Iterable[ArticleItem], _about: About, out: BinaryIO) -> int:
    return write_graph(map(_article, items), out)


def _article(item: ArticleItem) -> Json:
    article, agency = item.kept.article, item.kept.article.attribution.agency
    return node(
        "NewsArticle",
        f"{item.address}#article",
        {
            "identifier": article.id,
            "headline": article.title,
            "url": web_address(article.canonical) or web_address(article.url),
            "inLanguage": article.language,
            "datePublished": day(article.published),
            "dateModified": article.modified,
            "genre": article.genre.value,
            "author": [
                node(None, None, {"name": one.name, "description": one.about})
                for one in article.authors
            ],
            "publisher": organisation(item.outlet),
            "sourceOrganization": organisation(agency.value if agency else None),
            "isBasedOn": _first(item),
            "image": list(_images(article)),
            "citation": _citations(item.kept.backing),
            "mainEntityOfPage": page_node(item.address, item.revision),
        },
    )


def _first(item: ArticleItem) -> Json | None:
    first = first_publisher(item.kept.article)
    if first is None or first == item.outlet:
        return None
    return node("CreativeWork", None, {"publisher": organisation(first)})


def _images(article: Article) -> Iterator[Json]:
    for image in article.images:
        said = {
            "contentUrl": web_address(image.src),
            "caption": image.caption,
            "creditText": image.credit,
        }
        if any(said.values()):
            yield node("ImageObject", None, said)


def _citations(backing: Backing | None) -> list[str]:
    voices = backing.rests_on if backing is not None else ()
    return list(dict.fromkeys(one.name for one in voices if one.kind in WORKS and one.is_named))


FORMAT = Format(
    "articles-jsonld",
    ".articles.jsonld",
    MEDIA_TYPE,
    "articles",
    N_("Articles as linked data (schema.org), with authors, credits and first publishers."),
    _write,
    FIELDS,
)
