"""Bytes → text: byte-order mark, declared charset, the page's own word, UTF-8, then a guess.

In: a capture. Out: its text and a doubt where the encoding is broken or guessed. It refuses what
is empty, binary or too large; it never repairs characters.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from dragoman.errors import Unreadable
from dragoman.model import Capture, Doubt

MOST_RAW_BYTES = 20 * 1024 * 1024
MOST_TEXT = 5_000_000
MOST_CONTROLS = 0.1
"""Share of control characters above which a thing is no text."""
MOST_LOST = 0.02
"""Share of lost characters up to which a declared encoding is still believed."""
GUESS_BYTES = 200_000
SNIFFED = 4096

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b", "a compressed file"),
)
META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.I)
# The web reads Latin-1 as its Windows superset; pages that say the one mean the other.
WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
NOT_FOR_TEXT = {"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "utf-7"}
NULS = 0.3
"""Share of empty bytes at every other place that shows 16-bit text without a mark."""
SURROGATE = re.compile(r"[\ud800-\udfff]")
HIGH = re.compile(rb"[\x80-\xff]+")
WESTERN = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÅÆÇÉÈÊËÍÎÏÑÓÔÖØŒÚÙÛÜ«»‘’“”‚„–—…·•€£§©®°¿¡\xa0\xad"
)
WESTERN_ENOUGH = 0.9
MOST_IN_ROW = 0.3
"""Accents stand alone: a greater share of high bytes in rows is another script."""
MOJIBAKE = re.compile(r"Ã[\u0080-\u00bf©¨ªŽŸ]|â€[™œ\u009d“”¦]|Ð[\u0080-\u00bf°²µ¸¾]Ñ?")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    doubt: Doubt | None = None


def decode(capture: Capture) -> Decoded:
    """The capture's text without a byte-order mark, every other character as it stands."""
    _refuse(capture)
    decoded = _decoded(capture)
    _refuse_controls(capture, decoded.text)
    if decoded.doubt is None and len(MOJIBAKE.findall(decoded.text[:GUESS_BYTES])) >= 3:
        reason = "some letters were garbled before the text reached us; it is kept as found"
        return Decoded(decoded.text, Doubt("text", reason))
    return decoded


