"""Finds the atlas' names in an article and joins them with the mentions the words alone gave.

In: article, reading, the name index of the article's language. Out: `Found`s in text order, each
a mention with the candidates its name allows. Nothing is decided between candidates here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge.names import Candidate, Hit, NameIndex
from dragoman.model import Kind, Mention, Reading, Sentence
from dragoman.trees import Tree

HYPHENS = frozenset("-‑–")
SUFFIXES = ("Jr", "Sr", "II", "IV")
"""What follows a name and makes no other person of it for certain."""
PLACE_KINDS = frozenset({"state", "place", "capital", "demonym"})


@dataclass(frozen=True, slots=True)
class Found:
    mention: Mention
    candidates: tuple[Candidate, ...]
    tagged: Kind | None = None
    """What the parser took the same words for, if it saw a name there."""
    oblique: frozenset[str] = frozenset()
    """Ids of candidates that the words name in another case than the nominative."""
    declined: bool = False
    """Whether the words stand otherwise than in the dictionary."""


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
    holders = [*own, *(_whole(m, text) for m in own if m.kind == "ROLE" and m.full is not None)]
    around_own, around_all = _Beside(own), _Beside(holders)
    for hit in index.find(text, sentence.start, sentence.end):
        near = around_own.of(hit.start, hit.end)
        if any(_is_longer_person(m, hit.start, hit.end, hit.candidates) for m in near):
            continue
        around = next((m for m in around_all.of(hit.start, hit.end) if _holds(m, hit)), None)
        part = around is not None and _is_part_of(hit, around, text)
        if around is not None and part and not _is_owner(hit, around):
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
            _is_named(hit) and not part,
            None if part else _full(hit, near, around),
        )
        tag = _tag(near, hit.start, hit.end)
        names.append(Found(mention, hit.candidates, tag, hit.oblique, hit.declined))
    named, full = (_Beside([f.mention for f in some]) for some in (names, filter(_is_full, names)))
    for mention in own:
        if mention.kind == "ROLE":
            near = full.of(mention.start, mention.end)
            inside = any(_lies_in(mention, other) for other in near)
        else:
            near = named.of(mention.start, mention.end)
            inside = any(_same(mention, other) for other in near)
        if not inside:
            kept.append(Found(mention, ()))
    return sorted([*kept, *names], key=lambda f: (f.mention.start, -f.mention.end))


class _Beside:
    """Mentions of a sentence by place, so that a list of thousands of names stays cheap."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.order = sorted(range(len(mentions)), key=lambda k: mentions[k].start)
        self.starts = [mentions[k].start for k in self.order]
        self.longest = max((m.end - m.start for m in mentions), default=0)

    def of(self, start: int, end: int) -> list[Mention]:
        """Those that meet a stretch or end one sign before it, in the order they were given."""
        first = bisect_left(self.starts, start - self.longest - 1)
        last = bisect_left(self.starts, end)
        return [self.mentions[k] for k in sorted(self.order[first:last])]


def _is_longer_person(
    mention: Mention, start: int, end: int, candidates: Sequence[Candidate]
) -> bool:
    """ "Paris Hilton" is not Paris, nor "Joe Biden Smith" Joe Biden; what stands before a name
    ("Philip J. Pierre") may still help to know the person."""
    longer = (
        mention.start <= start
        and end <= mention.end
        and (mention.end - mention.start > end - start)
    )
    rest = mention.text[end - mention.start :] if longer else ""
    goes_on = rest[:1] == " " and rest[1:2].isupper() and not rest[1:].startswith(SUFFIXES)
    persons = any(c.kind == "person" for c in candidates) and not goes_on
    people = all(c.kind == "demonym" for c in candidates)
    return mention.kind == "PER" and longer and not persons and not people


def _whole(role: Mention, text: str) -> Mention:
    """The organisation's name that a role noun opens or ends."""
    start, end = role.full or (role.start, role.end)
    return replace(role, start=start, end=end, kind="ORG", text=text[start:end])


def _holds(mention: Mention, hit: Hit) -> bool:
    """A longer name of a place or body around the atlas' name."""
    rest = mention.text.replace(hit.text, "", 1)
    longer = any(c.isalnum() for c in rest)  # "U.S." is no longer than "U.S"
    inside = mention.start <= hit.start and hit.end <= mention.end
    return mention.kind in {"LOC", "ORG"} and longer and inside


def _is_part_of(hit: Hit, around: Mention, text: str) -> bool:
    """The name is only a part of the longer one, which means something else: "Business France",
    "Oklahoma City", "rue de Rome". A body's complement ("université de Lille") is not."""
    kinds = {candidate.kind for candidate in hit.candidates}
    if kinds and kinds <= {"surname", "heard"}:
        return True  # "place Gabriel Péri"
    if kinds == {"demonym"}:
        return text[hit.start - 1] in HYPHENS  # "Russian Navy" is Russia's, "Comédie-Française" not
    if hit.start == around.start:
        if _kind(hit.candidates) == around.kind == "ORG":
            return False
        return text[hit.end] in HYPHENS or not text[hit.end :].lstrip()[:1].islower()
    before = text[around.start : hit.start].split()[-1:]
    if around.kind == "LOC":
        return text[hit.start - 1] in HYPHENS or bool(before and before[0][0].islower())
    apart = text[hit.start - 1] not in HYPHENS and not text[hit.start - 1].isalnum()
    return not (apart and before and before[0][0].islower())


def _is_owner(hit: Hit, around: Mention) -> bool:
    """The state before its organisation, "Nigeria Army": meant too, though not named by itself."""
    states = {candidate.kind for candidate in hit.candidates} == {"state"}
    return states and around.kind == "ORG" and hit.start == around.start


def _full(hit: Hit, own: Sequence[Mention], around: Mention | None) -> tuple[int, int] | None:
    """The whole name that the atlas' name begins, or is the core of ("République du |Niger")."""
    if around is not None and hit.start == around.start and _kind(hit.candidates) == "ORG":
        return around.start, around.end
    same = (m for m in own if m.start < hit.end and hit.start < m.end and m.kind == "LOC")
    return next((m.full for m in same if m.full is not None), None)


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
    """A role noun in a body's name, or that is one ("State Department")."""
    return name.start <= own.start and own.end <= name.end


def _same(own: Mention, name: Mention) -> bool:
    """The parser's span adds nothing when the atlas' name covers most of it."""
    overlap = min(own.end, name.end) - max(own.start, name.start)
    if overlap <= 0:
        return False
    if own.kind == "LOC":
        return True
    return overlap * 2 > own.end - own.start


def _is_named(hit: Hit) -> bool:
    """A demonym says whose somebody is, a short form in lower case ("the separatists") who."""
    kinds = {candidate.kind for candidate in hit.candidates}
    return kinds != {"demonym"} and any(c.isupper() for c in hit.text)


def _kind(candidates: Sequence[Candidate]) -> Kind:
    kinds = {candidate.kind for candidate in candidates}
    if kinds <= {"person", "surname", "heard"}:
        return "PER"
    return "LOC" if kinds & PLACE_KINDS else "ORG"
