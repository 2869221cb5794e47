"""Which article this is: the id made from its address, or from its text where it has none.

In: an address as written, or a body text. Out: an id that stays the same when the page is
fetched again under another spelling of its address. It opens no address.
"""

from __future__ import annotations

import hashlib

from dragoman.addresses import normal_address
from dragoman.clean.lines import key_of


def article_id(address: str | None, body: str, capture_id: str = "") -> str:
    """ "a-" and 16 hex digits: of the address in normal form, else of the body's words.

    Pages with neither have nothing in common but that: each goes by what was captured.
    """
    words = key_of(body) or body.strip()
    seed = normal_address(address) or (f"text:{words}" if words else f"capture:{capture_id}")
    return "a-" + hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def identity_address(url: str | None, canonical: str | None, elsewhere: bool) -> str | None:
    """The address that names the page.

    A copy whose canonical address names another outlet's page is still a page of its own: it
    keeps its own address, or the copy and its origin would become one article.
    """
    return url if elsewhere and url else canonical or url
