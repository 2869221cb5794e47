"""A pair of actors: what each did to the other, drawn and told, and what they said."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.publish.charts.lanes import Lanes
from dragoman.publish.charts.months import Chart
from dragoman.publish.charts.years import Years, years
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import Dossier, Group, dossier
from dragoman.publish.views.lines import Lines
from dragoman.publish.views.said import Said, said_of
from dragoman.publish.views.two_lanes import Holding, two_lanes


@dataclass(frozen=True, slots=True)
class PairPage:
    a: str
    b: str
    a_name: str
    b_name: str
    holding: Holding
    lanes: Lanes | None
    """Of the events that fit what is asked."""
    years: Years | None
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
    holding, lanes = two_lanes(room, a, b, found, lines.wrong())
    return PairPage(
        a=a,
        b=b,
        a_name=room.actor_name(a),
        b_name=room.actor_name(b),
        holding=holding,
        lanes=lanes,
        years=years(found.series.months),
        dossier=found,
        said_ab=said_of(room, lines, a, b),
        said_ba=said_of(room, lines, b, a),
    )
