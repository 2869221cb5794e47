"""Who may show a page inside one of its own: the sites that the desk names, and embeds alone.

In: a path, and the desk's settings. Out: the headers of an answer. Every other page refuses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.publish.site.addresses import find

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors {framers}; form-action 'self'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY.format(framers="'none'"),
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    # Other sites learn nothing; a form of our own says that it is.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer that nobody may frame."""


def headers_of(path: str, sites: Sequence[str]) -> Mapping[str, str]:
    """`path` without its language; `sites`: origins, as the settings checked them."""
    found = find(path)
    if not sites or found is None or not found[0].framed:
        return HEADERS
    return {
        **HEADERS,
        "Content-Security-Policy": POLICY.format(framers=" ".join(sites)),
        # A site that isolates itself shows no frame without it.
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
