"""Which frame of the lexicon a clause fits: lemma first, then the frame's conditions.

In: a clause, its sentence, the frames, and a test for "is an actor". Out: the frames in the order
in which they are tried, most conditions first; the first that fails none fits. Values are never
guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dragoman.knowledge.frames import ACTOR, PLACE, Condition, Frame, Frames
from dragoman.model import Argument, Clause, Phrase, Sentence

COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl"})
BESIDE = frozenset({"aux", "aux:pass", "advmod", "mark", "cop"})
TIME = "time"
"""The class of words after which a preposition only says when ("called on Friday")."""
PRONOUN = "pronoun"
"""The class of pronouns that may stand for an actor; whether they do, the sides tell."""
Test = Callable[[Phrase, str], bool]
"""(phrase, "@actor" or "@place") → whether the phrase is one."""


def tried(
    clause: Clause, sentence: Sentence, frames: Frames, test: Test
) -> Iterator[tuple[Frame, Condition | None]]:
    """The frames of the clause's lemmas as they are tried, each with its first condition that
    does not hold, None where all do."""
    if clause.pos == "n" and sentence.tokens[clause.head].dep == "compound":
        return  # "attack helicopters", "arrest warrant": the noun behind it is what counts
    fits = _Fit(clause, sentence, test, frames.classes)
    for frame in frames.of(clause.lemmas, clause.pos):
        yield frame, next((c for c in frame.when if not fits.holds(c)), None)


class _Fit:
    def __init__(
        self,
        clause: Clause,
        sentence: Sentence,
        test: Test,
        classes: Mapping[str, frozenset[str]],
    ) -> None:
        self.clause = clause
        self.sentence = sentence
        self.test = test
        self.times = classes.get(TIME, frozenset())
        self.pronouns = classes.get(PRONOUN, frozenset())

    def holds(self, condition: Condition) -> bool:
        return self._met(condition) is not condition.negate

    def _met(self, condition: Condition) -> bool:
        if condition.kind == "plain":
            return self._plain(condition.slot)
        if condition.kind == "prt":
            return self.clause.particle in condition.values
        if condition.kind == "mod":
            return bool(condition.values & set(self.clause.modifiers)) or self._in(
                self._slot("adj"), condition
            )
        if condition.kind == "pp":
            arguments = [a for a in self.clause.arguments if self._has_preposition(a, condition)]
            if condition.values:
                return self._in(arguments, condition)
            return not all(self._is_time(a) for a in arguments)
        if condition.kind == "comp":
            return bool(condition.values & self._complement())
        return self._in(self._slot(condition.slot), condition)

    def _plain(self, slot: str) -> bool:
        if slot == "comp":
            return self.clause.has_complement
        if slot == "refl":
            return self.clause.reflexive
        if slot == "passive":
            return self.clause.passive
        if slot == "prt":
            return self.clause.particle is not None
        return bool(self._slot(slot))

    def _has_preposition(self, argument: Argument, condition: Condition) -> bool:
        if argument.slot == "obj.of" and condition.values:
            # "relieved the chief of his post": the parser hangs it from the object.
            return any(self._case(phrase) & condition.prepositions for phrase in argument.members)
        kind, _, preposition = argument.slot.rpartition("pp:")
        if not preposition or kind not in {"", "obj."}:
            return False
        return preposition in condition.prepositions

    def _case(self, phrase: Phrase) -> frozenset[str]:
        tokens = self.sentence.tokens
        return frozenset(t.lemma for t in tokens if t.head == phrase.head and t.dep == "case")

    def _is_time(self, argument: Argument) -> bool:
        heads = [self.sentence.tokens[phrase.head] for phrase in argument.members]
        return all(
            t.pos == "NUM" or t.lemma.lower() in self.times or t.text.lower() in self.times
            for t in heads
        )

    def _complement(self) -> frozenset[str]:
        """Lemmas of the complement clause's verb and of the small words at it: "vow *not* to
        *attack*", "say it *must* *leave*"; a gerund after a preposition counts too, and an
        adjective: "set the hostages *free*"."""
        tokens = self.sentence.tokens
        verbs = [
            i
            for i, t in enumerate(tokens)
            if t.head == self.clause.head
            and i != self.clause.head
            and (
                t.dep in COMPLEMENTS
                or (t.dep == "advcl" and (t.mood in {"ger", "inf"} or t.pos == "ADJ"))
            )
        ]
        words = {tokens[i].lemma for i in verbs}
        words |= {t.lemma for t in tokens if t.head in verbs and t.dep in BESIDE}
        return frozenset(words)

    def _slot(self, slot: str) -> list[Argument]:
        """A passive's surface subject is its object."""
        if self.clause.passive and self.clause.pos == "v":
            slot = {"obj": "subj", "subj": "agent"}.get(slot, slot)
        return [a for a in self.clause.arguments if a.slot == slot]

    def _in(self, arguments: list[Argument], condition: Condition) -> bool:
        return any(
            self._is_one(phrase, condition) for argument in arguments for phrase in argument.members
        )

    def _is_one(self, phrase: Phrase, condition: Condition) -> bool:
        values = condition.values
        for built_in in (ACTOR, PLACE):
            if built_in in values and self.test(phrase, built_in):
                return True
        tokens = self.sentence.tokens
        head = tokens[phrase.head]
        if ACTOR in values and head.text.lower() in self.pronouns:
            return True
        if head.lemma in values or head.text.lower() in values:
            return True
        # The head may be general ("a wave of strikes", "peace deal"): its own nouns count too.
        return any(
            token.lemma in values
            for token in tokens
            if token.head == phrase.head
            and token.dep in {"compound", "nmod", "amod"}
            and phrase.start <= token.start < phrase.end
        )
