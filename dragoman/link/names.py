"""Finds the atlas' names in an article and joins them with the mentions the words alone gave.

In: article, reading, the name index of the article's language. Out: `Found`s in text order, each
a mention with the candidates its name allows. Nothing is decided between candidates here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.knowledge.names import Candidate, NameIndex
from dragoman.model import Kind, Mention, Reading, Sentence
from dragoman.trees import Tree

PLACE_KINDS = frozenset({"state", "place", "capital", "demonym"})


@dataclass(frozen=True, slots=True)
class Found:
    mention: Mention
    candidates: tuple[Candidate, ...]
    tagged: Kind | None = None
    """What the parser took the same words for, if it saw a name there."""


def find_names(text: str, reading: Reading, index: NameIndex) -> list[Found]:
    """Names by the atlas win over the parser's spans, except inside a longer person's name."""
    found: list[Found] = []
    by_sentence: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    for sentence in reading.sentences:
        found += _in_sentence(text, sentence, by_sentence.get(sentence.index, []), index)
    return found


def _in_sentence(
    text: str, sentence: Sentence, own: Sequence[Mention], index: NameIndex
) -> list[Found]:
    tree: Tree | None = None
    starts = [token.start for token in sentence.tokens]
    kept: list[Found] = []
    names: list[Found] = []
    for hit in index.find(text, sentence.start, sentence.end):
        if any(_is_longer_person(m, hit.start, hit.end, hit.candidates) for m in own):
            continue
        if tree is None:
            tree = Tree(sentence)
        first = max(bisect_right(starts, hit.start) - 1, 0)
        last = max(bisect_right(starts, hit.end - 1) - 1, first)
        words = range(first, last + 1)
        head = next((k for k in words if sentence.tokens[k].head not in words), first)
        phrase = tree.phrase(head)
        mention = Mention(
            hit.start,
            hit.end,
            _kind(hit.candidates),
            sentence.index,
            head,
            hit.text,
            (min(phrase.start, hit.start), max(phrase.end, hit.end)),
        )
        names.append(Found(mention, hit.candidates, _tag(own, hit.start, hit.end)))
    for mention in own:
        if mention.kind == "ROLE":
            inside = any(_lies_in(mention, f.mention) for f in names if _is_full(f))
        else:
            inside = any(_same(mention, f.mention) for f in names)
        if not inside:
            kept.append(Found(mention, ()))
    return sorted([*kept, *names], key=lambda f: (f.mention.start, -f.mention.end))


def _is_longer_person(
    mention: Mention, start: int, end: int, candidates: Sequence[Candidate]
) -> bool:
    """ "Paris Hilton" is not Paris; a surname in it may still help to know the person."""
    longer = (
        mention.start <= start
        and end <= mention.end
        and (mention.end - mention.start > end - start)
    )
    persons = any(c.kind == "person" for c in candidates)
    people = all(c.kind == "demonym" for c in candidates)
    return mention.kind == "PER" and longer and not persons and not people


def _tag(own: Sequence[Mention], start: int, end: int) -> Kind | None:
    """A role noun right before the name counts as a person's tag ("President X")."""
    for mention in own:
        if mention.kind == "ROLE" and 0 <= start - mention.end <= 1:
            return "PER"
        if mention.start < end and start < mention.end:
            return mention.kind
    return None


def _is_full(found: Found) -> bool:
    """ "African Union" swallows the role noun in it; a short form ("the separatists") does not."""
    return any(candidate.kind != "context" for candidate in found.candidates)


def _lies_in(own: Mention, name: Mention) -> bool:
    shorter = own.end - own.start < name.end - name.start
    return shorter and name.start <= own.start and own.end <= name.end


def _same(own: Mention, name: Mention) -> bool:
    """The parser's span adds nothing when the atlas' name covers most of it."""
    overlap = min(own.end, name.end) - max(own.start, name.start)
    if overlap <= 0:
        return False
    if own.kind == "LOC":
        return True
    return overlap * 2 > own.end - own.start


def _kind(candidates: Sequence[Candidate]) -> Kind:
    kinds = {candidate.kind for candidate in candidates}
    if kinds <= {"person", "surname"}:
        return "PER"
    return "LOC" if kinds & PLACE_KINDS else "ORG"
