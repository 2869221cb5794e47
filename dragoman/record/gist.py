"""What a clause is about, as one vector: the space in which a desk's own categories are told apart.

In: the words of a clause, or of a text whose language the model of acts knows. Out: a unit vector.
Rare words count most, and what the texts of our codebook have in common is taken away. A desk's
category is about a subject as often as about a kind of act, and the vectors by role that tell
PLOVER's categories apart say little of subjects.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np

from dragoman.knowledge import Knowledge
from dragoman.knowledge.acts import Vector
from dragoman.model import Clause, Reference, Sentence
from dragoman.trees import Tree

FREQUENT = 0.02
"""A word in this share of the texts counts half of what a word in none counts."""
APART = frozenset({"conj", "cc", "advcl", "parataxis", "punct", "discourse"})
"""Relations that lead out of a clause to others."""
MOST_WORDS = 40


class Gist:
    """The space of one codebook."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.model = knowledge.acts
        self.examples = [e for e in knowledge.codebook.examples if e.language in self.model.words]
        self.texts = Counter(e.language for e in self.examples)
        self.seen = Counter(
            (e.language, word) for e in self.examples for word in set(words_of(e.text))
        )

    @cached_property
    def background(self) -> Vector:
        """Where the examples of our codebook lie, a row each."""
        return unit(self._raw_background - self._common)

    @cached_property
    def _raw_background(self) -> Vector:
        rows = [self._raw(e.language, words_of(e.text)) for e in self.examples]
        return np.stack(rows)

    @cached_property
    def _common(self) -> Vector:
        common: Vector = self._raw_background.mean(axis=0)
        return common

    def place(self, language: str, words: Iterable[str]) -> Vector | None:
        """A unit vector, or None where no word is known."""
        raw = self._raw(language, words)
        return unit(raw - self._common) if raw.any() else None

    def _raw(self, language: str, words: Iterable[str]) -> Vector:
        return unit(self.model.blend(language, {w: self._weight(language, w) for w in words}))

    def _weight(self, language: str, word: str) -> float:
        share = self.seen[language, word] / max(self.texts[language], 1)
        return FREQUENT / (FREQUENT + share)


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def clause_words(
    clause: Clause, sentence: Sentence, references: Sequence[Reference]
) -> Iterator[str]:
    """The lemmas below and just above a predicate; who takes part, and where, is left out."""
    tree = Tree(sentence)
    named = [(r.mention.start, r.mention.end) for r in references if r.actor or r.place]
    tops = [i for i in (clause.support, clause.head) if i is not None]
    if clause.governors and clause.pos == "n":
        tops.append(clause.governors[0][0])
    for i in _below(tree, tops):
        token = sentence.tokens[i]
        if i == clause.head:
            yield clause.lemmas[0]
        elif token.pos != "PROPN" and not any(a <= token.start < b for a, b in named):
            yield token.lemma.lower()


def _below(tree: Tree, tops: Iterable[int]) -> list[int]:
    found = list(dict.fromkeys(tops))
    for i in found:
        for j in tree.children[i]:
            if tree.tokens[j].dep not in APART and j not in found and len(found) < MOST_WORDS:
                found.append(j)
    return found


def unit(rows: Vector) -> Vector:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    made: Vector = (rows / (lengths + 1e-9)).astype(np.float32)
    return made
