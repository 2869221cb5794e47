"""Offices and memberships over time: rows with a bar each, drawn by a template.

In: roles and memberships of the atlas, and the day of the view. Out: `Tenures`, the latest first.
What begins after the day is not shown; what nobody has looked up since is shown as last known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.knowledge.tenure import Membership, Tenure
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.room import ReadingRoom
from dragoman.publish.wording import gettext

WIDTH = 240


@dataclass(frozen=True, slots=True)
class Held:
    """An office in a state or body, or a membership, from one day to another."""

    what: str
    """The office; "member" for a membership."""
    actor: str
    """Who holds it (on a body's page) or where it is held (on a person's, or a member's)."""
    name: str
    start: str
    end: str | None
    """None while it lasts, and where it ended only after the day of the view."""
    known_until: str
    as_of: str | None
    """Day of the last look-up, where it holds on the day of the view only as last known."""
    held: bool
    """Whether it holds on the day of the view, or is last known to."""
    x: float = field(metadata=DRAWN)
    width: float = field(metadata=DRAWN)
    open: float = field(metadata=DRAWN)
    """Width of what is only last known, after the rest."""


@dataclass(frozen=True, slots=True)
class Tenures:
    first: str
    """The year at the left."""
    last: str
    rows: tuple[Held, ...]


def offices(room: ReadingRoom, person: str) -> Tenures | None:
    """Offices that a person held, the latest first."""
    roles = room.knowledge.atlas.roles_by_person.get(person, ())
    return _tenures(room, [(room.office(role.office), role.actor, role) for role in roles])


def holders(room: ReadingRoom, body: str) -> Tenures | None:
    """Who held the offices of a state or body, office by office, the latest first."""
    roles = [role for role in room.knowledge.atlas.roles if role.actor == body]
    called = {role.office: room.office(role.office) for role in roles}
    found = _tenures(room, [(called[role.office], role.person, role) for role in roles])
    if found is None:
        return None
    places = {words: place for place, words in enumerate(dict.fromkeys(called.values()))}
    ranked = sorted(found.rows, key=lambda row: places[row.what])
    return Tenures(found.first, found.last, tuple(ranked))


def memberships(room: ReadingRoom, actor: str) -> Tenures | None:
    """The bodies that a state belongs or belonged to, or the states that belong to a body."""
    own: Sequence[Membership] = room.knowledge.atlas.memberships_by_actor.get(actor, ())
    return _tenures(
        room,
        [
            (gettext("member"), one.organisation if one.state == actor else one.state, one)
            for one in own
        ],
    )


def _tenures(room: ReadingRoom, found: Iterable[tuple[str, str, Tenure]]) -> Tenures | None:
    day = room.today
    begun = [(what, who, one) for what, who, one in found if day[: len(one.start)] >= one.start]
    if not begun:
        return None
    first = min(int(one.start[:4]) for _, _, one in begun)
    scale = _Scale(first, max(_years(day, up=True), first + 1))
    rows = sorted(begun, key=lambda one: (one[2].start, one[1]), reverse=True)
    made = tuple(_held(room, scale, what, who, one) for what, who, one in rows)
    return Tenures(str(first), day[:4], made)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: float
    last: float

    def x(self, years: float) -> float:
        inside = min(max(years, self.first), self.last) - self.first
        return round(WIDTH * inside / (self.last - self.first), 1)


def _held(room: ReadingRoom, scale: _Scale, what: str, who: str, one: Tenure) -> Held:
    day = room.today
    end = one.end if one.end is not None and one.end < day[: len(one.end)] else None
    start, known = scale.x(_years(one.start)), scale.x(_years(end or one.known_until, up=True))
    known = max(start, known if one.end is None or end else scale.x(_years(day, up=True)))
    until = scale.x(_years(day, up=True)) if end is None else known
    return Held(
        what=what,
        actor=who,
        name=room.actor_name(who),
        start=one.start,
        end=end,
        known_until=min(one.known_until, day),
        as_of=one.as_of(day),
        held=one.held_on(day) or one.last_known_on(day),
        x=start,
        width=max(round(known - start, 1), 1.5),
        open=max(0.0, round(until - known, 1)),
    )


def _years(day: str, *, up: bool = False) -> float:
    """A day, month or year as a number of years; `up`: its end."""
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        return parts[0] + (1.0 if up else 0.0)
    if len(parts) == 2:
        return parts[0] + (parts[1] - (0 if up else 1)) / 12
    return parts[0] + (parts[1] - 1) / 12 + (parts[2] - (0 if up else 1)) / 366
