"""Akismet asked too, where the desk's settings say so; else this is not there at all.

In: a comment that the filter would not put away. Out: the decision, as it was or worse. Where there
is no answer, the comment is held for a member, and says why.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from dragoman.config import Config
from dragoman.errors import SourceError
from dragoman.model.comment import Comment, CommentReason, CommentState, Decision
from dragoman.publish.spam.writing import Writing

SAYS_SPAM, SAYS_FINE = CommentReason("akismet_spam"), CommentReason("akismet_fine")
SILENT = CommentReason("akismet_silent")
log = logging.getLogger(__name__)


class Service(Protocol):
    """See `desk.akismet`."""

    def is_spam(self, comment: Mapping[str, str]) -> bool: ...

    def teach(self, comment: Mapping[str, str], *, is_spam: bool) -> None: ...


def reach(key: str, site: str) -> AbstractContextManager[Service]:
    from dragoman.desk.akismet import Akismet  # most desks never ask it

    return Akismet(key, site)


def also(config: Config, writing: Writing, email: str, decision: Decision) -> Decision:
    """The decision, once Akismet was asked too."""
    if config.comments.akismet_key is None:
        return decision
    try:
        with reach(config.comments.akismet_key, config.base) as service:
            is_spam = service.is_spam(told(writing.name, writing.text, writing.language, email))
    except SourceError as fault:
        log.warning("Akismet did not answer: %s", fault)
        return Decision("held", decision.score, (SILENT, *decision.reasons))
    if is_spam:
        return Decision("spam", decision.score, (SAYS_SPAM, *decision.reasons))
    return replace(decision, reasons=(*decision.reasons, SAYS_FINE))


def teach(config: Config, comment: Comment, state: CommentState) -> None:
    """Tell it what a member decided. That it can't be reached is in the server's log alone: the
    decision stands."""
    if config.comments.akismet_key is None or state not in {"shown", "spam"}:
        return
    try:
        with reach(config.comments.akismet_key, config.base) as service:
            said = told(comment.name, comment.text, comment.language)
            service.teach(said, is_spam=state == "spam")
    except SourceError as fault:
        log.warning("Akismet was not told of comment %d: %s", comment.id, fault)


def told(name: str, text: str, language: str, email: str = "") -> dict[str, str]:
    made = {"comment_author": name, "comment_content": text, "blog_lang": language}
    return made | ({"comment_author_email": email} if email else {})
