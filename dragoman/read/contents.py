"""What a word of speech reports: the clause, infinitive or phrase that belongs to it.

In: a cue in its tree. Out: a `Content`, or None where the cue reports nothing here. Quotation marks
are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.knowledge.speech import INFINITIVE, MARKS, OBJECT, PASSIVE, SpeechRules
from dragoman.model import Stance
from dragoman.read.cues import Cue, segment
from dragoman.trees import Tree

Span = tuple[int, int]

_CLAUSES = frozenset({"ccomp", "csubj", "xcomp", "acl"})
_COMPLEMENTS = frozenset({"ccomp", "csubj"})
_OBLIQUE = frozenset({"obl", "nmod", "advcl", "acl", "iobj", "obl:agent", "obj", "xcomp", "ccomp"})
_STRAY = ("obj", "xcomp", "obl")
"""What a word that has a clause can't have after it: the parser lost the clause's end."""
_SHORTEST = 4
"""Words before a verb that closes what is told."""
_FINITE = frozenset({"ind", "cnd", "sub"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_HUNG = frozenset({"acl", "acl:relcl", "ccomp", "advcl"})
_ALONG = frozenset({"for", "as", "to", "with", "over", "pour", "comme"})
"""Prepositions of what is said along with an object: "praised X for Y", "called X as Y"."""


@dataclass(frozen=True, slots=True)
class Content:
    """The places of what is reported, in order, with the stance of the word to it."""

    spans: tuple[Span, ...]
    stance: Stance
    is_topic: bool = False


def content_of(cue: Cue, speech: SpeechRules) -> Content | None:
    """A clause before all else, then what the cue's own slots hold, in their order."""
    if MARKS in cue.slots:
        return None
    finders = (
        _clause,
        _around,
        _closed,
        _appended,
        _hung,
        _infinitive,
        _oblique,
        _object,
        _passive,
    )
    for find in finders:
        found = find(cue, speech)
        if found is not None and found.spans:
            return found
    return None


def _clause(cue: Cue, speech: SpeechRules) -> Content | None:
    """ "said that …", "said the bridge fell"; of nouns and adjectives only with its conjunction."""
    tree = cue.tree
    children = sorted(tree.children[cue.index], key=lambda child: (child < cue.index, child))
    for child in children:
        token = tree.tokens[child]
        opened = _is_opened(tree, child, speech)
        if token.dep in _COMPLEMENTS and cue.sort != "n":
            before = child < cue.index and cue.sort == "v"
            if opened or ((before or _has_subject(tree, child)) and not cue.is_passive):
                return Content(_told_in(cue, child, speech), cue.stance)
        elif token.dep in _CLAUSES and opened and child > cue.index:
            return Content(_told_in(cue, child, speech), cue.stance)
    return None


def _told_in(cue: Cue, child: int, speech: SpeechRules) -> tuple[Span, ...]:
    """The clause on the side of its word where it stands. Before it, all from the sentence's start
    is told ("A, but B, she said"), if it is a sentence; after it, what the speaker goes on to say
    with a word of its own is left ("said A, adding that B")."""
    tree = cue.tree
    first, last = segment(tree, cue.index)
    if child < cue.index and cue.sort == "v":
        if not any(_is_finite(tree, i) for i in _below(tree, child)):
            return ()  # "Florida: the president declares …": a topic
        spans = _spans(tree, [child], without=cue.index)
        start = next(t.start for t in tree.tokens[first:] if t.pos not in {"PUNCT", "CCONJ"})
        return ((start, spans[0][1]), *spans[1:]) if spans else ()
    cut = [i for i in _below(tree, child) if _goes_on(tree, i, cue, speech)]
    stray = [i for i in tree.where(cue.index, *_STRAY) if child < i < last
             and not _goes_on(tree, i, cue, speech)]  # fmt: skip
    spans = _spans(tree, [child, *stray], without=cue.index, leave=cut)
    return spans[-1:]  # what a parser hung on it before the word belongs to the word's subject


