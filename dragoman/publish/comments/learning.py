"""What the filter learns of members' decisions, and forgets when they are taken back.

In: a decision about a comment. Out: the comment as it is now, and weights in the store, in one
transaction. Approved is not spam, spam is; what was removed for other reasons teaches nothing.
"""

from __future__ import annotations

from copy import copy
from functools import cache, lru_cache

from dragoman.knowledge import Knowledge
from dragoman.model.comment import Comment, CommentState
from dragoman.publish.spam.filter import Filter
from dragoman.publish.spam.weights import Lesson, Weights
from dragoman.publish.spam.writing import Writing
from dragoman.store import Store

TEACHES: dict[CommentState, bool] = {"shown": False, "spam": True}
"""Where a comment was put that says something of what spam is: and what."""


def filter_of(desk: Store) -> Filter:
    """The filter as this desk taught it, to judge with."""
    return _read(desk.filter_weights())


def rule(
    desk: Store, number: int, state: CommentState, writing: Writing, by: str, why: str | None = None
) -> Comment:
    """Decide about a comment, and let the filter learn of it. Raises StoreError where the store
    refuses the decision."""
    with desk.together():
        made = desk.rule_comment(number, state, by, why)
        if state in TEACHES:
            learner = _own(desk)
            lesson = learner.learn(writing, TEACHES[state])
            desk.keep_weights(learner.to_bytes())
            desk.keep_lesson(number, TEACHES[state], lesson.to_bytes())
    return made


def undo(desk: Store, number: int, by: str) -> Comment:
    """Take the last decision about a comment back, and what the filter learnt of it."""
    with desk.together():
        lesson = desk.take_lesson(number)
        if lesson is not None:
            learner = _own(desk)
            learner.unlearn(Lesson.from_bytes(lesson))
            desk.keep_weights(learner.to_bytes())
        return desk.undo_comment(number, by)


@lru_cache(maxsize=2)
def _read(learnt: bytes | None) -> Filter:
    """Filters of one process share what is shipped, which takes a while to fit."""
    made = copy(_shipped())
    made.learnt = Weights() if learnt is None else Weights.from_bytes(learnt)
    return made


@cache
def _shipped() -> Filter:
    made = Filter(Knowledge().lures)
    _ = made.prior
    return made


def _own(desk: Store) -> Filter:
    """One that may be taught: no other thread judges with it."""
    return _read.__wrapped__(desk.filter_weights())
