"""The desk's own first page: what waits for a member, and the rooms that their role opens.

In: who is signed in. Out: counts and links. A room, or what waits in one, is one line in the lists
below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dragoman.model.account import Role
from dragoman.publish.forms import (
    comment_queue,
    judgements,
    notes,
    republish,
    searches,
    sources,
)
from dragoman.publish.membership import MAY, ROLES
from dragoman.publish.sitting import Form, Sitting
from dragoman.publish.wording import N_, NN_, gettext, ngettext


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for members of a role; `words`: for one and for many, with `%(n)s`."""

    role: Role
    count: Callable[[Sitting], int]
    words: tuple[str, str]
    how: str
    """What to do about it."""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Room:
    role: Role
    address: str
    name: str
    about: str
    is_there: Callable[[Sitting], bool] = lambda _sitting: True
    """Whether a desk of these settings has it."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    number: int
    words: str
    how: str
    address: str | None


@dataclass(frozen=True, slots=True)
class RoomLine:
    address: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    name: str
    role: str
    may: str
    waiting: tuple[WaitingLine, ...]
    """What waits, without that of which nothing does."""
    rooms: tuple[RoomLine, ...]


def has_comments(sitting: Sitting) -> bool:
    return sitting.room.config.comments.on


WAITING: tuple[Waiting, ...] = (
    Waiting(
        "moderator",
        lambda sitting: (
            sitting.desk.count_comments().get("held", 0) if has_comments(sitting) else 0
        ),
        NN_("%(n)s comment waits", "%(n)s comments wait"),
        N_("They are held until a member has read them."),
        comment_queue.PATH,
    ),
    Waiting(
        "editor",
        republish.count,
        NN_("%(n)s licensed article to choose", "%(n)s licensed articles to choose"),
        N_("Approved, each is handed on whole to the sites that print it; dropped, it is not."),
        republish.PATH,
    ),
    Waiting(
        "editor",
        lambda sitting: sitting.desk.count_error_notes(),
        NN_("%(n)s note from a reader", "%(n)s notes from readers"),
        N_("What readers say is wrong on pages of events: to be judged, and marked as done."),
        notes.PATH,
    ),
    Waiting(
        "editor",
        lambda sitting: len(sitting.desk.due_judgements()),
        NN_("%(n)s judgement to carry out", "%(n)s judgements to carry out"),
        N_("They are kept, and the record does not follow them everywhere yet."),
        judgements.PATH,
    ),
)
ROOMS: tuple[Room, ...] = (
    Room(
        "reader",
        searches.PATH,
        N_("Saved searches"),
        N_("What is new in each; alerts by e-mail, feed or webhook."),
    ),
    Room(
        "moderator",
        comment_queue.PATH,
        N_("Comments"),
        N_("What readers say under articles: what waits, is shown, is spam, was removed."),
        has_comments,
    ),
    Room(
        "moderator",
        judgements.PATH,
        N_("Judgements"),
        N_("What people said of the record: who, when and why. Editors take it back."),
    ),
    Room(
        "editor",
        notes.PATH,
        N_("Notes from readers"),
        N_("What they say is wrong, beside the sentences."),
    ),
    Room(
        "editor",
        republish.PATH,
        N_("What is handed on"),
        N_("Licensed articles: approved for others to print, or dropped; a lead of your own."),
    ),
    Room(
        "editor",
        sources.PATH,
        N_("Sources"),
        N_("How each does, its licence; to be paused, added, removed."),
    ),
    Room(
        "editor",
        "/desk/members",
        N_("Members"),
        N_("Who may sign in, as what; invitations; what was changed, by whom and why."),
    ),
    Room(
        "reader",
        "/desk/account",
        N_("Your account"),
        N_("Your password, where you are signed in, tokens for your programs."),
    ),
)


def view(sitting: Sitting, _ids: tuple[str, ...]) -> DeskPage:
    visitor = sitting.visitor
    assert visitor.member is not None  # the form is for readers and above
    waiting = [(one, one.count(sitting)) for one in WAITING if visitor.may(one.role)]
    return DeskPage(
        visitor.member.name,
        ROLES[visitor.member.role],
        MAY[visitor.member.role],
        tuple(_line(one, number) for one, number in waiting if number),
        tuple(
            RoomLine(one.address, gettext(one.name), gettext(one.about))
            for one in ROOMS
            if visitor.may(one.role) and one.is_there(sitting)
        ),
    )


def _line(one: Waiting, number: int) -> WaitingLine:
    words: Mapping[str, int] = {"n": number}
    return WaitingLine(number, ngettext(*one.words, number) % words, gettext(one.how), one.address)


FORM = Form("/desk", "desk.html", view, role="reader")
