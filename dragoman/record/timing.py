"""Which of a sentence's times a predicate is given, verb or noun, coded or not.

In: a sentence, its times, the language. Out: for a predicate's token its time, or None. A time is
given to its owner (`owners`); only a few predicates share another's, and none takes one because
it is near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from dragoman.knowledge.languages import Language
from dragoman.model import Sentence, Time
from dragoman.record.owners import NOUNS, SUBJECTS, VERBS, Owners
from dragoman.trees import Tree

REACH = 12
"""Tokens between a relative pronoun and its verb, at most."""


class Timing:
    """The times of one sentence with their owners; asked for one predicate after another."""

    def __init__(self, sentence: Sentence, times: Sequence[Time], language: Language) -> None:
        self.sentence = sentence
        self.language = language
        self.times = [t for t in times if sentence.start <= t.start < sentence.end
                      and t.type != "SET" and (t.start_day or t.end_day)]  # fmt: skip

    def of(self, predicate: int) -> Time | None:
        """The time of the predicate at this token, or None where it has none of its own."""
        if not self.times:
            return None
        found = self._best(predicate, self._own(predicate))
        return found or self._best(predicate, self._shared(predicate))

    def since(self, predicate: int) -> Time | None:
        """The time of a clause that opens a stretch for this predicate ("since it joined in 1994,
        it has taken part")."""
        if not self.times:
            return None
        tokens = self.tree.tokens
        opened = [i for i in self.tree.where(predicate, "advcl") if i < predicate and any(
                  tokens[j].lemma in self.language.words.since
                  for j in self.tree.where(i, "mark", "case"))]  # fmt: skip
        return next((time for i in opened if (time := self.of(i)) is not None), None)

    def is_of_an_epoch(self, predicate: int) -> bool:
        """It is dated by another act ("at the time of the invasion")."""
        tokens = self.tree.tokens
        return any(
            self.among.is_act(j)
            for i in self.tree.where(predicate, "obl")
            if tokens[i].lemma in self.language.words.epochs
            for j in self.tree.where(i, "nmod")
        )

    @cached_property
    def among(self) -> Owners:
        return Owners(self.sentence, self.language)

    @property
    def tree(self) -> Tree:
        return self.among.tree

    @cached_property
    def owners(self) -> list[tuple[Time, int | None]]:
        """Every time with its owner. Of two times on one verb, that behind a nearer verb is its."""
        found: list[tuple[Time, int | None]] = []
        for time in self.times:
            owner = self.among.of(time)
            taken = [t for t, other in found if other == owner and t.type == time.type]
            if owner is not None and taken and taken[-1].type == "DATE":
                nearer = self.among.verbs_between(taken[-1].end, time.start)
                owner = max([owner, *nearer])
            found.append((time, owner))
        return found

    def _own(self, predicate: int) -> list[Time]:
        return [time for time, owner in self.owners if owner == predicate]

    def _shared(self, predicate: int) -> list[Time]:
        token = self.tree.tokens[predicate]
        if token.pos not in VERBS:
            return [time for giver in self._noun_givers(predicate) for time in self._own(giver)]
        beside = self._beside(predicate)
        given = [time for giver in self._verb_givers(predicate)
                 for time in self._own(giver) or self._beside(giver)
                 if self._gives(giver, predicate, time)]  # fmt: skip
        told = [time for giver in self._antecedent(predicate) for time in self._own(giver)]
        return beside or given or told

    def _beside(self, verb: int) -> list[Time]:
        """Times of the acts beside a verb that are of its own time ("came for the funeral of X on
        Monday")."""
        tokens = self.tree.tokens
        acts = [i for i in self.tree.where(verb, "obl", "obl:arg")
                if tokens[i].pos in NOUNS and not self._is_apart(i)]  # fmt: skip
        return [time for i in acts for time in self._own(i)
                if self.among.noun_around(*self.among.span(time)) is None]  # fmt: skip

    def _verb_givers(self, verb: int) -> Iterator[int]:
        tokens = self.tree.tokens
        token = tokens[verb]
        if token.dep in {"conj", "advcl", "xcomp", "ccomp"}:
            above = [i for i in self.tree.climb(verb) if tokens[i].pos in VERBS]
            yield from above[: 2 if token.dep == "conj" else 1]
        yield from (j for j in self.tree.where(verb, "xcomp", "ccomp") if tokens[j].pos == "VERB")
        yield from (j for j in self.tree.where(verb, "advcl", "obl") if self._is_meanwhile(j))
        yield from (j for subject in self.tree.where(verb, *SUBJECTS)
                    for j in self.tree.where(subject, "acl") if self._is_meanwhile(j))  # fmt: skip

    def _is_apart(self, i: int) -> bool:
        """The preposition says that it is not of the verb's time ("after", "since")."""
        tokens = self.tree.tokens
        return any(
            tokens[j].text.lower() in self.language.words.apart for j in self.tree.where(i, "case")
        )

    def _antecedent(self, verb: int) -> Iterator[int]:
        """The dated noun before "in which": what is told there happened then."""
        tokens = self.tree.tokens
        words = self.language.words
        pronouns = [i for i in range(max(0, verb - REACH), verb) if tokens[i].pos in {"PRON", "DET"}
                    and tokens[i].text.lower() in words.relative_when]  # fmt: skip
        if not pronouns or any(self.among.is_predicate(i) for i in range(pronouns[-1], verb)):
            return
        i = pronouns[-1]
        if (
            tokens[i - 1].text.lower() not in words.when
            and tokens[i].text.lower() not in words.when
        ):
            return
        owners = [owner for _, owner in self.owners if owner is not None and owner < i]
        yield from (owner for owner in owners[-1:] if tokens[owner].pos in NOUNS)

    def _is_meanwhile(self, i: int) -> bool:
        """A clause of the same hour as its verb: "meeting on Tuesday", "réunis mercredi"."""
        token = self.tree.tokens[i]
        frames = self.language.frames.get(token.lemma, "v")
        if token.pos != "VERB" or self.tree.where(i, "mark", "aux", *SUBJECTS):
            return False
        return token.mood == "ger" or any(frame.reciprocal for frame in frames)

    def _noun_givers(self, noun: int) -> Iterator[int]:
        """A verb that says only that the act of the noun takes place."""
        tokens = self.tree.tokens
        light = self._light
        head = tokens[noun].head
        if tokens[noun].dep in {"obj", *SUBJECTS} and tokens[head].lemma in light:
            yield head
        above = next((i for i in self.tree.climb(noun) if tokens[i].pos in VERBS), None)
        if above is not None and tokens[above].lemma in self.language.modality.words.bounding:
            yield above
        for j in self.tree.where(noun, "acl", "acl:relcl"):
            yield from (i for i in (j, *self.tree.where(j, "xcomp"))
                        if tokens[i].lemma in light)  # fmt: skip

    @cached_property
    def _light(self) -> frozenset[str]:
        modality = self.language.modality
        occurring = [words.split()[0] for words in modality.words.occurring]
        return frozenset(
            [*modality.support.lemmas, *occurring, *modality.governors.begun,
             *modality.governors.planned]
        )  # fmt: skip

    def _gives(self, giver: int, predicate: int, time: Time) -> bool:
        """Whether `predicate` takes part in a time that `giver` owns."""
        tokens = self.tree.tokens
        taker, start = tokens[predicate], tokens[giver].start
        if tokens[giver].dep == "acl":
            return any(t.text == "," for t in tokens[giver:predicate])
        if tokens[giver].head == predicate:
            return self._embraces(giver, predicate, time)
        if taker.dep == "xcomp":
            return tokens[giver].lemma in self.language.modality.governors.begun
        subject = bool(self.tree.where(predicate, *SUBJECTS))
        if time.start >= start or self.among.has_stop(giver, predicate):
            return False
        if taker.dep in {"advcl", "ccomp"}:
            between = time.end <= taker.start < start
            return between or (taker.dep == "advcl" and taker.start > start and not subject)
        return not subject or not any(t.text == "," for t in tokens[giver:predicate])

    def _embraces(self, giver: int, predicate: int, time: Time) -> bool:
        """What governs a verb is of its time if it only begins or ends it, or tells its result."""
        tokens = self.tree.tokens
        governors = self.language.modality.governors
        if tokens[giver].dep in {"advcl", "obl"}:
            return giver < predicate
        if giver < predicate:
            return False
        if tokens[predicate].lemma in {*governors.begun, *governors.halted}:
            return True
        if any(self._is_had(j) for j in self.tree.where(predicate, "aux")):
            return not any(tokens[j].pos == "SCONJ" for j in self.tree.where(giver, "mark"))
        return tokens[giver].mood == "part" and not self.tree.where(giver, "aux", "aux:pass")

    def _is_had(self, i: int) -> bool:
        """The auxiliary of a past before the past: "had decided to leave in May" is all before."""
        token = self.tree.tokens[i]
        others = {*self.language.words.be, *self.language.modality.words.modal}
        return token.tense == "past" and not {token.lemma, token.text.lower()} & others

    def _best(self, predicate: int, times: Iterable[Time]) -> Time | None:
        """A date before a bare length or a time of day, then the nearest, then the later."""
        at = self.tree.tokens[predicate]

        def rank(time: Time) -> tuple[int, int, int]:
            kind = {"DATE": 0, "TIME": 0, "DURATION": 2}.get(time.type, 1)
            kind += time.value.startswith("T") or time.basis.startswith("from another")
            gap = time.start - at.end if time.start >= at.end else at.start - time.end
            return kind, gap, -time.start

        return min(times, key=rank, default=None)


class Timings:
    """The timing of each sentence of an article, worked out once."""

    def __init__(self, times: Mapping[int, Sequence[Time]], language: Language) -> None:
        self.times = times
        self.language = language
        self._done: dict[int, Timing] = {}

    def of(self, sentence: Sentence) -> Timing:
        if sentence.index not in self._done:
            times = self.times.get(sentence.index, ())
            self._done[sentence.index] = Timing(sentence, times, self.language)
        return self._done[sentence.index]
