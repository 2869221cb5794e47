"""What a reader typed: what is wrong with it, and how it can be shown without doing harm.

In: a name, an e-mail address and words, of which nothing is believed. Out: a fault in words, or
text in paragraphs, lines and pieces. What nobody would see is left out; what would turn the
reading of others round is shown as the sign it is. Nothing of what is stored is changed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dragoman.publish.wording import gettext

LONGEST_NAME = 60
LONGEST_TEXT = 4000
"""Characters."""
LONGEST_EMAIL = 254
MARKS = 4
"""Marks upon one letter; no script in use needs more."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that change in which direction what follows is read."""
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""Signs without any shape. The joiners that Persian and pictures need stay."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_PILED = re.compile(rf"((?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
                    rf"\ufe20-\ufe2f]){{{MARKS}}})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff"
                    rf"\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}\[\]]{3,1000}", re.IGNORECASE)
_NOT_ITS_END = re.compile(r"[.,;:!?'’»”)\u2026]+$")
_EMAIL = re.compile(r"[^@\s<>\"',;:()\\\[\]]{1,64}@(?:[^@\s<>\"',;:()\\.\[\]]{1,63}\.){1,8}"
                    r"[^\W\d_]{2,24}")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    address: str | None = None
    """Where it leads, if it is an address of the web."""


Line = tuple[Piece, ...]
Paragraph = tuple[Line, ...]


def visible(text: str) -> str:
    """The same as readers may see it: at most some marks on a letter, and every sign that acts
    unseen left out or named."""
    text = _BREAK.sub("\n", unicodedata.normalize("NFC", text))
    text = _CONTROL.sub(lambda found: _picture(found[0]), _UNSEEN.sub("", text))
    text = _TURNING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    return _PILED.sub(r"\1", text)


def visible_name(name: str) -> str:
    """In one line."""
    return " ".join(visible(name).split())


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Blank lines part paragraphs; addresses of the web are pieces of their own."""
    parts = re.split(r"\n[ \t]*\n\s*", visible(text).strip())
    return tuple(tuple(_pieces(line) for line in part.split("\n")) for part in parts if part)


def fault_of(name: str, email: str, text: str) -> str | None:
    """What is to be mended before it can be taken; None for nothing."""
    if not _says_something(name):
        return gettext("Write a name; it need not be your own.")
    if len(name) > LONGEST_NAME:
        return gettext("Write a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
    if email and (len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email)):
        return gettext("This is no e-mail address; mend it, or leave it out.")
    return fault_of_text(text)


def fault_of_text(text: str) -> str | None:
    if not _says_something(text):
        return gettext("Write your comment.")
    if len(text) > LONGEST_TEXT:
        return gettext("Say it in %(most)s characters; these are %(number)s.") % {
            "most": LONGEST_TEXT,
            "number": len(text),
        }
    return None


def _says_something(text: str) -> bool:
    """Whether there is anything to be seen: a letter, a figure or a sign with a shape."""
    seen = _TURNING.sub("", _UNSEEN.sub("", text))
    return any(unicodedata.category(sign)[0] in "LNSP" for sign in seen)


def _picture(control: str) -> str:
    """The sign that stands for one without shape."""
    number = ord(control)
    if number < 0x20:
        return chr(0x2400 + number)
    return "\u2421" if number == 0x7F else "\ufffd"


def _pieces(line: str) -> Line:
    made: list[Piece] = []
    at = 0
    for found in _ADDRESS.finditer(line):
        address = _end(found[0])
        if found.start() > at:
            made.append(Piece(line[at : found.start()]))
        made.append(Piece(address, address))
        at = found.start() + len(address)
    if at < len(line) or not made:
        made.append(Piece(line[at:]))
    return tuple(made)


def _end(address: str) -> str:
    """Without the stop of the sentence that it stands in."""
    bare = _NOT_ITS_END.sub("", address)
    opened = bare.count("(") - bare.count(")")
    return address[: len(bare) + 1] if opened > 0 and address[len(bare) :][:1] == ")" else bare
