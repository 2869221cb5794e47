"""Sources, for those who keep the desk: how each does, and what can be done about it.

In: a source to be added, paused, resumed, licensed or removed, and why. Out: the sources, what was
done to them by whom, and what was set aside and why. Nothing is fetched here: the next round does
that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from dragoman.errors import DragomanError
from dragoman.model import Source, SourceKind
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.forms.saying import LONGEST, Fault
from dragoman.publish.pages.sources import KINDS, SourceLine, source_line
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.views.health import STATE_WORDS
from dragoman.publish.wording import N_, PN_, Table, gettext
from dragoman.store.rows import DeskChange, Failure

PATH = "/desk/sources"
CHANGES = 30
ASIDE = 30
"""What was set aside last is listed; all of it, `dragoman aside` lists."""
WHATS = ("add", "pause", "resume", "licence", "remove")
NO_REASON = frozenset({"add"})
"""What needs no reason: a source speaks for itself."""
SHORT = 300
"""Characters of a title or licence."""
LONG = 2000
"""Characters of an address."""
FIELDS = ("say", "address", "kind", "title", "licence", "why")
DONE = Table(
    {
        "add": PN_("source", "added"),
        "pause": PN_("source", "paused"),
        "resume": PN_("source", "resumed"),
        "licence": N_("licence changed"),
        "remove": PN_("source", "removed"),
    }
)
KINDS_BY_ADDRESS: tuple[SourceKind, ...] = tuple(k for k in get_args(SourceKind) if k != "archive")
"""An archive is a file of the machine, which `dragoman sources add` takes."""


@dataclass(frozen=True, slots=True)
class KeptSource:
    line: SourceLine
    licence: str | None
    """The desk's own word, without the outlet's."""
    active: bool


@dataclass(frozen=True, slots=True)
class DeskSourcesPage:
    """`one`: the source that is being changed, alone with its forms; `typed`: what came back with
    a fault."""

    sources: tuple[KeptSource, ...]
    one: KeptSource | None
    kinds: Mapping[str, str]
    done: Mapping[str, str]
    changes: tuple[DeskChange, ...]
    aside: tuple[Failure, ...]
    """The newest of what was set aside."""
    aside_number: int
    typed: Mapping[str, str] = field(
        default_factory=lambda: dict.fromkeys(FIELDS, ""), metadata=DRAWN
    )
    fault: Fault | None = None


def view(sitting: Sitting, _ids: tuple[str, ...]) -> DeskSourcesPage:
    return _page(sitting, sitting.asked("source"))


def take(sitting: Sitting, _ids: tuple[str, ...], filled: Filled) -> Led | DeskSourcesPage:
    what, of = filled.get("say"), filled.get("source")
    fault = _fault(filled, what)
    if fault is None:
        try:
            return _done(sitting, what, of, filled)
        except DragomanError as refusal:
            fault = Fault(str(refusal), "en")
    typed = {name: filled.get(name) for name in FIELDS}
    return replace(_page(sitting, of), typed=typed, fault=fault)


def _fault(filled: Filled, what: str) -> Fault | None:
    if filled.is_trapped:
        return Fault(gettext("Leave the field empty that is to stay empty."))
    if what not in WHATS:
        return Fault(gettext("Say what it is: press one of the buttons."))
    limits = {"why": LONGEST, "title": SHORT, "licence": SHORT, "address": LONG}
    for name, most in limits.items():
        if len(filled.get(name)) > most:
            words = gettext("Say it in %(most)s characters; these are %(number)s.")
            return Fault(words % {"most": most, "number": len(filled.get(name))})
    if what == "add" and filled.get("kind") not in KINDS_BY_ADDRESS:
        return Fault(gettext("Say what stands at the address: a feed, a sitemap or a page."))
    if what == "add" and not filled.get("address"):
        return Fault(gettext("Give the address of the source."))
    if what == "remove" and filled.get("sure") != "1":
        return Fault(gettext("Tick the box to say that it is to be removed."))
    if what not in NO_REASON and not filled.get("why"):
        return Fault(gettext("Say why: the reason is kept in the log."))
    return None


def _done(sitting: Sitting, what: str, of: str, filled: Filled) -> Led:
    store, why = sitting.desk, filled.get("why") or None
    with store.together():
        source = _added(sitting, filled) if what == "add" else store.source(of)
        if source is None:
            raise DragomanError(f"the desk has no source {of}; it may have been removed meanwhile")
        detail = source.address
        if what == "licence":
            detail = filled.get("licence") or "–"
            store.set_licence(source.id, filled.get("licence") or None)
        elif what == "remove":
            store.remove_source(source.id)
        elif what in {"pause", "resume"}:
            store.set_active(source.id, what == "resume")
        store.note_change("source", source.id, what, detail=detail, by=sitting.by, why=why)
    return Led(PATH if what == "remove" else f"{PATH}#{source.id}")


def _added(sitting: Sitting, filled: Filled) -> Source:
    """Raises DragomanError for what is no address, or is a source already."""
    from dragoman.desk.pointing import source_at

    kind = next(one for one in KINDS_BY_ADDRESS if one == filled.get("kind"))
    made = source_at(filled.get("address"), kind, sitting.room.knowledge)
    title, licence = filled.get("title") or None, filled.get("licence") or None
    if not sitting.desk.add_source(replace(made, title=title, licence=licence)):
        raise DragomanError(f"{made.address}: the desk is pointed at it already")
    return made


def _page(sitting: Sitting, of: str) -> DeskSourcesPage:
    room = sitting.room
    found = [
        KeptSource(source_line(room, one), one.source.licence, one.source.active)
        for one in room.store.source_health(room.now)
    ]
    found.sort(key=lambda one: STATE_WORDS.index(one.line.state))
    aside = sitting.desk.failures()
    return DeskSourcesPage(
        sources=tuple(found),
        one=next((one for one in found if one.line.id == of), None),
        kinds={one: KINDS[one] for one in KINDS_BY_ADDRESS},
        done=DONE,
        changes=_changes(sitting),
        aside=tuple(aside[:ASIDE]),
        aside_number=len(aside),
    )


def _changes(sitting: Sitting) -> tuple[DeskChange, ...]:
    return tuple(sitting.desk.desk_changes("source", limit=CHANGES))


FORM = Form(PATH, "desk_sources.html", view, take, role="editor")
