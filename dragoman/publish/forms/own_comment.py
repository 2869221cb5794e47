"""One's own comment, by its private link: what became of it, and to change, export or erase it.

In: the number of a comment and the key of its link. Out: its page; the words changed while there is
time, or nothing left of it. Without the key there is no such page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from dragoman.config import CommentSettings
from dragoman.model.comment import Comment, CommentState
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.comments.owning import is_own, own_path
from dragoman.publish.comments.receiving import revise
from dragoman.publish.comments.threads import Said, said
from dragoman.publish.comments.typed import fault_of_text
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.views.lines import ArticleLine, Lines
from dragoman.publish.wording import gettext
from dragoman.store import Store


@dataclass(frozen=True, slots=True)
class OwnCommentPage:
    id: int
    article: ArticleLine | None
    comment: Said
    text: str
    state: CommentState
    is_decided: bool
    """Whether a member decided about it."""
    settings: CommentSettings = field(metadata=DRAWN)
    can_change: bool
    key: str = field(metadata=DRAWN)
    is_new: bool = field(default=False, metadata=DRAWN)
    fault: str | None = None


def view(sitting: Sitting, ids: tuple[str, ...]) -> OwnCommentPage | None:
    return _page(sitting, ids[0], sitting.asked("key"))


def take(sitting: Sitting, ids: tuple[str, ...], filled: Filled) -> Led | OwnCommentPage | None:
    key = filled.get("key")
    page = _page(sitting, ids[0], key)
    if page is None:
        return None
    if filled.get("do") == "erase":
        if filled.get("sure") != "1":
            fault = gettext("Tick that you are sure; what is erased does not come back.")
            return _page(sitting, ids[0], key, fault=fault)
        sitting.desk.erase_comment(page.id)
        return Led("/comments-data?erased=1")
    text = filled.get("text")
    fault_found = fault_of_text(text)
    if not page.can_change:
        fault_found = gettext("The time to change it is over; you can still erase it.")
    if fault_found is not None:
        return _page(sitting, ids[0], key, text=text, fault=fault_found)
    revise(sitting, page.id, text)
    return Led(own_path(sitting.desk, page.id))


def export(sitting: Sitting, ids: tuple[str, ...]) -> Mapping[str, object] | None:
    """All that the desk keeps of a comment, hashes and the log too."""
    found = _own(sitting, ids[0], sitting.asked("key"))
    return comment_json(sitting.desk, found) if found is not None else None


def comment_json(desk: Store, comment: Comment) -> Mapping[str, object]:
    """For who wrote it, or for those who keep the desk and are asked by them."""
    return {
        **asdict(comment),
        "log": [asdict(deed) for deed in desk.comment_deeds(comment.id)],
        "shown_to_the_filter": dict(desk.circumstances(comment.id)),
    }


def _own(sitting: Sitting, written: str, key: str) -> Comment | None:
    if not (written.isascii() and written.isdecimal() and len(written) < 19):
        return None
    number = int(written)
    return sitting.desk.comment(number) if is_own(sitting.desk, number, key) else None


def _page(
    sitting: Sitting, written: str, key: str, *, text: str | None = None, fault: str | None = None
) -> OwnCommentPage | None:
    found = _own(sitting, written, key)
    if found is None or not found.text:
        return None
    room = sitting.room
    row = room.store.article(found.article_id)
    return OwnCommentPage(
        found.id,
        Lines(room).article(row) if row is not None else None,
        said(found),
        found.text if text is None else text,
        found.state,
        found.decided_by is not None,
        room.config.comments,
        _can_change(found, room.config.comments),
        key,
        sitting.asked("new") == "1",
        fault,
    )


def _can_change(comment: Comment, settings: CommentSettings) -> bool:
    made = datetime.fromisoformat(comment.made_at)
    until = made + timedelta(minutes=settings.edit_minutes)
    return comment.state != "gone" and datetime.now(made.tzinfo) < until


FORM = Form("/comment/{id0}/own", "own_comment.html", view, take, most=60_000)
EXPORT = Form("/comment/{id0}/own.json", "own_comment.html", export)
