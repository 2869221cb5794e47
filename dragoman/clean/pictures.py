"""Where pictures stand in a page: which one a text is beside, and where it is loaded from.

In: elements of the tree. Out: a picture and the element that holds it with its texts. It reads no
text and loads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from dragoman.addresses import resolve
from dragoman.clean.extract import Piece
from dragoman.clean.lines import Line

DECORATION = re.compile(
    r"\.svg\b|\A\W*data:image/svg|(?<![a-z])(?:logo|icon|avatar|emoji|gravatar|spacer|pixel)s?(?![a-z])",
    re.I,
)
LONGEST_SAID = 600
HIGHEST = 6
"""How many elements up from a text its picture is looked for."""
PICTURES = ("img", "amp-img")
# What was there before a page's script put the real picture in comes last.
SOURCES = ("data-src", "data-original", "data-lazy-src", "src", "data-srcset", "srcset")


@dataclass(frozen=True, slots=True)
class Beside:
    """A text's picture, and the element that holds both (or the picture, right above)."""

    picture: HtmlElement
    scope: HtmlElement


class Places:
    """Pictures by the texts beside them."""

    def __init__(self, pieces: Iterable[Piece], lines: Iterable[Line]) -> None:
        pairs = zip(pieces, lines, strict=True)
        own = [p.element for p, line in pairs if line.label == "body" or line.tag == "h1"]
        self.around: set[HtmlElement] = set()
        """Elements with headline or paragraphs in them: they hold more than one picture's texts."""
        self.held: dict[HtmlElement, HtmlElement | None] = {}
        """The picture in an element, looked for once: many texts may stand in it."""
        for element in own:
            for parent in element.iterancestors():
                if parent in self.around:
                    break
                self.around.add(parent)

    def beside(self, element: HtmlElement) -> Beside | None:
        child = element
        for step in range(HIGHEST + 1):
            if child.tag == "figure" or (step and child not in self.around):
                picture = self._picture_in(child)
                if picture is not None:
                    return Beside(picture, child)
            parent = child.getparent()
            if parent is None or child.tag in ("body", "main", "article"):
                return None
            if parent in self.around and child.tag != "figure":
                return self._sibling(child)
            child = parent
        return None

    def _sibling(self, child: HtmlElement) -> Beside | None:
        """A picture right above a text that stands among the paragraphs itself."""
        before = child.getprevious()
        free = before is not None and before not in self.around
        picture = self._picture_in(before) if free else None
        return Beside(picture, picture) if picture is not None else None

    def _picture_in(self, element: HtmlElement) -> HtmlElement | None:
        if element not in self.held:
            self.held[element] = picture_in(element)
        return self.held[element]


def picture_in(element: HtmlElement) -> HtmlElement | None:
    """The first picture that is no logo, sign or portrait of an author."""
    return next((p for p in element.iter(*PICTURES) if not _decorates(p)), None)


def _decorates(picture: HtmlElement) -> bool:
    said = " ".join(picture.get(name, "") for name in ("class", "src", "id"))
    return DECORATION.search(said[:LONGEST_SAID]) is not None


def figure_of(element: HtmlElement) -> HtmlElement | None:
    if element.tag == "figure":
        return element
    return next(element.iterancestors("figure"), None)


def source_of(picture: HtmlElement, base: str | None) -> str | None:
    """The address it is loaded from, past the placeholder that a script would replace."""
    written = (picture.get(name) for name in SOURCES)
    first = (value.split(",")[0].split() for value in written if value and not _inline(value))
    return next((resolve(parts[0], base) for parts in first if parts), None)


def same_picture(one: str | None, other: str | None) -> bool:
    """Two addresses of one file, in whatever size or cut."""
    names: Sequence[str] = [_file_of(address) for address in (one, other) if address]
    return len(names) == 2 and names[0] == names[1] != ""


def _file_of(address: str) -> str:
    try:
        name = unquote(urlsplit(address).path).rpartition("/")[2]
    except ValueError:
        return ""
    return name if len(name) > 8 else ""


def _inline(value: str) -> bool:
    return value.startswith("data:")
