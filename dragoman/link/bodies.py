"""Bodies spoken of again by a plain noun: "the group", "l'organisation", "the rebels".

In: references with their names resolved. Out: the same with such nouns pointing to the one body
named shortly before that the noun fits. Where several fit, or a body that the atlas lacks may be
meant, it stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.knowledge.atlas import Actor, Atlas
from dragoman.knowledge.languages import Language
from dragoman.knowledge.names import WORD, fold
from dragoman.link.around import COMPLEMENTS, is_definite_noun
from dragoman.model import DEMONYM, Mention, Reading, Reference, Sentence, Token

REACH = (1, 3)
"""Sentences back in which a body is looked for; farther ones only where the nearer have none."""
TELLING = COMPLEMENTS - {"amod"} | {"appos"}
"""Relations of words that say which body is meant."""
APART = TELLING - {"acl:relcl", "acl"}
"""The same, where a comma parts what follows from the noun."""


def resolve_bodies(
    references: Sequence[Reference], reading: Reading, atlas: Atlas, language: Language
) -> list[Reference]:
    bodies = _Bodies(references, atlas, language)
    for sentence in reading.sentences:
        for i in _nouns(sentence, language):
            bodies.resolve(sentence, i)
    return sorted(bodies.references, key=lambda r: (r.mention.start, -r.mention.end))


class _Bodies:
    def __init__(self, references: Sequence[Reference], atlas: Atlas, language: Language) -> None:
        self.references = list(references)
        self.places: dict[int, list[int]] = {}
        """Sentence → where in the list its references stand."""
        for k, reference in enumerate(references):
            self.places.setdefault(reference.mention.sentence, []).append(k)
        self.atlas = atlas
        self.language = language

    def resolve(self, sentence: Sentence, i: int) -> None:
        token = sentence.tokens[i]
        here = self.places.setdefault(sentence.index, [])
        at = next((k for k in here if _covers(self.references[k], token.start)), None)
        own = self.references[at] if at is not None else None
        if own is not None and (own.actor is not None or _is_name(own)):
            return
        found = self._meant(sentence, i)
        if found is None:
            return
        mention = own.mention if own is not None else _mention(sentence, i)
        spoken = found.mention
        reference = replace(
            found,
            mention=mention,
            reason=f"“{token.text}”: {found.name} is the one it fits",
            antecedent=(spoken.start, spoken.end) if spoken.sentence == sentence.index else None,
        )
        if at is None:
            here.append(len(self.references))
            self.references.append(reference)
        else:
            self.references[at] = reference

    def _meant(self, sentence: Sentence, i: int) -> Reference | None:
        noun, before = _noun(sentence.tokens[i], self.language), sentence.tokens[i].start
        countries = self._said_of(sentence, i)
        for reach in REACH:
            near = (
                self.references[k]
                for index in range(max(0, sentence.index - reach), sentence.index + 1)
                for k in self.places.get(index, ())
                if self.references[k].mention.end <= before
            )
            fitting = {r.actor or r.name: r for r in near if self._fits(r, noun, countries)}
            if fitting:
                one = next(iter(fitting.values()))
                return one if len(fitting) == 1 and one.actor is not None else None
        return None

    def _fits(self, r: Reference, noun: str, countries: set[str | None]) -> bool:
        actor = self.atlas.actors.get(r.actor or "")
        if actor is None:
            return r.mention.kind == "ORG" and r.sector != "MED" and _is_name(r)
        kinds = self.language.bodies[noun]
        if actor.kind not in kinds and not self._is_named_so(actor, noun):
            return False
        return not countries or actor.country in countries

    def _is_named_so(self, actor: Actor, noun: str) -> bool:
        if actor.kind in {"state", "person"}:
            return False
        own = (
            fold(m.group())
            for n in actor.names.get(self.language.code, ())
            for m in WORD.finditer(n)
        )
        return fold(noun) in own

    def _said_of(self, sentence: Sentence, i: int) -> set[str | None]:
        """States whose adjective stands with the noun ("the Lebanese group")."""
        heads = {j for j, t in enumerate(sentence.tokens) if t.head == i and j != i}
        return {
            r.actor
            for r in (self.references[k] for k in self.places.get(sentence.index, ()))
            if r.mention.head in heads and r.reason == DEMONYM
        }


def _nouns(sentence: Sentence, language: Language) -> Iterator[int]:
    """Nouns for bodies said with "the" or "this" and nothing that tells which but adjectives."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        if _noun(token, language) not in language.bodies or token.pos not in {"NOUN", "PROPN"}:
            continue
        own = [t for t in tokens if t.head == i and t is not token]
        said = is_definite_noun(sentence, i, language)
        apart = i + 1 < len(tokens) and tokens[i + 1].text == ","
        told = any(t.dep in (APART if apart else TELLING) for t in own)
        if said and not told:
            yield i


def _noun(token: Token, language: Language) -> str:
    """The word as it stands, else its dictionary form."""
    word = token.text.lower()
    return word if word in language.bodies else token.lemma


def _covers(reference: Reference, start: int) -> bool:
    return reference.mention.start <= start < reference.mention.end


def _is_name(reference: Reference) -> bool:
    """A body's name holds capitals beyond those of its first word's article."""
    words = reference.mention.text.split()
    return reference.mention.kind != "ROLE" and any(w[:1].isupper() for w in words[-1:])


def _mention(sentence: Sentence, i: int) -> Mention:
    token = sentence.tokens[i]
    span = (token.start, token.end)
    return Mention(*span, "ORG", sentence.index, i, token.text, span)
