"""From a form to a comment: what the filter is shown of it, what it says, and where it is put.

In: a draft without fault, and how its form came back. Out: the comment as it is kept. A blocked
person's comments are held, whatever the filter says; where Akismet is on it is asked as well, and
where it can't be reached the comment is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from dragoman.model.comment import Comment, CommentReason, CommentState, Decision
from dragoman.publish.comments import asking_akismet
from dragoman.publish.comments.learning import filter_of
from dragoman.publish.comments.owning import author_hash
from dragoman.publish.room import ReadingRoom
from dragoman.publish.sitting import Filled, Sitting
from dragoman.publish.spam.sameness import signature
from dragoman.publish.spam.writing import Writing
from dragoman.publish.wording import spoken_language
from dragoman.store.comments import Circumstances, NewComment

STATES: dict[str, CommentState] = {"publish": "shown", "hold": "held", "spam": "spam"}
"""Where the filter's outcomes put a comment."""
_WORSE: tuple[CommentState, ...] = ("shown", "held", "spam")
BLOCKED, EDITED, UNHELD = map(CommentReason, ("blocked", "edited", "unheld"))


@dataclass(frozen=True, slots=True)
class Draft:
    """As it was typed; `to`: the number of the comment that it answers."""

    name: str = ""
    email: str = ""
    text: str = ""
    to: str = ""


def receive(
    sitting: Sitting, article_id: str, to: int | None, draft: Draft, filled: Filled
) -> Comment:
    """Decide about a comment and keep it; the same form again is the same comment."""
    desk = sitting.desk
    author = author_hash(desk, draft.name, draft.email)
    recent = desk.recent_circumstances()
    circumstances = {
        "seconds": filled.age,
        "trap": filled.is_trapped,
        "known": bool(draft.email) and desk.is_known(author),
        "mail_host": draft.email.rpartition("@")[2].lower(),
        "signature": signature(draft.text),
        "recent": [one["signature"] for one in recent if "signature" in one],
    }
    writing = writing_of(sitting.room, draft.name, draft.text, spoken_language(), circumstances)
    decision = _decided(sitting, writing, draft.email, author)
    return desk.keep_comment(
        NewComment(
            article_id,
            to,
            draft.name,
            draft.text,
            writing.language,
            decision.state,
            decision.score,
            decision.reasons,
            author,
            sitting.visitor.person,
            bool(draft.email),
            {name: value for name, value in circumstances.items() if name != "recent"},
            filled.nonce or None,
        )
    )


def revise(sitting: Sitting, number: int, text: str) -> Comment:
    """Other words for a comment, decided anew; they are shown only where the old ones were."""
    desk = sitting.desk
    was = desk.comment(number)
    if was is None or text == was.text:
        return was if was is not None else desk.edit_comment(number, text, "held", 0.0, ())
    circumstances = {
        **desk.circumstances(number),
        "recent": [
            one["signature"] for one in desk.recent_circumstances(but=number) if "signature" in one
        ],
    }
    writing = writing_of(sitting.room, was.name, text, was.language, circumstances)
    decision = _decided(sitting, writing, "", was.author)
    decision = _no_better_than(decision, was.state, EDITED)
    return desk.edit_comment(number, text, decision.state, decision.score, decision.reasons)


def writing_of(
    room: ReadingRoom, name: str, text: str, language: str, circumstances: Circumstances
) -> Writing:
    """What the filter is shown. Of an e-mail address that is the host alone."""
    seconds, recent = circumstances.get("seconds"), circumstances.get("recent", ())
    host = circumstances.get("mail_host")
    own = urlsplit(room.config.base).hostname
    return Writing(
        name,
        text,
        language,
        seconds=float(seconds) if isinstance(seconds, (int, float)) else None,
        trap_filled=bool(circumstances.get("trap")),
        known=bool(circumstances.get("known")),
        email=f"@{host}" if host else "",
        recent=tuple(recent) if isinstance(recent, list) else (),
        own_hosts=frozenset({own} if own else ()),
    )


def _decided(sitting: Sitting, writing: Writing, email: str, author: str | None) -> Decision:
    """What all say of it: the filter, Akismet where it is on, and who was blocked."""
    decision = _filtered(sitting, writing)
    if decision.state != "spam":
        decision = asking_akismet.also(sitting.room.config, writing, email, decision)
    if sitting.desk.is_blocked((author or "", sitting.visitor.person)):
        decision = _no_better_than(decision, "held", BLOCKED)
    return decision


def _filtered(sitting: Sitting, writing: Writing) -> Decision:
    verdict = filter_of(sitting.desk).judge(writing)
    reasons = tuple(CommentReason(one.kind, one.weight, one.shown) for one in verdict.reasons)
    state = STATES[verdict.outcome]
    rules = {one.kind for one in reasons if not one.weight}
    if state == "held" and rules == {"first"} and not sitting.room.config.comments.hold_first:
        return Decision("shown", verdict.score, (UNHELD, *reasons))
    return Decision(state, verdict.score, reasons)


def _no_better_than(decision: Decision, state: CommentState, reason: CommentReason) -> Decision:
    """The worse of the two, with the reason where it is another than was decided."""
    if state not in _WORSE or _WORSE.index(decision.state) >= _WORSE.index(state):
        return decision
    return Decision(state, decision.score, (reason, *decision.reasons))
