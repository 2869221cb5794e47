"""CLEAR-style labels (English spaCy models) brought to Universal Dependencies, in place.

Prepositions become case marks of their nouns, copulas hang from their predicates, coordination
points at the first member. Labels with no counterpart keep their name.
"""

from __future__ import annotations

from dragoman.trees import Node, children

RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "dobj": "obj",
    "auxpass": "aux:pass",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "relcl": "acl:relcl",
    "npadvmod": "obl:npmod",
    "oprd": "xcomp",
    "neg": "advmod",
    "quantmod": "advmod",
    "nmod": "compound",
}
VERBAL = frozenset({"VERB", "AUX", "ADJ", "ADV"})


def to_universal(nodes: list[Node], be: frozenset[str]) -> None:
    """Relabel one sentence; `be` holds the lemmas of the copula."""
    for node in nodes:
        node.dep = RENAMED.get(node.dep, node.dep)
    for i, node in enumerate(nodes):
        if node.dep not in {"prep", "dative", "agent"}:
            continue
        if node.pos == "VERB" and any(nodes[j].dep == "pobj" for j in children(nodes, i)):
            node.pos, node.lemma = "ADP", node.text.lower()  # "following", "including"
        if node.pos in {"ADP", "SCONJ", "PART"}:
            _turn_preposition(nodes, i)
    for i, node in enumerate(nodes):
        if node.dep in {"attr", "acomp"}:
            _turn_copula(nodes, i, be)
    for node in nodes:
        if node.dep == "dative":
            node.dep = "iobj"
    _flatten_conjuncts(nodes)


def _turn_preposition(nodes: list[Node], i: int) -> None:
    """`prep` over `pobj` becomes `obl`/`nmod` with `case`; over a gerund, `advcl` with `mark`."""
    preposition = nodes[i]
    top, agent = preposition.head, preposition.dep == "agent"
    for j in children(nodes, i):
        child = nodes[j]
        if (
            child.dep == "prep"
            and child.pos == "ADP"
            and any(nodes[k].dep == "pobj" for k in children(nodes, j))
        ):  # "out of the city": the inner preposition carries the noun
            for k in children(nodes, j):
                if nodes[k].dep == "pobj":
                    nodes[k].head = i
            child.dep, child.pos = "fixed", "ADP"
    for j in children(nodes, i):
        child = nodes[j]
        if child.dep == "pobj":
            verbal = nodes[top].pos in VERBAL
            child.dep = "obl:agent" if agent else "obl" if verbal else "nmod"
            child.head, preposition.head, preposition.dep = top, j, "case"
        elif child.dep == "pcomp":
            child.dep, child.head = "advcl", top
            preposition.head, preposition.dep = j, "mark"
    if preposition.dep in {"prep", "dative", "agent"}:
        preposition.dep = "advmod"
        return
    for j in children(nodes, i):
        if nodes[j].dep in {"advmod", "npadvmod", "fixed"}:
            continue
        nodes[j].head = preposition.head


def _turn_copula(nodes: list[Node], i: int, be: frozenset[str]) -> None:
    verb = nodes[i].head
    if nodes[verb].lemma not in be:
        nodes[i].dep = "xcomp"
        return
    for j in children(nodes, verb):
        if j != i:
            nodes[j].head = i
    nodes[i].dep = nodes[verb].dep
    nodes[i].head = i if nodes[verb].head == verb else nodes[verb].head
    nodes[verb].head, nodes[verb].dep = i, "cop"


def _flatten_conjuncts(nodes: list[Node]) -> None:
    for i, node in enumerate(nodes):
        steps = 0
        while node.dep == "conj" and nodes[node.head].dep == "conj" and steps < len(nodes):
            if nodes[node.head].head == i:
                break
            node.head = nodes[node.head].head
            steps += 1
