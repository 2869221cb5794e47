"""A member's decision about a comment, carried out: put where it belongs, learnt from, told on.

In: what is to be done, by whom, and why. Out: the comment as it is now. Raises StoreError where
there is no such comment, or nothing to do.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.errors import StoreError
from dragoman.model.comment import Comment, CommentState
from dragoman.publish.comments import asking_akismet, learning
from dragoman.publish.comments.receiving import writing_of
from dragoman.publish.room import ReadingRoom
from dragoman.store import Store

PUTS: Mapping[str, CommentState] = {
    "show": "shown",
    "hold": "held",
    "spam": "spam",
    "remove": "gone",
}


def decide(
    room: ReadingRoom,
    desk: Store,
    do: str,
    number: int,
    by: str,
    why: str | None = None,
    seen: int | None = None,
) -> Comment:
    """`do`: show, hold, spam, remove, undo, or block, which lets the comment stay where it is.
    `seen`: the newest line of its log that the member had before them."""
    with desk.together():
        was = desk.comment(number)
        if was is None:
            raise StoreError(f"there is no comment {number}; it may have been erased meanwhile")
        if seen is not None:
            desk.require_newest_deed(number, seen)
        if do == "undo":
            return learning.undo(desk, number, by)
        if do == "block":
            desk.block_author(number, by, why)
            return was
        circumstances = dict(desk.circumstances(number))
        writing = writing_of(room, was.name, was.text, was.language, circumstances)
        made = learning.rule(desk, number, PUTS[do], writing, by, why)
    asking_akismet.teach(room.config, was, PUTS[do])
    return made
