"""What a search found, in a terminal; `publish.terminal.page` prints it.

In: the view of the site. Out: what Rich prints, with the words asked for between marks that can be
told without colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dragoman.publish.pages.explore import ExplorePage
from dragoman.publish.terminal.controls import quiet
from dragoman.publish.terminal.page import article_text, dim, event_text, section, shown
from dragoman.publish.views.lit import Piece
from dragoman.publish.views.narrowing import FacetValue
from dragoman.publish.words import counted


@shown.register
def _explore(view: ExplorePage) -> Iterator[RenderableType]:
    more = "more than " if view.is_more else ""
    yield dim(f"{more}{counted(view.count, view.wanted.of[:-1])}: {view.understood or 'all'}")
    yield from map(dim, view.hints)
    for event in view.events:
        yield event_text(event.line)
        yield Padding(said(event.said), (0, 0, 1, 3))
    for article in view.articles:
        yield article_text(article.line)
        yield Padding(said(article.said), (0, 0, 1, 3))
    for facet in view.facets:
        yield from section(facet.title, map(_value, facet.values), Text)
    if view.next_start is not None:
        yield dim(f"more: --start {view.next_start}")


def _value(one: FacetValue) -> str:
    named = f"{one.words} ({one.value})" if one.words != one.value else one.value
    return quiet(f"{named}: {one.count:,}")


def said(pieces: Iterable[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        words = quiet(piece.text)
        text.append(f"[{words}]" if piece.lit else words, style="bold" if piece.lit else None)
    return text
