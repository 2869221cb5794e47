"""Predicates and their arguments on an abstract layer over the tree, the same for all languages.

In: sentences with UD trees and a language's lists of verbs and event nouns. Out: `Clause`s. It
says who stands in which slot and what governs the predicate; what that means is for the coder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.knowledge.languages import Language
from dragoman.model import Clause, Sentence, Token
from dragoman.read.arguments import COMPLEMENTS, Arguments
from dragoman.trees import Tree

GOVERNED = frozenset(
    {
        "ccomp",
        "xcomp",
        "advcl",
        "acl",
        "obj",
        "obl",
        "nmod",
        "nsubj:pass",
        "nsubj",
        "csubj",
        "appos",
        "iobj",
    }
)
HIGHEST_GOVERNOR = 4


def find_clauses(sentences: Sequence[Sentence], language: Language) -> tuple[Clause, ...]:
    nouns = language.event_nouns
    found: list[Clause] = []
    for sentence in sentences:
        tree = Tree(sentence)
        reader = _ClauseReader(tree, language)
        for i, token in enumerate(tree.tokens):
            if token.pos == "VERB":
                found.append(reader.verb(i))
            elif token.lemma in nouns and _is_common(token, i, sentence):
                found.append(reader.noun(i))
    return tuple(found)


def _is_common(token: Token, i: int, sentence: Sentence) -> bool:
    """A noun; capitals make it a name ("17 March") except in headlines and at the start."""
    if token.pos == "NOUN":
        return True
    free = i == 0 or sentence.label == "headline" or token.text.islower()
    return token.pos == "PROPN" and free


class _ClauseReader:
    """Reads the clauses of one sentence."""

    def __init__(self, tree: Tree, language: Language) -> None:
        self.tree = tree
        self.tokens = tree.tokens
        self.language = language
        self.words = language.words
        cues = language.modality.words
        self.negation = frozenset(cues.negation)
        self.if_words = frozenset(cues.if_)
        self.modals = frozenset(cues.modal)
        self.future = frozenset(cues.future)
        self.arguments = Arguments(tree, language)

    def verb(self, i: int) -> Clause:
        token = self.tokens[i]
        passive = self.arguments.is_passive(i)
        tense, mood, modal = self.tense(i)
        particle = self.tree.first(i, "compound:prt")
        complements = self.tree.where(i, *COMPLEMENTS)
        return Clause(
            sentence=self.tree.sentence.index,
            head=i,
            start=token.start,
            end=self.tokens[particle].end
            if particle is not None and particle == i + 1
            else token.end,
            pos="v",
            lemmas=self.lemmas(token),
            arguments=tuple(self.arguments.of_verb(i, passive)),
            passive=passive,
            negated=self.is_negated(i),
            tense=tense,
            mood=mood,
            modal=modal,
            particle=self.tokens[particle].lemma if particle is not None else None,
            reflexive=self.arguments.is_reflexive(i),
            modifiers=self.modifiers(i),
            conditional=self.is_conditional(i),
            governors=tuple(self.governors(i)),
            has_complement=bool(complements) or bool(self.arguments.gerunds(i)),
        )

    def noun(self, i: int) -> Clause:
        token = self.tokens[i]
        verb = self.arguments.support_verb(i)
        tense, mood, modal = self.tense(verb if verb is not None else i)
        return Clause(
            sentence=self.tree.sentence.index,
            head=i,
            start=token.start,
            end=token.end,
            pos="n",
            lemmas=self.lemmas(token),
            arguments=tuple(self.arguments.of_noun(i, verb)),
            negated=self.is_negated(i),
            support_negated=verb is not None and self.is_negated(verb),
            tense=tense,
            mood=mood,
            modal=modal,
            modifiers=self.modifiers(i),
            conditional=self.is_conditional(verb if verb is not None else i),
            support=verb,
            governors=tuple(self.governors(verb if verb is not None else i)),
            has_complement=bool(self.tree.where(i, "acl", "ccomp", "xcomp")),
        )

    def lemmas(self, token: Token) -> tuple[str, ...]:
        forms = self.language.forms
        known = forms.lemmas(token.text.lower(), token.pos) if forms is not None else ()
        return known or (token.lemma,)

    def modifiers(self, i: int) -> tuple[str, ...]:
        deps = ("amod", "compound", "advmod", "nmod", "flat:name")
        return tuple(self.tokens[j].lemma for j in self.tree.where(i, *deps))

    def is_negated(self, i: int) -> bool:
        for j in self.tree.children[i]:
            token = self.tokens[j]
            negative = token.text.lower() in self.negation or token.lemma in self.negation
            if negative and token.dep in {"advmod", "det", "advmod:neg", "cc", "mark"}:
                return True
        return False

    def tense(self, i: int) -> tuple[str | None, str | None, str | None]:
        """Tense and mood of the whole verb group, and its modal."""
        token = self.tokens[i]
        helpers = self.tree.where(i, "aux", "aux:pass", "aux:caus", "cop")
        modal = next(
            (self.tokens[j].lemma for j in helpers if self.tokens[j].lemma in self.modals), None
        )
        if any(
            self.tokens[j].text.lower() in self.future or self.tokens[j].lemma in self.future
            for j in helpers
        ):
            return "future", "ind", modal
        finite = next((self.tokens[j] for j in helpers if self.tokens[j].tense), None)
        if finite is None:
            return token.tense, token.mood, modal
        if finite.tense == "future" or finite.mood == "cnd":
            perfect = token.mood == "part" and finite.mood == "cnd"
            return ("past" if perfect else finite.tense), finite.mood, modal
        if token.mood == "part" and token.tense == "past":
            # avait/had + participle: told from a point already past.
            simple = finite.lemma in self.words.be
            return ("past" if finite.tense == "present" or simple else "pluperfect"), "ind", modal
        return finite.tense, finite.mood, modal

    def is_conditional(self, i: int) -> bool:
        """In an if-clause, or in the main clause that an if-clause limits."""
        if self._has_if(i):
            return True
        if any(self._has_if(j) for j in self.tree.where(i, "advcl")):
            return True
        return any(
            self.tokens[above].pos in {"VERB", "AUX"} and self._has_if(above)
            for above in self.tree.climb(i)
        )

    def _has_if(self, i: int) -> bool:
        return any(self.tokens[j].text.lower() in self.if_words for j in self.tree.where(i, "mark"))

    def governors(self, i: int) -> Iterator[tuple[int, str]]:
        """Predicates above i, nearest first, with the relation that i's side of the tree has."""
        below = i
        count = 0
        while count < HIGHEST_GOVERNOR:
            token = self.tokens[below]
            above = token.head
            if above == below or (count and above == i):
                return
            dep = token.dep
            if dep == "conj":
                if self.tokens[above].dep == "conj":
                    return
                below = above
                continue
            if dep not in GOVERNED:
                return
            case = self.tree.case(below) if dep in {"obl", "nmod"} else ""
            mark = self.tree.first(below, "mark") if dep in {"advcl", "acl"} else None
            with_word = case or (self.tokens[mark].lemma if mark is not None else "")
            yield above, f"{dep}:{with_word}" if with_word else dep
            below = above
            count += 1
