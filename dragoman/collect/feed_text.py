"""A feed's bytes to text that is safe to parse: decoded, without prologue, not too deep.

In: bytes as they came and the charset that the server named. Out: text that begins with the root
element, so that no document type and no entity of the feed's own making is ever seen by a parser.
Refuses what is no feed, with what it is instead.
"""

from __future__ import annotations

import codecs
import re

from dragoman.collect.inflate import Garbled, Overflow, gunzip
from dragoman.errors import Unreadable

MAX_BYTES = 15_000_000
MAX_DEPTH = 2_000
"""Elements inside elements; no feed needs twenty, and parsers keep a level for each."""
MAX_TAGS = 400_000
"""Some 50,000 items, which take feedparser 16 seconds (40 microseconds a tag)."""
MAX_ATTRIBUTES = 300
"""In one tag; parsers look each of them up among all the others."""
SHORT_TAG = 1_000
"""Characters; a tag that has no more is not counted through."""
QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
GZIP = b"\x1f\x8b"
ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|feed|RDF)(?=[\s/>])", re.IGNORECASE)
MARKUP = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<end>/?)[A-Za-z][^<>]*?(?P<empty>/?)>|<",
    re.DOTALL,
)
NEVER_CLOSED = re.compile(r"<(?:br|img|hr|input|meta|link|source|wbr)\b", re.IGNORECASE)
# Characters that no XML may hold; feeds made by careless programs do.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+))", re.IGNORECASE)
LAST_CHARACTER = 0x10FFFF
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def unpacked(body: bytes, origin: str, most_bytes: int) -> bytes:
    """The bytes, unpacked where they are gzip. Raises Unreadable for what is broken or too much."""
    try:
        body = gunzip(body, most_bytes) if body.startswith(GZIP) else body
    except Garbled as fault:
        raise Unreadable(origin, f"a broken gzip file ({fault})") from None
    except Overflow:
        raise Unreadable(origin, f"larger than {most_bytes // 1_000_000} MB") from None
    if len(body) > most_bytes:
        raise Unreadable(origin, f"larger than {most_bytes // 1_000_000} MB")
    return body


def decoded(body: bytes, charset: str | None) -> str:
    """The text of bytes whose declared encoding may be wrong, without characters XML forbids.

    A byte order mark decides; then what is valid UTF-8 is UTF-8, whatever was declared; then the
    document's own word, the server's, and the Western European code page that most of the rest is.
    """
    for mark, wide in BOMS:
        if body.startswith(mark):
            return ILLEGAL.sub("", body.decode(wide, "replace")).removeprefix("\ufeff")
    if b"\x00<" in body[:4] or b"<\x00" in body[:4]:
        wide = "utf-16-le" if body[:1] == b"<" else "utf-16-be"
        return ILLEGAL.sub("", body.decode(wide, "replace"))
    named = DECLARED.match(body)
    own = named[1].decode() if named else None
    for encoding in ("utf-8", own, charset, "cp1252"):
        text = _strictly(body, encoding)
        if text is not None:
            return ILLEGAL.sub("", text)
    return ILLEGAL.sub("", body.decode("cp1252", "replace"))


def _strictly(body: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return body.decode(codecs.lookup(encoding).name)
    except (LookupError, UnicodeError, ValueError):
        return None


def text_of(value: object) -> str | None:
    """A text without blanks around it and what no XML may hold; None for what is none.

    Character references and JSON can bring back what was taken out of the feed as a whole.
    """
    return ILLEGAL.sub("", value).strip() or None if isinstance(value, str) else None


def from_root(text: str, origin: str) -> tuple[str, bool]:
    """The text from its root element on, and whether its end was cut off as too much mark-up.

    References to characters that there are none of become the one that stands for such (U+FFFD).
    Raises Unreadable for what is no feed, or too deep.
    """
    root = ROOT.search(text)
    if root is None:
        raise Unreadable(origin, _what_it_is(text))
    text = REFERENCE.sub(_known, text[root.start() :])
    end = _end(text, origin)
    return text[:end], end < len(text)


def _known(reference: re.Match[str]) -> str:
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    digits = digits.lstrip("0")
    known = len(digits) < 8 and int(digits or "0", base) <= LAST_CHARACTER
    return reference[0] if known else "&#65533"


def _what_it_is(text: str) -> str:
    if not text.strip():
        return "the feed is empty"
    if PAGE.search(text[:5000]):
        return "this is a web page, not a feed; `dragoman sources add` finds the feeds of a page"
    return "this is no feed: neither RSS, Atom, RDF nor JSON Feed"


def _end(text: str, origin: str) -> int:
    """Where the mark-up becomes more than a parser reads in reasonable time."""
    depth = 0
    for number, tag in enumerate(MARKUP.finditer(text)):
        if number == MAX_TAGS or _has_too_many_attributes(tag[0]):
            return tag.start()
        if tag["end"] is None or tag["empty"]:
            continue
        if tag["end"]:
            depth = max(depth - 1, 0)
        elif not NEVER_CLOSED.match(tag[0]):
            depth += 1
        if depth > MAX_DEPTH:
            raise Unreadable(origin, f"more than {MAX_DEPTH} elements inside each other")
    return len(text)


def _has_too_many_attributes(tag: str) -> bool:
    """What is quoted is one value, however long: a picture may stand in it."""
    if len(tag) <= SHORT_TAG or tag.startswith(("<![CDATA[", "<!--")):
        return False
    return len(QUOTED.sub(" ", tag).split()) > MAX_ATTRIBUTES
