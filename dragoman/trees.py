"""Walking a sentence's tree: children, coordination, noun phrases.

`Node` is the mutable form for the passes that bring parsers to one layer; `Tree` reads a finished
sentence. Neither knows words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.model import Phrase, Sentence, Token

LEADING = frozenset(
    {"fixed", "det", "case", "punct", "cc", "mark", "cop", "expl", "predet", "preconj"}
)
OUTSIDE = frozenset(
    {
        "acl:relcl",
        "acl",
        "advcl",
        "conj",
        "cc",
        "parataxis",
        "ccomp",
        "nsubj",
        "csubj",
        "cop",
        "aux",
        "aux:pass",
        "advmod",
        "mark",
        "obl",
        "dep",
        "discourse",
    }
)
"""Relations that lead out of a noun phrase."""


@dataclass(slots=True)
class Node:
    text: str
    lemma: str
    pos: str
    dep: str
    head: int


def children(nodes: list[Node], i: int) -> list[int]:
    return [j for j, node in enumerate(nodes) if node.head == i and j != i]


class Tree:
    """A sentence with its children indexed once."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head != i:
                self.children[token.head].append(i)

    def where(self, i: int, *deps: str) -> list[int]:
        return [j for j in self.children[i] if self.tokens[j].dep in deps]

    def first(self, i: int, *deps: str) -> int | None:
        return next(iter(self.where(i, *deps)), None)

    def case(self, i: int) -> str:
        """The preposition of a noun phrase ("" if none); several words are joined by a space.

        A bare case that does a preposition's work counts as one ("gen", "dat", "ins")."""
        words: list[str] = []
        for j in self.where(i, "case"):
            words.append(self.tokens[j].lemma)
            words += [self.tokens[k].text.lower() for k in self.where(j, "fixed")]
        return " ".join(words) or self.tokens[i].case or ""

    def members(self, i: int) -> list[int]:
        """A head and the heads coordinated with it, in order."""
        others = [j for j in self.where(i, "conj") if self.tokens[j].pos != "VERB"]
        # "operations of A, notably in B, and in C": C is no second A.
        case = self.case(i)
        return [i, *(j for j in others if self.case(j) in {"", case})]

    def climb(self, i: int) -> Iterator[int]:
        """Heads above i, nearest first; stops at the root or on a loop."""
        seen = {i}
        while self.tokens[i].head not in seen:
            i = self.tokens[i].head
            seen.add(i)
            yield i

    def phrase(self, head: int) -> Phrase:
        """The noun phrase of `head`: what hangs from it, less clauses, conjuncts and article."""
        inside = [head]
        stack = [head]
        while stack:
            for j in self.children[stack.pop()]:
                if self.tokens[j].dep in OUTSIDE or len(inside) > 40:
                    continue
                inside.append(j)
                stack.append(j)
        inside.sort()
        while inside[0] != head and self.tokens[inside[0]].dep in LEADING:
            inside.pop(0)
        while inside[-1] != head and self.tokens[inside[-1]].dep == "punct":
            inside.pop()
        return Phrase(head, self.tokens[inside[0]].start, self.tokens[inside[-1]].end)

    def phrases(self, head: int) -> tuple[Phrase, ...]:
        return tuple(self.phrase(j) for j in self.members(head))
