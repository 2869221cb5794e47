"""Where a coded act was, by its sentence: the place that belongs to the predicate.

In: a clause, its sentence, references with places, the language's words. Out: a `Place` or None.
Where a doer is from, who bears a place's name, and where another verb leads are not where it was.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from dragoman.knowledge.place_words import ActWords
from dragoman.model import Clause, Place, Reference, Sentence
from dragoman.record.dating import in_scope
from dragoman.trees import Tree

Span = tuple[int, int]
WITHIN = frozenset({"flat", "flat:name", "flat:foreign", "appos", "compound", "nmod:poss", "amod"})
"""Relations by which a name is part of the phrase around it."""
DONE_TO = frozenset({"obj", "nsubj:pass", "obl:arg"})
NOMINAL = ("nmod", "obl", "appos", "conj", "flat", "compound", "dep")
SAME_ACT = frozenset({"xcomp", "obj", "obl:in", "nsubj"})
"""How a predicate hangs from another whose place is its own: "began to shell", "held talks"."""
LOCAL = frozenset({"JUD", "COP", "CIV", "OPP", "EDU", "LAB", "AGR", "HLH", "REF", "CRM", "BUS"})
"""Sectors of doers that act where they are: a court in X fines in X, a ministry there need not."""


@dataclass(frozen=True, slots=True)
class _Site:
    """A named place with the token that its preposition stands before, and that preposition."""

    place: Place
    span: Span
    name: int
    top: int
    case: str

    @property
    def is_state(self) -> bool:
        return self.place.id.isupper()


def place_of_act(
    clause: Clause,
    sentence: Sentence,
    references: Sequence[Reference],
    words: ActWords,
    parties: Sequence[Span] = (),
) -> Place | None:
    """The place after a preposition of place that hangs from the predicate or what it is done to,
    or the place that it is done to; the finest where one holds the other, None where there are two.

    `parties`: spans of the sides of the act, which are asked, told or given something.
    """
    if not any(r.place is not None for r in references):
        return None
    finder = _Finder(clause, sentence, references, words, parties)
    own = finder.own()
    struck = finder.done_to()
    if all(site.is_state for site in own) or any(not site.is_state for site in struck):
        own = struck or own  # "shelled Tripoli, in Lebanon"; "took Kidal, in the Sahel"
    for found in (own, finder.inherited(), finder.of_doer(), finder.fronted()):
        if found:
            return _finest(found, sentence)
    return None


class _Finder:
    def __init__(
        self,
        clause: Clause,
        sentence: Sentence,
        references: Sequence[Reference],
        words: ActWords,
        parties: Sequence[Span],
    ) -> None:
        self.clause = clause
        self.sentence = sentence
        self.words = words
        self.tree = Tree(sentence)
        self.tokens = sentence.tokens
        self.lemmas = frozenset(clause.lemmas)
        self.parties = parties
        self.local = {r.mention.head for r in references if r.sector in LOCAL}
        self.sites = [self._site(r, r.place) for r in references if r.place is not None]
        self.predicates = {clause.head}
        if clause.support is not None:
            self.predicates.add(clause.support)
        for above, relation in clause.governors:
            if relation not in SAME_ACT:
                break
            self.predicates.add(above)

    def _site(self, reference: Reference, place: Place) -> _Site:
        mention = reference.mention
        top = self._top(mention.head)
        return _Site(place, (mention.start, mention.end), mention.head, top, self.tree.case(top))

    def _top(self, i: int) -> int:
        """From a name up to the noun that stands for the spot: "in the *north* of Mali"."""
        for _ in range(len(self.tokens)):
            token, case = self.tokens[i], self.tree.case(i)
            above = self.tokens[token.head]
            if token.head == i or (token.dep == "conj" and case):
                return i
            spot = {above.lemma.lower(), above.text.lower()} & self.words.spots
            part = token.dep in WITHIN or (token.dep.startswith("nmod") and case in self.words.away)
            name = above.pos == "PROPN" and token.dep in WITHIN
            if not (token.dep == "conj" or name or (part and spot)):
                return i
            i = token.head
        return i

    def own(self) -> list[_Site]:
        """Sites after a preposition on the predicate, or on what it is done to or with."""
        return [
            site for site in self.sites if self._is_at(site) and self._hangs(site, self.predicates)
        ]

    def _is_at(self, site: _Site) -> bool:
        if self._is_party(site):
            return False
        if site.case in self.words.at:
            return True
        if site.case in self.words.to and self.lemmas & self.words.goes:
            return self.tokens[site.top].head in self.predicates
        return site.case in self.words.away and bool(self.lemmas & self.words.leaves)

    def _is_party(self, site: _Site) -> bool:
        """True for a side that is asked or given something; who is gone to, or bombed, is there."""
        if site.case not in self.words.addressed or self.lemmas & (
            self.words.goes | self.words.at_object
        ):
            return False
        return any(start <= site.span[0] < end for start, end in self.parties)

    def _hangs(self, site: _Site, predicates: Set[int]) -> bool:
        """True when the site's phrase leads up to a predicate, through nouns that lie where the
        act does."""
        i = site.top
        for _ in range(len(self.tokens)):
            token = self.tokens[i]
            if token.head == i:
                return False
            if token.head in predicates:
                return (i == site.top and token.dep != "nsubj") or self._lies_there(i)
            if not token.dep.startswith(NOMINAL) or self.tokens[token.head].pos == "VERB":
                return False
            i = token.head
        return False

    def _lies_there(self, i: int) -> bool:
        dep, case = self.tokens[i].dep, self.tree.case(i)
        if dep in DONE_TO and not case:
            return True
        if self.tokens[self.tokens[i].head].pos != "VERB" and dep.startswith("nmod"):
            return True
        return dep.startswith("obl") and case in self.words.through

    def done_to(self) -> list[_Site]:
        """Sites that are what the act is done to: "shelled Izium", "the siege of Mariupol"."""
        if not self.lemmas & self.words.at_object:
            return []
        found = []
        for site in self.sites:
            hangs = self.tokens[site.top].head == self.clause.head != site.top
            if self.clause.pos == "n":
                if site.case in self.words.onto and (hangs or self._follows(site)):
                    found.append(site)
            elif hangs and self.tokens[site.top].dep in DONE_TO:
                found.append(site)
        return found

    def _follows(self, site: _Site) -> bool:
        """The preposition comes right after the predicate, wherever the parser hung the name."""
        case = self.tree.first(site.top, "case")
        return case is not None and case == self.clause.head + 1

    def inherited(self) -> list[_Site]:
        """Where the verb above was, for what is told as its part, its aim, or of the place itself:
        "exploded in X, killing …", "arrived in X to meet …", "to X, where they met"."""
        head = self.tokens[self.clause.head]
        above = self.tokens[head.head]
        there = {self.tokens[j].text.lower() for j in self.tree.children[self.clause.head]}
        if head.dep == "acl:relcl" and there & self.words.where:
            return [s for s in self.sites if head.head in {s.top, s.name}]
        if head.dep not in {"advcl", "xcomp"} or above.pos != "VERB":
            return []
        allowed = self.words.at
        if there & self.words.where or (above.lemma in self.words.goes and head.mood == "inf"):
            allowed = self.words.at | self.words.to
        elif head.mood not in {"part", "ger"} or self._has_doer():
            return []
        found = [s for s in self.sites if s.case in allowed and self._hangs(s, {head.head})]
        if found or above.lemma not in self.words.at_object:
            return found
        struck = [j for j in self.tree.children[head.head] if self.tokens[j].dep in DONE_TO]
        return [s for s in self.sites if s.top in struck]

    def _has_doer(self) -> bool:
        """True for a clause with a subject, or a tense, of its own."""
        return bool(self.tree.where(self.clause.head, "nsubj", "nsubj:pass", "aux"))

    def of_doer(self) -> list[_Site]:
        """The only site of the sentence, where it says where a doer is who acts there."""
        located = [site for site in self.sites if site.case in self.words.at]
        if len(located) != 1:
            return []
        above = self.tokens[located[0].top].head
        token = self.tokens[above]
        acts = token.head in self.predicates and token.dep == "nsubj"
        return located if acts and above in self.local else []

    def fronted(self) -> list[_Site]:
        """The site that opens the sentence: "In Khartoum, …" holds for all that is told there."""
        return [
            site
            for site in self.sites
            if site.case in self.words.at
            and min(self.tree.where(site.top, "case"), default=9) == 0
            and in_scope(self.clause.head, site.top, self.sentence)
        ]


def _finest(sites: Sequence[_Site], sentence: Sentence) -> Place | None:
    """The first that is no state; None where two states, or two others side by side, are named."""
    finer = [site for site in sites if not site.is_state]
    if not finer:
        return sites[0].place if len({site.place.id for site in sites}) == 1 else None
    first, tokens = finer[0], sentence.tokens
    rivals = [s for s in finer[1:] if s.place.id != first.place.id]
    joined = [s for s in rivals if tokens[s.name].dep == "conj"]
    row = {first.name, first.top}
    for site in joined:  # some parsers hang each name of a list from the one before
        row |= {site.name} if tokens[site.name].head in row else set()
    beside = [s for s in joined if s.name in row]
    if beside:
        others = [s for s in rivals if s not in beside]
        return others[0].place if others else None
    return first.place
