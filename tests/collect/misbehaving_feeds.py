"""The ways in which feeds misbehave, on the same server, and how many entries each must give.

Importing this adds them to `BEHAVIOURS`; the server's own faults are told there.
"""

from __future__ import annotations

import gzip

from tests.collect.feedtexts import BOMB, OUTSIDE, QUADRATIC, article, atom, rss, rss_item
from tests.collect.loopback import Visit, head, reply
from tests.collect.misbehaving import always, behaviour

XML = "application/rss+xml"
ENTRIES: dict[str, int] = {}
"""By path: how many entries a desk must keep of it."""


def feed(
    path: str, says: str, body: str | bytes, entries: int, media_type: str | None = XML
) -> None:
    ENTRIES[path] = entries
    always(path, says, reply(body, media_type=media_type))


def bare(text: str) -> str:
    """Without its declaration of encoding."""
    return text.partition("?>")[2]


TWO = rss(rss_item(1), rss_item(2))
feed("feed-whole", "a proper feed with whole articles", rss(rss_item(1, content=article())), 1)
feed("feed-teasers", "only the beginnings of its articles",
     rss(rss_item(1, content="<p>Boats went out…</p>")), 1)  # fmt: skip
feed("feed-as-page", "a feed that calls itself HTML", TWO, 2, "text/html")
feed("feed-unnamed", "a feed without a media type", TWO, 2, None)
feed("feed-bomb", "entities inside entities", BOMB + bare(rss(rss_item(1, title="&d;"))), 1)
feed("feed-outside", "an entity that names a file", OUTSIDE + bare(rss(rss_item(title="&x;"))), 1)
feed("feed-quadratic", "one long entity, used often",
     QUADRATIC + bare(rss(rss_item(title="&q;" * 5_000))), 1)  # fmt: skip
feed("feed-deep", "elements inside elements, for ever", b"<rss>" + b"<a>" * 50_000, 0)
feed("feed-truncated", "ends in its second item", TWO[: TWO.index("part 2")], 2)
feed("feed-cut-utf8", "ends inside a letter", rss(rss_item(title="é" * 9)).encode()[:-90], 1)
feed("feed-broken", "ampersands and tags as they come",
     rss(rss_item(1, title="A & B < C"), rss_item(2, more="<p>not closed")), 2)  # fmt: skip
feed("feed-same-guid", "one guid for all items",
     rss(*(rss_item(n, guid="same") for n in range(5))), 5)  # fmt: skip
feed("feed-no-guid", "items without guids", rss(*(rss_item(n, guid="") for n in range(3))), 3)
feed("feed-nothing", "items without guid, link and date",
     rss(*(rss_item(n, guid="", link="", date=None) for n in range(3))), 3)  # fmt: skip
feed("feed-future", "items of the year 2199",
     rss(*(rss_item(n, date="Fri, 18 Oct 2199 10:00:00 GMT") for n in range(3))), 3)  # fmt: skip
feed("feed-no-dates", "items without dates", rss(*(rss_item(n, date=None) for n in range(3))), 3)
feed("feed-odd-dates", "dates in words", rss(rss_item(date="lundi 18 mars 2024, vers midi")), 1)
feed("feed-10000", "10,000 items", rss(*(
    f"<item><guid>{n}</guid><link>https://lake.example/{n}</link></item>" for n in range(10_000)
)), 10_000)  # fmt: skip
feed(
    "feed-cp1252", "declares UTF-8 and is cp1252", rss(rss_item(title="Pêche")).encode("cp1252"), 1
)
feed("feed-utf16", "UTF-16 without saying so", bare(TWO).encode("utf-16"), 2)
feed("feed-control", "characters that XML forbids", rss(rss_item(title="A\x01\x0bB")), 1)
feed("feed-late", "blank lines and a remark before its beginning", f"\n\n<!-- hi -->{TWO}", 2)
feed("feed-hostile-links", "links that are none", rss(
    rss_item(1, link="javascript:alert(1)", content="<p>One.</p>"),
    rss_item(2, link="file:///etc/passwd"),
    rss_item(3, link="http://["),
), 3)  # fmt: skip
feed("feed-blank", "nothing but blanks", b" \n ", 0)
feed("feed-error-page", "an error as a page, with status 200",
     "<!doctype html><html><body><p>Something went wrong.</p></body></html>", 0)  # fmt: skip
feed("feed-other-xml", "XML that is no feed", "<catalogue><book/></catalogue>", 0)
feed("feed-json-cut", "a JSON Feed that ends too early", b'{"items": [{"id": "1", "ur', 0)
feed("feed-empty", "a feed without items", rss(), 0)
feed("feed-atom-empty-entry", "an entry with nothing in it", atom("<entry/>"), 1)
feed("feed-gzipped", "packed without a word", gzip.compress(TWO.encode()), 2)
feed("sitemap-loop", "a sitemap that names itself",
     "<sitemapindex><sitemap><loc>sitemap-loop</loc></sitemap></sitemapindex>", 0)  # fmt: skip


@behaviour("feed-stale-etag", "always the same ETag, whatever is in the feed", keeps=True)
def _(visit: Visit) -> None:
    """Says "not modified" to whoever asks conditionally, though there is always something new."""
    turn = visit.server.visits["feed-stale-etag"]
    if "if-none-match" in visit.headers:
        visit.send(head("HTTP/1.1 304 Not Modified", 'ETag: "stale"'))
    else:
        body = rss(*(rss_item(n) for n in range(turn)))
        visit.send(reply(body, 'ETag: "stale"', media_type=XML))


ENTRIES["feed-stale-etag"] = 1
