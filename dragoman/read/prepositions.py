"""Prepositions of several words ("auprès de", "in favour of") brought to one case mark.

In: nodes of one sentence and the language's list. The first word becomes the `case` of the noun
that the last word marks or governs ("со стороны"), the others are `fixed` to it, as Universal
Dependencies has them.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.trees import Node, children


def mark_prepositions(nodes: list[Node], prepositions: Sequence[Sequence[str]]) -> None:
    words = [node.text.lower() for node in nodes]
    for preposition in prepositions:
        length = len(preposition)
        for i in range(len(nodes) - length):
            if words[i] == preposition[0] and words[i : i + length] == list(preposition):
                _mark(nodes, i, length)


def _mark(nodes: list[Node], start: int, length: int) -> None:
    last = nodes[start + length - 1]
    if last.pos == "NOUN":
        _take_over(nodes, start, length)
        return
    noun = last.head
    if last.dep != "case" or noun < start + length:
        return
    inside = range(start, start + length)
    above = next(
        (
            nodes[i].head
            for i in inside
            if nodes[i].head not in inside and nodes[i].head != noun and nodes[i].dep != "case"
        ),
        None,
    )
    if above is not None and nodes[noun].head in inside:
        nodes[noun].head = above
        nodes[noun].dep = "obl" if nodes[above].pos in {"VERB", "AUX", "ADJ"} else "nmod"
    elif nodes[noun].head in inside:
        return
    nodes[start].dep, nodes[start].head = "case", noun
    for i in inside:
        if i != start:
            nodes[i].dep, nodes[i].head = "fixed", start


def _take_over(nodes: list[Node], start: int, length: int) -> None:
    """ "в ходе переговоров": what the last word governs takes its place in the tree."""
    inside = range(start, start + length)
    last = start + length - 1
    governed = [j for j in children(nodes, last) if j > last and nodes[j].dep == "nmod"]
    if not governed or nodes[last].head in inside:
        return
    noun = governed[0]
    nodes[noun].head, nodes[noun].dep = nodes[last].head, nodes[last].dep
    for j in children(nodes, last):
        if j not in inside:
            nodes[j].head = noun
    nodes[start].dep, nodes[start].head, nodes[start].pos = "case", noun, "ADP"
    nodes[start].lemma = nodes[start].text.lower()
    for i in inside[1:]:
        nodes[i].dep, nodes[i].head = "fixed", start
