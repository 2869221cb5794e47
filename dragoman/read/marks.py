"""Stretches in quotation marks: nested, split by paragraphs, or never closed.

In: a text and its sentences. Out: `Mark` records in order, the outermost marks only. Whether
somebody says what stands in them is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from dragoman.model import Sentence

_CLOSING = {
    "«": ("»",), "“": ("”", '"'), "„": ("“", "”"), '"': ('"',), "‘": ("’",), "”": ("”",),
    "''": ("''",), "``": ("''",),
}  # fmt: skip
"""Opening marks with what closes them. A ” before a word is a slip for “."""
_MARK = re.compile(r"[«»“”„\"]|''|``|(?<!\w)‘(?=\w)|(?<=[\w.,!?…])’(?!\w)|\n")
_LONGEST = 3000
"""Characters that one pair of marks may hold: beyond, one of them was lost."""
_DEEPEST, _AHEAD = 4, 20
"""Marks within marks of the same kind, and signs looked at for a better closing one."""
_DASH = "[—–―]"
_DASHED = re.compile(
    rf"^{_DASH} (?P<said>[^\n]{{2,600}}?[,!?…]) {_DASH} (?P<who>[a-zà-ÿа-яё][^\n]{{1,200}}?)"
    rf"(?:[.,:] {_DASH} (?P<more>[^\n]+))?$",
    re.MULTILINE,
)
"""A paragraph of speech between dashes, told by who speaks: "— A, — said B. — C"."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`start` and `end` with the marks, `first` and `last` of what stands in them."""

    start: int
    end: int
    first: int
    last: int
    goes_on: bool = False
    """The speech goes on in the next paragraph, whose first character is a mark again."""


def find_marks(sentences: Sequence[Sentence], text: str) -> list[Mark]:
    """The marked stretches of what was read."""
    if not sentences:
        return []
    starts = {sentence.start for sentence in sentences}
    first, last = sentences[0].start, max(sentence.end for sentence in sentences)
    signs = [m for m in _MARK.finditer(text, first, min(len(text), last + 2))
             if m[0] != "\n" or _next(text, m.end()) in starts]  # fmt: skip
    found = [mark for mark in _paired(signs, text) if text[mark.first : mark.last].strip()]
    dashed = list(_dashed(text, starts, last))
    apart = [m for m in found if not any(d.start < m.end and m.start < d.end for d in dashed)]
    return sorted([*apart, *dashed], key=lambda mark: mark.start)


def _dashed(text: str, starts: Set[int], last: int) -> Iterator[Mark]:
    """What is said between dashes in a paragraph that was read."""
    for paragraph in _DASHED.finditer(text, 0, last):
        if paragraph.start() not in starts:
            continue
        for group in ("said", "more"):
            start, end = paragraph.span(group)
            if start < end:
                said = text[start:end].rstrip(", ")
                yield Mark(start, end, start, start + len(said))


def _next(text: str, at: int) -> int:
    """The place of the next character that is no space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _paired(signs: Sequence[re.Match[str]], text: str) -> Iterator[Mark]:
    i = 0
    while i < len(signs):
        if not _opens(signs[i], text):
            i += 1
            continue
        i, mark = _from(signs, i, text)
        if mark is not None:
            yield mark


def _opens(sign: re.Match[str], text: str) -> bool:
    char = sign[0]
    if char in {"«", "“", "„", "‘", "``"}:
        return True
    before, after = text[sign.start() - 1 : sign.start()], text[sign.end() : sign.end() + 1]
    straight = char in {'"', "”", "''"}
    return straight and not after.isspace() and after != "" and not before.isalnum()


def _from(signs: Sequence[re.Match[str]], i: int, text: str) -> tuple[int, Mark | None]:
    """The stretch that the sign at i opens, and the index to go on at."""
    opening, at = signs[i][0], signs[i].start()
    closing, depth = _CLOSING[opening], 1
    for j in range(i + 1, len(signs)):
        sign, here = signs[j][0], signs[j].start()
        if here - at > _LONGEST:
            return i + 1, None
        if sign == "\n":
            ended = _at_paragraph(signs, j, opening, text)
            if ended is None:
                continue
            last = at + len(text[at:here].rstrip())
            return j, Mark(at, last, signs[i].end(), last, goes_on=ended)
        if sign in closing and (sign in {closing[0], "“"} or _closes_alone(signs, j, closing[0])):
            depth -= 1
            if depth == 0:
                return j + 1, _trimmed(signs[i], signs[j], text)
        elif sign == opening:
            depth += 1
            if depth > _DEEPEST:
                return i + 1, None
    return i + 1, None


def _closes_alone(signs: Sequence[re.Match[str]], j: int, proper: str) -> bool:
    """Another sign than the proper one closes only where that one does not come."""
    for sign in signs[j + 1 : j + 1 + _AHEAD]:
        if sign[0] == "\n":
            return True
        if sign[0] == proper:
            return False
    return True


def _at_paragraph(signs: Sequence[re.Match[str]], j: int, opening: str, text: str) -> bool | None:
    """At a paragraph's end within marks: True if the next repeats the mark, False if the closing
    one was lost, None if it comes later."""
    nearest = _next(text, signs[j].end())
    if text.startswith(opening, nearest):
        return True
    closing = _CLOSING[opening]
    for k in range(j + 1, len(signs)):
        sign = signs[k]
        if sign[0] == "\n" and text[signs[j].end() : sign.start()].strip():
            return False
        if sign[0] == opening and opening not in closing:
            return False
        if sign[0] in closing:
            return None if opening != sign[0] or not _opens(sign, text) else False
    return False


def _trimmed(opening: re.Match[str], closing: re.Match[str], text: str) -> Mark:
    start, end = opening.end(), closing.start()
    inner = text[start:end]
    first = start + len(inner) - len(inner.lstrip())
    return Mark(opening.start(), closing.end(), first, max(first, start + len(inner.rstrip())))


def is_titled(mark: Mark, text: str) -> bool:
    """What stands in the marks may be a name or title: a capital first, no stop at the end."""
    return text[mark.first].isupper() and text[mark.last - 1] not in ",.!?…;"
