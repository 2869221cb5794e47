"""What a page, or the feed that led to it, states of where its text comes from.

In: JSON-LD and meta elements, and the capture's feed entry. Out: `PageFacts`, names and addresses
as stated. Which of them to believe is decided in `attribution`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.addresses import resolve
from dragoman.clean.metadata import ARTICLE_TYPES, Json, Stated, strings
from dragoman.model import Entry

ORIGINAL_METAS = (
    "original-source", "syndication-source", "original_source", "article:original_source",
)  # fmt: skip
SOURCE_METAS = (
    "source", "dc.source", "dcterms.source", "article:source", "news_source", "article:agency",
)  # fmt: skip
SITE_TYPES = frozenset({"website", "newspaper", "periodical", "newsmediaorganization"})


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page states of its own origin; all empty for a bare text."""

    url: str | None = None
    """Where the page was found, or says that it stands."""
    canonical: str | None = None
    og_url: str | None = None
    site_name: str | None = None
    title: str | None = None
    """Of the page as a whole: the title element, which often ends in the site's name."""
    publisher: str | None = None
    based_on: tuple[str, ...] = ()
    """Names or addresses of what the text was made from: isBasedOn."""
    originals: tuple[str, ...] = ()
    """Addresses of the text where it first stood: original-source, syndication-source."""
    based_on_outlet: tuple[str, ...] = ()
    """Names of who published that, where the page says so in so many words."""
    credited: tuple[str, ...] = ()
    """Names: sourceOrganization, creditText, copyrightHolder, source metas."""
    authors: tuple[str, ...] = field(default=())
    entry: Entry | None = None


def page_facts(
    stated: Stated, url: str | None, entry: Entry | None, title: str | None = None
) -> PageFacts:
    """Addresses are made absolute; names stay as they are written."""
    og_url = resolve(stated.meta("og:url"), url)
    based_on, based_on_outlet = _based_on(stated)
    publisher = stated.text("publisher")
    return PageFacts(
        url=url or og_url,
        canonical=resolve(stated.canonical, url or og_url) or og_url,
        og_url=og_url,
        site_name=stated.meta("og:site_name", "application-name")
        or _site(stated)
        or publisher,
        title=" ".join((title or "").split()) or None,
        publisher=publisher,
        based_on=based_on,
        originals=tuple(_metas(stated, ORIGINAL_METAS)),
        based_on_outlet=based_on_outlet,
        credited=(
            *stated.texts("sourceOrganization"), *stated.texts("creditText"),
            *stated.texts("copyrightHolder"), *_metas(stated, SOURCE_METAS),
        ),
        authors=stated.people or stated.signed,
        entry=entry,
    )  # fmt: skip


def _site(stated: Stated) -> str | None:
    """The site that the article is a part of; a subscription is not one."""
    value = stated.article.get("isPartOf")
    for member in value if isinstance(value, list) else [value]:
        if isinstance(member, dict):
            kinds = {kind.lower() for kind in strings(member.get("@type"))}
            if kinds & SITE_TYPES:
                return next(strings(member.get("name")), None)
    return None


def _metas(stated: Stated, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from stated.metas.get(name, ())


def _based_on(stated: Stated) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Addresses and names; and apart from them the publishers of articles that it is based on."""
    found: list[str] = []
    publishers: list[str] = []
    for key in ("isBasedOn", "isBasedOnUrl"):
        value = stated.article.get(key)
        for member in value if isinstance(value, list) else [value]:
            publishers += _publishers(member)
            if isinstance(member, dict):
                found += [*strings(member.get("url")), *strings(member.get("@id"))]
            found += strings(member)
    return tuple(found), tuple(publishers)


def _publishers(member: Json) -> list[str]:
    if not isinstance(member, dict):
        return []
    kinds = {kind.lower() for kind in strings(member.get("@type"))}
    stands = kinds & ARTICLE_TYPES or "creativework" in kinds or not kinds
    return list(strings(member.get("publisher"))) if stands else []
