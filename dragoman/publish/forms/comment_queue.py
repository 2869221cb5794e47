"""The comments that wait for a member, and those that were decided about, with their reasons.

In: what a member decides about one comment or about those that are ticked, and why. Out: comments
put where they belong, each decision undoable; the filter learns of it. A comment that somebody else
decided about meanwhile stays as it is, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.errors import StoreError
from dragoman.model.comment import (
    COMMENT_STATES,
    Comment,
    CommentDeed,
    CommentState,
    Deed,
)
from dragoman.publish.comments import deciding
from dragoman.publish.comments.reasons import worded
from dragoman.publish.comments.threads import Said, said
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.views.lines import ArticleLine, Lines
from dragoman.publish.wording import N_, NN_, Table, gettext, ngettext

PATH = "/desk/comments"
PART = 25
"""Comments on one page."""
EARLIER = 5
WHY = 300
"""Characters of a reason."""
FOLDERS: Mapping[CommentState, str] = Table(
    {"held": N_("Waiting"), "shown": N_("Shown"), "spam": N_("Spam"), "gone": N_("Removed")}
)
STATES: Mapping[CommentState, str] = Table(
    {"held": N_("waiting"), "shown": N_("shown"), "spam": N_("spam"), "gone": N_("removed")}
)
DEEDS: Mapping[Deed, str] = Table(
    {
        "received": N_("sent"),
        "edited": N_("changed by its author"),
        "approved": N_("shown"),
        "held": N_("set to wait"),
        "spam": N_("put with spam"),
        "removed": N_("removed"),
        "erased": N_("erased"),
        "undone": N_("last decision undone"),
        "blocked": N_("person blocked"),
    }
)
DONE: Mapping[str, tuple[str, str]] = {
    "show": NN_("%(n)s comment is shown now.", "%(n)s comments are shown now."),
    "spam": NN_("%(n)s comment is with spam now.", "%(n)s comments are with spam now."),
    "remove": NN_("%(n)s comment is removed.", "%(n)s comments are removed."),
    "hold": NN_("%(n)s comment waits again.", "%(n)s comments wait again."),
    "undo": NN_("%(n)s decision is undone.", "%(n)s decisions are undone."),
    "block": NN_("%(n)s person is blocked.", "%(n)s people are blocked."),
}


@dataclass(frozen=True, slots=True)
class ReasonLine:
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Waiting:
    comment: Said
    state: CommentState
    article: ArticleLine | None
    score: float
    reasons: tuple[ReasonLine, ...]
    has_email: bool
    earlier: tuple[tuple[Said, CommentState], ...]
    """Others of the same name and e-mail, or of the same network on one day."""
    log: tuple[CommentDeed, ...]
    can_undo: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """`done`: what the last answer did, in words; `undoable`: to which comments."""

    folder: CommentState
    counts: Mapping[str, int]
    waiting: tuple[Waiting, ...]
    start: int
    more: int
    done: str | None
    undoable: tuple[int, ...]
    fault: str | None = None


def view(sitting: Sitting, _ids: tuple[str, ...]) -> QueuePage:
    return _page(sitting, sitting.asked("in"), _number(sitting.asked("start")))


def take(sitting: Sitting, _ids: tuple[str, ...], filled: Filled) -> Led | QueuePage:
    """`one`: "spam-12", of one comment; else `do`, and the numbers that are ticked in `id`. `seen`:
    "12-40", the newest line of a comment's log when the page was made."""
    do, _, which = (filled.get("one") or f"{filled.get('do')}-").partition("-")
    numbers = [_number(one) for one in which.split(",")] if which else _ticked(filled)
    why, folder = filled.get("why"), filled.get("in")
    fault = _fault(do, numbers, why)
    if fault is not None:
        return _page(sitting, folder, 0, fault=fault)
    member = sitting.visitor.member
    assert member is not None  # else the form is not taken
    seen = dict(map(_seen, filled.all("seen")))
    done, missed = [], list[str]()
    for number in numbers:
        try:
            deciding.decide(
                sitting.room, sitting.desk, do, number, member.name, why or None, seen.get(number)
            )
            done.append(number)
        except StoreError as refusal:
            missed.append(str(refusal))
    if missed:
        return _page(sitting, folder, 0, fault="; ".join(missed))
    told = "undo" if do == "undo" else f"{do}-{','.join(map(str, done))}"
    return Led(f"{PATH}?in={_folder(folder)}&done={told}")


def _fault(do: str, numbers: Sequence[int], why: str) -> str | None:
    if do not in DONE:
        return gettext("Choose what is to be done.")
    if not numbers:
        return gettext("Tick the comments that it is to be done to.")
    if len(why) > WHY:
        return gettext("Say why in %(most)s characters.") % {"most": WHY}
    return None


def _ticked(filled: Filled) -> list[int]:
    return list(dict.fromkeys(map(_number, filled.fields.get("id", ()))))


def _seen(written: str) -> tuple[int, int]:
    number, _, deed = written.partition("-")
    return _number(number), _number(deed)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0


def _folder(asked: str) -> CommentState:
    return next((one for one in COMMENT_STATES if one == asked), "held")


def _page(sitting: Sitting, asked: str, start: int, *, fault: str | None = None) -> QueuePage:
    desk, folder = sitting.desk, _folder(asked)
    counts = desk.count_comments()
    found = desk.comments_in(folder, PART, start)
    did, _, which = sitting.asked("done").partition("-")
    numbers = tuple(n for n in map(_number, which.split(",")) if n) if did in DONE else ()
    return QueuePage(
        folder,
        {state: counts.get(state, 0) for state in COMMENT_STATES},
        tuple(_waiting(sitting, one) for one in found),
        start,
        max(0, counts.get(folder, 0) - start - len(found)),
        _done(did, len(numbers)),
        numbers,
        fault,
    )


def _done(did: str, number: int) -> str | None:
    if did not in DONE:
        return None
    return ngettext(*DONE[did], number or 1) % {"n": number or 1}


def _waiting(sitting: Sitting, comment: Comment) -> Waiting:
    desk = sitting.desk
    row = sitting.room.store.article(comment.article_id)
    log = tuple(desk.comment_deeds(comment.id, 10))
    return Waiting(
        said(comment, to_members=True),
        comment.state,
        Lines(sitting.room).article(row) if row is not None else None,
        comment.score,
        tuple(ReasonLine(worded(one), one.weight) for one in comment.reasons),
        comment.has_email,
        tuple(
            (said(one, to_members=True), one.state) for one in desk.comments_by(comment, EARLIER)
        ),
        log,
        any(one.by is not None and not one.undone and one.did != "undone" for one in log),
    )


FORM = Form(PATH, "comment_queue.html", view, take, role="moderator")
