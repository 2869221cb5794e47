"""Who acts in a sentence, as far as references say: the persons, states and bodies at the head of
its subjects.

In: a sentence and the references in it. Out: references, in text order. One inside a subject that
is not its head ("the supporters of X") does not act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dragoman.model import DEMONYM, Reference, Sentence
from dragoman.trees import Tree

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
PARTS = ("flat", "flat:name", "flat:foreign", "appos")
STATES = frozenset({"atlas: state", DEMONYM})
Test = Callable[[Reference], bool]


def heads(sentence: Sentence) -> list[int]:
    """Tokens that head a subject, with those coordinated to them."""
    tree = Tree(sentence)
    subjects = [i for i, token in enumerate(sentence.tokens) if token.dep in SUBJECTS]
    # "Ada Lund and Bo Ek": some parsers hang the second name from the first one's last word.
    parts = [j for i in subjects for j in tree.where(i, *PARTS)]
    found = {j for i in subjects for j in tree.members(i)}
    return sorted(found.union(*(tree.members(i)[1:] for i in parts)))


def at_heads(sentence: Sentence, references: Sequence[Reference]) -> list[Reference]:
    """References that cover a subject's head."""
    starts = [sentence.tokens[i].start for i in heads(sentence)]
    return [r for at in starts for r in references if r.mention.start <= at < r.mention.end]


def each(references: Iterable[Reference], test: Test) -> list[Reference]:
    """Those that pass the test, each actor once."""
    found: dict[str, Reference] = {}
    for r in references:
        if test(r):
            found.setdefault(r.actor or r.name, r)
    return list(found.values())


def is_person(reference: Reference) -> bool:
    """A name, or an office whose holder is known."""
    kind, known = reference.mention.kind, reference.actor is not None
    return kind == "PER" or (kind == "ROLE" and known and bool(reference.role))


def is_state(reference: Reference) -> bool:
    return reference.reason in STATES


def is_body(reference: Reference) -> bool:
    return reference.mention.kind in {"ORG", "LOC"} and reference.actor is not None
