"""Who is meant by a seat of government or a membership: "the master of the Kremlin", "the NATO
member".

In: references with their names resolved. Out: the same with a ROLE reference for each resident of
a seat, and a LOC reference for each member state of which one is left. Words that mean nobody for
sure get no reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.languages import Language
from dragoman.link.around import is_definite_noun
from dragoman.model import Kind, Mention, Reading, Reference, Sentence
from dragoman.trees import Tree

REACH = 2
"""Sentences back in which a member state is looked for."""


def resolve_epithets(
    references: Sequence[Reference],
    reading: Reading,
    atlas: Atlas,
    language: Language,
    day: str | None,
) -> list[Reference]:
    if day is None:
        return list(references)
    finder = _Epithets(references, reading, atlas, language, day)
    taken = {r.mention.start for r in references if r.mention.kind == "ROLE"}
    new = [r for r in finder.all() if r.mention.start not in taken]
    return sorted([*references, *new], key=lambda r: (r.mention.start, -r.mention.end))


class _Epithets:
    def __init__(
        self,
        references: Sequence[Reference],
        reading: Reading,
        atlas: Atlas,
        language: Language,
        day: str,
    ) -> None:
        self.references = references
        self.reading = reading
        self.atlas = atlas
        self.language = language
        self.day = day

    def all(self) -> Iterator[Reference]:
        for reference in self.references:
            if reference.actor is None or reference.mention.kind == "PER":
                continue
            if reference.reason == "atlas: metonym":
                yield from self._resident(reference)
            elif reference.actor in self.atlas.memberships_by_actor:
                yield from self._member(reference)

    def _resident(self, seat: Reference) -> Iterator[Reference]:
        """ "l'hôte du Kremlin", "the Kremlin's occupant"."""
        assert seat.actor is not None
        title = self.atlas.seat_title(seat.mention.text, seat.actor)
        sentence = self.reading.sentences[seat.mention.sentence]
        noun = self._governing(seat, sentence, self.language.words.residents)
        found = self.atlas.titled(title, seat.actor, self.day) if title and noun is not None else ()
        if noun is not None and len(found) == 1:
            name = self.atlas.actors[found[0]].name(self.language.code)
            role = next(r for r in self.atlas.roles_by_person[found[0]] if r.held_on(self.day))
            yield Reference(
                _mention(sentence, noun, "ROLE"),
                found[0],
                name,
                f"{role.office} {role.actor}",
                role.sector,
                reason=f"resided there on {self.day}",
            )

    def _member(self, body: Reference) -> Iterator[Reference]:
        """ "the NATO member": of the states just spoken of the one that is a member that day."""
        assert body.actor is not None
        sentence = self.reading.sentences[body.mention.sentence]
        noun = self._governing(body, sentence, self.language.words.members)
        if (
            noun is None
            or sentence.tokens[noun].plural
            or not is_definite_noun(sentence, noun, self.language)
        ):
            return
        members = set(self.atlas.members_on(body.actor, self.day))
        near = {
            r.actor: r
            for r in self.references
            if r.actor in members
            and r.mention.end < body.mention.start
            and 0 <= sentence.index - r.mention.sentence <= REACH
        }
        if len(near) == 1:
            (one,) = near.values()
            reason = f"the one state spoken of that belonged to {body.name} on {self.day}"
            yield Reference(
                _mention(sentence, noun, "LOC"), one.actor, one.name, place=one.place, reason=reason
            )

    def _governing(self, body: Reference, sentence: Sentence, nouns: Sequence[str]) -> int | None:
        """The noun of a list that the body's name belongs to, by adjective, possessor or "of"."""
        head = sentence.tokens[body.mention.head].head
        token = sentence.tokens[head]
        if token.lemma.lower() not in nouns and token.text.lower() not in nouns:
            return None
        case = Tree(sentence).case(body.mention.head)
        return head if case in {"", "'s", "’s", *self.language.words.of} else None


def _mention(sentence: Sentence, i: int, kind: Kind) -> Mention:
    token, phrase = sentence.tokens[i], Tree(sentence).phrase(i)
    return Mention(
        token.start,
        token.end,
        kind,
        sentence.index,
        i,
        token.text,
        (phrase.start, phrase.end),
    )
