"""Reported speech: what is said, by whom, with which verb.

In: parsed sentences, the text, a language's speech words. Out: `Quote` records in order of the
text. Three ways are known: quotation marks; a speech verb with a clause; "according to". Marks
around a mere name or word are not speech. Who "he" is, is not settled here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from dragoman.knowledge.speech import SpeechRules
from dragoman.model import Quote, Sentence
from dragoman.read.speakers import phrase_after, speaker_of
from dragoman.read.stretches import Stretches
from dragoman.trees import Tree

_MARKED = re.compile(r"«[^«»]{1,1500}»|“[^“”]{1,1500}”|(?<!\w)\"[^\"\n]{1,1500}\"(?!\w)", re.DOTALL)
_PARAGRAPH = re.compile(r"\n\s*\n")
_FEW_WORDS = 3
"""Fewer words than this in quotation marks are speech only right beside a speech verb."""
_BESIDE = 20
"""Room for a subject between such a short quotation and its verb: "“No,” the minister said"."""
_NEAR = 60
"""Characters from a quotation to the verb that introduces or closes it."""
_CLAUSES = frozenset({"ccomp", "csubj", "xcomp"})
_OWN_WORDS = 8
"""Characters before the marks that make a clause more than the quotation in it: "that he "."""
_WITH_INFINITIVE = frozenset({"affirm", "deny", "demand"})


@dataclass(frozen=True, slots=True)
class _Verb:
    """A speech verb in its tree."""

    tree: Tree
    index: int
    stance: str

    @property
    def start(self) -> int:
        return self.tree.tokens[self.index].start

    @property
    def end(self) -> int:
        return self.tree.tokens[self.index].end


_Marks: TypeAlias = Stretches[tuple[int, int]]
_Quotes: TypeAlias = Stretches[Quote]
_Verbs: TypeAlias = Mapping[int, Sequence[_Verb]]
"""The speech verbs outside marks, by the index of their sentence."""


def find_quotes(sentences: Sequence[Sentence], text: str, speech: SpeechRules) -> tuple[Quote, ...]:
    """A clause that holds more than the marked words ("that it was “a mistake” to go") is the
    quote; a clause that lies inside or across marks gives way to them."""
    trees = [Tree(sentence) for sentence in sentences]
    spans = _marks(sentences, text)
    marks = Stretches(spans, lambda mark: mark)
    places = Stretches(trees, lambda tree: (tree.sentence.start, tree.sentence.end))
    verbs = {tree.sentence.index: _outside(tree, speech, marks) for tree in trees}
    marked = _continued([q for mark in spans for q in _direct(mark, places, verbs, text)], text)
    direct = Stretches(marked, _place)
    told: list[Quote] = []
    for tree in trees:
        told += _told(tree, verbs[tree.sentence.index], speech, marks, direct)
    clauses = Stretches(told, _place)
    quotes = told + [q for q in marked if not clauses.meeting(q.start, q.end)]
    return tuple(sorted(quotes, key=_place))


def _place(quote: Quote) -> tuple[int, int]:
    return quote.start, quote.end


def _outside(tree: Tree, speech: SpeechRules, marks: _Marks) -> list[_Verb]:
    """The speech verbs of a sentence that stand outside all quotation marks."""
    return [verb for verb in _speech_verbs(tree, speech)
            if not marks.meeting(verb.start, verb.start + 1)]  # fmt: skip


def _told(
    tree: Tree, verbs: Sequence[_Verb], speech: SpeechRules, marks: _Marks, direct: _Quotes
) -> list[Quote]:
    """What one sentence tells without marks, or around them."""
    told: list[Quote] = []
    for quote in (*_clauses(verbs, speech), *_according(tree, speech, marks)):
        if not any(_crosses(quote, q) for q in told) and all(
            _holds(quote, q) for q in direct.meeting(quote.start, quote.end)
        ):
            told.append(quote)
    return told


def _marks(sentences: Sequence[Sentence], text: str) -> list[tuple[int, int]]:
    """Marked stretches that begin in a sentence that is read, without a paragraph's end inside."""
    if not sentences:
        return []
    first, last = sentences[0].start, max(sentence.end for sentence in sentences)
    found = (match.span() for match in _MARKED.finditer(text, first, min(len(text), last + 2)))
    return [(a, b) for a, b in found if not _PARAGRAPH.search(text, a, b)]


