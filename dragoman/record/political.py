"""Whether an act is political: who must take part for it to be recorded (docs/codebook.md).

In: an act with its sides, and the references of its article. Out: yes or no. One side at least is
a state, body, official, force, group, union, court or crowd; or such an actor is named near an act
of which the lexicon is sure.
"""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.knowledge.codebook import NONE
from dragoman.model import Sentence
from dragoman.record.acts import Act
from dragoman.record.sides import Found, Sides
from dragoman.record.slots import Filled

STRONG = frozenset(
    {
        "GOV",
        "MIL",
        "COP",
        "JUD",
        "LEG",
        "OPP",
        "REB",
        "IGO",
        "NGO",
        "SPY",
        "PTY",
        "LAB",
        "SET",
        "UAF",
    }
)
"""Sectors that make an act political whoever faces them. Others (media, business, believers,
citizens, refugees, criminals) do so only in a protest."""
ALWAYS = frozenset({"suicide-attack", "explosives", "assassinate", "heavy-weapons"})
"""Modes of violence that are recorded even when nobody is named."""

SURE = 0.2
"""The most that the model may give to no act at all, where no side is named."""


class Politics:
    """Answers for one article."""

    def __init__(self, knowledge: Knowledge, sides: Sides) -> None:
        self.categories = {**knowledge.codebook.categories, **knowledge.codebook.own}
        self.atlas = knowledge.atlas
        self.sides = sides

    def lack(self, act: Act) -> str | None:
        """Why the record does not keep an act; None where it does."""
        if act.frame.mode in ALWAYS:
            return None
        if act.frame.category == "PROTEST":  # whoever protests makes it political
            here = self.sides.by_sentence.get(act.sentence.index, [])
            known = act.filled.sources or act.filled.targets or any(r.place for r in here)
            return None if known else "nobody protests, and nowhere"
        if self.categories[act.frame.category].recipient_required and not act.filled.targets:
            return f"{act.frame.category} needs somebody it is done to"
        if self.has_strong_side(act.filled):
            return None
        among = act.verdict.by == "lexicon" and self._is_among_actors(act)
        return None if among else "no side is political"

    def has_strong_side(self, filled: Filled) -> bool:
        return any(map(self._is_strong, (*filled.sources, *filled.targets)))

    def _is_strong(self, found: Found) -> bool:
        return self._is_actor(found.side.sector, found.side.actor)

    def _is_actor(self, sector: str | None, identity: str | None) -> bool:
        if sector is not None:
            return sector in STRONG
        actor = self.atlas.actors.get(identity or "")
        if actor is None:
            return False
        return actor.kind != "person" or actor.id in self.atlas.roles_by_person

    def _is_among_actors(self, act: Act) -> bool:
        """A strong actor stands near: in the sentence, or before it where a person or pronoun,
        whom nothing here knows, does the act."""
        here = act.sentence.index
        sure = act.verdict.scores.get(NONE, 0.0) < SURE
        if (act.filled.sources or act.filled.targets or sure) and self._names_actor(here):
            return True
        unknown = any(self._is_person(found, act.sentence) for found in act.filled.sources)
        return unknown and self._names_actor(here - 1)

    def _names_actor(self, sentence: int) -> bool:
        return any(
            self._is_actor(r.sector, r.actor) for r in self.sides.by_sentence.get(sentence, [])
        )

    def _is_person(self, found: Found, sentence: Sentence) -> bool:
        token = sentence.tokens[found.head]
        return token.pos == "PRON" or token.entity == "PER"
