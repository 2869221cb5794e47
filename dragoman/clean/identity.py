"""Which article this is: the normal form of an address, and the id made from it.

In: an address as written, or a body text. Out: an id that stays the same when the page is
fetched again under another spelling of its address. It opens no address.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from dragoman.clean.lines import key_of

# Parameters that say where a reader came from, never which page it is.
TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|xtor|at_\w+|ref|ref_src|ref_url|"
    r"cmpid|cmp|ocid|ncid|cid|smid|smtyp|sref|soc_src|soc_trk|ito|rss|feature|wt_\w+|wt\.\w+|_ga|ns_\w+|"
    r"xtref|xts|spm|from|share|s_cid|icid|source|amp|outputtype)",
    re.I,
)
DEFAULT_PORTS = {"http": "80", "https": "443"}


def normal_address(address: str | None) -> str | None:
    """Host and path without scheme, "www.", fragment and tracking; None if it is no web page."""
    try:
        parts = urlsplit((address or "").strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or "." not in host:
        return None
    at_port = f":{port}" if port and str(port) != DEFAULT_PORTS[parts.scheme.lower()] else ""
    path = quote(unquote(parts.path or "/"), safe="/:@!$&'()*+,;=~-._")
    path = posixpath.normpath(path).lstrip("/.") if path.strip("/") else ""
    query = sorted(
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not TRACKING.fullmatch(key)
    )  # fmt: skip
    tail = f"?{urlencode(query)}" if query else ""
    return f"{host.removeprefix('www.')}{at_port}/{path}{tail}"


def resolve(address: str | None, base: str | None) -> str | None:
    """An address as a page writes it, made absolute; None for what is none."""
    try:
        joined = urljoin(base or "", (address or "").strip())
    except ValueError:
        return None
    return joined if normal_address(joined) else None


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
