"""Words that report speech or thought, found in a sentence's tree.

In: a tree and its language's speech words. Out: `Cue` records in order. What they report, and who
speaks, others find.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge.speech import CLAUSE, Slots, SpeechRules
from dragoman.model import Stance
from dragoman.trees import Tree


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of speech in its tree. `sort`: v, n or a."""

    tree: Tree
    index: int
    lemma: str
    sort: str
    slots: Slots

    @property
    def start(self) -> int:
        return self.tree.tokens[self.index].start

    @property
    def end(self) -> int:
        return self.tree.tokens[self.index].end

    @property
    def stance(self) -> Stance:
        """Of a clause or a quotation."""
        return self.slots[CLAUSE]

    @property
    def is_passive(self) -> bool:
        return any(
            self.tree.tokens[c].dep in {"aux:pass", "nsubj:pass"}
            for c in self.tree.children[self.index]
        )


def find_cues(tree: Tree, speech: SpeechRules) -> Iterator[Cue]:
    for i, token in enumerate(tree.tokens):
        lemma = token.lemma.lower()
        if token.pos in {"VERB", "AUX"}:
            whole = next((f"{lemma} {tree.tokens[c].lemma.lower()}"
                          for c in tree.where(i, "compound:prt")), lemma)  # fmt: skip
            found = whole if whole in speech.verbs else lemma
            if found in speech.verbs:
                yield Cue(tree, i, found, "v", speech.verbs[found])
        elif token.pos == "NOUN" and lemma in speech.nouns:
            yield Cue(tree, i, lemma, "n", speech.nouns[lemma])
        elif token.pos == "ADJ" and lemma in speech.adjectives:
            yield Cue(tree, i, lemma, "a", speech.adjectives[lemma])
