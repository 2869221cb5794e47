"""The ways in which servers misbehave, each at a path of its own.

`BEHAVIOURS` holds them by path: what they do, and the kind of fault that fetching them ends in
(None where a body comes all the same). Others add theirs with `@behaviour` or `always`.
"""

from __future__ import annotations

import gzip
import socket
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from dragoman.errors import FaultKind
from tests.collect.loopback import HOST, PAGE, Behaviour, Visit, head, redirect, reply

BEHAVIOURS: dict[str, Behaviour] = {}
"""By path, without the slash."""
Answer = Callable[[Visit], None]
MB = 1_000_000


def behaviour(
    path: str, says: str, kind: FaultKind | None = None, *, keeps: bool = False
) -> Callable[[Answer], Answer]:
    """Register a function that answers a visit in its own way."""

    def register(answer: Answer) -> Answer:
        assert path not in BEHAVIOURS, f"{path} is taken"
        BEHAVIOURS[path] = Behaviour(says, kind, answer, keeps)
        return answer

    return register


def always(
    path: str, says: str, data: bytes, kind: FaultKind | None = None, *, keeps: bool = False
) -> None:
    """Register an answer that is always the same bytes, head and all."""
    behaviour(path, says, kind, keeps=keeps)(lambda visit: visit.send(data))


def elsewhere(
    path: str, says: str, place: Callable[[Visit], str], kind: FaultKind | None = None
) -> None:
    """Register a redirect to a place that depends on where the server is."""
    behaviour(path, says, kind)(lambda visit: visit.send(redirect(place(visit))))


# --- Proper answers, to compare with -------------------------------------------------------

always("page", "a proper page", reply(), keeps=True)
always("secret", "a page that only this machine should see", reply("secret"))


@behaviour("fresh", "a page with an ETag, which it knows again", keeps=True)
def _(visit: Visit) -> None:
    tags = ['ETag: "seven"', "Last-Modified: Mon, 18 Mar 2024 12:00:00 GMT"]
    if visit.headers.get("if-none-match") == '"seven"':
        visit.send(head("HTTP/1.1 304 Not Modified", *tags))
    else:
        visit.send(reply(PAGE, *tags, "Cache-Control: max-age=600"))


# --- What it says of its bytes -------------------------------------------------------------

LATIN = PAGE.replace("’", "'").encode("cp1252")
always("wrong-charset", "declares UTF-8 and sends cp1252", reply(LATIN))
always(
    "unknown-charset",
    "declares a charset that nobody knows",
    reply(LATIN, media_type="text/html; charset=klingon-8"),
)
always(
    "broken-charset",
    "a Content-Type that is not even one",
    reply(PAGE, media_type=";;charset=\"=;\xe9*0*='x"),
)
always("no-media-type", "no Content-Type", reply(PAGE, media_type=None))
always(
    "lying-media-type", "a page that calls itself a picture", reply(PAGE, media_type="image/png")
)
always(
    "odd-headers",
    "headers in mixed case, twice, with bytes beyond ASCII",
    head(
        "HTTP/1.1 200 OK",
        "cOnTeNt-TyPe: TEXT/HTML; CharSet=UTF-8",
        "Content-Type: text/plain",
        "X-Odd: caf\xe9 \xff",
        'eTaG: W/"a"',
        'Etag: W/"b"',
        f"CONTENT-LENGTH: {len(PAGE.encode())}",
    )
    + PAGE.encode(),
)
always("nul-in-header", "a NUL byte in a header", reply(PAGE, "X-Odd: a\0b"), "broken")
always("header-without-colon", "a header line that is none", reply(PAGE, "what is this"), "broken")
always(
    "not-modified-unasked",
    "304 to a first request",
    head("HTTP/1.1 304 Not Modified", 'ETag: "x"'),
    "broken",
)

# --- Lengths -------------------------------------------------------------------------------

