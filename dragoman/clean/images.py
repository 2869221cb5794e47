"""Pictures with their captions and credits.

In: labelled lines and the pieces they come from. Out: one record for each picture that has a
caption or a credit; the page's lead picture alone where none has. It loads nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from lxml.html import HtmlElement

from dragoman.addresses import resolve
from dragoman.clean.credits import CreditMarks, credit_name
from dragoman.clean.draft import Draft
from dragoman.clean.extract import SEPARATOR, Piece
from dragoman.clean.metadata import Stated
from dragoman.model import Image

EDGES = " |—–-/•·"
HIGHEST = 5
"""How many elements up from a caption its picture is looked for."""
SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "srcset", "data-srcset")


def images_of(
    draft: Draft, pieces: Sequence[Piece], stated: Stated, marks: CreditMarks
) -> tuple[Image, ...]:
    starts, base = _starts(pieces), draft.url
    found: dict[HtmlElement, dict[str, list[str]]] = {}
    for line in draft.lines:
        if line.label not in ("caption", "credit") or not starts:
            continue
        piece = pieces[bisect_right(starts, line.start) - 1]
        picture = _picture_of(piece.element)
        if picture is not None:
            texts = found.setdefault(picture, {"caption": [], "credit": []})
            words = " ".join(draft.text[line.start : line.end].split())
            if words not in texts[line.label]:
                texts[line.label].append(words)
    images = [_image(picture, texts, base, marks) for picture, texts in found.items()]
    named = stated.meta("og:image", "og:image:url", "twitter:image")
    lead = resolve(named, base) if named else None
    if not images and lead:
        images = [_lead(lead, draft, marks)]
    return tuple(dict.fromkeys(images))


def image_of_text(draft: Draft, marks: CreditMarks) -> tuple[Image, ...]:
    """The picture a scrape lost, as its caption and credit still tell of it."""
    image = _lead(None, draft, marks)
    return (image,) if image.caption or image.credit else ()


def _lead(src: str | None, draft: Draft, marks: CreditMarks) -> Image:
    """The picture that the page states, with the first caption of the page and its credit."""
    at = next((i for i, line in enumerate(draft.lines) if line.label == "caption"), None)
    if at is None:
        return Image(src, None, None)
    texts: dict[str, list[str]] = {"caption": [], "credit": []}
    for line in draft.lines[at : at + 2]:
        if line.label in ("caption", "credit"):
            texts[line.label].append(" ".join(draft.text[line.start : line.end].split()))
    caption = texts["caption"][0].strip(EDGES) or None
    return Image(src, caption, credit_name(", ".join(texts["credit"]), marks))


def _starts(pieces: Sequence[Piece]) -> list[int]:
    starts: list[int] = []
    at = 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + len(SEPARATOR)
    return starts


def _picture_of(element: HtmlElement) -> HtmlElement | None:
    """The nearest picture in the elements around a caption."""
    around: HtmlElement | None = element
    for _ in range(HIGHEST):
        if around is None:
            return None
        picture = next(around.iter("img"), None)
        if picture is not None:
            return picture
        around = around.getparent()
    return None


def _image(
    picture: HtmlElement, texts: dict[str, list[str]], base: str | None, marks: CreditMarks
) -> Image:
    written = next((v for name in SOURCES for v in [picture.get(name)] if v and _is_link(v)), None)
    src = resolve(written.split(",")[0].split()[0], base) if written and written.split() else None
    caption = " ".join(texts["caption"]).strip(EDGES) or None
    credit = credit_name(", ".join(texts["credit"]), marks)
    return Image(src, caption, credit)


def _is_link(value: str) -> bool:
    return not value.startswith("data:")
