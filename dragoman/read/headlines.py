"""Mends sentences in which the parser saw no verb although a known event verb stands there.

French headlines in the present ("sanctionne", "frappe") are often tagged as nouns. In: nodes of
one sentence and the forms of our verbs. The first fitting form becomes the root, what stands
before it the subject, what follows the object.
"""

from __future__ import annotations

from dragoman.knowledge.inflection import Forms
from dragoman.trees import Node, children

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def mend_verbless(nodes: list[Node], forms: Forms) -> None:
    if any(node.pos == "VERB" for node in nodes):
        return
    if any(node.pos == "AUX" and node.text.lower() not in forms.finite for node in nodes):
        return
    for i in range(1, len(nodes) - 1):
        node, before = nodes[i], nodes[i - 1]
        known = node.text.lower() in forms.finite and node.text[:1].islower()
        if (
            known
            and node.pos in {"NOUN", "ADJ", "PROPN"}
            and before.pos in {"NOUN", "PROPN", "ADJ"}
        ):
            _make_root(nodes, i)
            return


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
