"""Who shows a page, and what its text goes back to: the one rule behind "outlets" and "origins".

In: an article, the article it copies (if any), and the outlets. Out: names and keys that are equal
exactly when two pages count once. The steps and the site both ask here.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.outlets import Outlet, Outlets, host_of
from dragoman.model import Article

NAMED = "the pages name it as their agency or first publisher"
OWN = "the outlet's own text: no other source is named"
SAME_TEXT = "the pages name no source, but print the same text"
ALONE = "no other source is named, and the text was found nowhere earlier"


@dataclass(frozen=True, slots=True)
class Origin:
    """`key` is equal for texts of one origin; `source` and `reason` say it in words."""

    key: str
    source: str
    reason: str


def outlet_name(article: Article, outlets: Outlets) -> str:
    """Who shows the page: the outlet of its address, else as the page says, else the host."""
    known = _outlet(article, outlets)
    if known is not None:
        return known.name
    named = article.attribution.republisher or article.attribution.first_publisher
    if named is not None:
        return named.value
    return (host_of(article.url) if article.url else "") or "a text without address"


def origin_of(article: Article, root: Article | None, outlets: Outlets) -> Origin:
    """A named agency or first publisher, else the outlet that wrote it, else the text itself.

    `root`: the first article with the same text. Outlets of one owner are one origin.
    """
    for one in (article, root):
        claim = one and (one.attribution.agency or one.attribution.first_publisher)
        if claim:
            known = outlets.named(claim.value) or outlets.agency(claim.value)
            return _of_outlet(known, claim.value, NAMED)
    first = root or article
    known = outlets.at(first.url)
    if known is not None:
        return _of_outlet(known, known.name, OWN if root is None else SAME_TEXT)
    name = outlet_name(first, outlets)
    return Origin(f"text:{first.id}", name, ALONE if root is None else SAME_TEXT)


def _of_outlet(known: Outlet | None, name: str, reason: str) -> Origin:
    if known is None:
        return Origin(f"source:{name.lower()}", name, reason)
    return Origin(f"source:{known.owner or known.id}", known.name, reason)


def _outlet(article: Article, outlets: Outlets) -> Outlet | None:
    known = outlets.at(article.url)
    if known is not None or article.url is not None:
        return known
    named = article.attribution.republisher or article.attribution.first_publisher
    return outlets.named(named.value) if named is not None else None
