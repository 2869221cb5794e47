"""Addresses of pages: their normal form, what in them only tracks readers, relative ones resolved.

In: an address as written. Out: one spelling for every page; it opens none. `collect` tells by it
that two feeds name one page, `clean` makes ids of it, and steps do not import each other: so it
stands below both.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import (
    parse_qsl,
    quote,
    unquote,
    urlencode,
    urljoin,
    urlsplit,
    urlunsplit,
)

# Parameters that say where a reader came from, never which page it is.
TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|xtor|at_\w+|ref|ref_src|ref_url|"
    r"cmpid|cmp|ocid|ncid|cid|smid|smtyp|sref|soc_src|soc_trk|ito|rss|feature|wt_\w+|wt\.\w+|_ga|ns_\w+|"
    r"xtref|xts|spm|from|share|s_cid|icid|source|amp|outputtype)",
    re.I,
)
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_WEBHOOK = re.compile(r"https?://[^\s/@?#\\]{1,253}(?:[/?][\x21-\x7e]*)?")
DEFAULT_PORTS = {"http": "80", "https": "443"}


def normal_address(address: str | None) -> str | None:
    """Host and path without scheme, "www.", fragment and tracking; None if it is no web page."""
    try:
        parts = urlsplit((address or "").strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not re.fullmatch(r"\S+", host):
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
    """An address as a page writes it, made absolute; None for what is none.

    A host without a dot, such as that of an intranet, is believed to pages of that host alone:
    elsewhere it is a slip, or what was left of the machine that a page was made on.
    """
    try:
        joined = urljoin(base or "", (address or "").strip())
        host = urlsplit(joined).hostname or ""
        is_known = "." in host or host == urlsplit(base or "").hostname
    except ValueError:
        return None
    return joined if is_known and normal_address(joined) else None


def without_tracking(address: str) -> str:
    """The address as written, less its fragment and the parameters that only track readers."""
    parts = urlsplit(address)
    kept = [
        pair for pair in parts.query.split("&")
        if pair and not TRACKING.fullmatch(unquote(pair.partition("=")[0]))
    ]  # fmt: skip
    return urlunsplit(parts._replace(query="&".join(kept), fragment=""))


def host_of(address: str) -> str:
    """Host and port, lower case; "" for what is no web address."""
    try:
        parts = urlsplit(address)
        return parts.netloc.rpartition("@")[2].lower() if parts.hostname else ""
    except ValueError:
        return ""


def is_mailbox(text: str) -> bool:
    """Whether a text is one mail address and nothing else: fit for a header."""
    return _MAILBOX.fullmatch(text) is not None


def is_webhook(text: str) -> bool:
    """Whether a text is one web address, without a user's name in it. Where it may lead is held
    where connections are made."""
    return len(text) <= 1000 and _WEBHOOK.fullmatch(text) is not None