def _is_finite(tree: Tree, i: int) -> bool:
    """English modals have neither mood nor tense."""
    token = tree.tokens[i]
    is_modal = token.pos == "AUX" and token.mood is None
    return token.pos in _VERBAL and (token.mood in _FINITE or token.tense is not None or is_modal)


def _below(tree: Tree, top: int) -> Iterator[int]:
    stack = [top]
    while stack:
        i = stack.pop()
        yield i
        stack += tree.children[i]


def _goes_on(tree: Tree, i: int, cue: Cue, speech: SpeechRules) -> bool:
    """A word of speech that a parser hung within what is told, though the teller is its subject."""
    lemma = tree.tokens[i].lemma.lower()
    return lemma in speech.verbs and _shares_subject(tree, i, cue.index)


def goes_on(cue: Cue, teller: Cue) -> bool:
    """The speaker of `teller` goes on with `cue`: "said it fell, adding that …"."""
    if cue.sort != "v" or teller.sort != "v" or teller.index >= cue.index:
        return False
    within = teller.index in cue.tree.climb(cue.index)
    return within and _shares_subject(cue.tree, cue.index, teller.index)


def _shares_subject(tree: Tree, i: int, teller: int) -> bool:
    token, own = tree.tokens[i], tree.tokens[teller]
    if token.pos != "VERB" or _has_subject(tree, i):
        return False
    if token.dep == "conj":
        return token.tense == own.tense == "past" and not tree.where(i, "aux", "aux:pass")
    before = tree.tokens[i - 1].text if i else ""
    return token.dep in {"advcl", "acl"} and before == "," and token.mood in {"part", "ger"}


def _around(cue: Cue, speech: SpeechRules) -> Content | None:
    """What a verb thrown in between commas hangs on: "the bridge, he said, had fallen"."""
    tree, token = cue.tree, cue.tree.tokens[cue.index]
    if cue.sort != "v" or token.dep != "parataxis" or not tree.children[cue.index]:
        return None
    spans = _spans(tree, [token.head], without=cue.index)
    own = set(_below(tree, cue.index))
    told = any(_is_finite(tree, i) for i in _below(tree, token.head) if i not in own)
    return Content(spans, cue.stance) if told and spans and spans[0][0] < token.start else None


def _closed(cue: Cue, speech: SpeechRules) -> Content | None:
    """What stands before a verb whose subject follows it: "le pont a sauté, ont annoncé les
    pompiers". Parsers take that subject for an object."""
    tree = cue.tree
    first = min([cue.index, *tree.where(cue.index, "aux", "aux:pass")])
    if cue.sort != "v" or first < _SHORTEST or tree.tokens[first - 1].text != ",":
        return None
    if tree.tokens[first].mood != "ind" or cue.is_passive or _has_subject(tree, cue.index):
        return None
    objects = [tree.tokens[i] for i in tree.where(cue.index, "obj")]
    if not any(t.entity is not None or t.lemma.lower() in speech.tellers for t in objects):
        return None
    before = tree.tokens[: first - 1]
    if not any(token.mood == "ind" for token in before):
        return None
    kept = [token for token in before if token.pos not in {"PUNCT", "CCONJ"}]
    return Content(((kept[0].start, before[-1].end),), cue.stance)


