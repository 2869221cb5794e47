"""What readers say under an article, what became of it, and who decided that.

A comment is never deleted by a machine: `held` waits for a member, `spam` is a folder that members
look through, and what is `gone` was taken away by a member or by who wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

CommentState = Literal["held", "shown", "spam", "gone"]
COMMENT_STATES: tuple[CommentState, ...] = get_args(CommentState)
Deed = Literal[
    "received", "edited", "approved", "held", "spam", "removed", "erased", "undone", "blocked"
]
"""What was done to a comment."""


@dataclass(frozen=True, slots=True)
class CommentReason:
    """Why it was decided so. `kind`: one that `publish.comments.reasons` has words for."""

    kind: str
    weight: float = 0.0
    """For spam where it is above 0, against it below; 0 of a rule."""
    shown: tuple[str, ...] = ()
    """Words of the comment that it rests on."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a machine puts a comment, and why."""

    state: CommentState
    score: float
    reasons: tuple[CommentReason, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """`name` and `text` stand as they were typed: nothing in them is safe or harmless."""

    id: int
    article_id: str
    parent: int | None
    """The comment that it answers."""
    name: str
    text: str
    language: str
    """Of the page it was written on."""
    made_at: str
    edited_at: str | None
    state: CommentState
    score: float
    """How much it looked like spam to the filter, 0 to 1."""
    reasons: tuple[CommentReason, ...]
    author: str | None
    """A keyed hash of name and e-mail; None once it was erased."""
    person: str | None
    """A keyed hash of the network it came from, of one day; None after some weeks."""
    has_email: bool
    decided_at: str | None = None
    decided_by: str | None = None
    """None: the filter."""
    why: str | None = None


@dataclass(frozen=True, slots=True)
class CommentDeed:
    """A line of the log. `was`: the state before it, None of a new comment."""

    id: int
    comment_id: int
    did: Deed
    was: CommentState | None
    became: CommentState
    at: str
    by: str | None
    why: str | None
    undone: bool
