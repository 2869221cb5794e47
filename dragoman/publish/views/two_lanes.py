"""What a pair's record holds, and its chronology drawn in two lanes: what each did to the other.

In: a room, two actors, and their dossier as it is asked for. Out: `Holding` and `Lanes`, whose
marks lead to entries of the page or to the list of those they count. What people called wrong is
in neither.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dragoman.publish.charts import lanes as drawing
from dragoman.publish.charts.columns import Act
from dragoman.publish.charts.lanes import Lanes, days_of
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import Dossier
from dragoman.publish.wording import gettext
from dragoman.publish.words import STATUSES, language_words
from dragoman.record.dossier import DONE, way_of
from dragoman.store.dossiers import Act as Row


@dataclass(frozen=True, slots=True)
class Holding:
    """What the desk holds of a pair, whatever is asked for."""

    events: int
    first: str
    last: str
    """When the first of them was and when the last, in words; empty where no date is known."""
    languages: tuple[str, ...]
    """In words."""
    corroborated: int
    """Events with more than one origin."""


def two_lanes(
    room: ReadingRoom, a: str, b: str, dossier: Dossier, wrong: Collection[str], *, page: str = ""
) -> tuple[Holding, Lanes | None]:
    """`page`: the address of the pair's page, where that is not the one that is drawn on."""
    question = dossier.asked
    every = [row for row in room.store.acts(a, b) if row.id not in wrong]
    fitting = every if question.is_all else _fitting(room, a, b, every, dossier)
    here = frozenset(line.id for line in dossier.lines) if not page else frozenset[str]()

    def link(acts: Sequence[Act], first: str, last: str) -> str:
        return page + _address(question, acts, first, last, here)

    labels = {one: room.category(one) for one in {row.category for row in fitting}}
    quads = {one: room.quad(one) for one in labels}
    made = drawing.lanes(
        (_act(row, a, quads[row.category], labels[row.category]) for row in fitting),
        ways_of(room, a, b),
        link,
        (turn.point.month for turn in dossier.turning_points),
    )
    return _holding(room, a, b, every), made


def ways_of(room: ReadingRoom, a: str, b: str) -> Mapping[str, str]:
    """The names of the lanes."""
    one, other = room.actor_name(a), room.actor_name(b)
    return {
        "ab": f"{one} → {other}",
        "ba": f"{other} → {one}",
        "both": gettext("Between them"),
    }


def _fitting(
    room: ReadingRoom, a: str, b: str, every: Sequence[Row], dossier: Dossier
) -> list[Row]:
    choice = dossier.asked.choice
    wanted = choice.wanted({facet.value for facet in dossier.categories}, room.quad)
    if choice.looks_closer:
        marks = room.store.marks(a, b, wanted)
        found = {m.id for m in marks if choice.takes(m, room.quad, lambda one: way_of(one, a))}
    else:
        found = {row.id for row in room.store.acts(a, b, wanted)}
    return [row for row in every if row.id in found]


def _act(row: Row, a: str, quad: int, label: str) -> Act:
    is_done = row.status in DONE
    return Act(
        id=row.id,
        way=way_of(row, a),
        quad=quad,
        words=label if is_done else f"{label} ({STATUSES[row.status]})",
        start=row.start,
        end=row.end,
        month=row.month,
        is_done=is_done,
    )


def _address(
    question: Asked, acts: Sequence[Act], first: str, last: str, here: Collection[str]
) -> str:
    """An entry of this page; else the list of what was done then, that way, on that side."""
    only = acts[0].id if len(acts) == 1 else None
    if only in here:
        return f"#{only}"
    quads = ",".join(str(quad) for quad in sorted({act.quad for act in acts}))
    asks = question.changed({"from": first, "until": last, "by": acts[0].way, "quad": quads})
    return f"{asks}#{only or 'chronology'}"


def _holding(room: ReadingRoom, a: str, b: str, rows: Sequence[Row]) -> Holding:
    days = [(row.start or "", row.end or "") for row in rows if row.start]
    return Holding(
        events=len(rows),
        first=days_of(*min(days)) if days else "",
        last=days_of(*max(days, key=lambda one: (one[1], one[0]))) if days else "",
        languages=tuple(
            language_words(code or None) for code in room.store.languages_of_pair(a, b)
        ),
        corroborated=sum(row.origins > 1 for row in rows),
    )
