"""What one text changed of another: their words side by side, as a word diff.

Where the two have hardly a phrase in common, both are shown as they are: told anew, or translated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.link.alignment import changes
from dragoman.model import Article, ChangeRun, Kept
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.copy_tree import CopyEdge, copy_edge
from dragoman.publish.views.lines import ArticleLine, Lines
from dragoman.publish.views.side_by_side import (
    Piece,
    Side,
    SideBySide,
    plain,
    side_by_side,
    words_in,
)

PHRASE = 15
"""Words in a row that both have, from which a diff tells something."""
ALIKE = 0.3
"""Share of the shorter text's words that the other has, from which a diff tells something."""


@dataclass(frozen=True, slots=True)
class ChangesPage:
    copy: ArticleLine
    origin: ArticleLine
    edge: CopyEdge | None
    """None where the desk does not take the one for a copy of the other."""
    diff: SideBySide | None
    """None where it would tell nothing; the texts then stand in `copy_text` and `origin_text`."""
    copy_text: tuple[Piece, ...] = ()
    origin_text: tuple[Piece, ...] = ()
    is_whole: bool = True
    """False where this desk may show excerpts only."""


def view(room: ReadingRoom, copy: str, origin: str, *, start: int = 0) -> ChangesPage | None:
    both = [room.store.kept(copy), room.store.kept(origin)]
    rows = [room.store.article(copy), room.store.article(origin)]
    if copy == origin or None in (*both, *rows):
        return None
    now, was = (kept for kept in both if kept is not None)
    lines = Lines(room)
    copy_line, origin_line = (lines.article(row) for row in rows if row is not None)
    link = next((one for one in room.store.copy_links(copy) if one.origin_id == origin), None)
    moments = room.store.first_moments([copy, origin])
    edge = copy_edge(room, link, was.article, moments) if link is not None else None
    runs = changes(was.article, now.article)
    side_now, side_was = _side(room, now), _side(room, was)
    if _tells(was.article, now.article, runs):
        diff = side_by_side(side_was, side_now, runs)
        return ChangesPage(copy_line, origin_line, edge, diff, is_whole=diff.is_whole)
    texts = plain(side_now, "inserted"), plain(side_was, "deleted")
    is_whole = not any(piece.is_withheld for text in texts for piece in text)
    return ChangesPage(copy_line, origin_line, edge, None, *texts, is_whole=is_whole)


def _side(room: ReadingRoom, kept: Kept) -> Side:
    return Side(kept.article, room.display.spans(kept))


def _tells(origin: Article, copy: Article, runs: Sequence[ChangeRun]) -> bool:
    same = [words_in(copy.text[slice(*run.copy)]) for run in runs if run.kind == "equal"]
    total = sum(same)
    removed = sum(
        words_in(origin.text[slice(*run.origin)]) for run in runs if run.kind == "deleted"
    )
    added = sum(words_in(copy.text[slice(*run.copy)]) for run in runs if run.kind == "inserted")
    return max(same, default=0) >= PHRASE or total >= ALIKE * (total + min(removed, added)) > 0
