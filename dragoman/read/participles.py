"""Mends compound tenses that a parser took apart: the participle read as a noun, the second
participle as a description, the object behind a date as part of it.

In: the nodes of one sentence, the forms of our verbs, and words of time. Out: the same nodes. Meant
for French, where only the auxiliary tells "a coupé les lignes" from "les lignes coupées"; a
participle that has an object of its own can describe no noun.
"""

from __future__ import annotations

from collections.abc import Set

from dragoman.knowledge.inflection import Forms
from dragoman.trees import Node, children

NOMINAL = frozenset({"NOUN", "PROPN"})
BETWEEN = frozenset({"ADV", "PART"})
HAVE = frozenset(
    {"a", "ai", "as", "ont", "avons", "avez", "avait", "avaient", "aura", "auront", "aurait"}
    | {"auraient", "ait", "aient", "ayant", "avoir"}
)
"""Forms of the auxiliary; this early, no word has its lemma yet."""
DEFINITE = frozenset({"le", "la", "l'", "les", "son", "sa", "ses", "leur", "leurs"})
PLURAL_ARTICLE = "des"
TO = "à"


def mend_participles(nodes: list[Node], forms: Forms, times: Set[str]) -> None:
    for i, node in enumerate(nodes):
        if node.text.lower() in HAVE and node.pos in {"AUX", "VERB"}:
            _raise_participle(nodes, i, forms)
    for i, node in enumerate(nodes):
        if node.pos != "VERB":
            continue
        _join_second(nodes, i)
        _govern_infinitive(nodes, i)
    for i, node in enumerate(nodes):
        if node.pos in NOMINAL:
            _free_object(nodes, i, times)


def _raise_participle(nodes: list[Node], have: int, forms: Forms) -> None:
    """ "auraient massacré des civils" with "massacré" as a pronoun: it is the verb."""
    verb = have + 1
    while verb < len(nodes) and nodes[verb].pos in BETWEEN:
        verb += 1
    if verb >= len(nodes) or nodes[verb].head != have or nodes[verb].pos in {"VERB", "AUX", "DET"}:
        return
    lemmas = forms.lemmas(nodes[verb].text.lower(), "VERB")
    if not lemmas:
        return
    node = nodes[verb]
    node.pos, node.lemma = "VERB", lemmas[0]
    node.head = verb if nodes[have].head == have else nodes[have].head
    node.dep = nodes[have].dep
    for j in children(nodes, have):
        if j != verb:
            nodes[j].head = verb
            if nodes[j].dep == "obj" and any(nodes[k].pos == "ADP" for k in children(nodes, j)):
                nodes[j].dep = "obl"
    nodes[have].pos, nodes[have].dep, nodes[have].head = "AUX", "aux", verb
    for j in children(nodes, verb):
        article = [k for k in children(nodes, j) if nodes[k].text.lower() == PLURAL_ARTICLE]
        if nodes[j].dep == "nmod" and article and article[0] == verb + 1:
            nodes[j].dep = "obj"
            nodes[article[0]].pos, nodes[article[0]].dep = "DET", "det"


def _join_second(nodes: list[Node], second: int) -> None:
    """ "a révoqué le statut, coupé les lignes": a second verb of the same subject."""
    node = nodes[second]
    noun = node.head
    if node.dep != "acl" or noun >= second or nodes[noun].pos not in NOMINAL:
        return
    first = nodes[noun].head
    has_auxiliary = any(nodes[j].text.lower() in HAVE for j in children(nodes, first))
    if nodes[first].pos != "VERB" or not has_auxiliary or nodes[second - 1].pos not in {
        "CCONJ", "PUNCT",
    }:  # fmt: skip
        return
    _take_conjunct(nodes, second, noun)
    if any(nodes[j].dep == "obj" for j in children(nodes, second)):
        node.dep, node.head = "conj", first


def _take_conjunct(nodes: list[Node], second: int, noun: int) -> None:
    """ "a condamné ces actes et appelé le royaume": the royaume is no second act condemned."""
    for j in children(nodes, noun):
        article = any(k == second + 1 and nodes[k].pos == "DET" for k in children(nodes, j))
        if j > second and nodes[j].dep == "conj" and article:
            nodes[j].dep, nodes[j].head = "obj", second
            for k in children(nodes, noun):
                if k > j and nodes[k].dep == "acl":
                    nodes[k].head = j


def _govern_infinitive(nodes: list[Node], infinitive: int) -> None:
    """ "a appelé les pays à partager": what they are called on to do hangs from the call."""
    node = nodes[infinitive]
    noun = node.head
    if node.dep != "acl" or noun >= infinitive or nodes[noun].dep != "obj":
        return
    marked = any(nodes[j].text.lower() == TO for j in children(nodes, infinitive))
    definite = nodes[noun].pos == "PROPN" or any(
        nodes[j].text.lower() in DEFINITE for j in children(nodes, noun)
    )
    if marked and definite and nodes[nodes[noun].head].pos == "VERB":
        node.dep, node.head = "xcomp", nodes[noun].head


def _free_object(nodes: list[Node], noun: int, times: Set[str]) -> None:
    """ "suspendu vendredi la Guinée", "assigné à résidence trois chefs": whom it is done to."""
    node = nodes[noun]
    if any(nodes[j].dep == "case" for j in children(nodes, noun)) or node.text.lower() in times:
        return
    verb = node.head
    if node.dep == "nmod" and verb < noun and nodes[verb].text.lower() in times:
        verb = nodes[verb].head
        if not any(nodes[j].dep == "det" for j in children(nodes, noun)):
            return
    elif node.dep != "obl" or verb >= noun:
        return
    taken = any(nodes[j].dep in {"obj", "aux:pass"} for j in children(nodes, verb))
    if nodes[verb].pos == "VERB" and not taken:
        node.dep, node.head = "obj", verb
