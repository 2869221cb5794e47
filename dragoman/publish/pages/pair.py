"""A pair of actors: the chronology of what each did to the other, by month, and what they said."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.publish.charts.months import Chart
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import Dossier, Group, dossier
from dragoman.publish.views.lines import Lines
from dragoman.publish.views.said import Said, said_of


@dataclass(frozen=True, slots=True)
class PairPage:
    a: str
    b: str
    a_name: str
    b_name: str
    dossier: Dossier
    said_ab: tuple[Said, ...]
    """What the first, or who held an office there, said with the other's name in it."""
    said_ba: tuple[Said, ...]

    @property
    def months(self) -> tuple[Group, ...]:
        return self.dossier.chronology

    @property
    def chart(self) -> Chart | None:
        return self.dossier.chart


def view(
    room: ReadingRoom, a: str, b: str, *, start: int = 0, asked: Asked | None = None
) -> PairPage | None:
    """Oldest first, unless asked otherwise."""
    lines = Lines(room)
    if a == b:
        return None
    found = dossier(room, lines, a, b, asked or Asked(start=start), newest=False)
    if not found.events and not (room.is_actor(a) and room.is_actor(b)):
        return None
    return PairPage(
        a=a,
        b=b,
        a_name=room.actor_name(a),
        b_name=room.actor_name(b),
        dossier=found,
        said_ab=said_of(room, lines, a, b),
        said_ba=said_of(room, lines, b, a),
    )
