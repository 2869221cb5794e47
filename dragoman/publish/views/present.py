"""Who and what an article names, each with the office held on the day it appeared.

In: an article's references, as this desk may show them. Out: people and bodies of the atlas, those
named most first. Whom the atlas lacks is not listed, and no role is made up: it is what the link
step found for that day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.model import Kept, Reference
from dragoman.publish.room import ReadingRoom

PERSON = "person"

Role = tuple[str, str]
"""Office, and the state or body it is held in."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody, or a state or body, that an article names."""

    actor: str
    name: str
    kind: str
    """As the atlas has it: person, state, alliance, …"""
    office: str | None
    """What a person was on that day, in words."""
    body: str | None
    """The state or body in which."""
    body_name: str | None
    as_of: str | None
    """Day of the last look-up, where the office holds only as last known."""
    times: int
    """How often it is named."""

    @property
    def is_person(self) -> bool:
        return self.kind == PERSON


def present(room: ReadingRoom, kept: Kept) -> tuple[Present, ...]:
    """People first, then states and bodies; each once."""
    atlas = room.knowledge.atlas
    meant = [one for one in kept.references if one.actor in atlas.actors]
    times = Counter(one.actor for one in meant)
    made = [
        _present(room, actor or "", [one for one in meant if one.actor == actor], number)
        for actor, number in times.most_common()
    ]
    return tuple(sorted(made, key=lambda one: not one.is_person))


def offices(kept: Kept) -> dict[str, str]:
    """Actor → the state or body that it held office in on the day of the article."""
    found = {actor: _held(kept.references, actor) for actor in _actors(kept.references)}
    return {actor: role[1] for actor, (_, role) in found.items() if role is not None}


def _actors(references: Iterable[Reference]) -> set[str]:
    return {one.actor for one in references if one.actor is not None}


def _present(room: ReadingRoom, actor: str, named: Sequence[Reference], times: int) -> Present:
    as_of, role = _held(named, actor)
    return Present(
        actor=actor,
        name=room.actor_name(actor),
        kind=room.knowledge.atlas.actors[actor].kind,
        office=room.office(role[0]) if role is not None else None,
        body=role[1] if role is not None else None,
        body_name=room.actor_name(role[1]) if role is not None else None,
        as_of=as_of,
        times=times,
    )


def _held(references: Iterable[Reference], actor: str) -> tuple[str | None, Role | None]:
    """The day of the last look-up, and office and body: best as found by the person's own name."""
    own = [one for one in references if one.actor == actor]
    for one in sorted(own, key=lambda one: one.mention.kind != "PER"):
        role = _role(one)
        if role is not None:
            return one.role_as_of, role
    return None, None


def _role(reference: Reference) -> Role | None:
    """Of a role noun alone ("an official of the alliance") the actor is the body itself: none."""
    office, _, body = (reference.role or "").partition(" ")
    return (office, body) if body and body != reference.actor else None
