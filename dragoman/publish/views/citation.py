"""How to cite an event: one line of text with what finds it again, whatever becomes of the desk.

In: an event's line, and what the store counts of it. Out: `Citation`. Its address is the one that
every export carries.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.publish.gathering import event_address
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import EventLine, Party
from dragoman.publish.wording import gettext
from dragoman.publish.words import STATUSES, day_words, listed

DONE = "happened"


@dataclass(frozen=True, slots=True)
class Citation:
    title: str
    desk: str
    address: str
    """Permanent."""
    revision: int | None
    """Grows with every change of what the event says; None on a page as of a day, since the desk
    keeps the present one alone."""
    day: str
    """Of access (ISO)."""
    text: str


def citation(room: ReadingRoom, line: EventLine, revision: int) -> Citation:
    title, address = title_of(line), event_address(room, line.id)
    day = room.now[:10]
    if room.known is None:
        state = gettext("revision %s") % revision
    else:
        state = gettext("as known on %s") % day_words(room.known.day)
    text = gettext(
        "“%(title)s”, %(desk)s, event %(id)s, %(state)s, read on %(day)s, %(address)s"
    ) % {
        "title": title,
        "desk": room.config.title,
        "id": line.id,
        "state": state,
        "day": day_words(day),
        "address": address,
    }
    shown = revision if room.known is None else None
    return Citation(title, room.config.title, address, shown, day, text)


def title_of(line: EventLine) -> str:
    """ "Armenia → Azerbaijan: Consult (planned), 17 March 2024"; ↔ where they did it together."""
    arrow = "↔" if line.mutual else "→"
    sides = f" {arrow} ".join(one for one in map(_named, (line.sources, line.targets)) if one)
    act = line.label if line.mode is None else f"{line.label}, {line.mode}"
    status = "" if line.status == DONE else f" ({STATUSES[line.status]})"
    said = gettext("%(sides)s: %(act)s") % {"sides": sides, "act": act} if sides else act
    return f"{said}{status}, {line.days}"


def _named(parties: tuple[Party, ...]) -> str:
    return listed(tuple(dict.fromkeys(party.name for party in parties)))