def _appended(cue: Cue, speech: SpeechRules) -> Content | None:
    """What stands before a verb that ends the sentence with its subject and nothing told after it:
    "the bridge fell, the army announced on Monday". Parsers take it for one more clause."""
    tree = cue.tree
    token = tree.tokens[cue.index]
    if (
        cue.sort != "v"
        or token.dep != "conj"
        or cue.is_passive
        or not _has_subject(tree, cue.index)
    ):
        return None
    if tree.where(cue.index, "cc", "obj", "ccomp", "xcomp", "advcl"):
        return None
    own = sorted(i for i in _below(tree, cue.index) if tree.tokens[i].pos != "PUNCT")
    _, last = segment(tree, cue.index)
    after = tree.tokens[own[-1] + 1 : last]
    if own[0] < _SHORTEST or tree.tokens[own[0] - 1].text != "," or own[-1] < cue.index:
        return None
    if any(t.pos != "PUNCT" for t in after) or not any(_is_finite(tree, i) for i in range(own[0])):
        return None
    kept = [t for t in tree.tokens[: own[0] - 1] if t.pos not in {"PUNCT", "CCONJ"}]
    return Content(((kept[0].start, tree.tokens[own[0] - 2].end),), cue.stance)


def _hung(cue: Cue, speech: SpeechRules) -> Content | None:
    """A clause that a parser hung on the place or day between: "said in a release that …"."""
    tree = cue.tree
    if cue.sort != "v":
        return None
    between = [i for i in tree.where(cue.index, "obl", "obl:arg", "obl:mod") if i > cue.index]
    nouns = {j for i in between for j in _below(tree, i) if tree.tokens[j].pos in _NOUNS}
    for child in sorted(child for noun in nouns for child in tree.children[noun]):
        if tree.tokens[child].dep in _HUNG and _is_clause_of_its_own(tree, child, speech):
            return Content(_spans(tree, [child], without=cue.index), cue.stance)
    return None


def _is_clause_of_its_own(tree: Tree, child: int, speech: SpeechRules) -> bool:
    """A conjunction opens it, not a relative pronoun: it has a subject besides."""
    own = [i for i in sorted(tree.children[child]) if tree.tokens[i].pos != "PUNCT"]
    opening = tree.tokens[own[0]] if own else None
    if opening is None or not _is_that(tree, own[0], speech):
        return False
    joins = opening.dep == "mark" or opening.pos == "SCONJ"
    return joins and any(tree.tokens[i].dep.startswith("nsubj") for i in own[1:])


def _infinitive(cue: Cue, speech: SpeechRules) -> Content | None:
    tree, stance = cue.tree, cue.slots.get(INFINITIVE)
    said_to = cue.slots.get(PASSIVE) if cue.is_passive else None
    stance = said_to or stance
    if stance is None:
        return None
    deps = ("xcomp", "ccomp", "obj") if cue.sort == "v" else ("acl", "xcomp", "ccomp", "advcl")
    for child in tree.where(cue.index, *deps):
        if child > cue.index and _is_infinitive(tree, child):
            tops = [child]
            if OBJECT in cue.slots:
                tops += tree.where(cue.index, "obj", "iobj")
            if said_to is not None:  # "the bridge is said to have fallen"
                subjects = tree.where(cue.index, "nsubj:pass", "nsubj")
                tops += [i for i in subjects if tree.tokens[i].pos != "PRON"]
            return Content(_spans(tree, tops, without=cue.index), stance)
    return None


def _oblique(cue: Cue, speech: SpeechRules) -> Content | None:
    tree = cue.tree
    objects = tree.where(cue.index, "obj", "iobj")
    if OBJECT in cue.slots and objects:
        return None
    below = [child for top in objects for child in tree.children[top]]  # "accuse X of Y"
    for child in (*tree.children[cue.index], *below):
        if tree.tokens[child].dep not in _OBLIQUE or child < cue.index:
            continue
        is_topic = tree.tokens[child].pos not in _VERBAL
        for case in (*tree.where(child, "case", "mark"),):
            stance = cue.slots.get(tree.tokens[case].lemma.lower())
            if stance is not None and not tree.where(case, "fixed"):
                spans = _spans(tree, [child], without=cue.index, leave={case})
                return Content(spans, stance, is_topic)
        own = tree.tokens[child].case
        stance = cue.slots.get(own) if own is not None else None
        if stance is not None:
            return Content(_spans(tree, [child], without=cue.index), stance, is_topic)
    return None


