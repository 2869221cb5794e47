"""Quotations: which stretches in quotation marks somebody says, and with which word.

In: the marks, trees and words of speech of one scene. Out: direct `Quote` records. Titles, names
and words held at a distance are left: they have no word of speech beside them, and no sentence
within.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import gt

from dragoman.model import Quote
from dragoman.read.contents import goes_on
from dragoman.read.cues import Cue
from dragoman.read.marks import Mark, is_titled
from dragoman.read.speakers import phrase_after, span_of, speaker_of
from dragoman.read.stretches import Stretches
from dragoman.read.told import Span, Told
from dragoman.trees import Tree

_SOME = 6
"""Fewer words in marks, and no sentence, are speech only right beside a word of speech and where
punctuation sets them off."""
_BESIDE = 20
"""Room for a subject between such a short quotation and its verb: "“No,” the minister said"."""
_NEAR = 60
"""Characters from a quotation to the verb that introduces or closes it."""
_TOGETHER = 80
"""Words between two words of speech of which one may go on for the other."""
_STEP = 3
"""Characters between two sentences of a paragraph."""
_FAR = 300
"""Characters within a paragraph after which nobody is held to go on speaking."""
_ENDING = ",.!?…;"
_DASH = re.compile(r"\s*[―—–]\s*(?=[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of an article before its quotations are looked at."""

    text: str
    trees: Stretches[Tree]
    cues: Sequence[Sequence[Cue]]
    """Words of speech outside marks, by sentence."""
    within: Sequence[Sequence[Cue]]
    """Those inside marks."""
    marked: Stretches[Mark]
    holders: dict[Mark, Told] = field(default_factory=dict)
    """Who tells what stands in a mark, by the tree."""


def find_direct(marks: Sequence[Mark], scene: Scene, told: Sequence[Quote]) -> list[Quote]:
    """Of these marks, what somebody says; `told`: what is told without marks, which a quotation
    after it may go on with."""
    found: list[Quote] = []
    said = Stretches((q for q in told if q.kind != "topic"), lambda quote: (quote.start, quote.end))
    first = 1 + max((quote.turn for quote in told), default=-1)
    before: tuple[Mark, Quote] | None = None
    for mark in marks:
        quote = _direct(mark, scene, turn=first + len(found))
        if quote is None:
            continue
        between = said.meeting(before[0].end if before else 0, mark.start)
        if between:
            quote = _after_told(mark, quote, between[-1], scene.text)
        elif before is not None:
            quote = _joined(mark, quote, *before, scene.text)
        if quote.speaker is None:
            last = between[-1] if between else before[1] if before else None
            quote = replace(quote, speaker=_left(mark, scene) or _last(mark, last, scene.text))
        found.append(quote)
        before = mark, quote
    return found


def _after_told(mark: Mark, quote: Quote, told: Quote, text: str) -> Quote:
    """In "It was over, he said. “…”" the quotation goes on with what is told."""
    between = text[told.end : mark.start]
    if quote.cue is not None and quote.cue != told.cue:
        return quote
    apart = quote.sentence > told.sentence + 1 or "\n" in between or len(between) > 2 * _NEAR
    if quote.cue is None and apart:
        return quote
    return _same_turn(quote, told)


def _same_turn(quote: Quote, before: Quote) -> Quote:
    return replace(quote, speaker=before.speaker, verb=quote.verb or before.verb,
                   stance=before.stance, cue=quote.cue or before.cue,
                   turn=before.turn)  # fmt: skip


def _direct(mark: Mark, scene: Scene, *, turn: int) -> Quote | None:
    inside = scene.trees.meeting(mark.start, mark.end)
    if not inside:
        return None
    start, end, sentence = mark.first, mark.last, inside[0].sentence.index
    holder = scene.holders.get(mark)
    cue = _nearest(mark, inside, scene)
    inserted = _inserted(inside, mark, scene)
    if inserted is not None and (cue is None or _gap(mark, cue) > _BESIDE):
        cue, who = inserted
        return Quote(start, end, who, cue.lemma, cue.stance, sentence, "direct",
                     (cue.start, cue.end), turn)  # fmt: skip
    if holder is not None and (cue is None or _gap(mark, cue) > _BESIDE):
        cue = holder.cue
    if holder is not None and cue is None:
        return Quote(start, end, holder.speaker, None, "neutral", sentence, "direct",
                     holder.place, turn)  # fmt: skip
    if not _is_said(mark, cue, inside, scene):
        return None
    if cue is None:
        found = _signed(mark, scene) or _announced(mark, inside, scene)
        speaker, place = found or (None, None)
        return Quote(start, end, speaker, None, "neutral", sentence, "direct", place, turn)
    own = scene.cues[cue.tree.sentence.index]
    speaker = speaker_by(cue, (start, end), own, scene.marked)
    place = (cue.start, cue.end)
    return Quote(start, end, speaker, cue.lemma, cue.stance, sentence, "direct", place, turn)