def _refuse(capture: Capture) -> None:
    body = capture.body
    if not body.strip(b"\x00 \t\r\n"):
        raise Unreadable(capture.origin, "there is no text in it; check the file or address")
    if len(body) > MOST_RAW_BYTES:
        raise Unreadable(capture.origin, "larger than 20 MB; split it or give the article alone")
    for magic, what in MAGIC:
        if body.startswith(magic):
            raise Unreadable(capture.origin, f"it is {what}; give its text or the web page instead")
    if body.startswith(b"RIFF") and body[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        raise Unreadable(capture.origin, "it is a picture or sound; give text or a web page")


def _refuse_controls(capture: Capture, text: str) -> None:
    sample = text[:20_000]
    controls = sum(1 for c in sample if c < " " and c not in "\t\n\r\f\x0b")
    if "\x00" in text or controls > MOST_CONTROLS * len(sample):
        raise Unreadable(capture.origin, "it is binary data, not text; give text or a web page")
    if not text.strip():
        raise Unreadable(capture.origin, "there is no text in it; check the file or address")


def _decoded(capture: Capture) -> Decoded:
    body = capture.body
    if capture.bare and capture.charset == "utf-8":
        return _handed_in(body)
    for mark, name in MARKS:
        if body.startswith(mark):
            return _with_losses(body[len(mark) :], name)
    wide = _in_sixteen_bits(body)
    if wide is not None:
        return Decoded(wide)
    declared = _declared(capture)
    # Text that happens to be valid UTF-8 is UTF-8, whatever a stale header says; but for the
    # 7-bit encodings, which every decoder accepts.
    order = (declared, "utf-8") if declared and b"\x1b" in body else ("utf-8", declared)
    for name in filter(None, order):
        text = _strictly(body, name)
        if text is not None:
            return Decoded(text)
    halved = _with_halves(body)
    if halved is not None:
        return halved
    if declared in (None, "utf-8", "cp1252") and _is_western(body):
        return _of_doubt(body, "cp1252")
    for name in filter(None, ("utf-8", declared)):
        decoded = _with_losses(body, name)
        if decoded.text.count("\ufffd") <= MOST_LOST * len(decoded.text):
            return decoded
    return _guessed(body)


def _declared(capture: Capture) -> str | None:
    found = META.search(capture.body[:SNIFFED]) if capture.media_type == "text/html" else None
    for name in (capture.charset, found and found.group(1).decode("ascii")):
        known = _codec(name) if name else None
        if known:
            return known
    return None


def _codec(name: str) -> str | None:
    try:
        known = codecs.lookup(name.strip().strip("\"'")).name
        "".encode(known)
    except (LookupError, ValueError, UnicodeError):
        return None
    if known in NOT_FOR_TEXT:
        return None
    # A page that could be read this far to say so is not in 16 or 32 bits.
    return "utf-8" if known.startswith(("utf-16", "utf-32")) else WEB_NAMES.get(known, known)


def without_surrogates(text: str) -> str:
    """Half characters, which no encoding can write, are lost ones: one for one."""
    return SURROGATE.sub("\ufffd", text)


def _handed_in(body: bytes) -> Decoded:
    """A text that came as a string: its encoding is ours, and every offset in it must hold."""
    return _with_halves(body) or _with_losses(body, "utf-8")


def _with_halves(body: bytes) -> Decoded | None:
    """UTF-8 but for halves of characters, as JSON may hold them; None for what is not."""
    try:
        text = body.decode("utf-8", "surrogatepass")
    except UnicodeError:
        return None
    lost = len(SURROGATE.findall(text))
    if not lost:
        return Decoded(text)
    reason = f"{lost} halves of characters came without the other half and stand as \ufffd"
    return Decoded(without_surrogates(text), Doubt("text", reason))


def _in_sixteen_bits(body: bytes) -> str | None:
    """Mostly Latin text in UTF-16 without a mark: every other byte is empty, the others are not."""
    sample = body[:SNIFFED]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    even, odd = (sample[at::2].count(0) / len(sample[at::2]) for at in (0, 1))
    if max(even, odd) < NULS or min(even, odd) > 0.05:
        return None
    return _strictly(body, "utf-16-be" if even > odd else "utf-16-le")


def _is_western(body: bytes) -> bool:
    """Bytes that are no UTF-8 but read as accents and quotation marks of Western languages."""
    text = _strictly(body, "cp1252")
    if text is None:
        return False
    rows = HIGH.findall(body)
    high = sum(map(len, rows))
    western = sum(c in WESTERN for c in text if c > "\x7f")
    in_row = sum(len(row) for row in rows if len(row) > 1)
    return western >= WESTERN_ENOUGH * high and in_row <= MOST_IN_ROW * high


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeError:
        return None


def _with_losses(body: bytes, name: str) -> Decoded:
    text = body.decode(name, errors="replace")
    lost = text.count("\ufffd")
    if not lost:
        return Decoded(text)
    reason = f"{lost} characters could not be decoded as {name} and stand as \ufffd"
    return Decoded(text, Doubt("text", reason))


def _guessed(body: bytes) -> Decoded:
    best = from_bytes(body[:GUESS_BYTES]).best()
    name = _codec(best.encoding) if best is not None else None
    return _of_doubt(body, name or "cp1252")


def _of_doubt(body: bytes, name: str) -> Decoded:
    decoded = _with_losses(body, name)
    if decoded.doubt is not None:
        return decoded
    return Decoded(decoded.text, Doubt("text", f"the encoding was guessed to be {name}"))
