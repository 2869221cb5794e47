"""A clause in few words: what an embedding model is asked about.

In: a clause, its sentence and the sides found for it. Out: the predicate with the words that
decide its meaning, doer and recipient replaced by X and Y, in the order of the text. Compressing
so moves a classifier of acts more than any change of the classifier does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.model import Clause, Sentence
from dragoman.record.sides import Found
from dragoman.trees import Tree

SOURCE, TARGET = "X", "Y"
OUTSIDE = frozenset(
    {
        "punct",
        "det",
        "advcl",
        "acl:relcl",
        "parataxis",
        "conj",
        "cc",
        "appos",
        "nummod",
        "discourse",
    }
)
"""Relations under which nothing helps to tell what sort of act it is."""
NOT_BELOW_NOUNS = frozenset({"acl", "flat", "flat:name", "flat:foreign"})
DEPTH = 4
LENGTH = 16
"""In words; longer clauses lose their last ones."""


def wording(
    clause: Clause,
    sentence: Sentence,
    sources: Iterable[Found],
    targets: Iterable[Found],
    tree: Tree | None = None,
) -> str:
    """The compressed clause, at most 16 words: "X urge Y to release prisoners"."""
    tree = tree or Tree(sentence)
    names = {**_covered(sentence, targets, TARGET), **_covered(sentence, sources, SOURCE)}
    words: list[str] = []
    for i in sorted(set(_inside(tree, clause))):
        word = names.get(i, sentence.tokens[i].text.lower())
        if not words or words[-1] != word or word not in {SOURCE, TARGET}:
            words.append(word)
    return " ".join(words[:LENGTH])


def _covered(sentence: Sentence, sides: Iterable[Found], name: str) -> dict[int, str]:
    return {
        i: name
        for found in sides
        for i, token in enumerate(sentence.tokens)
        if found.side.start <= token.start < found.side.end or i == found.head
    }


def _inside(tree: Tree, clause: Clause) -> Iterator[int]:
    top = clause.support if clause.support is not None else clause.head
    yield from _below(tree, top, 0)
    yield from _below(tree, clause.head, 0)
    if clause.pos == "n" and clause.support is None and clause.governors:
        above = clause.governors[0][0]
        if tree.tokens[above].pos == "VERB":
            yield above
            yield from (j for j in tree.where(above, "aux", "aux:pass", "compound:prt"))
    for argument in clause.arguments:  # those that stand elsewhere in the tree: shared subjects
        if argument.slot in {"subj", "obj", "agent", "support"}:
            yield from (phrase.head for phrase in argument.members)


def _below(tree: Tree, i: int, depth: int) -> Iterator[int]:
    yield i
    if depth == DEPTH:
        return
    nominal = tree.tokens[i].pos in {"NOUN", "PROPN"}
    for j in tree.children[i]:
        dep = tree.tokens[j].dep
        if dep in OUTSIDE or (nominal and depth and dep in NOT_BELOW_NOUNS):
            continue
        yield from _below(tree, j, depth + 1)
