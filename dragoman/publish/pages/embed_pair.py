"""The chart of a pair alone: to be framed by other sites, or taken away as a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from dragoman.publish.charts.lanes import Lanes
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import dossier
from dragoman.publish.views.lines import Lines
from dragoman.publish.views.two_lanes import Holding, two_lanes


@dataclass(frozen=True, slots=True)
class PairChart:
    a: str
    b: str
    a_name: str
    b_name: str
    holding: Holding
    lanes: Lanes | None
    found: int
    address: str
    """Of the pair's page, as it is asked for."""
    day: str


def view(
    room: ReadingRoom, a: str, b: str, *, start: int = 0, asked: Asked | None = None
) -> PairChart | None:
    """Every mark leads to the pair's page; None where that has nothing to draw."""
    lines = Lines(room)
    question = asked or Asked(start=start)
    found = dossier(room, lines, a, b, question, newest=False) if a != b else None
    if found is None or not found.events:
        return None
    page = f"/pair/{quote(a, safe='')}/{quote(b, safe='')}"
    holding, lanes = two_lanes(room, a, b, found, lines.wrong(), page=page)
    return PairChart(
        a=a,
        b=b,
        a_name=room.actor_name(a),
        b_name=room.actor_name(b),
        holding=holding,
        lanes=lanes,
        found=found.found,
        address=page + question.address(),
        day=room.today,
    )
