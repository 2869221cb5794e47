"""Who has been spoken of in an article: persons with their titles, states, bodies.

In: references in text order, the atlas, the article's day. Out: those of them that a title, a
kind or a place in the text leaves. It decides nothing; several are several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dragoman.knowledge.atlas import LEADER, Atlas
from dragoman.model import Mention, Reference


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the article: the reference, and the titles the person answers to, each
    with the state or body it belongs to."""

    reference: Reference
    titles: frozenset[tuple[str, str]]

    def bears(self, title: str) -> bool:
        return any(own == title for own, _ in self.titles)


class Known:
    def __init__(self, references: Sequence[Reference], atlas: Atlas, day: str | None) -> None:
        self.references = references
        self.atlas = atlas
        self.day = day
        self._titles: dict[str, frozenset[tuple[str, str]]] = {}

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """Persons of the atlas that are named, each mention of them, in text order."""
        return tuple(
            Person(r, self.titles(r.actor))
            for r in self.references
            if r.mention.kind == "PER" and r.actor is not None
        )

    @cached_property
    def named(self) -> Mapping[str, tuple[Mention, ...]]:
        """Where each person of the atlas is named."""
        found: dict[str, tuple[Mention, ...]] = {}
        for p in self.persons:
            actor = p.reference.actor or ""
            found[actor] = (*found.get(actor, ()), p.reference.mention)
        return found

    def bearers(self, title: str) -> list[Person]:
        """One mention of each person that bears a title, the last one."""
        return list({p.reference.actor: p for p in self.persons if p.bears(title)}.values())

    @cached_property
    def states(self) -> frozenset[str]:
        """States the article speaks of, by name, city, people, or someone who serves them."""
        return frozenset(state for r in self.references for state in self._states_of(r))

    def _states_of(self, r: Reference) -> set[str]:
        atlas = self.atlas
        actor = atlas.actors.get(r.actor or "")
        if actor is None:
            spot = atlas.places.get(r.place.id) if r.place is not None else None
            return {spot.country} if spot is not None and spot.country else set()
        if actor.kind == "state":
            return {actor.id}
        served = {body for _, body in self.titles(actor.id)} if actor.kind == "person" else set()
        states = {body for body in served if atlas.actors[body].kind == "state"}
        return states or ({actor.country} if actor.country else set())

    def titles(self, person: str) -> frozenset[tuple[str, str]]:
        """The person's offices on the day, and what they answer to there."""
        if person not in self._titles:
            self._titles[person] = frozenset(self._titles_of(person))
        return self._titles[person]

    def _titles_of(self, person: str) -> Iterator[tuple[str, str]]:
        if self.day is None:
            return
        for role in self.atlas.roles_by_person.get(person, ()):
            if not (role.held_on(self.day) or role.last_known_on(self.day)):
                continue
            office = self.atlas.offices.get(role.office)
            own = self.atlas.own_titles.get((role.office, role.actor), ())
            for title in (role.office, *(office.answers_to if office else ()), *own):
                yield title, role.actor
            if person in self.atlas.titled(LEADER, role.actor, self.day):
                yield LEADER, role.actor
