"""Which names a private desk answers to.

In: the Host of a request and the names that are the desk's own. Out: whether to answer. A web page
elsewhere can make its own name lead to this machine, and would then read the desk in its visitor's
browser; but the browser still says the name.
"""

from __future__ import annotations

import re
from collections.abc import Container

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
WRITTEN = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<name>[\w.-]+))(?::\d{0,5})?", re.ASCII)
"""A Host header."""


def own_names(*more: str) -> frozenset[str]:
    """The names of this machine and `more`, as a Host would have them, with or without a port."""
    return THIS_MACHINE | {name for written in more if (name := _name(written)) is not None}


def is_asked_for(host: str | None, names: Container[str]) -> bool:
    """Whether a Host header, with any port, has one of these names."""
    return host is not None and _name(host) in names


def _name(host: str) -> str | None:
    """Lower case, without port, brackets and a final dot; None for what is no host."""
    is_bare_v6 = host.count(":") > 1 and not host.startswith("[")
    found = WRITTEN.fullmatch(f"[{host}]" if is_bare_v6 else host)
    return (found["v6"] or found["name"]).lower().rstrip(".") or None if found else None
