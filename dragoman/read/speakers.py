"""Who speaks: the noun phrase that belongs to a speech verb or stands after "according to".

In: a sentence's tree and the verb. Out: the span of the phrase with its role and name, or None.
"""

from __future__ import annotations

from dragoman.trees import Tree

_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_RELATIVE = frozenset({"who", "that", "which", "qui"})
_GOVERNED = frozenset({"advcl", "xcomp", "conj", "acl", "parataxis", "obl", "ccomp", "pcomp"})
_INVERTED_REACH = 6
"""Words after a closing speech verb in which its subject must begin ("a déclaré jeudi X")."""


def speaker_of(tree: Tree, verb: int, said: tuple[int, int]) -> tuple[int, int] | None:
    """The verb's subject; else a phrase that follows it; else the subject of what governs it."""
    for find in (_subject, _clitic):
        own = find(tree, verb)
        if own is not None:
            return span_of(tree, _antecedent(tree, own), said)
    after = _inverted(tree, verb, said)
    own = after if after is not None else _shared(tree, verb)
    return None if own is None else span_of(tree, own, said)


def _antecedent(tree: Tree, subject: int) -> int:
    """What a relative pronoun stands for: "the doctor who said"."""
    verb = tree.tokens[subject].head
    in_relative = tree.tokens[verb].dep == "acl:relcl"
    pronoun = tree.tokens[subject].text.lower() in _RELATIVE
    return tree.tokens[verb].head if in_relative and pronoun else subject


def _shared(tree: Tree, verb: int) -> int | None:
    """The subject above in "spoke, saying …"; the noun itself in "a letter saying …"."""
    here = verb
    for head in tree.climb(verb):
        dep = tree.tokens[here].dep
        if dep.startswith("acl") and tree.tokens[head].pos in {"NOUN", "PROPN", "PRON"}:
            return head
        if dep not in _GOVERNED:
            return None
        subject = _subject(tree, head)
        if subject is not None:
            return _antecedent(tree, subject)
        here = head
    return None


def _subject(tree: Tree, verb: int) -> int | None:
    """An active subject, or the agent of a passive one ("a été jugé … par X")."""
    agent = tree.first(verb, "obl:agent")
    subject = tree.first(verb, "nsubj", "nsubj:outer", "nsubj:caus")
    return agent if agent is not None else subject


def _clitic(tree: Tree, verb: int) -> int | None:
    """The pronoun hung on the verb or its auxiliary: "ajoute-t-elle", "a-t-il dit"."""
    near = range(max(0, verb - 3), min(verb + 3, len(tree.tokens)))
    return next((i for i in near if tree.tokens[i].pos == "PRON" and len(tree.tokens[i].text) > 2
                 and tree.tokens[i].text[0] in "-‐‑"), None)  # fmt: skip


def _inverted(tree: Tree, verb: int, said: tuple[int, int]) -> int | None:
    """Parsers often lose a subject that follows its verb: take the first name or noun there."""
    tokens = tree.tokens
    if tokens[verb].start < said[0]:
        return None
    for i in range(verb + 1, min(verb + 1 + _INVERTED_REACH, len(tokens))):
        token = tokens[i]
        if token.pos in {"PUNCT", "ADP", "SCONJ", "CCONJ", "VERB"}:
            return None
        if token.pos in {"NOUN", "PROPN"} and not token.dep.endswith(":tmod"):
            return i
    return None


def phrase_after(tree: Tree, at: int) -> tuple[int, int] | None:
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
            start, end = span_of(tree, head, None)
            first = next(t.start for t in tree.tokens[at:] if t.pos != "DET")
            return max(start, first), end
    return None


def span_of(tree: Tree, head: int, said: tuple[int, int] | None) -> tuple[int, int]:
    """The phrase without its article; what is said is cut off where the parser glued it on."""
    phrase = tree.phrase(head)
    start, end = phrase.start, phrase.end
    if tree.tokens[head].text[0] in "-‐‑":
        start, end = tree.tokens[head].start + 1, tree.tokens[head].end
    if said is not None and start < said[1] and said[0] < end:
        token = tree.tokens[head]
        return token.start, token.end
    return start, end
