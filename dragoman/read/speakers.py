"""Who speaks: the noun phrase that belongs to a word of speech or stands after "according to".

In: a sentence's tree and the word. Out: the span of the phrase with its role and name, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.read.cues import Cue, is_passive, segment
from dragoman.trees import Tree

Span = tuple[int, int]

_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_GOVERNED = frozenset({"advcl", "xcomp", "conj", "acl", "parataxis", "obl", "ccomp", "pcomp"})
_PART = frozenset({"obj", "obl", "nmod", "conj", "xcomp", "appos", "advcl", "acl", "ccomp"})
"""Relations by which a noun of speech belongs to somebody's doing: "made the claim that"."""
_INVERTED_REACH = 8
"""Words after a closing speech verb in which its subject must begin ("a déclaré jeudi X")."""
_SUBJECTS = ("nsubj", "nsubj:outer", "nsubj:caus", "nsubj:pass", "expl:subj")
"""Parsers take some inverted pronouns for passive or empty ones."""
_FILLERS = frozenset({"-t", "-t-", "t"})
"""Letters between a verb and its pronoun: "a-t-il"."""
_OWNERS = frozenset({"by", "of", "from", "par", "de"})


def speaker_of(cue: Cue, said: Span, is_quoted: Callable[[int], bool]) -> Span | None:
    """A verb's subject; else a phrase that follows it; else the subject of what governs it. A
    noun's owner; else the subject above it. Nobody speaks within what is said, or at a place that
    `is_quoted`."""
    tree = cue.tree

    def is_free(i: int) -> bool:
        start = tree.tokens[i].start
        return not said[0] <= start < said[1] and not is_quoted(start)

    own = next((i for i in _candidates(cue, said) if i is not None and is_free(i)), None)
    return None if own is None else span_of(tree, own, said)


def _candidates(cue: Cue, said: Span) -> Iterator[int | None]:
    tree, word = cue.tree, cue.index
    if cue.sort != "v" and tree.first(word, "nsubj") is None:
        yield _owner(tree, word)
        yield from _climbed(tree, word, lambda dep: dep in _PART)
        return
    yield _subject(tree, word)
    if cue.is_passive:
        return
    yield _clitic(tree, word)
    yield _at_body(cue)
    yield _before_comma(tree, word)
    if tree.tokens[word].start >= said[0]:
        yield _inverted(tree, word)
    head = tree.tokens[word].head
    if tree.tokens[word].dep.startswith("acl") and tree.tokens[head].pos in _NAMING:
        yield head  # "a letter saying …"
    yield from _climbed(tree, word, lambda dep: dep in _GOVERNED or dep.startswith("acl"))
    if tree.tokens[word].mood != "inf" and tree.tokens[word].start < said[1]:
        yield _lost(tree, word)


def _owner(tree: Tree, noun: int) -> int | None:
    """Whose claim: "Tulsa's claim", "a claim by Tulsa"."""
    own = tree.first(noun, "nmod:poss")
    if own is not None:
        return own
    named = (j for j in tree.where(noun, "nmod", "obl:agent", "obl", "nmod:agent")
             if tree.case(j) in _OWNERS and tree.tokens[j].pos in _NAMING)  # fmt: skip
    return next(named, None)


def _climbed(tree: Tree, here: int, follows: Callable[[str], bool]) -> Iterator[int]:
    """Subjects above, nearest first: "spoke, saying …", "made the claim that …"."""
    for head in tree.climb(here):
        if not follows(tree.tokens[here].dep):
            return
        if tree.tokens[here].dep.startswith("acl") and tree.tokens[head].pos in {"PROPN", "PRON"}:
            yield head
        subject = _subject(tree, head)
        if subject is not None and subject != here:
            yield subject
        here = head


def _subject(tree: Tree, verb: int) -> int | None:
    """An active subject, or the agent of a passive one ("a été jugé … par X")."""
    agent = tree.first(verb, "obl:agent")
    if agent is not None:
        return agent
    if is_passive(tree, verb):
        return None
    subjects = tree.where(verb, *_SUBJECTS)
    return next((i for i in subjects if tree.tokens[i].text not in _FILLERS), None)


