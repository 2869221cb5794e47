"""Who stands in a slot: from a clause's phrases to sources and targets.

In: phrases of one sentence and the article's references. Out: `Side`s. The noun phrase's head
decides; a possessor or demonym inside it is taken only when the head is no actor itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.languages import Language
from dragoman.model import DEMONYM, PEOPLE, Phrase, Reference, Sentence, Side, Time, Token
from dragoman.trees import Tree

OWNING = frozenset({"amod", "compound", "nmod:poss", "flat", "flat:name", "appos"})
NEUTRAL_PLACES = frozenset(
    {"disputed", "historical", "sea", "strait", "border", "river", "lake", "mountain"}
)


def acting(reference: Reference) -> Reference:
    """For the record an official whose name isn't known acts as the state or body served."""
    if reference.actor is not None or reference.serves is None:
        return reference
    return replace(reference, actor=reference.serves)


@dataclass(frozen=True, slots=True)
class Found:
    """A side with how it was found; `direct` when the phrase's own head is the actor."""

    side: Side
    direct: bool
    reason: str
    head: int
    antecedent: tuple[int, int] | None = None
    """The span of the words that a pronoun points back to in its sentence."""

    @property
    def is_actor(self) -> bool:
        return self.side.actor is not None or self.side.sector is not None


