"""What there is to tell: events that an alert does not know, and known ones that stand otherwise.

In: a store, an alert. Out: what is to be told, and the codes by which it is known from then on. An
event is told once, when it has as many independent origins as were asked for; after that only when
it is withdrawn, says something else, or turns out to have fewer origins.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.errors import QueryError
from dragoman.knowledge import Knowledge
from dragoman.model.following import Alert, Telling
from dragoman.publish.followed import asked
from dragoman.store import Store
from dragoman.store.alerts import Standing

WITHDRAWN = "withdrawn"
FEWER = "fewer "
"""Before the codes of what has fewer origins than were asked for."""


@dataclass(frozen=True, slots=True)
class Tidings:
    """Of one alert."""

    told: tuple[tuple[str, Telling], ...]
    said: dict[str, str]
    fault: str | None = None
    """Why its query can't be asked any more."""


def tidings(store: Store, knowledge: Knowledge, alert: Alert) -> Tidings:
    """New events first."""
    try:
        query = asked(alert.search.query, alert.origins, knowledge)
    except QueryError as fault:
        return Tidings((), {}, str(fault))
    known = store.known_to_alert(alert.id)
    new = [one for one in store.all_events(query) if one not in known]
    told: list[tuple[str, Telling]] = [(one, "new") for one in new]
    standing = store.standings([*new, *(one for one, said in known.items() if said is not None)])
    said = {one: codes(standing.get(one), alert.origins) for one in new}
    for one, before in known.items():
        if before is None:
            continue
        now = codes(standing.get(one), alert.origins)
        if now != before:
            told.append((one, _telling(before, now)))
            said[one] = now
    return Tidings(tuple(told), said)


def codes(standing: Standing | None, origins: int) -> str:
    """What is compared: not every word, but who did what to whom, whether it was done, and whether
    enough tell it."""
    if standing is None or standing.is_withdrawn:
        return WITHDRAWN
    one = standing
    said = "|".join((one.category, one.status, one.source or "", one.target or ""))
    return said if one.origins >= origins else FEWER + said


def _telling(before: str, now: str) -> Telling:
    if now == WITHDRAWN:
        return "withdrawn"
    return "fewer" if now.startswith(FEWER) and not before.startswith(FEWER) else "changed"