always(
    "length-too-long",
    "promises more bytes than it sends",
    head("HTTP/1.1 200 OK", "Content-Length: 5000") + PAGE.encode(),
    "broken",
)
always(
    "length-too-short",
    "sends more bytes than it promises",
    head("HTTP/1.1 200 OK", "Content-Length: 20") + PAGE.encode(),
    keeps=True,
)
always("length-twice", "two lengths that differ", reply(PAGE, "Content-Length: 3"), "broken")
always(
    "length-repeated",
    "the same length over and over",
    reply(PAGE, *[f"Content-Length: {len(PAGE.encode())}"] * 3),
)
always(
    "length-negative",
    "a length below nothing",
    head("HTTP/1.1 200 OK", "Content-Length: -1") + PAGE.encode(),
    "broken",
)
always(
    "length-absurd",
    "a length of thirty digits",
    head("HTTP/1.1 200 OK", f"Content-Length: {'9' * 30}") + PAGE.encode(),
    "broken",
)
always(
    "body-over-limit",
    "an honest length beyond the limit",
    head("HTTP/1.1 200 OK", "Content-Length: 900000000") + b"x" * MB,
    "too-large",
)


@behaviour("endless-body", "a body without end", "too-large")
def _(visit: Visit) -> None:
    visit.send(head("HTTP/1.1 200 OK", "Content-Type: text/html"))
    while True:
        visit.send(b"<p>and so on</p>" * 4_096)


# --- Chunks --------------------------------------------------------------------------------

CHUNKED = head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked")
always(
    "chunk-size-garbage",
    "a chunk size that is no number",
    CHUNKED + b"5\r\nhello\r\nzz\r\nhello\r\n0\r\n\r\n",
    "broken",
)
always(
    "chunk-size-negative",
    "a chunk size below nothing",
    CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",
    "broken",
)
always(
    "chunk-size-absurd",
    "a chunk size of a hundred digits",
    CHUNKED + b"f" * 100 + b"\r\nhello\r\n",
    "broken",
)
always("chunks-without-end", "closes before the last chunk", CHUNKED + b"5\r\nhello\r\n", "broken")
always(
    "one-byte-chunks",
    "a page in chunks of one byte",
    CHUNKED + b"".join(b"1\r\n%c\r\n" % b for b in PAGE.encode()) + b"0\r\n\r\n",
)


@behaviour("chunked-drip", "a chunk of one byte now and then, for ever", "timeout")
def _(visit: Visit) -> None:
    visit.send(CHUNKED)
    while True:
        visit.send(b"1\r\nx\r\n")
        visit.pause(0.05)


@behaviour("endless-trailers", "trailers after the last chunk, for ever", "broken")
def _(visit: Visit) -> None:
    visit.send(CHUNKED + b"5\r\nhello\r\n0\r\n")
    while True:
        visit.send(b"X-More: yes\r\n" * 1_000)


# --- Packed bodies -------------------------------------------------------------------------


def packed(encoding: str, body: bytes) -> bytes:
    return reply(body, f"Content-Encoding: {encoding}")


ZEROS = b"\0" * (30 * MB)
BROTLI = bytes.fromhex("8b0080030000000000000000000000000000000000000003")
"""Begins as Brotli does; nothing here may unpack it."""
always("gzip", "a page packed with gzip", packed("gzip", gzip.compress(PAGE.encode())))
always("gzip-bomb", "30 MB of zeros in 30 kB", packed("gzip", gzip.compress(ZEROS)), "too-large")
always("deflate-bomb", "the same as deflate", packed("deflate", zlib.compress(ZEROS)), "too-large")
always(
    "nested-bomb",
    "the same, packed twice",
    packed("gzip, gzip", gzip.compress(gzip.compress(ZEROS))),
    "too-large",
)
always(
    "nested-deep",
    "packed nine times",
    packed(", ".join(["gzip"] * 9), gzip.compress(b"x")),
    "broken",
)
always("brotli-bomb", "packed in a way that was not asked for", packed("br", BROTLI), "broken")
always(
    "deflate-garbage",
    "garbage that calls itself deflate",
    packed("deflate", b"\x78\x9c" + b"garbage" * 99),
    "broken",
)
always(
    "gzip-not-packed", "plain text that calls itself gzip", packed("gzip", PAGE.encode()), "broken"
)
always(
    "gzip-truncated",
    "gzip that ends in the middle",
    packed("gzip", gzip.compress(PAGE.encode())[:40]),
    "broken",
)

