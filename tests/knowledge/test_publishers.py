"""Who shows a page: its address first, then what it says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.knowledge.outlets import Outlet, outlets_of
from dragoman.knowledge.publishers import NO_ADDRESS, outlet_name, page_names, shown_by
from dragoman.model import Article, Attribution, Claim

COAST = Outlet("coast", "Coast Courier", domains=("coast.example",))
OUTLETS = outlets_of([COAST])
SHOWN = [
    ("https://www.coast.example/1", None, ("Coast Courier", COAST)),
    # an address outranks a name
    ("https://www.coast.example/1", "Harbour Mail", ("Coast Courier", COAST)),
    # a page at another address that names an outlet is not that outlet's
    ("https://elsewhere.example/1", "Coast Courier", ("Coast Courier", None)),
    ("https://elsewhere.example/1", None, ("elsewhere.example", None)),
    (None, "Coast Courier", ("Coast Courier", COAST)),
    (None, "Harbour Mail", ("Harbour Mail", None)),
    (None, None, (NO_ADDRESS, None)),
]


@pytest.mark.parametrize(("url", "named", "shown"), SHOWN)
def test_who_shows_a_page(
    url: str | None, named: str | None, shown: tuple[str, Outlet | None]
) -> None:
    assert shown_by(url, named, OUTLETS) == shown


def test_a_re_publisher_shows_what_another_published_first() -> None:
    article = Article("a-x", "c-x", "", "en")
    first = Attribution(first_publisher=Claim("Harbour Mail", None, None, "test"))
    both = replace(first, republisher=Claim("Coast Courier", None, None, "test"))
    assert page_names(article) is None
    assert page_names(replace(article, attribution=first)) == "Harbour Mail"
    assert outlet_name(replace(article, attribution=both), OUTLETS) == "Coast Courier"