def speaker_by(cue: Cue, said: Span, cues: Sequence[Cue], marked: Stretches[Mark]) -> Span | None:
    """Who speaks with a word of speech; a participle without a subject goes on for the word before
    it ("“…,” she wrote, adding that …"). `cues`: those of the sentence."""

    def is_quoted(at: int) -> bool:
        return bool(marked.meeting(at, at + 1))

    near = (other for other in cues if abs(other.index - cue.index) <= _TOGETHER)
    teller = next((other for other in near if goes_on(cue, other)), None)
    found = speaker_of(teller or cue, said, is_quoted)
    if found is not None and found[0] <= cue.start < cue.end < found[1]:
        found = _after_word(cue, found)
    if found is not None or cue.tree.tokens[cue.index].mood not in {"part", "ger"}:
        return found
    before = [other for other in cues if other.index < cue.index and other.sort == "v"]
    if not before or cue.is_passive:
        return None
    nothing = before[-1].start, before[-1].start
    return speaker_of(before[-1], nothing, is_quoted)


def _after_word(cue: Cue, phrase: Span) -> Span:
    """A phrase on which the parser hung the word of speech before it: "plaisante un député"."""
    tokens = cue.tree.tokens[cue.index + 1 :]
    return next((t.start for t in tokens if t.pos != "DET"), phrase[0]), phrase[1]


def _inserted(inside: Sequence[Tree], mark: Mark, scene: Scene) -> tuple[Cue, Span] | None:
    """Who speaks in the words themselves, between commas and after the verb: "« Ce pont, a dit
    Awa, tiendra »"."""
    for tree in inside:
        for cue in scene.within[tree.sentence.index]:
            verb = min([cue.index, *tree.where(cue.index, "aux")])
            if cue.sort != "v" or not _is_set_off(tree, verb):
                continue
            start = tree.tokens[verb].start
            if not mark.first < start < cue.end < mark.last:
                continue
            speaker = speaker_of(cue, (start, start), partial(gt, start))
            if speaker is not None and scene.text[max(cue.end, speaker[1])] == ",":
                return cue, speaker
    return None


def _is_set_off(tree: Tree, verb: int) -> bool:
    """A comma before a verb, or before the pronoun that it has there ("…, nous a dit X, …")."""
    before = [token for token in tree.tokens[max(verb - 2, 0) : verb] if token.pos != "PRON"]
    return bool(before) and before[-1].text == ","


def _signed(mark: Mark, scene: Scene) -> tuple[Span, Span] | None:
    """The name after a dash that closes a quotation ("…” — Jane Roe"), and the dash."""
    dash = _DASH.match(scene.text, mark.end)
    trees = scene.trees.meeting(dash.end(), dash.end() + 1) if dash else ()
    if dash is None or not trees:
        return None
    tree = trees[0]
    at = next(i for i, token in enumerate(tree.tokens) if token.end > dash.end())
    name = phrase_after(tree, at)
    if name is None or name[0] != dash.end():
        return None
    return name, (dash.end() - len(dash[0].lstrip()), dash.end())


def _announced(mark: Mark, inside: Sequence[Tree], scene: Scene) -> tuple[Span, Span] | None:
    """The subject of what stands before a colon ("The mayor on the radio: “…”"), and the colon."""
    if not _after_colon(mark, scene.text):
        return None
    tree = inside[0]
    before = [i for i, token in enumerate(tree.tokens) if token.end <= mark.start]
    people = (i for i in before if tree.tokens[i].entity == "PER")
    own = next((i for i in before if tree.tokens[i].dep == "nsubj"), next(people, None))
    colon = tree.tokens[before[-1]] if before else None
    if colon is None:
        return None
    if own is None:
        names = [tree.tokens[i] for i in before[:-1]]
        is_name = all(t.pos == "PROPN" and t.entity != "LOC" for t in names)
        named = names and is_name and colon.text == ":"
        return ((names[0].start, names[-1].end), (colon.start, colon.end)) if named else None
    return span_of(tree, own, (mark.start, mark.end)), (colon.start, colon.end)