def _object(cue: Cue, speech: SpeechRules) -> Content | None:
    """The object, with what is said of it: "called him a liar", "praised them for going"."""
    tree, stance = cue.tree, cue.slots.get(OBJECT)
    objects = tree.where(cue.index, "obj")
    if stance is None or not objects:
        return None
    if tree.tokens[objects[0]].pos == "PRON" and not tree.where(cue.index, "xcomp"):
        return None  # "attacked him": nothing is told
    along = [c for c in tree.children[cue.index] if c > objects[0] and _goes_along(cue, c)]
    spans = _spans(tree, [objects[0], *along], without=cue.index)
    return Content(spans, stance, is_topic=True)


def _goes_along(cue: Cue, child: int) -> bool:
    tree, token = cue.tree, cue.tree.tokens[child]
    if token.dep == "xcomp":
        return True
    return token.dep in {"obl", "advcl"} and any(
        lemma in _ALONG or lemma in cue.slots
        for lemma in (tree.tokens[i].lemma.lower() for i in tree.where(child, "case", "mark"))
    )


def _passive(cue: Cue, speech: SpeechRules) -> Content | None:
    tree, stance = cue.tree, cue.slots.get(OBJECT)
    subjects = tree.where(cue.index, "nsubj:pass")
    if stance is None or not subjects or tree.tokens[subjects[0]].pos == "PRON":
        return None
    return Content(_spans(tree, subjects, without=cue.index), stance, is_topic=True)


def _is_opened(tree: Tree, child: int, speech: SpeechRules) -> bool:
    """A conjunction of reported clauses stands before it."""
    first = next((j for j in sorted(tree.children[child]) if tree.tokens[j].pos != "PUNCT"), None)
    opening = {*tree.where(child, "mark"), *([] if first is None else [first])}
    return any(_is_that(tree, j, speech) for j in opening if j <= child)


def _is_that(tree: Tree, i: int, speech: SpeechRules) -> bool:
    token = tree.tokens[i]
    return token.lemma.lower() in speech.that or (
        token.text.lower().replace("’", "'") in speech.that
    )


def _has_subject(tree: Tree, child: int) -> bool:
    return any(tree.tokens[c].dep.startswith("nsubj") for c in tree.children[child])


def _is_infinitive(tree: Tree, child: int) -> bool:
    token = tree.tokens[child]
    return (
        token.mood == "inf"
        or (token.pos in _VERBAL and not token.tense)
        or any(tree.tokens[c].mood == "inf" for c in tree.where(child, "aux", "aux:pass", "cop"))
        or any(tree.tokens[c].text.lower() == "to" for c in tree.where(child, "aux", "mark"))
    )


def _spans(
    tree: Tree, tops: Iterable[int], *, without: int, leave: Iterable[int] = ()
) -> tuple[Span, ...]:
    """The stretches that the subtrees of `tops` fill on either side of the token `without`."""
    inside: set[int] = set()
    stack = [top for top in tops if top != without]
    apart = {without, *leave}
    while stack:
        i = stack.pop()
        if i not in inside and i not in apart:
            inside.add(i)
            stack += tree.children[i]
    first, last = segment(tree, without)
    inside = {i for i in inside if first <= i < last}
    sides = ([i for i in inside if i < without], [i for i in inside if i > without])
    return tuple(span for side in sides for span in _stretch(tree, sorted(side)))


def _stretch(tree: Tree, kept: list[int]) -> Iterator[Span]:
    """Without punctuation at its ends."""
    while kept and tree.tokens[kept[-1]].pos in {"PUNCT", "SPACE"}:
        kept.pop()
    while kept and tree.tokens[kept[0]].pos in {"PUNCT", "CCONJ"}:
        kept.pop(0)
    if kept:
        yield tree.tokens[kept[0]].start, tree.tokens[kept[-1]].end
