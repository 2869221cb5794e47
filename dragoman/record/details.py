"""Contexts of a coded act: what its sentence is about beside who did what to whom.

In: the clause's sentence and the codebook. Out: context ids, by word lists.
"""

from __future__ import annotations

from dragoman.knowledge.codebook import Codebook
from dragoman.knowledge.names import fold
from dragoman.model import Sentence

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
