"""Pictures with their captions and credits.

In: labelled lines and the pieces they come from. Out: one record for each picture that has a
caption or a credit, the lead first; the page's lead alone where none has. It loads nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from dragoman.addresses import resolve
from dragoman.clean.credits import (
    MOST_CREDIT_WORDS,
    CreditMarks,
    announced_at,
    credit_name,
)
from dragoman.clean.draft import Draft
from dragoman.clean.extract import SEPARATOR, Piece
from dragoman.clean.lines import Line, straighten
from dragoman.clean.metadata import Stated
from dragoman.clean.pictures import Places, same_picture, source_of
from dragoman.model import Image

COUNT = re.compile(r"\A\[?\d+\s*(?:/|of)\s*\d+\]?\s*")
"""Where it stands in a gallery."""
MOST_CREDITS = 2
"""More than that beside one picture tell of something else."""
EDGES = " |—–-/•·,"


@dataclass(slots=True)
class _Texts:
    """What stands beside one picture."""

    holder: HtmlElement | None = None
    """The element of its first caption: a second caption tells of something else."""
    captions: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)


def images_of(
    draft: Draft, pieces: Sequence[Piece], places: Places, stated: Stated, marks: CreditMarks
) -> tuple[Image, ...]:
    starts = _starts(pieces)
    found: dict[HtmlElement, _Texts] = {}
    for line in draft.lines:
        if line.label in ("caption", "credit") and starts:
            piece = pieces[bisect_right(starts, line.start) - 1]
            beside = places.beside(piece.element)
            if beside is not None:
                _add(found.setdefault(beside.picture, _Texts()), piece, line, draft.text)
    images = [_image(picture, texts, draft.url, marks) for picture, texts in found.items()]
    images = [_filled(image, stated, draft.url, marks) for image in images]
    named = stated.meta("og:image", "og:image:url", "twitter:image")
    lead = resolve(named, draft.url) if named else None
    if not any(image.caption or image.credit for image in images) and lead:
        images = [_filled(_lead(lead, draft, marks), stated, draft.url, marks)]
    images.sort(key=lambda image: not same_picture(image.src, lead))
    once = {image.caption or image.src: image for image in reversed(images)}
    return tuple(image for image in images if once.get(image.caption or image.src) is image)


def image_of_text(draft: Draft, marks: CreditMarks) -> tuple[Image, ...]:
    """The picture a scrape lost, as its caption and credit still tell of it."""
    image = _lead(None, draft, marks)
    return (image,) if image.caption or image.credit else ()


def _add(texts: _Texts, piece: Piece, line: Line, text: str) -> None:
    words = " ".join(text[line.start : line.end].split())
    if line.label == "credit" and not (line.ends_sentence and line.words > MOST_CREDIT_WORDS):
        if words not in texts.credits:
            texts.credits.append(words)
        return
    holder = next((e for e, said in piece.chain if said.label == "caption"), piece.element)
    if texts.holder is None:
        texts.holder = holder
    if texts.holder is holder and words not in texts.captions and _is_told(words):
        texts.captions.append(words)


def _is_told(words: str) -> bool:
    """No label ("Rating:"), and no day or length in minutes, as stands below a film."""
    digits = sum(c.isdigit() for c in words)
    return digits <= sum(c.isalpha() for c in words) and not words.endswith(":")


def _image(picture: HtmlElement, texts: _Texts, base: str | None, marks: CreditMarks) -> Image:
    credit = _credit(texts.credits, marks) or _credit_in_attributes(picture, marks)
    return Image(source_of(picture, base), _caption(texts.captions), credit)


def _credit_in_attributes(picture: HtmlElement, marks: CreditMarks) -> str | None:
    """What ends the words for those who can't see it: "A pier at night. Photo: A. Name"."""
    for name in ("title", "alt"):
        said = straighten(" ".join(picture.get(name, "").split()))
        at = announced_at(said, marks)
        if at is not None:
            return credit_name(said[at:], marks)
    return None


def _filled(image: Image, stated: Stated, base: str | None, marks: CreditMarks) -> Image:
    """Whose JSON-LD says the same picture is, where the page itself does not show it."""
    for address, credit in stated.pictures:
        if same_picture(image.src, resolve(address, base)):
            said = credit_name(credit, marks) if credit else None
            return replace(image, credit=image.credit or said)
    return image


def _lead(src: str | None, draft: Draft, marks: CreditMarks) -> Image:
    """The picture that the page states, with the first caption of the page and its credit."""
    at = next((i for i, line in enumerate(draft.lines) if line.label == "caption"), None)
    if at is None:
        return Image(src, None, None)
    near = draft.lines[at : at + 2]
    said = {
        label: [
            " ".join(draft.text[line.start : line.end].split())
            for line in near
            if line.label == label
        ]
        for label in ("caption", "credit")
    }
    return Image(src, _caption(said["caption"][:1]), _credit(said["credit"], marks))


def _caption(texts: Sequence[str]) -> str | None:
    return COUNT.sub("", " ".join(texts)).strip(EDGES) or None


def _credit(texts: Sequence[str], marks: CreditMarks) -> str | None:
    named = [name for text in texts[:MOST_CREDITS] for name in [credit_name(text, marks)] if name]
    return ", ".join(named) or None


def _starts(pieces: Sequence[Piece]) -> list[int]:
    starts: list[int] = []
    at = 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + len(SEPARATOR)
    return starts
