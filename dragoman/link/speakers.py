"""Who it is that speaks: the phrase beside a quote, brought to what its words stand for.

In: quotes, and the references of one article. Out: the quotes with `by` set wherever a phrase
stands for the speaker. A pronoun that two people can be meant by keeps no actor.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.knowledge.languages import Language
from dragoman.model import Quote, Reading, Reference, Speaker
from dragoman.trees import Tree

Span = tuple[int, int]

_OWNING = frozenset({"nmod", "nmod:poss", "compound", "amod", "obl"})
"""Relations of a person whom the phrase only belongs to: "X's lawyer"."""
_LONGEST = 60
"""Characters of a phrase that may serve as a speaker's name."""
_NEAR = 2
"""Sentences before a pronoun in which the one person named is meant, if nobody spoke."""


def identify_speakers(
    reading: Reading, references: Sequence[Reference], language: Language, text: str
) -> tuple[Quote, ...]:
    """The quotes of a reading, each with its speaker as an actor or by name."""
    search = _Search(reading, references, language, text)
    return tuple(search.identified())


def _is_state(reference: Reference) -> bool:
    """States have codes of three capitals for ids."""
    return reference.actor is not None and reference.actor.isupper()


def _head(tree: Tree, span: Span) -> int:
    """The token of a phrase that hangs from outside it."""
    inside = [i for i, t in enumerate(tree.tokens) if span[0] < t.end and t.start < span[1]]
    return next((i for i in inside if tree.tokens[i].head not in inside
                 or tree.tokens[i].head == i), 0)  # fmt: skip


def _antecedent(tree: Tree, pronoun: Span) -> Span | None:
    """The phrase that a relative pronoun stands for: "the doctor who said"."""
    here = tree.tokens[_head(tree, pronoun)].head
    while tree.tokens[here].dep in {"conj", "xcomp", "aux"} and tree.tokens[here].head != here:
        here = tree.tokens[here].head
    if not tree.tokens[here].dep.startswith("acl"):
        return None
    phrase = tree.phrase(tree.tokens[here].head)
    return phrase.start, phrase.end