def _lost(tree: Tree, verb: int) -> int | None:
    """The last subject or top noun before a verb that was left without one."""
    first = segment(tree, verb)[0]
    heads = (i for i in range(verb - 1, first - 1, -1) if tree.tokens[i].pos in _NAMING
             and tree.tokens[i].dep in {"nsubj", "root", "dislocated"})  # fmt: skip
    return next(heads, None)


def _before_comma(tree: Tree, verb: int) -> int | None:
    """A name cut off from its verb by a stray comma: "the minister, Jane Roe, has said"."""
    first = min([verb, *tree.where(verb, "aux", "advmod")])
    if first < 2 or tree.tokens[first - 1].text != "," or tree.tokens[first].mood == "part":
        return None
    return first - 2 if tree.tokens[first - 2].entity == "PER" else None


def _at_body(cue: Cue) -> int | None:
    """The body after a plural verb without a subject: «сообщили в министерстве»."""
    tree, word = cue.tree, cue.index
    if not tree.tokens[word].plural or tree.where(word, *_SUBJECTS):
        return None
    bodies = (i for i in tree.where(word, "obl") if i > word and tree.case(i) in cue.said_in)
    return next(bodies, None)


def _clitic(tree: Tree, verb: int) -> int | None:
    """The pronoun hung on the verb or its auxiliary: "ajoute-t-elle", "a-t-il dit"."""
    near = range(max(0, verb - 3), min(verb + 3, len(tree.tokens)))
    return next((i for i in near if tree.tokens[i].pos == "PRON" and len(tree.tokens[i].text) > 2
                 and tree.tokens[i].text[0] in "-‐‑"), None)  # fmt: skip


def _inverted(tree: Tree, verb: int) -> int | None:
    """Parsers often lose a subject that follows its verb: take the first name or noun there that
    no preposition governs ("a salué pour sa part le ministre")."""
    tokens = tree.tokens
    taken = (i for i in tree.where(verb, "obj") if i > verb and tokens[i].pos in _NAMING)
    own = next(taken, None)
    if own is not None:
        return own
    governed = False
    for i in range(verb + 1, min(verb + 1 + _INVERTED_REACH, len(tokens))):
        token = tokens[i]
        if token.pos in {"PUNCT", "SCONJ", "CCONJ", "VERB"}:
            return None
        if token.pos == "ADP":
            governed = True
        elif token.pos in {"NOUN", "PROPN"} and not token.dep.endswith(":tmod"):
            if not governed:
                return i
            governed = i + 1 < len(tokens) and tokens[i + 1].pos == "PROPN"
    return None


def phrase_after(tree: Tree, at: int) -> Span | None:
    """The noun phrase that begins at token `at`."""
    for i in range(at, min(at + _INVERTED_REACH, len(tree.tokens))):
        token = tree.tokens[i]
        if token.pos == "PUNCT":
            return None
        if token.pos in _NAMING:
            head = i
            while (tree.tokens[head].dep in {"compound", "flat", "flat:name", "amod", "nmod:poss"}
                   and tree.tokens[head].head > head):  # fmt: skip
                head = tree.tokens[head].head
            given = _giver(tree, head)
            if given is not None:
                return span_of(tree, given, None)
            start, end = span_of(tree, head, None)
            first = next(t.start for t in tree.tokens[at:] if t.pos != "DET")
            return max(start, first), end
    return None


def _giver(tree: Tree, noun: int) -> int | None:
    """Who gave it: "figures released by the ministry"."""
    agents = (tree.first(clause, "obl:agent") for clause in tree.where(noun, "acl"))
    return next((i for i in agents if i is not None), None)


def span_of(tree: Tree, head: int, said: Span | None) -> Span:
    """The phrase without its article, with a name beside it ("the minister, X"); what is said is
    cut off where the parser glued it on."""
    phrase = tree.phrase(head)
    start, end = phrase.start, phrase.end
    token = tree.tokens[head]
    if token.text[0] in "-‐‑" and len(token.text) > 1:
        start, end = token.start + 1, token.end
    if token.pos == "NOUN" and token.entity is None:
        end = _with_name(tree, end)
    if said is not None and start < said[1] and said[0] < end:
        return token.start, token.end
    return start, end


def _with_name(tree: Tree, end: int) -> int:
    """The end of a person's name that follows a comma."""
    after = [token for token in tree.tokens if token.start >= end]
    if not after or after[0].text != ",":
        return end
    for token in after[1:]:
        if token.entity != "PER":
            break
        end = token.end
    return end