def _speech_verbs(tree: Tree, speech: SpeechRules) -> Iterator[_Verb]:
    for i, token in enumerate(tree.tokens):
        stance = speech.stances.get(token.lemma.lower())
        if stance is not None and token.pos in {"VERB", "AUX"}:
            yield _Verb(tree, i, stance)


def _direct(
    mark: tuple[int, int], trees: Stretches[Tree], verbs: _Verbs, text: str
) -> Iterator[Quote]:
    start, end = mark
    inside = trees.meeting(start, end)
    if not inside:
        return
    verb = _nearest(mark, inside, verbs, text)
    if verb is None and not _is_sentence(mark, inside):
        return
    words = len(re.findall(r"\w+", text[start:end]))
    if words < _FEW_WORDS and (verb is None or _gap(mark, verb) > _BESIDE):
        return
    content = text[start + 1 : end - 1]
    low = start + 1 + len(content) - len(content.lstrip())
    high = end - 1 - (len(content) - len(content.rstrip()))
    if low < high:
        yield _quote(low, high, verb, inside[0].sentence.index)


def _continued(quotes: list[Quote], text: str) -> list[Quote]:
    """In “…,” she said. “…” the second quotation of a paragraph has the speaker of the first."""
    for i in range(1, len(quotes)):
        before, quote = quotes[i - 1], quotes[i]
        between = text[before.end : quote.start]
        if quote.speaker is None and "\n" not in between and len(between) <= 2 * _NEAR:
            verb, stance = quote.verb or before.verb, before.stance
            quotes[i] = replace(quote, speaker=before.speaker, verb=verb, stance=stance)
    return quotes


def _nearest(
    mark: tuple[int, int], inside: Sequence[Tree], verbs: _Verbs, text: str
) -> _Verb | None:
    """The closest speech verb of the same sentences, or of the one that ends in a colon before."""
    indexes = {tree.sentence.index for tree in inside}
    opening = text[max(0, mark[0] - 3) : mark[0]].rstrip().endswith(":")
    if opening:
        indexes.add(min(indexes) - 1)
    if text[mark[1] - 2] in "?!.…":  # the mark ended its sentence, "X said" begins another
        after = text[mark[1] : mark[1] + _NEAR]
        if after[:1] == " " and after[1:2].isalpha():
            indexes.add(max(indexes) + 1)
    candidates = [verb for index in sorted(indexes) for verb in verbs.get(index, ())]
    best = min(candidates, key=lambda verb: _gap(mark, verb), default=None)
    reach = 2 * _NEAR if opening else _NEAR
    return best if best is not None and _gap(mark, best) <= reach else None


def _gap(mark: tuple[int, int], verb: _Verb) -> int:
    return max(mark[0] - verb.end, verb.start - mark[1])


def _is_sentence(mark: tuple[int, int], inside: Sequence[Tree]) -> bool:
    """A finite verb with a subject within the marks: words that somebody said, not a title."""
    return any(
        mark[0] <= token.start < mark[1] and token.dep.startswith("nsubj")
        and tree.tokens[token.head].pos in {"VERB", "AUX"}
        and mark[0] <= tree.tokens[token.head].start < mark[1]
        for tree in inside for token in tree.tokens
    )  # fmt: skip


def _quote(start: int, end: int, verb: _Verb | None, sentence: int) -> Quote:
    if verb is None:
        return Quote(start, end, None, None, "neutral", sentence)
    speaker = speaker_of(verb.tree, verb.index, (start, end))
    lemma = verb.tree.tokens[verb.index].lemma.lower()
    return Quote(start, end, speaker, lemma, verb.stance, sentence)


