"""Who shows a page: the outlet of its address, else the one it names.

In: an address, a name, and the outlets. Out: the outlet's name, equal exactly when two pages count
as one outlet, and what is known of it. The steps, the desk and the site all ask here.
"""

from __future__ import annotations

from dragoman.knowledge.outlets import Outlet, Outlets, host_of
from dragoman.model import Article

NO_ADDRESS = "a text without address"


def outlet_name(article: Article, outlets: Outlets) -> str:
    """Who shows the article's page."""
    return shown_by(article.url, page_names(article), outlets)[0]


def page_names(article: Article) -> str | None:
    """Who shows the page, as it says itself."""
    named = article.attribution.republisher or article.attribution.first_publisher
    return named.value if named is not None else None


def shown_by(url: str | None, named: str | None, outlets: Outlets) -> tuple[str, Outlet | None]:
    """The name under which a page's outlet is counted, and the outlet where it is known.

    An address outranks a name: a page that names another outlet is not that outlet's page.
    """
    known = outlets.at(url) if url is not None else outlets.named(named) if named else None
    if known is not None:
        return known.name, known
    return named or (host_of(url) if url else "") or NO_ADDRESS, None
