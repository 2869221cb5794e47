"""Mends trees in which a parser surely went wrong, in the ways that news sentences show.

In: the nodes of one sentence, labels already universal. Out: the same nodes, some with another
head or relation. Each rule fires only on a shape that no right tree has, so the order of the rules
does not matter much; none knows a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.trees import Node, children

NAMES = frozenset({"NOUN", "PROPN"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl", "expl:subj"})
LOOSE = frozenset({"advmod", "amod", "dep", "nmod", "obl:npmod", "compound", "det"})


def mend(nodes: list[Node]) -> None:
    for i, node in enumerate(nodes):
        if node.pos == "VERB":
            _take_object_back(nodes, i)
            _give_subject(nodes, i)
            _give_object(nodes, i)
        elif node.text == ":":
            _free_from_topic(nodes, i)
        elif node.text == "-":
            _join_name(nodes, i)
    for i, node in enumerate(nodes):
        if node.dep in {"nsubj", "nsubj:pass"}:
            _make_apposition(nodes, i)
        elif node.dep == "advcl" and nodes[node.head].dep == "obl:agent":
            node.head = nodes[node.head].head  # "accused by X of backing Y"
    _raise_verb(nodes)


def _with(nodes: list[Node], i: int, deps: frozenset[str]) -> list[int]:
    return [j for j in children(nodes, i) if nodes[j].dep in deps]


def _take_object_back(nodes: list[Node], verb: int) -> None:
    """ "a pris le palais et arrêté le président": the second object is the second verb's."""
    first = nodes[verb].head
    if nodes[verb].dep != "conj" or first >= verb or nodes[first].pos != "VERB":
        return
    objects = _with(nodes, first, frozenset({"obj"}))
    if objects and objects[0] < verb and not _with(nodes, verb, frozenset({"obj"})):
        for j in objects:
            if j > verb:
                nodes[j].head = verb


def _give_subject(nodes: list[Node], verb: int) -> None:
    """ "Macron rencontre", "USAID deployed": a name before a main verb, taken for an adverb."""
    before = min([verb, *_with(nodes, verb, frozenset({"aux", "advmod:neg"}))]) - 1
    if before < 0 or nodes[verb].dep not in {"root", "ccomp"} or _with(nodes, verb, SUBJECTS):
        return
    node = nodes[before]
    named = node.text.isupper() or before == 0
    loose = node.dep in LOOSE and node.head == verb and node.pos not in {"DET", "PRON", "PUNCT"}
    if named and loose and node.text[:1].isupper() and len(node.text) > 2:
        node.pos, node.dep = "PROPN", "nsubj"


def _give_object(nodes: list[Node], verb: int) -> None:
    """ "rencontre Poutine": a bare name right after an active verb that has no object."""
    if _with(nodes, verb, frozenset({"obj", "aux:pass", "nsubj:caus", "expl:comp", "expl:pv"})):
        return
    for j in children(nodes, verb):
        bare = j > verb and nodes[j].pos == "PROPN" and nodes[j].dep in {"nmod", "xcomp", "dep"}
        if bare and not _with(nodes, j, frozenset({"case", "mark", "cop"})):
            nodes[j].dep = "obj"
            return


def _free_from_topic(nodes: list[Node], colon: int) -> None:
    """ "Ukraine : la Russie frappe": the subject hangs from the topic, the topic is the subject."""
    if colon == 0 or nodes[colon - 1].dep != "nsubj":
        return
    topic = colon - 1
    for j in children(nodes, topic):
        if colon < j < nodes[topic].head and nodes[j].pos in NAMES:
            nodes[j].head, nodes[j].dep = nodes[topic].head, "nsubj"
            nodes[topic].dep = "parataxis"
            return


def _join_name(nodes: list[Node], hyphen: int) -> None:
    """ "Pays-Bas" in three pieces side by side: one name, with the preposition before it."""
    if not 0 < hyphen < len(nodes) - 1:
        return
    first, last = nodes[hyphen - 1], nodes[hyphen + 1]
    beside = first.head == last.head == nodes[hyphen].head and first.dep == last.dep == "nmod"
    if not beside or first.pos != "PROPN" or last.pos != "PROPN":
        return
    for i in (hyphen, hyphen + 1):
        nodes[i].head, nodes[i].dep = hyphen - 1, "flat:name"
    before = nodes[hyphen - 2] if hyphen > 1 else None
    if before is not None and before.pos == "ADP" and before.head == first.head:
        before.head, before.dep = hyphen - 1, "case"


def _make_apposition(nodes: list[Node], subject: int) -> None:
    """ "the visit of NAME, the head of Y, lasted": the head of Y is no second subject."""
    rivals = [j for j in _with(nodes, nodes[subject].head, SUBJECTS) if j < subject]
    start = min([subject, *children(nodes, subject)])
    if not rivals or start < 2 or nodes[start - 1].text != ",":
        return
    name = start - 2
    while nodes[name].dep.startswith("flat") and nodes[name].head < name:
        name = nodes[name].head
    if nodes[name].pos == "PROPN" and nodes[subject].pos == "NOUN":
        nodes[subject].head, nodes[subject].dep = name, "appos"


def _raise_verb(nodes: list[Node]) -> None:
    """ "ECOWAS lifted sanctions" read as a noun phrase: a noun has no object, so the word between
    it and its object is the verb."""
    for object_, verb in _objects_of_nouns(nodes):
        noun = nodes[object_].head
        above, dep = nodes[noun].head, nodes[noun].dep
        nodes[verb].head, nodes[verb].dep = (verb if above == noun else above), dep
        for j in children(nodes, noun):
            if j > verb:
                nodes[j].head = verb
        nodes[noun].head, nodes[noun].dep = verb, "nsubj"
        nodes[object_].head = verb


def _objects_of_nouns(nodes: list[Node]) -> Iterator[tuple[int, int]]:
    for i, node in enumerate(nodes):
        noun = nodes[node.head]
        if node.dep != "obj" or noun.pos not in NAMES or node.head >= i or noun.dep != "root":
            continue
        between = range(node.head + 1, i)
        verb = next((j for j in between if nodes[j].pos == "VERB" and nodes[j].head == i), None)
        if verb is not None:
            yield i, verb
