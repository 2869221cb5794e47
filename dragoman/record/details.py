"""Context and place of a coded act: what its sentence adds to who did what to whom.

In: the clause's sentence, references and the codebook. Out: context ids, a `Place`. Contexts go
by word lists.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from dragoman.knowledge.codebook import Codebook
from dragoman.knowledge.languages import Language
from dragoman.knowledge.names import fold
from dragoman.model import Clause, Place, Reference, Sentence
from dragoman.record.dating import in_scope

MAX_CONTEXTS = 3


def contexts(sentence: Sentence, codebook: Codebook, language: str) -> tuple[str, ...]:
    """Contexts whose words stand in the sentence, by number of words."""
    lemmas = {fold(token.lemma) for token in sentence.tokens}
    lemmas |= {fold(token.text) for token in sentence.tokens}
    scores = [
        (len(lemmas & context.words.get(language, frozenset())), context.id)
        for context in codebook.contexts
    ]
    ranked = sorted((s for s in scores if s[0]), key=lambda s: (-s[0], s[1]))
    return tuple(identity for _, identity in ranked[:MAX_CONTEXTS])


def place_of_act(
    clause: Clause, sentence: Sentence, references: Sequence[Reference], language: Language
) -> Place | None:
    """The place after a preposition of place that hangs from the predicate; the finest if several.

    A place elsewhere in the sentence is taken only when it is the only one and in the scope of the
    same verb.
    """
    located = [r for r in references if r.place is not None and _is_located(r, sentence, language)]
    own = [
        r
        for argument in clause.arguments
        if argument.slot.startswith(("pp:", "subj.pp:"))
        for phrase in argument.members
        for r in located
        if phrase.start <= r.mention.start < phrase.end
    ]
    chosen = own or [r for r in located if in_scope(clause.head, r.mention.head, sentence)]
    finer = [r for r in chosen if r.place is not None and not r.place.id.isupper()] or chosen
    places = {r.place.id: r.place for r in finer if r.place is not None}
    return next(iter(places.values())) if len(places) == 1 or (own and places) else None


def _is_located(reference: Reference, sentence: Sentence, language: Language) -> bool:
    tokens = sentence.tokens
    place = bisect_right(tokens, reference.mention.start, key=lambda token: token.end)
    before = tokens[max(place - 3, 0) : place]
    words = [t.lemma for t in before if t.pos in {"ADP", "DET"}] + [t.text.lower() for t in before]
    away = {*language.words.of, *language.words.by, *language.words.between, "to", "with", "avec"}
    location = set(language.words.location) - away
    near = [t for t in before[-2:] if t.pos == "ADP"]
    return any(t.lemma in location or t.text.lower() in location for t in near) and bool(words)
