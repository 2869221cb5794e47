"""Stories, a story, and what a copy changed, in a terminal; `publish.terminal.page` prints them.

In: the views of the site. Out: what Rich prints. Texts of others are printed without control
characters.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from dragoman.publish.pages.changes import ChangesPage
from dragoman.publish.pages.stories import StoriesPage
from dragoman.publish.pages.story import StoryPage, StoryTelling
from dragoman.publish.terminal.controls import quiet
from dragoman.publish.terminal.page import (
    article_text,
    dim,
    event_text,
    origin_lines,
    paging,
    section,
    shown,
    story_text,
    title,
    tree_lines,
)
from dragoman.publish.views.agreement import DifferenceLine, VersionLine
from dragoman.publish.views.copy_tree import BASES, KINDS
from dragoman.publish.views.side_by_side import Piece, Row
from dragoman.publish.words import counted, day_words

STYLES = {"inserted": "green underline", "deleted": "red strike", "equal": ""}
MARKS = {"inserted": ("[+", "+]"), "deleted": ("[-", "-]"), "equal": ("", "")}
"""Around what was added and left out, so that it can be told without colour."""


@shown.register
def _stories(view: StoriesPage) -> Iterator[RenderableType]:
    yield title("Stories")
    yield from map(story_text, view.stories)
    if not view.stories:
        yield dim("The desk holds no story that more than one page tells.")
    if view.next_stories is not None:
        yield dim(f"Older ones: dragoman stories --start {view.next_stories}")


@shown.register
def _story(view: StoryPage) -> Iterator[RenderableType]:
    line = view.line
    yield title(quiet(line.title))
    facts = (view.id, view.state, line.span, counted(line.articles, "article"))
    yield dim(" · ".join((*facts, " ".join(line.languages))))
    yield from origin_lines(view.origins)
    for day in view.days:
        yield Rule(day_words(day.day) if day.day else "No date", style="dim", align="left")
        for one in day.tellings:
            yield from _telling(one)
    yield from section(
        "Who printed whom", (t for tree in view.trees for t in tree_lines(tree)), Text
    )
    points = (_difference(d) for one in view.points for d in one.differences)
    yield from section("On what they differ", points, Text)
    events = (one.event for one in (*view.points, *view.events))
    yield from section("What it tells", events, event_text)
    yield from section("Before this", (one.line for one in view.background), story_text)
    yield from paging(view.paging, "article")


@shown.register
def _changes(view: ChangesPage) -> Iterator[RenderableType]:
    yield title(quiet(f"What {view.copy.outlet} changed"))
    if view.edge is not None:
        delay = f", {view.edge.delay}" if view.edge.delay else ""
        yield Text(f"{KINDS[view.edge.kind]}{delay}: {view.edge.share} % stands in the other")
        yield dim(f"{BASES[view.edge.basis]}: {view.edge.reason}")
    for label, line in (("origin", view.origin), ("copy", view.copy)):
        yield Text(f"{label}:", style="dim")
        yield article_text(line)
    if view.diff is None:
        yield dim("The two have hardly a phrase in common: told anew, or in another language.")
        return
    told = (counted(view.diff.same, "word"), view.diff.removed, view.diff.added)
    yield dim("{} the same, {} left out, {} added".format(*told))
    for row in view.diff.rows:
        yield Padding(_row(row), (1, 0, 0, 0))


def _telling(one: StoryTelling) -> Iterator[RenderableType]:
    yield article_text(one.line)
    yield dim(f"  in this story: {quiet(one.reason)}")
    if one.copies or one.more_copies:
        outlets = list(dict.fromkeys(copy.outlet for copy in one.copies))
        outlets += [f"{one.more_copies} on other pages"] if one.more_copies else []
        copies = counted(len(one.copies) + one.more_copies, "copy")
        yield dim(f"  {copies}: {quiet(', '.join(outlets))}")


def _difference(one: DifferenceLine) -> str:
    versions = "; ".join(_version(version) for version in one.versions)
    return quiet(f"{one.words}: {versions}")


def _version(one: VersionLine) -> str:
    outlets = [by.outlet for by in one.tellers]
    more = [f"{one.more} more"] if one.more else []
    return f"{one.words} ({', '.join(outlets + more)})"


def _row(row: Row) -> Text:
    if row.is_folded:
        return dim(f"[{counted(row.words, 'word')} the same]")
    return Text().join(_piece(piece) for piece in row.pieces)


def _piece(piece: Piece) -> Text:
    if not piece.text:
        return dim(f"[{counted(piece.left_out, 'word')} the same] ")
    before, after = MARKS[piece.kind]
    own = piece.text.rstrip()
    text = Text(f"{before}{quiet(own)}{after}", style=STYLES[piece.kind])
    return text.append(piece.text[len(own) :], style="none")