class _Search:
    def __init__(
        self,
        reading: Reading,
        references: Sequence[Reference],
        language: Language,
        text: str,
    ) -> None:
        self.reading = reading
        self.text = text
        self.bodies = language.roles.keys() | language.frames.classes.get("body", frozenset())
        self.relative = frozenset(language.words.relative_pronouns)
        self.singular = frozenset(language.words.singular_pronouns)
        self.pronouns = frozenset(language.words.personal_pronouns)
        self.genders = language.speech.gender
        self.gendered = self._genders(references)
        self.surnames: dict[str, set[tuple[str | None, str]]] = {}
        for r in references:
            if r.mention.kind == "PER" and " " in r.name:
                self.surnames.setdefault(r.name.lower().split()[-1], set()).add((r.actor, r.name))
        self.by_sentence: dict[int, list[Reference]] = {}
        for reference in references:
            self.by_sentence.setdefault(reference.mention.sentence, []).append(reference)
        self.quoted: dict[int, list[tuple[int, int]]] = {}
        for quote in reading.quotes:
            self.quoted.setdefault(quote.sentence, []).append((quote.start, quote.end))

    def _genders(self, references: Sequence[Reference]) -> dict[str, str]:
        """Names that a title or an article before them shows to be a man's or a woman's."""
        found: dict[str, set[str]] = {}
        for reference in references:
            mention = reference.mention
            if mention.kind == "PER" and mention.text.lower() not in self.pronouns:
                tokens = self.reading.sentences[mention.sentence].tokens
                first = next(i for i, t in enumerate(tokens) if t.end > mention.phrase[0])
                before = (t.text.lower() for t in tokens[max(0, first - 1) : mention.head])
                telling = next((word for word in before if word in self.genders), None)
                if telling is not None:
                    found.setdefault(reference.name, set()).add(self.genders[telling])
        return {name: next(iter(seen)) for name, seen in found.items() if len(seen) == 1}

    def identified(self) -> Iterator[Quote]:
        last: Quote | None = None
        for quote in self.reading.quotes:
            if quote.speaker is not None:
                quote = replace(quote, by=self._speaker(quote, quote.speaker, last))
                last = quote if quote.kind != "topic" else last
            yield quote

    def _speaker(self, quote: Quote, span: Span, last: Quote | None) -> Speaker:
        tree = self._tree(span[0], quote.sentence)
        word = self.text[slice(*span)].lower()
        if tree is not None and word in self.relative:
            span = _antecedent(tree, span) or span
        found = self._reference(tree, span, quote.sentence)
        gender = self.genders.get(word) if word in self.singular else None
        if gender and found is not None and self.gendered.get(found.name, gender) != gender:
            found = None
        if gender and (found is None or _is_state(found)):
            meant = self._meant(quote, span[0], last, gender)
            if meant is not None:
                self.gendered.setdefault(meant[1], gender)
                return Speaker(*meant, *span)
        named = self.surnames.get(word, set())
        taken = found is not None and (found.actor is not None or found.mention.kind == "PER")
        if not taken and len(named) == 1:  # a surname that the parser took for something else
            return Speaker(*next(iter(named)), *span)
        if found is not None:
            mention, name = found.mention, found.name
            if name == mention.text and mention.kind == "ROLE" and span[1] - span[0] <= _LONGEST:
                name = self.text[slice(*span)]  # "NATO chief" says more than "chief"
            return Speaker(found.actor, name, mention.start, mention.end)
        return Speaker(None, self.text[slice(*span)], *span)

    def _tree(self, at: int, near: int) -> Tree | None:
        """Of the sentence that holds a place, most often the quote's or one beside it."""
        for index in (near, near - 1, near + 1, self._index(at)):
            if 0 <= index < len(self.reading.sentences):
                sentence = self.reading.sentences[index]
                if sentence.start <= at < sentence.end:
                    return Tree(sentence)
        return None

    def _index(self, at: int) -> int:
        """Of the last sentence that begins before a place: a quote over many sentences has its
        speaker after the last."""
        return bisect_right(self.reading.sentences, at, key=lambda sentence: sentence.start) - 1

    def _reference(self, tree: Tree | None, span: Span, near: int) -> Reference | None:
        """What a phrase stands for: a person named in it, else its head, else whom its head belongs
        to ("the ministry of X")."""
        sentences = (tree.sentence.index,) if tree is not None else (near, near - 1, near + 1)
        inside = [r for i in sentences for r in self.by_sentence.get(i, [])
                  if span[0] <= r.mention.start < span[1]]  # fmt: skip
        if tree is None:
            return inside[0] if inside else None
        top = _head(tree, span)
        head = tree.tokens[top]
        heading = [r for r in inside if r.mention.start <= head.start < r.mention.end]
        people = [r for r in inside if r.mention.kind == "PER"
                  and tree.tokens[r.mention.head].dep not in _OWNING]  # fmt: skip
        office = any(r.role and r.actor is None for r in heading)  # one of several ministers
        owners = [r for r in inside if r.actor and tree.tokens[r.mention.head].head == top
                  and head.lemma.lower() in self.bodies and not office]  # fmt: skip
        known = [r for r in heading if r.actor]
        return next(iter(people or known or owners or heading), None)

    def _meant(
        self, quote: Quote, at: int, last: Quote | None, gender: str
    ) -> tuple[str | None, str] | None:
        """Whom "he said" means: the person who spoke last, or the one person who did anything
        shortly before; None where both can be meant."""
        doing = {who for who in self._doing(quote.sentence, at)
                 if self.gendered.get(who[1], gender) == gender}  # fmt: skip
        if last is not None and last.by is not None and last.sentence >= quote.sentence - _NEAR:
            before = last.by.actor, last.by.name
            fits = self.gendered.get(before[1], gender) == gender
            if fits and doing <= {before} and before[1].lower() not in self.pronouns:
                return before
        return next(iter(doing)) if len(doing) == 1 else None

    def _doing(self, sentence: int, at: int) -> set[tuple[str | None, str]]:
        """People who are subjects outside quotes in the last sentences before a place."""
        return {
            (r.actor, r.name)
            for near in range(sentence - _NEAR, sentence + 1)
            for r in self.by_sentence.get(near, [])
            if r.mention.kind in {"PER", "ROLE"} and r.mention.end <= at
            and r.mention.text.lower() not in self.pronouns and self._is_subject(r)
            and not self._is_quoted(r)
        }  # fmt: skip

    def _is_subject(self, reference: Reference) -> bool:
        tokens = self.reading.sentences[reference.mention.sentence].tokens
        return tokens[reference.mention.head].dep in {"nsubj", "nsubj:pass", "appos"}

    def _is_quoted(self, reference: Reference) -> bool:
        at, here = reference.mention.start, reference.mention.sentence
        return any(
            start <= at < end
            for near in range(here - _NEAR, here + 1)
            for start, end in self.quoted.get(near, ())
        )
