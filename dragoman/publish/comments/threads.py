"""The comments under an article as its page shows them, and whether more are taken.

In: a room and an article. Out: `Conversation`, or None where comments are off or there is nothing
to show. Of e-mail addresses, networks and reasons nothing is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dragoman.config import CommentSettings
from dragoman.model import Article
from dragoman.model.comment import Comment
from dragoman.publish.comments.typed import Paragraph, paragraphs, visible, visible_name
from dragoman.publish.room import ReadingRoom

Gone = Literal["author", "member"]


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as readers see it. `gone`: who took it away; then nothing of it is here."""

    id: int
    name: str
    paragraphs: tuple[Paragraph, ...]
    language: str
    made_at: str
    edited_at: str | None
    to: str | None = None
    """The name of who is answered, where the place does not say it."""
    gone: Gone | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    first: Said
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    number: int
    """Of comments that are shown."""
    threads: tuple[Thread, ...]
    is_open: bool
    settings: CommentSettings


def conversation(room: ReadingRoom, article: Article) -> Conversation | None:
    settings = room.config.comments
    if not settings.on or room.known is not None:
        return None
    found = room.store.comments_of_article(article.id)
    number = sum(one.state == "shown" for one in found)
    is_open = is_open_to(room, article)
    if not number and not is_open:
        return None
    return Conversation(number, _threads(found), is_open, settings)


def is_open_to(room: ReadingRoom, article: Article) -> bool:
    """Whether comments on an article are taken today. One without a date is never closed."""
    settings = room.config.comments
    day = article.published.end or article.published.start if article.published else None
    if not settings.on or not settings.close_after or day is None:
        return settings.on
    try:
        last = date.fromisoformat(day[:10]) + timedelta(days=settings.close_after)
    except (ValueError, OverflowError):
        return True
    return room.today <= last.isoformat()


def said(comment: Comment, to: str | None = None, *, to_members: bool = False) -> Said:
    """`to_members`: they see what a member took away, until it is erased."""
    gone: Gone | None = None
    if comment.state == "gone" and not (to_members and comment.text):
        gone = "member" if comment.decided_by is not None else "author"
    return Said(
        comment.id,
        visible_name(comment.name) if gone is None else "",
        paragraphs(comment.text) if gone is None else (),
        comment.language,
        comment.made_at,
        comment.edited_at,
        to,
        gone,
    )


def shown_json(room: ReadingRoom, article_id: str) -> Mapping[str, object] | None:
    """The shown comments of an article, as its JSON has them; None where comments are off."""
    if not room.config.comments.on:
        return None
    shown = [one for one in room.store.comments_of_article(article_id) if one.state == "shown"]
    return {
        "count": len(shown),
        "shown": [
            {
                "id": one.id,
                "answers": one.parent,
                "name": visible_name(one.name),
                "text": visible(one.text),
                "language": one.language,
                "made": one.made_at,
                "edited": one.edited_at,
            }
            for one in shown
        ],
    }


def _threads(found: Sequence[Comment]) -> tuple[Thread, ...]:
    """Answers, and answers to those, under the comment that they began with; what is gone is shown
    only where something that stands answers it."""
    by_id = {one.id: one for one in found}
    answers: dict[int, list[Comment]] = {}
    for one in found:
        if one.state == "shown":
            answers.setdefault(_root(one, by_id).id, []).append(one)
    return tuple(
        Thread(said(by_id[root]), tuple(_answers(by_id, root, below)))
        for root, below in sorted(answers.items())
    )


def _root(comment: Comment, by_id: Mapping[int, Comment]) -> Comment:
    while comment.parent is not None and comment.parent in by_id:
        comment = by_id[comment.parent]
    return comment


def _answers(by_id: Mapping[int, Comment], root: int, below: Iterable[Comment]) -> Iterable[Said]:
    for one in below:
        if one.id == root:
            continue
        parent = by_id.get(one.parent or 0)
        is_plain = parent is None or parent.id == root or parent.state != "shown"
        yield said(one, None if is_plain or parent is None else visible_name(parent.name))