class Sides:
    """Resolves the phrases of one article's clauses."""

    def __init__(
        self,
        references: Iterable[Reference],
        atlas: Atlas,
        language: Language,
        text: str,
        times: Iterable[Time] = (),
    ) -> None:
        self.atlas = atlas
        self.known = atlas.places.keys() | atlas.actors.keys()
        self.language = language
        self.text = text
        self.dated = frozenset(i for time in times for i in range(time.start, time.end))
        self._tree: Tree | None = None
        self.by_sentence: dict[int, list[Reference]] = {}
        for reference in references:
            self.by_sentence.setdefault(reference.mention.sentence, []).append(reference)

    def inside(self, sentence: int, start: int, end: int) -> list[Reference]:
        return [
            r
            for r in self.by_sentence.get(sentence, [])
            if start <= r.mention.start and r.mention.end <= end
        ]

    def is_time(self, token: Token) -> bool:
        """ "on Tuesday": a day is no party to an act."""
        return token.start in self.dated

    def is_city(self, found: Found) -> bool:
        """True where the span is the name of a place smaller than a state."""
        span = (found.side.start, found.side.end)
        return any(
            r.place is not None and not r.place.id.isupper()
            for references in self.by_sentence.values()
            for r in references
            if (r.mention.start, r.mention.end) == span
        )

    def tree(self, sentence: Sentence) -> Tree:
        """The tree of the sentence at hand; phrases are asked for sentence by sentence."""
        if self._tree is None or self._tree.sentence is not sentence:
            self._tree = Tree(sentence)
        return self._tree

    def coordinated(self, sentence: Sentence, found: Found) -> tuple[Found, ...]:
        """The states and bodies joined by "and" that own the plural head of a phrase, each with
        the head's sector."""
        tree = self.tree(sentence)
        owners = [
            j
            for j in tree.where(found.head, "amod", "compound", "nmod", "nmod:poss")
            if len(tree.members(j)) > 1 and (tree.case(j) in {"", "'s", *self.language.words.of})
        ]
        heads = {member for j in owners for member in tree.members(j)}
        named = [
            r
            for r in self.by_sentence.get(sentence.index, [])
            if r.mention.head in heads and r.actor and r.mention.kind in {"LOC", "ORG"}
        ]
        if len(named) < 2:
            return ()
        sector, why = found.side.sector, f"one of those in “{found.side.name}”"
        return tuple(
            Found(replace(self._side(r, r), sector=sector), False, why, r.mention.head)
            for r in named
        )

    def of_phrase(self, sentence: Sentence, phrase: Phrase, *, as_target: bool = False) -> Found:
        """The side a phrase names. What is done to "an attack on X" is done to X; what an attack
        on X does is not X's doing: for targets any actor in the phrase will do."""
        token = sentence.tokens[phrase.head]
        here = self.by_sentence.get(sentence.index, [])
        at_head = [r for r in here if r.mention.start <= token.start < r.mention.end]
        if at_head and not self._is_person_of(at_head, sentence, phrase):
            best = max(
                at_head,
                key=lambda r: (
                    r.actor is not None,
                    r.sector is not None,
                    r.mention.kind == "ROLE",
                    r.mention.end,
                ),
            )
            named = self._apposed(best, here, phrase)
            side = self._side(named or best, best)
            reason = (named or best).reason
            return Found(side, True, reason, phrase.head, best.antecedent)
        inside = self._part_of_quantity(sentence, phrase)
        if inside is not None:
            return self.of_phrase(sentence, inside, as_target=as_target)
        owner = self._owner(sentence, phrase, as_target)
        if owner is not None:
            reason = f"in “{self.text[phrase.start : phrase.end]}”"
            return Found(self._side(owner, owner), False, reason, phrase.head)
        start, end = self._head_words(sentence, phrase)
        side = Side(None, self.text[start:end], None, start, end)
        return Found(side, True, "not an actor the atlas knows", phrase.head)

    def _part_of_quantity(self, sentence: Sentence, phrase: Phrase) -> Phrase | None:
        """ "thousands of students", "un groupe de rebelles": those of whom there are so many."""
        words = self.language.words
        if sentence.tokens[phrase.head].lemma not in words.quantities:
            return None
        tree = self.tree(sentence)
        parts = [j for j in tree.where(phrase.head, "nmod") if tree.case(j) in words.of]
        return tree.phrase(parts[0]) if parts else None

    def _owner(self, sentence: Sentence, phrase: Phrase, as_target: bool) -> Reference | None:
        """The actor that the phrase's head belongs to, said by adjective, possessor or "of"."""
        tokens = sentence.tokens
        head = tokens[phrase.head]
        owned = self.language.things | self.language.political_nouns
        known = head.plural or head.lemma in owned
        follower = head.pos == "NOUN" and not self.language.is_thing(head.lemma)
        for r in self.inside(sentence.index, phrase.start, phrase.end):
            token = tokens[r.mention.head]
            # A town that only the gazetteer knows says where, and speaks for nobody.
            named = r.actor is not None or (r.place is not None and r.place.id in self.known)
            if not named and not (r.sector is not None and (as_target or follower)):
                continue  # "opposition supporters" are of the opposition
            if r.reason == DEMONYM and not known:
                continue  # "Iranian missiles" are Iran's; "the Portuguese boss" is a man
            direct = token.head == phrase.head
            if direct and (token.dep in OWNING or self._follows_of(sentence, r)):
                return r
            # "two nuns in Nigeria" are not Nigeria, "a base in Nigeria" may well be
            if as_target and (head.lemma in owned or not self._is_where(sentence, r)):
                return r
        return None

    def _is_where(self, sentence: Sentence, reference: Reference) -> bool:
        case = self.tree(sentence).case(reference.mention.head)
        return case in self.language.words.location and case not in self.language.words.of

    def _follows_of(self, sentence: Sentence, reference: Reference) -> bool:
        case = self.tree(sentence).case(reference.mention.head)
        return not case or case in self.language.words.of

    def _is_person_of(
        self, at_head: Sequence[Reference], sentence: Sentence, phrase: Phrase
    ) -> bool:
        """ "The 48-year-old Australian", "un Français": one person, not the state."""
        if any(r.reason != DEMONYM for r in at_head):
            return False
        token = sentence.tokens[phrase.head]
        described = [t for t in sentence.tokens if t.head == phrase.head and t.dep == "amod"]
        one = any(
            t.head == phrase.head and t.dep == "det" and t.lemma in self.language.words.articles
            for t in sentence.tokens
        )
        return not token.plural and (one or bool(described))

    def _apposed(
        self, best: Reference, here: Sequence[Reference], phrase: Phrase
    ) -> Reference | None:
        """A demonym or state at the head gives way to the person in the same phrase."""
        if best.mention.kind in PEOPLE:
            return None
        return (
            None
            if best.actor
            else next(
                (
                    r
                    for r in here
                    if r.mention.kind == "PER"
                    and r.actor
                    and phrase.start <= r.mention.start < phrase.end
                ),
                None,
            )
        )

    def _side(self, reference: Reference, spanned: Reference) -> Side:
        actor, sector = reference.actor, reference.sector
        if actor is None and reference.place is not None:
            spot = self.atlas.places.get(reference.place.id)
            if spot is not None and spot.country and spot.kind not in NEUTRAL_PLACES:
                actor = spot.country
        return Side(actor, reference.name, sector, spanned.mention.start, spanned.mention.end)

    def _head_words(self, sentence: Sentence, phrase: Phrase) -> tuple[int, int]:
        """The head with its adjectives and compound parts, not its complements."""
        tokens = sentence.tokens
        near = [phrase.head]
        for step in (-1, 1):
            i = phrase.head + step
            while (
                0 <= i < len(tokens)
                and tokens[i].head == phrase.head
                and tokens[i].dep
                in {"amod", "compound", "flat", "flat:name", "flat:foreign", "nummod"}
            ):
                near.append(i)
                i += step
        return tokens[min(near)].start, tokens[max(near)].end
