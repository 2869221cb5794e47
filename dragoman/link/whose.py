"""Whose an office is that "its", "his" or "son" leaves to what was said before.

In: what stands around role nouns, and who is known in the article. Out: the one state or body, or
the one person in office, that is meant; None where there are several.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.link.around import Around
from dragoman.link.known import Known
from dragoman.link.subjects import at_heads, each
from dragoman.model import PEOPLE, Reference


class Whose:
    def __init__(
        self, around: Around, known: Known, introduced: Mapping[tuple[str, str], Reference]
    ) -> None:
        self.around = around
        self.known = known
        self.introduced = introduced
        """(title, state or body) → the person last named beside it."""

    def body(self, i: int, title: str) -> str | None:
        """By a possessive: the one state or body said before in the sentence, or served by
        somebody said before, or acting in the sentence before, that has such an office."""
        if self.around.possessive(self.around.references[i]) is None:
            return None
        before = [r for r in self.around.before(i) if r.actor is not None]
        if not before:
            before = self._acting_before(i)
        atlas, day = self.known.atlas, self.known.day or ""
        owners = {o for r in before for o in self._bodies_of(r) if atlas.has(title, o, day)}
        return owners.pop() if len(owners) == 1 else None

    def office(self, i: int) -> str | None:
        """The office of the last person before in the sentence, else of the one person of the
        sentence before: what a counterpart holds elsewhere."""
        before = [r for r in self.around.before(i) if self._is_in_office(r)]
        if not before:
            index = self.around.references[i].mention.sentence - 1
            before = [r for r in self.around.of_sentence(index) if self._is_in_office(r)]
        people = {r.actor or r.name for r in before}
        return self._office_of(before[-1]) if len(people) == 1 else None

    def _acting_before(self, i: int) -> list[Reference]:
        """Who acts in the sentence before."""
        index = self.around.references[i].mention.sentence - 1
        before = self.around.of_sentence(index)
        if not before:
            return []
        sentence = self.around.reading.sentences[index]
        return each(at_heads(sentence, before), lambda r: r.actor is not None)

    def _bodies_of(self, reference: Reference) -> set[str]:
        actor = reference.actor or ""
        known = self.known.atlas.actors.get(actor)
        if known is None:
            return set()
        if known.kind != "person":
            return {actor}
        return {body for _, body in self.known.titles(actor)}

    def _is_in_office(self, r: Reference) -> bool:
        return r.mention.kind in PEOPLE and self._office_of(r) is not None

    def _office_of(self, r: Reference) -> str | None:
        """By the atlas, or as the article told it beside the name."""
        role = r.role or next((o.role for o in self.introduced.values() if o.name == r.name), None)
        return role.split()[0] if role else None
