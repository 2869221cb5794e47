"""A comment on an article: what a reader says, read by the filter, then by a member or shown.

In: name, words, an e-mail address if the reader gives one. Out: a comment in the store, and its
private link. A preview keeps nothing; what is wrong with a comment loses nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.config import CommentSettings
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.comments.owning import own_path
from dragoman.publish.comments.receiving import Draft, receive
from dragoman.publish.comments.threads import Said, is_open_to, said
from dragoman.publish.comments.typed import Paragraph, fault_of, paragraphs
from dragoman.publish.sitting import Filled, Form, Led, Looked, Sitting
from dragoman.publish.views.lines import ArticleLine, Lines
from dragoman.publish.wording import N_, gettext

SENT = N_(
    "This form was sent before, with other words, and those were taken; copy what you wrote, open "
    "the form anew and send it again."
)


@dataclass(frozen=True, slots=True)
class CommentPage:
    """`to`: the comment that is answered; `preview`: how the words would look."""

    article: ArticleLine
    to: Said | None
    draft: Draft
    settings: CommentSettings = field(metadata=DRAWN)
    is_open: bool
    preview: tuple[Paragraph, ...] | None = None
    fault: str | None = None


def view(sitting: Sitting, ids: tuple[str, ...]) -> CommentPage | None:
    return _page(sitting, ids[0], Draft(to=sitting.asked("to")))


def take(sitting: Sitting, ids: tuple[str, ...], filled: Filled) -> Led | Looked | object | None:
    draft = Draft(*(filled.get(name) for name in ("name", "email", "text", "to")))
    page = _page(sitting, ids[0], draft)
    if page is None:
        return None
    fault = _fault(page)
    if fault is not None:
        return _page(sitting, ids[0], draft, fault=fault)
    if filled.get("do") == "preview":
        return Looked(_page(sitting, ids[0], draft, preview=paragraphs(draft.text)))
    to = page.to.id if page.to is not None else None
    made = receive(sitting, page.article.id, to, draft, filled)
    if made.text != draft.text:
        return _page(sitting, ids[0], draft, fault=gettext(SENT))
    return Led(own_path(sitting.desk, made.id) + "&new=1")


def _fault(page: CommentPage) -> str | None:
    if not page.is_open:
        return gettext("No more comments are taken on this article.")
    if page.draft.to and page.to is None:
        return gettext("The comment that you answer is not shown any more.")
    return fault_of(page.draft.name, page.draft.email, page.draft.text)


def _page(
    sitting: Sitting,
    identity: str,
    draft: Draft,
    *,
    preview: tuple[Paragraph, ...] | None = None,
    fault: str | None = None,
) -> CommentPage | None:
    room = sitting.room
    row = room.store.article(identity)
    if row is None or not room.config.comments.on:
        return None
    return CommentPage(
        Lines(room).article(row),
        _answered(sitting, identity, draft.to),
        draft,
        room.config.comments,
        is_open_to(room, row.article),
        preview,
        fault,
    )


def _answered(sitting: Sitting, article_id: str, to: str) -> Said | None:
    """The comment of this number, where it is shown under this article."""
    if not (to.isascii() and to.isdecimal() and len(to) < 19):
        return None
    found = sitting.desk.comment(int(to))
    is_there = found is not None and (found.article_id, found.state) == (article_id, "shown")
    return said(found) if found is not None and is_there else None


FORM = Form("/article/{id0}/comment", "comment.html", view, take, most=60_000)
