"""The log of judgements: who said what of the record, when and why, newest first; and its undo.

In: what to show of it, or the number of one to take back, with why. Out: the log, or the page that
the judgement is of. Moderators read it; editors undo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args
from urllib.parse import urlencode

from dragoman.errors import DragomanError
from dragoman.model import JudgementKind
from dragoman.publish.forms.saying import LONGEST, Fault, number_in
from dragoman.publish.room import ReadingRoom
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.views.judged import JudgedLine, judged_line
from dragoman.publish.views.subject import Subject, subject
from dragoman.publish.wording import N_, Table, gettext
from dragoman.store.judgements import JudgementState
from dragoman.store.rows import Judgement

PATH = "/desk/judgements"
AT_ONCE = 50
KINDS = Table(
    {
        "confirm": N_("confirmed"),
        "reject": N_("rejected"),
        "unsure": N_("doubted"),
        "correct": N_("corrected"),
        "merge": N_("merged"),
        "split": N_("split"),
    }
)
STATES = Table(
    {
        "standing": N_("standing"),
        "undone": N_("undone"),
        "due": N_("not carried out yet"),
    }
)


@dataclass(frozen=True, slots=True)
class LoggedLine:
    line: JudgedLine
    subject: Subject


@dataclass(frozen=True, slots=True)
class JudgementsPage:
    """`kind`, `state`: what is shown alone, "" for all; `number`: the one judgement that is;
    `due`: how many the record does not follow yet."""

    judgements: tuple[LoggedLine, ...]
    kind: str
    state: str
    number: int
    kinds: Mapping[str, str]
    states: Mapping[str, str]
    due: int
    newer: str | None
    older: str | None
    """Addresses of the pages before and after this one."""
    why: str = ""
    fault: Fault | None = None


def view(sitting: Sitting, _ids: tuple[str, ...]) -> JudgementsPage:
    return _page(sitting, number_in(sitting.asked("number")))


def take(sitting: Sitting, _ids: tuple[str, ...], filled: Filled) -> Led | JudgementsPage:
    number, why = number_in(filled.get("number")), filled.get("why")
    page = _page(sitting, number)
    fault = _fault(sitting, filled, number, why)
    if fault is None and filled.get("say") == "finish":
        sitting.judging.finish()
        return Led(PATH)
    try:
        if fault is None:
            done = sitting.judging.undo(number, why, sitting.by)
            return Led(subject(sitting.room, done).path)
    except DragomanError as refusal:
        fault = Fault(str(refusal), "en")
    return replace(page, why=why, fault=fault)


def _fault(sitting: Sitting, filled: Filled, number: int, why: str) -> Fault | None:
    if not sitting.visitor.may("editor"):
        return Fault(gettext("Only editors carry out judgements and take them back."))
    if filled.is_trapped:
        return Fault(gettext("Leave the field empty that is to stay empty."))
    if filled.get("say") == "finish":
        return None
    if filled.get("say") != "undo" or not number:
        return Fault(gettext("Say what it is: press one of the buttons."))
    if not why:
        return Fault(gettext("Say why: the reason is kept with the judgement."))
    if len(why) > LONGEST:
        words = gettext("Say it in %(most)s characters; these are %(number)s.")
        return Fault(words % {"most": LONGEST, "number": len(why)})
    return None


def _page(sitting: Sitting, number: int) -> JudgementsPage:
    store = sitting.desk
    kind = next((one for one in get_args(JudgementKind) if one == sitting.asked("kind")), None)
    state = next((one for one in get_args(JudgementState) if one == sitting.asked("state")), None)
    start = number_in(sitting.asked("start"))
    if number:
        found = _one(sitting, number)
    else:
        found = store.judgement_log(kind=kind, state=state, limit=AT_ONCE + 1, offset=start)
    chosen = {"kind": kind or "", "state": state or ""}
    is_more = len(found) > AT_ONCE
    return JudgementsPage(
        judgements=tuple(_line(sitting.room, one) for one in found[:AT_ONCE]),
        kind=kind or "",
        state=state or "",
        number=number,
        kinds=KINDS,
        states=STATES,
        due=len(store.due_judgements()),
        newer=_address(chosen, max(0, start - AT_ONCE)) if start and not number else None,
        older=_address(chosen, start + AT_ONCE) if is_more else None,
    )


def _one(sitting: Sitting, number: int) -> list[Judgement]:
    try:
        return [sitting.desk.judgement(number)]
    except DragomanError:
        return []


def _line(room: ReadingRoom, judgement: Judgement) -> LoggedLine:
    return LoggedLine(judged_line(judgement), subject(room, judgement))


def _address(chosen: Mapping[str, str], start: int) -> str:
    asked = {name: value for name, value in chosen.items() if value}
    return f"{PATH}?{urlencode({**asked, **({'start': start} if start else {})})}"


FORM = Form(PATH, "desk_judgements.html", view, take, role="moderator")