def _last(mark: Mark, last: Quote | None, text: str) -> Span | None:
    """Who spoke shortly before, where nobody else is given."""
    if last is None:
        return None
    between = text[last.end : mark.start]
    return last.speaker if len(between) <= (_NEAR if "\n" in between else _FAR) else None


def _left(mark: Mark, scene: Scene) -> Span | None:
    """The person who is subject of the sentence before a quotation that stands by itself."""
    here = scene.trees.meeting(mark.start, mark.start + 1)
    before = scene.trees.meeting(max(0, mark.start - _STEP), mark.start)
    if not here or not before or here[0].sentence.start != mark.start:
        return None
    tree = before[-1]
    root = next((i for i, token in enumerate(tree.tokens) if token.dep == "root"), None)
    own = None if root is None else tree.first(root, "nsubj")
    if own is None or "\n" in scene.text[tree.sentence.end : mark.start]:
        return None
    token = tree.tokens[own]
    person = token.entity == "PER" or token.pos == "PRON"
    if not person or scene.marked.meeting(token.start, token.end):
        return None
    return span_of(tree, own, (mark.start, mark.end))


def _is_said(mark: Mark, cue: Cue | None, inside: Sequence[Tree], scene: Scene) -> bool:
    text = scene.text
    if _is_sentence(mark, inside):
        return True
    holder = scene.holders.get(mark)
    if holder is not None:
        return not (holder.content.is_topic and is_titled(mark, scene.text))
    if cue is None and _signed(mark, scene) is not None:
        return True
    if _after_colon(mark, scene.text) and scene.text[mark.last - 1] in "!?.…":
        return True
    if cue is None:
        return False
    words = len(re.findall(r"\w+", text[mark.first : mark.last]))
    apart = text[mark.last - 1] in _ENDING or text[mark.end : mark.end + 1] == ","
    apart = apart or text[: mark.start].rstrip()[-1:] in {":", ","}
    if words < _SOME:
        return apart and _gap(mark, cue) <= _BESIDE
    return True


def _joined(mark: Mark, quote: Quote, last: Mark, before: Quote, text: str) -> Quote:
    """In “…,” she said. “…” the second quotation has the speaker of the first, as has a paragraph
    of a speech that goes on; both are one turn."""
    between = text[last.end : mark.start]
    goes_on = last.goes_on and not between.strip()
    same_cue = quote.cue is not None and quote.cue == before.cue
    own = (quote.cue is not None or quote.speaker is not None) and not same_cue
    follows = "\n" not in between and len(between) <= 2 * _NEAR
    if (goes_on and not own) or same_cue or (not own and (follows or not between.strip())):
        return _same_turn(quote, before)
    return quote


def _nearest(mark: Mark, inside: Sequence[Tree], scene: Scene) -> Cue | None:
    """The closest speech verb of the same sentences, or of the one that ends in a colon before."""
    text, indexes = scene.text, {tree.sentence.index for tree in inside}
    opening = _after_colon(mark, text)
    if opening and _opens_sentence(mark, inside):
        indexes.add(min(indexes) - 1)
    if text[mark.last - 1] in "?!.…":  # the mark ended its sentence, "X said" begins another
        after = text[mark.end : mark.end + _NEAR]
        if after[:1] == " " and after[1:2].isalpha():
            indexes.add(max(indexes) + 1)
    candidates = [
        cue
        for i in sorted(indexes)
        if 0 <= i < len(scene.cues)
        for cue in scene.cues[i]
        if cue.sort == "v" and not cue.is_bare
    ]
    best = min(candidates, key=lambda cue: _gap(mark, cue), default=None)
    reach = 2 * _NEAR if opening else _NEAR
    return best if best is not None and _gap(mark, best) <= reach else None


def _after_colon(mark: Mark, text: str) -> bool:
    return text[max(0, mark.start - 6) : mark.start].rstrip().endswith(":")


def _opens_sentence(mark: Mark, inside: Sequence[Tree]) -> bool:
    return any(tree.sentence.start == mark.start for tree in inside)


def _gap(mark: Mark, cue: Cue) -> int:
    return max(mark.start - cue.end, cue.start - mark.end)


def _is_sentence(mark: Mark, inside: Sequence[Tree]) -> bool:
    """A finite verb with a subject within the marks: words that somebody said, not a title."""
    return any(
        mark.start <= token.start < mark.end and token.dep.startswith("nsubj")
        and tree.tokens[token.head].pos in {"VERB", "AUX"}
        and mark.start <= tree.tokens[token.head].start < mark.end
        for tree in inside for token in tree.tokens
    )  # fmt: skip
