"""Report an error: what a reader says is wrong with an event, to those who keep the desk.

In: the event, a kind of error, words. Out: a note in the store. Nothing of the reader is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.publish.pages import event
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.views.lines import EventLine
from dragoman.publish.wording import N_, Table, gettext

WRONG: Mapping[str, str] = Table(
    {
        "nothing": N_("Nothing of the kind is said"),
        "who": N_("Who did it, or to whom"),
        "what": N_("What was done"),
        "status": N_("Whether it was done, planned, denied or only said"),
        "when": N_("When or where"),
        "origins": N_("How many independent origins it has"),
        "person": N_("It concerns a person who should not be shown"),
        "other": N_("Something else"),
    }
)
MOST = 2000
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class ErrorNotePage:
    """`sentences`: those of the event, each with its language; `fault`: why it was not taken."""

    id: str
    line: EventLine
    sentences: tuple[tuple[str, str], ...]
    wrong: Mapping[str, str]
    what: str
    text: str
    is_kept: bool
    fault: str | None = None


def view(sitting: Sitting, ids: tuple[str, ...]) -> ErrorNotePage | None:
    return _page(sitting, ids[0], is_kept=sitting.asked("kept") == "1")


def take(sitting: Sitting, ids: tuple[str, ...], filled: Filled) -> Led | ErrorNotePage | None:
    what, text = filled.get("what"), filled.get("text")
    page = _page(sitting, ids[0], what, text, fault=_fault(filled, what, text))
    if page is None or page.fault is not None:
        return page
    sitting.desk.note_error(page.id, what, text, filled.nonce or None)
    return Led(f"/event/{page.id}/error?kept=1")


def _fault(filled: Filled, what: str, text: str) -> str | None:
    if filled.is_trapped:
        return gettext("Leave the field empty that is to stay empty.")
    if what not in WRONG:
        return gettext("Say what is wrong: choose one of the lines.")
    if len(text) > MOST:
        return gettext("Say it in %(most)s characters; these are %(number)s.") % {
            "most": MOST,
            "number": len(text),
        }
    if what in {"other", "person"} and not text:
        return gettext("Say in a few words what it is.")
    return None


def _page(
    sitting: Sitting,
    identity: str,
    what: str = "",
    text: str = "",
    *,
    is_kept: bool = False,
    fault: str | None = None,
) -> ErrorNotePage | None:
    found = event.view(sitting.room, identity, most=None)
    if found is None:
        return None
    sentences = dict.fromkeys(
        (one.report.evidence_text, (one.article.language if one.article else "") or "")
        for one in found.tellings
    )
    return ErrorNotePage(found.id, found.line, tuple(sentences), WRONG, what, text, is_kept, fault)


FORM = Form("/event/{id0}/error", "error_note.html", view, take)
