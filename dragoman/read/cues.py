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

_STOPS = frozenset(".!?")
_CLOSED = frozenset({"»", "”", '"'})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of speech in its tree. `sort`: v, n or a."""

    tree: Tree
    index: int
    lemma: str
    sort: str
    slots: Slots
    said_in: frozenset[str] = frozenset()
    """Prepositions before the body that speaks where a plural verb has no subject."""

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
        """Told of its subject, not by it: "was accused", "the man accused of theft"."""
        return self.is_bare or is_passive(self.tree, self.index)

    @property
    def is_bare(self) -> bool:
        """A past participle that only goes with a noun: "the alleged theft"."""
        tree, token = self.tree, self.tree.tokens[self.index]
        past = token.mood == "part" and token.tense == "past"
        return past and token.dep in {"acl", "advcl", "amod"} and not tree.where(self.index, "aux")


def is_passive(tree: Tree, verb: int) -> bool:
    """By its auxiliary; a reflexive verb has the same one in French ("s'est félicité")."""
    return bool(tree.where(verb, "aux:pass")) and not tree.where(verb, "expl:comp", "expl:pass")


def segment(tree: Tree, at: int) -> tuple[int, int]:
    """First and last token (excluded) of the sentence around a token, where a stop with a space
    before it did not end one."""
    tokens = tree.tokens
    stops = [i for i in range(1, len(tokens) - 1) if tokens[i].text in _STOPS
             and tokens[i].start > tokens[i - 1].end]  # fmt: skip
    before = max((i + 1 for i in stops if i < at), default=0)
    return before, min((i for i in stops if i > at), default=len(tokens))


def find_cues(tree: Tree, speech: SpeechRules) -> Iterator[Cue]:
    for i, token in enumerate(tree.tokens):
        lemma = token.lemma.lower()
        misread = token.pos != "VERB" and f"{lemma}r" in speech.verbs
        if misread and (_has_clitic(tree, i) or _closes_speech(tree, i)):
            yield Cue(tree, i, f"{lemma}r", "v", speech.verbs[f"{lemma}r"])
        elif token.pos in {"VERB", "AUX"}:
            wholes = (whole for whole in _wholes(tree, i, lemma) if whole in speech.verbs)
            found = next(wholes, lemma)
            if found in speech.verbs:
                yield Cue(tree, i, found, "v", speech.verbs[found], speech.said_in)
        elif token.pos == "NOUN" and lemma in speech.nouns:
            yield Cue(tree, i, lemma, "n", speech.nouns[lemma])
        elif token.pos == "ADJ" and lemma in speech.adjectives:
            yield Cue(tree, i, lemma, "a", speech.adjectives[lemma])


def _has_clitic(tree: Tree, i: int) -> bool:
    """A verb in -er before its pronoun, which parsers take for a noun: "remarque-t-il"."""
    after = tree.tokens[i + 1] if i + 1 < len(tree.tokens) else None
    return after is not None and after.pos == "PRON" and after.text[0] in "-‐‑"


def _closes_speech(tree: Tree, i: int) -> bool:
    """The same right after marks and before whoever speaks: "« … », soupire Awa"."""
    tokens = tree.tokens
    if i < 2 or i + 1 >= len(tokens) or tokens[i - 1].text != ",":
        return False
    return tokens[i - 2].text in _CLOSED and tokens[i + 1].pos in {"PROPN", "DET", "X"}


def _wholes(tree: Tree, i: int, lemma: str) -> Iterator[str]:
    """A verb with its particle ("point out") or the verb that has it done ("faire savoir")."""
    for child in tree.where(i, "compound:prt"):
        yield f"{lemma} {tree.tokens[child].lemma.lower()}"
    above = [tree.tokens[i].head] if tree.tokens[i].dep == "xcomp" else []
    for verb in (*tree.where(i, "aux", "aux:caus"), *above):
        yield f"{tree.tokens[verb].lemma.lower()} {lemma}"