def _clauses(verbs: Sequence[_Verb], speech: SpeechRules) -> Iterator[Quote]:
    """What is told in "X said that …", and in "…, X said" where the verb hangs on what is said."""
    for verb in verbs:
        tree, token = verb.tree, verb.tree.tokens[verb.index]
        index = tree.sentence.index
        content = next(
            (c for c in tree.children[verb.index] if _is_content(tree, c, verb, speech)), None
        )
        if content is not None:
            start, end = _extent(tree, content, without=verb.index)
            if start < end:
                yield _quote(start, end, verb, index)
        elif token.dep == "parataxis" and tree.children[verb.index]:
            start, end = _extent(tree, token.head, without=verb.index)
            if start < end <= token.start:
                yield _quote(start, end, verb, index)


def _is_content(tree: Tree, child: int, verb: _Verb, speech: SpeechRules) -> bool:
    """A clause with "that" or its own subject; after demands and denials, an infinitive too."""
    token = tree.tokens[child]
    if token.dep not in _CLAUSES:
        return False
    if token.dep == "xcomp" and verb.stance in _WITH_INFINITIVE and token.pos in {"VERB", "AUX"}:
        return True
    marked = any(tree.tokens[m].lemma.lower() in speech.that or
                 tree.tokens[m].text.lower().replace("’", "'") in speech.that
                 for m in tree.where(child, "mark"))  # fmt: skip
    has_subject = any(tree.tokens[c].dep.startswith("nsubj") for c in tree.children[child])
    return marked or (token.dep == "ccomp" and has_subject)


def _extent(tree: Tree, top: int, *, without: int) -> tuple[int, int]:
    """The subtree's stretch of text on the side of `without` where its top stands."""
    inside, stack = {top}, [top]
    while stack:
        for child in tree.children[stack.pop()]:
            if child != without and child not in inside:
                inside.add(child)
                stack.append(child)
    side = [i for i in inside if (i < without) == (top < without)]
    kept = sorted(side)
    while kept and tree.tokens[kept[-1]].pos == "PUNCT":
        kept.pop()
    while kept and tree.tokens[kept[0]].pos == "PUNCT":
        kept.pop(0)
    return (tree.tokens[kept[0]].start, tree.tokens[kept[-1]].end) if kept else (0, 0)


def _according(tree: Tree, speech: SpeechRules, marks: _Marks) -> Iterator[Quote]:
    tokens = tree.tokens
    words = [token.text.lower().replace("’", "'") for token in tokens]
    for i in range(len(words)):
        source = next((s for s in speech.sources if tuple(words[i : i + len(s)]) == s), None)
        if source is None or marks.meeting(tokens[i].start, tokens[i].start + 1):
            continue
        speaker = phrase_after(tree, i + len(source))
        if speaker is None:
            continue
        start, end = _told_by(tree, i, speaker[1])
        if start < end:
            yield Quote(start, end, speaker, None, "neutral", tree.sentence.index)
        return


def _told_by(tree: Tree, at: int, source_end: int) -> tuple[int, int]:
    """What a source is given for: the rest of the sentence after it, or all before it."""
    tokens = tree.tokens
    before = [t for t in tokens[:at] if t.pos not in {"PUNCT", "CCONJ"}]
    if len(before) >= _FEW_WORDS:
        return before[0].start, before[-1].end
    after = [t for t in tokens if t.start >= source_end and t.pos != "PUNCT"]
    return (after[0].start, after[-1].end) if after else (0, 0)


def _holds(clause: Quote, marked: Quote) -> bool:
    """The clause has words of its own before the marked ones."""
    return clause.start < marked.start - _OWN_WORDS and marked.end <= clause.end + 2


def _crosses(one: Quote, other: Quote) -> bool:
    return one.start < other.end and other.start < one.end
