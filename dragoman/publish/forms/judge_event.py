"""Judge an event: its reports are right, wrong, unsure or to be corrected; it is one with another,
or some of it happened apart.

In: the event, what a member says of it or of a report, and why. Out: a judgement that the record
follows. What the desk can't take is told, and what was typed stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.model import VerdictKind
from dragoman.publish.forms.saying import Asked, Fault, Said, fault_of, id_in, kept, said_of
from dragoman.publish.pages import event
from dragoman.publish.pages.event import Telling
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.views.candidates import like_event
from dragoman.publish.views.correction import CorrectionForm, correction_form, corrections
from dragoman.publish.views.lines import EventLine, Lines
from dragoman.publish.wording import gettext

if TYPE_CHECKING:
    from dragoman.desk.corpus import Desk
    from dragoman.model import Word

VERDICTS: tuple[VerdictKind, ...] = ("confirm", "reject", "unsure")
WHATS = (*VERDICTS, "correct", "merge", "split")


@dataclass(frozen=True, slots=True)
class JudgeEventPage:
    """`correction`: the fields of the one report that is being corrected; the page is of that
    report alone then."""

    id: str
    line: EventLine
    tellings: tuple[Telling, ...]
    withdrawn: tuple[Telling, ...]
    labels: Mapping[str, str]
    """Of the categories that the reports are coded as."""
    candidates: tuple[EventLine, ...]
    correction: CorrectionForm | None
    asked: Asked


def view(sitting: Sitting, ids: tuple[str, ...]) -> JudgeEventPage | None:
    said = Said(what="correct", of=sitting.asked("report"))
    return _page(sitting, ids[0], Asked(said if said.of else Said()))


def take(sitting: Sitting, ids: tuple[str, ...], filled: Filled) -> Led | JudgeEventPage | None:
    said = said_of(filled)
    asked = Asked(said, filled.fields if said.what == "correct" else {})
    page = _page(sitting, ids[0], asked)
    if page is None:
        return None
    given = _given(sitting, page, filled)
    words = fault_of(filled, said, WHATS) or _fault(page, said, given)
    made = Fault(words) if words is not None else None
    judged = made or kept(sitting, said, lambda desk: _word(desk, page.id, said, given))
    if isinstance(judged, Fault):
        return replace(page, asked=replace(asked, fault=judged))
    return Led(_where(sitting, page, said, judged.id))


def _given(sitting: Sitting, page: JudgeEventPage, filled: Filled) -> dict[str, list[str]]:
    """What the report that is being corrected should say instead."""
    if page.correction is None:
        return {}
    return corrections(sitting.room, page.tellings[0].report, filled.fields)


def _fault(page: JudgeEventPage, said: Said, given: Mapping[str, Sequence[str]]) -> str | None:
    """What this event has none of, or what is missing."""
    known = {one.report.id for one in (*page.tellings, *page.withdrawn)}
    if said.what == "correct" and page.correction is None:
        return gettext("Choose the report that is to be corrected.")
    if said.what == "correct" and not given:
        return gettext("Nothing was changed: say what the report should say instead.")
    if said.of and said.of not in known:
        return gettext("This event has no such report; open its page anew.")
    if said.what == "merge" and not said.other:
        return gettext("Choose the other event, or give its address.")
    if said.what == "split" and not said.chosen:
        return gettext("Choose the reports that happened apart from the rest.")
    return None


def _word(desk: Desk, event_id: str, said: Said, given: Mapping[str, Sequence[str]]) -> Word:
    from dragoman.desk import saying

    if said.what == "merge":
        return saying.merge(desk, [event_id, id_in(said.other)])
    if said.what == "split":
        return saying.split(desk, event_id, said.chosen)
    if said.what == "correct":
        return saying.correction(desk, said.of, given)
    kind = next(one for one in VERDICTS if one == said.what)
    return saying.verdict(desk.store, kind, said.of or event_id)


def _where(sitting: Sitting, page: JudgeEventPage, said: Said, judgement: int) -> str:
    """Where the judgement stands, on the page of the event that the report, or what was this
    event, is in now."""
    row = sitting.desk.report(said.of) if said.of else None
    ids = (row.event_id if row is not None else None, page.id)
    found = (sitting.desk.event(one) for one in ids if one is not None)
    now = next((one.id for one in found if one is not None), page.id)
    return event.path(sitting.desk, now, said.of) + f"#judgement-{judgement}"


def _page(sitting: Sitting, identity: str, asked: Asked) -> JudgeEventPage | None:
    room = sitting.room
    found, held = event.view(room, identity, most=None), room.store.event(identity)
    if found is None or held is None:
        return None
    told = found.tellings
    if asked.said.what == "correct":
        told = tuple(one for one in told if one.report.id == asked.said.of)
    is_one = asked.said.what == "correct" and len(told) == 1
    categories = {one.report.category for one in (*found.tellings, *found.withdrawn)}
    return JudgeEventPage(
        id=found.id,
        line=found.line,
        tellings=told if is_one else found.tellings,
        withdrawn=() if is_one else found.withdrawn,
        labels={one: room.category(one) for one in categories},
        candidates=() if is_one else like_event(room, Lines(room), held),
        correction=correction_form(room, told[0].report, asked.values) if is_one else None,
        asked=asked,
    )


FORM = Form("/event/{id0}/judge", "judge_event.html", view, take, role="editor", most=60_000)
