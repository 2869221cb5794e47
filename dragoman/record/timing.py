"""Which of a sentence's times belongs to which predicate, verb or noun, coded or not.

In: a sentence's tree, its times, the language. Out: for a predicate's token the time it is given,
or None. Every time has one owner: the act noun it is part of ("the 2002 vote"), else the verb it
hangs from, mended where commas tell more than the tree. Only a few predicates share another's
time; none takes one because it is near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from dragoman.knowledge.languages import Language
from dragoman.model import Sentence, Time
from dragoman.trees import Tree

VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN"})
INSIDE_NAMES = frozenset({"compound", "nummod", "amod", "nmod:poss"})
"""Relations by which a time before a noun is part of it ("the 2002 vote", "Tuesday's raid")."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
COMMAS = frozenset({",", ";", "–", "—", "(", ")", ":"})
STOPS = frozenset({";", ":"})
CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "xcomp", "csubj", "parataxis", "dep"})
REACH = 12
"""Tokens between a relative pronoun and its verb, at most."""
TIME_WORDS = ("part", "unit", "units", "edge", "season", "weekday", "month", "offset", "beside")


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

    # --- owners ----------------------------------------------------------------------------

    @cached_property
    def tree(self) -> Tree:
        return Tree(self.sentence)

    @cached_property
    def owners(self) -> list[tuple[Time, int | None]]:
        """Every time with its owner. Of two times on one verb, that behind a nearer verb is its."""
        found: list[tuple[Time, int | None]] = []
        for time in self.times:
            owner = self._owner(time)
            taken = [t for t, other in found if other == owner and t.type == time.type]
            if owner is not None and taken and taken[-1].type == "DATE":
                after = taken[-1].end
                nearer = [i for i in self._verbs_between(after, time.start) if i > owner]
                owner = nearer[-1] if nearer else owner
            found.append((time, owner))
        return found

    def _verbs_between(self, low: int, high: int) -> list[int]:
        return [i for i, t in enumerate(self.tree.tokens)
                if low <= t.start < high and self._is_predicate(i)]  # fmt: skip

    def _own(self, predicate: int) -> list[Time]:
        return [time for time, owner in self.owners if owner == predicate]

    def _owner(self, time: Time) -> int | None:
        first, last = self._span(time)
        noun = self._noun_around(first, last)
        if noun is not None:
            return noun
        owner = self._above(self._anchor(first, last), first, last)
        owner = self._mended(owner, first, last)
        return owner if owner is None else self._oblique_act(owner, first) or owner

    def _span(self, time: Time) -> tuple[int, int]:
        """First and last token of a time."""
        inside = [i for i, t in enumerate(self.tree.tokens)
                  if t.end > time.start and t.start < time.end]  # fmt: skip
        return (inside[0], inside[-1]) if inside else (0, 0)

    def _anchor(self, first: int, last: int) -> int:
        """The token by which the time hangs from the rest: by a verb, if any does."""
        tokens = self.tree.tokens
        out = [i for i in range(first, last + 1)
               if not first <= tokens[i].head <= last or tokens[i].head == i]  # fmt: skip
        by_verb = [i for i in out if tokens[tokens[i].head].pos in VERBS]
        return next(iter(by_verb or out), first)

    def _noun_around(self, first: int, last: int) -> int | None:
        """The noun that a time is part of: what follows it, or what it follows with "of"."""
        tokens = self.tree.tokens
        for i in range(first, last + 1):
            head = tokens[i].head
            if head > last and tokens[i].dep in INSIDE_NAMES and tokens[head].pos in NOUNS:
                return head
        before = first - 1
        while before > 0 and tokens[before].pos == "DET" and not self._is_of(before):
            before -= 1
        if before < 1 or not self._is_of(before):
            return None
        i = before - 1
        while i > 0 and self._qualifies(i):
            i -= 1
        return i if tokens[i].pos == "NOUN" and not self._is_time_word(i) else None

    def _is_of(self, i: int) -> bool:
        token = self.tree.tokens[i]
        return token.pos == "ADP" and {token.text.lower().replace("’", "'"), token.lemma} & {
            *self.language.words.of, "d'", "des", "du",
        } != set()  # fmt: skip

    def _qualifies(self, i: int) -> bool:
        """An adjective or bare participle after its noun ("le putsch manqué de vendredi")."""
        token = self.tree.tokens[i]
        return token.pos in {"ADJ", "VERB"} and token.dep in {"amod", "acl"} and token.head == i - 1

    def _is_time_word(self, i: int) -> bool:
        token = self.tree.tokens[i]
        tables = self.language.times.words
        return any(word in tables.get(name, {}) for name in TIME_WORDS
                   for word in (token.lemma, token.text.lower()))  # fmt: skip

    def _above(self, anchor: int, first: int, last: int) -> int | None:
        """The first act noun or verb above a time; None where what lies between parts them."""
        tokens = self.tree.tokens
        last_seen = anchor
        for i in self.tree.climb(anchor):
            token = tokens[i]
            if tokens[last_seen].dep == "appos" or self._parenthesis(last_seen, i, first, last):
                return None
            if token.pos in VERBS or token.dep == "root":
                return i
            noun = token.pos == "NOUN" and i < first and not self._is_time_word(i)
            if noun and self._is_act(i) and self._keeps(i, last_seen, first):
                return i
            last_seen = i
        return None if tokens[anchor].pos not in VERBS else anchor

    def _keeps(self, noun: int, below: int, first: int) -> bool:
        """Whether a time in an act noun's phrase is the noun's and not the verb's above it.

        It is where the act is only wanted, or named in full ("the transfer of X on Thursday"); not
        after a name that says where, and not where verb and noun are one ("declared a truce").
        """
        tokens = self.tree.tokens
        governors = self.language.modality.governors
        wanted = {*governors.planned, *governors.demanded, *governors.promised}
        if tokens[tokens[noun].head].lemma in wanted:
            return True
        if below < first and tokens[below].pos == "PROPN" and not self._is_genitive(below):
            return False
        return tokens[noun].dep != "obj" or any(
            (j < first and j != below) or self._is_genitive(j)
            for j in self.tree.where(noun, "nmod", "nmod:poss", "acl")
        )

    def _is_named_act(self, i: int) -> bool:
        return (
            self.tree.tokens[i].pos == "NOUN"
            and self._is_act(i)
            and any(self._is_genitive(j) for j in self.tree.where(i, "nmod", "nmod:poss"))
        )

    def _oblique_act(self, verb: int, first: int) -> int | None:
        """The act beside the verb whose name ends where the time begins ("after the arrest of X on
        Monday")."""
        tokens = self.tree.tokens
        at = first - 1
        while at > verb and tokens[at].pos in {"ADP", "DET"}:
            at -= 1
        for i in (at, *self.tree.climb(at)):
            if i <= verb:
                return None
            if tokens[i].head == verb:
                named = tokens[i].dep.startswith("obl") and self._is_named_act(i)
                return i if named else None
        return None

    def _is_genitive(self, i: int) -> bool:
        tokens = self.tree.tokens
        return (
            any(self._is_of(j) for j in self.tree.where(i, "case")) or tokens[i].dep == "nmod:poss"
        )

    def _parenthesis(self, below: int, above: int, first: int, last: int) -> bool:
        """A bracket opens between what is above and the time, and more than the time is in it."""
        tokens = self.tree.tokens
        opened = [i for i in range(min(above, first), first) if tokens[i].text == "("]
        return (
            bool(opened)
            and not any(tokens[i].text == ")" for i in range(opened[-1], first))
            and first - opened[-1] > 2
        )

    def _is_act(self, i: int) -> bool:
        token = self.tree.tokens[i]
        words = {token.lemma, token.text.lower()}
        return bool(words & self._act_nouns) or token.lemma.endswith(("tion", "sion", "ment"))

    @cached_property
    def _act_nouns(self) -> frozenset[str]:
        return self.language.frames.words("n")

    # --- mending by commas -----------------------------------------------------------------

    def _mended(self, owner: int | None, first: int, last: int) -> int | None:
        """The owner where commas say another than the tree."""
        tokens = self.tree.tokens
        left, right = self._segment(first, last)
        if left == 0 and self._is_bare(left, right, first, last):
            return self._main_after(right) if owner is None else self._topmost(owner, right)
        verbs = [i for i in range(left, first) if self._is_predicate(i)]
        if owner is not None and not left <= owner <= right:
            acts = [i for i in range(left, first) if self._is_named_act(i)]
            if verbs or acts:
                return (verbs or acts)[-1]
        if owner is None or owner <= right or not self._is_bare(left, right, first, last):
            return owner
        beforehand, _ = self._segment(left - 2, left - 2)
        opened = [i for i in range(beforehand, left) if self._is_predicate(i)]
        if opened and any(tokens[i].pos == "SCONJ" for i in range(beforehand, opened[0])):
            return opened[-1]
        act = self._subject_act(beforehand, left)
        return owner if act is None else act

    def _segment(self, first: int, last: int) -> tuple[int, int]:
        """First token after the comma before, last token before the comma after."""
        tokens = self.tree.tokens
        left = max(first, 0)
        while left > 0 and tokens[left - 1].text not in COMMAS:
            left -= 1
        right = last
        while right + 1 < len(tokens) and tokens[right + 1].text not in COMMAS:
            right += 1
        return left, right

    def _is_bare(self, left: int, right: int, first: int, last: int) -> bool:
        """Nothing stands between the commas but the time and its preposition."""
        tokens = self.tree.tokens
        others = [*range(left, first), *range(last + 1, right + 1)]
        return right + 1 < len(tokens) and all(tokens[i].pos in {"ADP", "DET"} for i in others)

    def _topmost(self, owner: int, right: int) -> int:
        """A time that opens the sentence is the main clause's, not that of a clause put between."""
        tokens = self.tree.tokens
        while tokens[owner].dep in {"advcl", "ccomp"} and tokens[owner].head > owner:
            if self._has_stop(owner, tokens[owner].head):
                break
            owner = tokens[owner].head
        return owner

    def _main_after(self, right: int) -> int | None:
        return next((i for i, t in enumerate(self.tree.tokens) if i > right and t.dep == "root"
                     and t.pos in VERBS), None)  # fmt: skip

    def _subject_act(self, start: int, end: int) -> int | None:
        """The act noun that a bare time between commas follows ("the visit of X, on Monday,")."""
        heads = [i for i in range(start, end) if self.tree.tokens[i].dep in SUBJECTS]
        return next((i for i in heads if self._is_act(i)), None)

    def _is_predicate(self, i: int) -> bool:
        token = self.tree.tokens[i]
        return token.pos == "VERB" and token.dep not in {
            "amod",
            "fixed",
            "case",
            "compound",
            "punct",
        }

    def _has_stop(self, low: int, high: int) -> bool:
        return any(t.text in STOPS for t in self.tree.tokens[low:high])

    # --- what is shared --------------------------------------------------------------------

    def _shared(self, predicate: int) -> list[Time]:
        token = self.tree.tokens[predicate]
        givers = (
            self._verb_givers(predicate) if token.pos in VERBS else self._noun_givers(predicate)
        )
        return [time for giver in givers for time in self._own(giver)
                if self._gives(giver, predicate, time)]  # fmt: skip

    def _verb_givers(self, verb: int) -> Iterator[int]:
        tokens = self.tree.tokens
        token = tokens[verb]
        if token.dep in {"conj", "advcl", "xcomp", "ccomp"}:
            above = [i for i in self.tree.climb(verb) if tokens[i].pos in VERBS]
            yield from above[: 2 if token.dep == "conj" else 1]
        yield from (j for j in self.tree.where(verb, "xcomp", "ccomp") if tokens[j].pos == "VERB")
        yield from (j for j in self.tree.where(verb, "advcl") if self._is_meanwhile(j))
        yield from (j for j in self.tree.where(verb, "obl", "obl:arg") if not self._is_apart(j))
        yield from self._antecedent(verb)

    def _is_apart(self, i: int) -> bool:
        """The preposition says that it is not of the verb's time ("after", "since")."""
        tokens = self.tree.tokens
        return tokens[i].pos not in NOUNS or any(
            tokens[j].text.lower() in self.language.words.apart for j in self.tree.where(i, "case")
        )

    def _antecedent(self, verb: int) -> Iterator[int]:
        """The dated noun before "in which": what is told there happened then."""
        tokens = self.tree.tokens
        words = self.language.words
        pronouns = [i for i in range(max(0, verb - REACH), verb) if tokens[i].pos in {"PRON", "DET"}
                    and tokens[i].text.lower() in words.relative_when]  # fmt: skip
        if not pronouns or any(self._is_predicate(i) for i in range(pronouns[-1], verb)):
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
        if self.tree.where(i, "mark", *SUBJECTS):
            return False
        return token.mood == "ger" or (
            token.mood == "part" and any(frame.category == "CONSULT" for frame in frames)
        )

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
        if tokens[predicate].pos not in VERBS:
            return True
        if tokens[giver].pos in NOUNS:
            beside = tokens[giver].head == predicate
            return not beside or self._noun_around(*self._span(time)) is None
        taker, start = tokens[predicate], tokens[giver].start
        if tokens[giver].head == predicate:
            return self._embraces(giver, predicate, time)
        if taker.dep == "xcomp":
            return tokens[giver].lemma in self.language.modality.governors.begun
        subject = bool(self.tree.where(predicate, *SUBJECTS))
        if time.start >= start or self._has_stop(giver, predicate):
            return False
        if taker.dep in {"advcl", "ccomp"}:
            between = time.end <= taker.start < start
            return between or (taker.dep == "advcl" and taker.start > start and not subject)
        return not subject or not any(t.text == "," for t in tokens[giver:predicate])

    def _embraces(self, giver: int, predicate: int, time: Time) -> bool:
        """What governs a verb is of its time if it only begins or ends it, or tells its result."""
        tokens = self.tree.tokens
        governors = self.language.modality.governors
        if tokens[giver].dep == "advcl":
            return giver < predicate
        if giver < predicate:
            return False
        if tokens[predicate].lemma in {*governors.begun, *governors.halted}:
            return True
        if any(tokens[j].tense == "past" and tokens[j].lemma in self._have
               for j in self.tree.where(predicate, "aux")):  # fmt: skip
            return not any(tokens[j].pos == "SCONJ" for j in self.tree.where(giver, "mark"))
        return tokens[giver].mood == "part" and not self.tree.where(giver, "aux", "aux:pass")

    @cached_property
    def _have(self) -> frozenset[str]:
        return frozenset([*self.language.words.have, "avoir", "have"])

    def _best(self, predicate: int, times: Iterable[Time]) -> Time | None:
        """A date before a bare length or a time of day, then the nearest, then the later."""
        at = self.tree.tokens[predicate]

        def rank(time: Time) -> tuple[int, int, int]:
            kind = {"DATE": 0, "TIME": 0, "DURATION": 2}.get(time.type, 1)
            kind += time.value.startswith("T") or time.basis.startswith("from another")
            gap = time.start - at.end if time.start >= at.end else at.start - time.end
            return kind, gap, -time.start

        return min(times, key=rank, default=None)
