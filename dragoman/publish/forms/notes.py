"""Notes from readers: what they say is wrong, beside the sentences, to be dealt with.

In: a note's number, and that it is done or open again. Out: the notes, oldest first. What is
decided about the event is a judgement of its own, and made on the event's page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dragoman.errors import DragomanError
from dragoman.model import Report
from dragoman.publish.forms.error_note import WRONG
from dragoman.publish.forms.saying import LONGEST, Fault, number_in
from dragoman.publish.room import ReadingRoom
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.views.judged import JudgedLine, judged_lines
from dragoman.publish.views.lines import EventLine, Lines
from dragoman.publish.wording import gettext
from dragoman.store.rows import DeskChange, ErrorNote

PATH = "/desk/notes"
AT_ONCE = 30
CHANGES = 20


@dataclass(frozen=True, slots=True)
class NoteLine:
    """`revision`: the event's own now; None where the desk holds it no more. `reports`: those that
    tell it now, each sentence once, with its language."""

    note: ErrorNote
    line: EventLine | None
    revision: int | None
    reports: tuple[tuple[Report, str], ...]
    judgements: tuple[JudgedLine, ...]

    @property
    def is_changed(self) -> bool:
        return self.revision is not None and self.revision != self.note.revision


@dataclass(frozen=True, slots=True)
class NotesPage:
    notes: tuple[NoteLine, ...]
    open: int
    wrong: Mapping[str, str]
    with_done: bool
    start: int
    following: int | None
    """Where the next page starts."""
    changes: tuple[DeskChange, ...]
    number: int = 0
    why: str = ""
    fault: Fault | None = None


def view(sitting: Sitting, _ids: tuple[str, ...]) -> NotesPage:
    room, start = sitting.room, number_in(sitting.asked("start"))
    with_done = sitting.asked("done") == "1"
    found = sitting.desk.error_notes(with_done=with_done)
    if with_done:
        found = sorted(found, key=lambda one: -one.id)
    lines = Lines(room)
    return NotesPage(
        notes=tuple(_line(room, lines, one) for one in found[start : start + AT_ONCE]),
        open=sitting.desk.count_error_notes(),
        wrong=WRONG,
        with_done=with_done,
        start=start,
        following=start + AT_ONCE if len(found) > start + AT_ONCE else None,
        changes=tuple(sitting.desk.desk_changes("note", limit=CHANGES)),
    )


def take(sitting: Sitting, ids: tuple[str, ...], filled: Filled) -> Led | NotesPage:
    what, number, why = filled.get("say"), number_in(filled.get("number")), filled.get("why")
    fault = _fault(filled, what, why)
    if fault is None:
        try:
            _mark(sitting, what, number, why or None)
            return Led(f"{PATH}?done=1#note-{number}" if what == "open" else PATH)
        except DragomanError as refusal:
            fault = Fault(str(refusal), "en")
    return replace(view(sitting, ids), number=number, why=why, fault=fault)


def _fault(filled: Filled, what: str, why: str) -> Fault | None:
    if filled.is_trapped:
        return Fault(gettext("Leave the field empty that is to stay empty."))
    if what not in {"done", "open"}:
        return Fault(gettext("Say what it is: press one of the buttons."))
    if len(why) > LONGEST:
        words = gettext("Say it in %(most)s characters; these are %(number)s.")
        return Fault(words % {"most": LONGEST, "number": len(why)})
    return None


def _mark(sitting: Sitting, what: str, number: int, why: str | None) -> None:
    store = sitting.desk
    with store.together():
        if what == "done":
            store.error_note_done(number, sitting.by)
        else:
            store.error_note_open(number)
        store.note_change("note", str(number), what, by=sitting.by, why=why)


def _line(room: ReadingRoom, lines: Lines, note: ErrorNote) -> NoteLine:
    event = room.store.event(note.event_id)
    if event is None:
        return NoteLine(note, None, None, (), ())
    kept = room.store.event_rows([event.id]).get(event.id)
    rows = room.store.reports_of_event(event.id)
    told = {one.report.evidence_text: (one.report, one.language or "") for one in reversed(rows)}
    return NoteLine(
        note,
        lines.event(event),
        kept.revision if kept is not None else None,
        tuple(reversed(told.values())),
        judged_lines(room.store.judgements(event.id), room.display),
    )


FORM = Form(PATH, "desk_notes.html", view, take, role="editor")
