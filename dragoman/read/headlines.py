"""Mends sentences in which the parser saw no main verb although a known event verb stands there.

French headlines in the present ("sanctionne", "frappe") are often tagged as nouns, or as verbs that
only describe the noun before them. In: nodes of one sentence and the forms of our verbs. The first
fitting form becomes the root, what stands before it the subject, what follows the object.
"""

from __future__ import annotations

from dragoman.knowledge.inflection import Forms
from dragoman.trees import Node, children

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
NAMING = frozenset({"NOUN", "PROPN", "ADJ"})
VERBAL = frozenset({"VERB", "AUX"})
DESCRIBING = frozenset({"amod", "acl", "nmod", "flat", "flat:name", "appos", "compound"})
"""Relations in which a present form of a regular verb cannot stand below a noun."""


def mend_verbless(nodes: list[Node], forms: Forms) -> None:
    if any(node.head == i and node.pos in VERBAL for i, node in enumerate(nodes)):
        return
    known = [i for i in range(1, len(nodes) - 1) if _may_be_verb(nodes, i, forms)]
    hung = [i for i in known if nodes[i].pos in VERBAL and nodes[i].dep in DESCRIBING]
    if hung:
        _make_root(nodes, hung[0])
        return
    if any(node.pos == "VERB" for node in nodes):
        return
    if any(node.pos == "AUX" and node.text.lower() not in forms.finite for node in nodes):
        return
    tagged_noun = [i for i in known if nodes[i].pos in NAMING]
    if tagged_noun:
        _make_root(nodes, tagged_noun[0])


def _may_be_verb(nodes: list[Node], i: int, forms: Forms) -> bool:
    node = nodes[i]
    known = node.text.lower() in forms.finite and node.text[:1].islower()
    return known and node.pos in NAMING | VERBAL and nodes[i - 1].pos in NAMING


def _make_root(nodes: list[Node], verb: int) -> None:
    nodes[verb].pos, nodes[verb].dep, nodes[verb].head = "VERB", "root", verb
    for i, node in enumerate(nodes):
        if i == verb:
            continue
        outside = (node.head >= verb) if i < verb else (node.head <= verb)
        if not outside and node.head != i:
            continue
        node.head = verb
        if node.pos not in NOMINAL:
            node.dep = "dep" if node.dep == "root" else node.dep
        elif i < verb:
            node.dep = "nsubj"
        else:
            marked = any(nodes[j].dep == "case" for j in children(nodes, i))
            node.dep = "obl" if marked else "obj"
