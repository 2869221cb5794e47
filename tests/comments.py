"""Comments as a form leaves them, made by hand."""

from __future__ import annotations

from typing import Any

from dragoman.model.comment import CommentReason
from dragoman.store.comments import NewComment

REASON = CommentReason("links", 0.5, ("a.example",))


def new(**other: Any) -> NewComment:
    fields: dict[str, Any] = {
        "article_id": "a-wire",
        "parent": None,
        "name": "Lectrice",
        "text": "The ferry leaves at nine.",
        "language": "fr",
        "state": "held",
        "score": 0.2,
        "reasons": (REASON,),
        "author": "author-1",
        "person": "person-1",
        "has_email": True,
        "circumstances": {"signature": 12},
    }
    return NewComment(**(fields | other))
