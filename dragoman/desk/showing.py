"""Careful with people: which events a public desk shows, decided once for all pages and exports.

In: an event with its reports, and what the atlas knows. Out: yes or no. A coded act is shown where
every side that its reports name is a state, a body, or somebody in a public role on that day; an
accusation, coercion or assault by a person only if it is surely read, or a person confirmed it.
"""

from __future__ import annotations

import hashlib

from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Atlas
from dragoman.model import Event, Report, Side
from dragoman.store import Store, Undecided

RULE = "1"
"""Changed with what is said here, so that desks decide anew."""
GRAVE = frozenset({"ACCUSE", "COERCE", "ASSAULT"})
"""Acts that harm a person's name if they are read wrongly."""
PUBLIC_SECTORS = frozenset(
    {"GOV", "LEG", "JUD", "MIL", "SPY", "COP", "IGO", "PTY", "OPP", "REB", "UAF"}
)
"""Roles in public life. Not among them: citizens, workers, teachers, doctors, the faithful,
businesspeople, journalists, aid workers, and those who are called criminals."""


def is_shown(one: Undecided, atlas: Atlas, least: float) -> bool:
    """Whether a public desk shows an event; `least` is the confidence that grave acts need."""
    if not one.reports:
        return _is_plain(one.event, atlas)
    told = [(report, _day_of(report, published)) for report, published in one.reports]
    if not all(_is_public(side, day, atlas) for report, day in told for side in _sides(report)):
        return False
    is_grave = any(
        report.category in GRAVE and any(_is_person(side, atlas) for side in report.sources)
        for report, _ in told
    )
    return not is_grave or one.confirmed or max(r.confidence for r, _ in told) >= least


def settle(store: Store, knowledge: Knowledge, least: float) -> None:
    """Decide what is undecided; all of it where rule, threshold or atlas are not what they were."""
    known = [f"{name}={version}" for name, version in sorted(knowledge.versions.items())]
    digest = hashlib.sha256("\n".join([RULE, repr(least), *known]).encode()).hexdigest()
    store.show_by(digest)
    store.settle_shown(lambda one: is_shown(one, knowledge.atlas, least))


def _sides(report: Report) -> tuple[Side, ...]:
    return (*report.sources, *report.targets)


def _day_of(report: Report, published: str | None) -> str | None:
    day = report.date.start if report.date is not None else None
    return (day or published or "")[:10] or None


def _is_public(side: Side, day: str | None, atlas: Atlas) -> bool:
    actor = atlas.actors.get(side.actor or "")
    if actor is None:
        return side.sector in PUBLIC_SECTORS
    if actor.kind != "person":  # but its citizens are named by it too
        return side.sector in {None, actor.sector} | PUBLIC_SECTORS
    return side.sector in PUBLIC_SECTORS or (
        day is not None and _holds_office(actor.id, day, atlas)
    )


def _holds_office(person: str, day: str, atlas: Atlas) -> bool:
    return any(role.held_on(day) for role in atlas.roles_by_person.get(person, ()))


def _is_person(side: Side, atlas: Atlas) -> bool:
    """Somebody of whom the act is told, and not the state or body that he belongs to."""
    actor = atlas.actors.get(side.actor or "")
    return actor is None or actor.kind == "person"


def _is_plain(event: Event, atlas: Atlas) -> bool:
    """Of an event without any report is known only whom it counted for."""
    sides = ((event.source, event.source_name), (event.target, event.target_name))
    return all(actor in atlas.actors if actor else not name for actor, name in sides)