# --- Redirects -----------------------------------------------------------------------------

always("redirect-self", "redirects to itself", redirect("/redirect-self"), "redirects")
always("redirect-loop", "redirects in a circle of two", redirect("/redirect-back"), "redirects")
always("redirect-back", "the other half of that circle", redirect("/redirect-loop"), "redirects")
always("redirect-relative", "a relative redirect", redirect("../a/../page"))
always("redirect-permanent", "moved for good", redirect("/page", "301 Moved Permanently"))
always(
    "redirect-permanent-twice",
    "moved for good, two times",
    redirect("/redirect-permanent", "308 Permanent Redirect"),
)
always(
    "redirect-mixed",
    "moved for good to what is moved for now",
    redirect("/redirect-relative", "301 Moved Permanently"),
)
always(
    "redirect-gone",
    "moved for good to what is gone",
    redirect("/gone", "301 Moved Permanently"),
    "gone",
)
always(
    "redirect-nowhere", "a redirect without Location", reply("", status="302 Found"), "redirects"
)
always("redirect-empty", "a redirect to an empty place", redirect(""), "redirects")
always("redirect-garbage", "a redirect to what is no address", redirect("http://[::"), "not-http")
always(
    "redirect-endless-address",
    "a redirect to 50,000 letters",
    redirect("/" + "x" * 50_000),
    "not-http",
)
for scheme, place in {
    "file": "file:///etc/passwd",
    "ftp": "ftp://misbehaving.test/page",
    "data": "data:text/html,hello",
    "javascript": "javascript:alert(1)",
    "gopher": "gopher://127.0.0.1:70/_x",
}.items():
    always(f"redirect-{scheme}", f"a redirect to {scheme}:", redirect(place), "not-http")
elsewhere(
    "redirect-private",
    "a redirect to 127.0.0.1",
    lambda visit: visit.at("secret", "127.0.0.1"),
    "private",
)
elsewhere(
    "redirect-private-6", "a redirect to ::1", lambda visit: visit.at("secret", "[::1]"), "private"
)
elsewhere(
    "redirect-private-name",
    "a redirect to a name that leads to 127.0.0.1",
    lambda visit: visit.at("secret", "rebound.test"),
    "private",
)
elsewhere(
    "redirect-private-mapped",
    "a redirect to a name with ::ffff:127.0.0.1",
    lambda visit: visit.at("secret", "mapped.test"),
    "private",
)
elsewhere(
    "redirect-both",
    "a redirect to a name that is public and private",
    lambda visit: visit.at("secret", "both.test"),
    "private",
)
elsewhere(
    "redirect-number",
    "a redirect to 2130706433, which is 127.0.0.1",
    lambda visit: visit.at("secret", "2130706433"),
    "not-http",
)
elsewhere(
    "redirect-user",
    "a redirect that wears the allowed name as a user's",
    lambda visit: visit.at("secret", f"{HOST}@127.0.0.1"),
    "not-http",
)
elsewhere(
    "redirect-backslash",
    "the same with a backslash",
    lambda visit: f"http://{HOST}\\@127.0.0.1:{visit.server.port}/secret",
    "not-http",
)


@behaviour("redirect-chain", "20 redirects in a row", "redirects")
def _(visit: Visit) -> None:
    turn = int(visit.query or 0)
    visit.send(redirect(f"/redirect-chain?{turn + 1}") if turn < 20 else reply())


@behaviour("cookie-wall", "redirects to itself until its cookie comes back")
def _(visit: Visit) -> None:
    if "seen=1" in visit.headers.get("cookie", ""):
        visit.send(reply())
    else:
        visit.send(redirect("/cookie-wall", "302 Found", "Set-Cookie: seen=1; Path=/"))


@behaviour("cookie-loop", "asks for another cookie each time", "redirects")
def _(visit: Visit) -> None:
    turn = visit.server.visits["cookie-loop"]
    visit.send(redirect("/cookie-loop", "302 Found", f"Set-Cookie: turn={turn}; Path=/"))


