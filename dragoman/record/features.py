"""What the model of acts is told of a clause: the words in each role, and a few traits.

In: a clause with the frame that fits it, if any, and its sides. Out: `Features`. Names of the
sides are left out: who acts must not decide what was done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dragoman.knowledge.acts import Features
from dragoman.knowledge.frames import Frame
from dragoman.model import Clause, Sentence
from dragoman.record.sides import Found
from dragoman.record.slots import Filled
from dragoman.record.wording import SOURCE, TARGET, wording
from dragoman.trees import Tree

INSIDE = ("amod", "compound", "nmod")
COMPLEMENTS = ("xcomp", "ccomp", "acl")
BELOW_COMPLEMENT = ("obj", "nsubj:pass", "xcomp", "obl")
MOST_WEIGHT = 4
"""Frames with more conditions than this are as sure as those with so many."""


def features(
    clause: Clause,
    sentence: Sentence,
    frame: Frame | None,
    filled: Filled,
    language: str,
    entries: Sequence[Frame] = (),
) -> Features:
    """Lemmas by role and traits; a frame's own category is among the traits.

    `entries`: all that the lexicon has of this predicate, told where none of them fits.
    """
    tree = Tree(sentence)
    named = set(_named(sentence, (*filled.sources, *filled.targets)))
    words: dict[str, list[str]] = {
        "pred": [clause.lemmas[0]],
        "mod": list(clause.modifiers),
        "all": [
            word
            for word in wording(clause, sentence, filled.sources, filled.targets, tree).split()
            if word not in {SOURCE, TARGET}
        ],
    }
    flags: dict[str, float] = {}

    def add(role: str, i: int) -> None:
        if i not in named:
            words.setdefault(role, []).append(sentence.tokens[i].lemma.lower())

    for argument in clause.arguments:
        slot = argument.slot
        is_object = slot in {"obj", "of"} or (clause.passive and slot == "subj")
        for phrase in argument.members:
            if is_object:
                add("obj", phrase.head)
                for j in tree.where(phrase.head, *INSIDE):
                    add("objmod", j)
            elif slot.startswith(("pp:", "obj.pp:")):
                add("pp", phrase.head)
                flags[f"p:{slot}"] = 1.0
            elif slot == "adj":
                add("mod", phrase.head)
    for j in tree.where(clause.head, *COMPLEMENTS):
        add("comp", j)
        for k in tree.where(j, *BELOW_COMPLEMENT):
            add("compobj", k)
    if clause.support is not None:
        add("sup", clause.support)
    if clause.governors:
        above, relation = clause.governors[0]
        add("gov", above)
        flags[f"gov:{relation.partition(':')[0]}"] = 1.0
    flags.update(_traits(clause, filled))
    flags.update(_of_frame(frame, entries))
    return Features(language, words, flags)


def _named(sentence: Sentence, sides: Iterable[Found]) -> Iterator[int]:
    for found in sides:
        yield found.head
        for i, token in enumerate(sentence.tokens):
            if found.side.start <= token.start < found.side.end:
                yield i


def _traits(clause: Clause, filled: Filled) -> Iterator[tuple[str, float]]:
    yield f"pos:{clause.pos}", 1.0
    yield f"tense:{clause.tense}", 1.0
    if clause.passive:
        yield "passive", 1.0
    if clause.particle:
        yield f"prt:{clause.particle}", 1.0
    for name, sides in (("source", filled.sources), ("target", filled.targets)):
        if sides:
            yield f"{name}:any", 1.0
            yield f"{name}:sector:{sides[0].side.sector}", 1.0
            if sides[0].side.actor is not None:
                yield f"{name}:actor", 1.0


def _of_frame(frame: Frame | None, entries: Sequence[Frame]) -> Iterator[tuple[str, float]]:
    if frame is not None:
        yield f"frame:{frame.category}", 1.0
        yield f"weight:{frame.category}", min(frame.weight, MOST_WEIGHT) / MOST_WEIGHT
        return
    yield ("frame:unmet" if entries else "frame:-"), 1.0
    for category, count in Counter(entry.category for entry in entries).items():
        yield f"near:{category}", count / len(entries)