always(
    "cookie-garbage",
    "cookies that are none",
    redirect(
        "/page",
        "302 Found",
        "Set-Cookie: \xff=\xfe; expires=\xff; domain=;;=;",
        "Set-Cookie: ",
        "Set-Cookie: a=b; Domain=127.0.0.1; Max-Age=x",
    ),
)

# --- Silence and breaks --------------------------------------------------------------------


@behaviour("silence", "accepts and says nothing", "timeout")
def _(visit: Visit) -> None:
    visit.pause(60)


@behaviour("silence-in-body", "stops in the middle of a body", "timeout")
def _(visit: Visit) -> None:
    visit.send(reply()[:-9])
    visit.pause(60)


@behaviour("header-drip", "a head byte by byte, for ever", "timeout")
def _(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    visit.drip(b"x" * MB)


@behaviour("endless-informational", "102 Processing, for ever", "timeout")
def _(visit: Visit) -> None:
    while True:
        visit.send(head("HTTP/1.1 102 Processing"))
        visit.pause(0.01)


@behaviour("reset", "resets the connection in the middle of a body", "connection")
def _(visit: Visit) -> None:
    visit.send(reply()[:-9])
    visit.pause(0.1)
    visit.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


always("empty-reply", "closes without a word", b"", "broken")
always("half-a-head", "closes in the middle of a head", b"HTTP/1.1 200 OK\r\nCont", "broken")

# --- What is no HTTP -----------------------------------------------------------------------

always("no-status", "a first line that is no status", b"HELLO THERE\r\n\r\nhello", "broken")
always("status-word", "a status in letters", b"HTTP/1.1 fine OK\r\n\r\nhello", "broken")
always("http-0.9", "a page without a head", PAGE.encode(), "broken")
always("http-2", "a frame of HTTP/2", b"\0\0\x12\x04\0\0\0\0\0" + b"\0" * 18, "broken")
always("ssh", "another protocol", b"SSH-2.0-OpenSSH_9.6\r\n" * 2, "broken")
always("huge-header", "a header of 300,000 bytes", reply(PAGE, "X-Big: " + "x" * 300_000), "broken")


@behaviour("endless-headers", "headers without end", "broken")
def _(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        visit.send(b"X-More: yes\r\n" * 1_000)


# --- Answers that are no page --------------------------------------------------------------

FAR = format_datetime(datetime.now(UTC) + timedelta(days=9_000), usegmt=True)
always("accepted", "202, come back later", reply(status="202 Accepted"), "status")
always("no-content", "204", head("HTTP/1.1 204 No Content"), "status")
always(
    "partial",
    "a part that was not asked for",
    reply(PAGE, "Content-Range: bytes 0-9/99", status="206 Partial Content"),
    "status",
)
always("choices", "300 with several places", reply(status="300 Multiple Choices"), "status")
always(
    "switching",
    "101, to another protocol",
    head("HTTP/1.1 101 Switching Protocols", "Upgrade: chat"),
    "broken",
)
always("status-999", "a status of its own", reply(status="999 Request denied"), "status")
always("error", "500", reply(status="500 Internal Server Error"), "status")
always("gone", "410", reply(status="410 Gone"), "gone")
always("missing", "404", reply(status="404 Not Found"), "gone")
always("login", "401", reply(status="401 Unauthorized"), "refused")
always("forbidden", "403", reply(status="403 Forbidden"), "refused")
always("legal", "451", reply(status="451 Unavailable For Legal Reasons"), "refused")
always(
    "busy",
    "429, wait two minutes",
    reply("", "Retry-After: 120", status="429 Too Many Requests"),
    "busy",
)
always(
    "busy-far",
    "429, wait for twenty years",
    reply("", f"Retry-After: {FAR}", status="429 Too Many Requests"),
    "busy",
)
always(
    "busy-garbage",
    "429, wait until soon",
    reply("", "Retry-After: soon", status="429 Too Many Requests"),
    "busy",
)
always("unavailable", "503", reply(status="503 Service Unavailable"), "busy")
