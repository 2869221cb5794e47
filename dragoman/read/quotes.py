"""Reported speech: what is said, by whom, with which verb.

In: parsed sentences, the text, a language's speech words. Out: `Quote` records in order of the
text. Ways that are known: quotation marks; a word of speech with what it holds; "according to";
a name and a colon; lines of a transcript. Marks around a mere name or word are not speech. Who
"he" is, is not settled here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from dragoman.knowledge.speech import SpeechRules
from dragoman.model import Quote, QuoteKind, Sentence
from dragoman.read.contents import content_of
from dragoman.read.cues import Cue, find_cues
from dragoman.read.direct import Scene, find_direct, speaker_by
from dragoman.read.marks import Mark, find_marks, is_titled
from dragoman.read.sources import find_sourced, find_transcript
from dragoman.read.stretches import Stretches
from dragoman.read.told import Span, Told
from dragoman.trees import Tree

_STEP = 3
"""Characters between a clause and the marks that end it, beyond what its tree holds."""
_OWN_LETTERS = 8
"""Letters beside the marks that make a clause more than the quotation in it: "that he was “…”"."""


def find_quotes(sentences: Sequence[Sentence], text: str, speech: SpeechRules) -> tuple[Quote, ...]:
    """A clause that holds more than the marked words ("that it was “a mistake” to go") is the
    quote; a clause that lies inside or across marks gives way to them."""
    trees = [Tree(sentence) for sentence in sentences]
    marks = find_marks(sentences, text)
    marked = Stretches(marks, lambda mark: (mark.start, mark.end))
    words = [list(find_cues(tree, speech)) for tree in trees]
    cues = [[cue for cue in own if not _is_marked(cue, marked)] for own in words]
    within = [[cue for cue in own if _is_marked(cue, marked)] for own in words]
    places = Stretches(trees, lambda tree: (tree.sentence.start, tree.sentence.end))
    scene = Scene(text, places, cues, within, marked)
    told = [one for tree, own in zip(trees, cues, strict=True)
            for one in _told(tree, own, speech, scene)]  # fmt: skip
    quotes = [quote for turn, one in enumerate(told) for quote in _quotes(one, turn, marked, text)]
    quotes = _with_transcript(quotes, sentences, text)
    covered = Stretches(quotes, _place)
    free = [mark for mark in marks if not covered.meeting(mark.first, mark.last)]
    direct = find_direct(free, scene, quotes)
    spoken = {(quote.cue, quote.speaker) for quote in direct}
    kept = [quote for quote in quotes if not _is_speaker(quote, spoken)]
    return _numbered(sorted([*kept, *direct], key=_place))


def _is_marked(cue: Cue, marked: Stretches[Mark]) -> bool:
    return bool(marked.meeting(cue.start, cue.start + 1))


def _is_speaker(quote: Quote, spoken: Set[tuple[Span | None, Span | None]]) -> bool:
    """The supposed object of a verb is its subject, who speaks the words in marks: "“…”, a salué
    le maire"."""
    return quote.kind == "topic" and any(
        cue == quote.cue and who is not None and who[0] < quote.end and quote.start < who[1]
        for cue, who in spoken
    )


def _told(tree: Tree, cues: Sequence[Cue], speech: SpeechRules, scene: Scene) -> list[Told]:
    """What one sentence tells without marks, or around them."""
    found = (*_by_cue(cues, speech, scene.marked), *find_sourced(tree, speech, scene.marked))
    beside = (_beside_marks(one, scene) for one in found)
    return _outermost(one for one in beside if one is not None)


def _place(quote: Quote) -> Span:
    return quote.start, quote.end


def _with_transcript(quotes: list[Quote], sentences: Sequence[Sentence], text: str) -> list[Quote]:
    """Lines of a transcript in place of what is told within them."""
    if not sentences:
        return []
    lines = Stretches(find_transcript(sentences, text), _place)
    kept = [quote for quote in quotes if not lines.meeting(quote.start, quote.end)]
    first = len(quotes)
    whole = lines.meeting(0, len(text))
    return [*kept, *(replace(line, turn=first + n) for n, line in enumerate(whole))]


def _by_cue(cues: Sequence[Cue], speech: SpeechRules, marked: Stretches[Mark]) -> Iterator[Told]:
    for cue in cues:
        content = content_of(cue, speech)
        if content is None:
            continue
        speaker = speaker_by(cue, content.spans[0], cues, marked)
        unsaid = content.is_topic and cue.is_passive and speaker is None  # "was unveiled"
        if not unsaid and not _is_authors(cue, speaker, speech):
            place = (cue.start, cue.end)
            sentence = cue.tree.sentence
            yield Told(content, speaker, cue, place, sentence.index, sentence.end)


def _is_authors(cue: Cue, speaker: Span | None, speech: SpeechRules) -> bool:
    """Who writes the article speaks: "Note that …", "À noter que …", "on sait que …"."""
    if speaker is None:
        token = cue.tree.tokens[cue.index]
        return cue.sort == "v" and (cue.index == 0 or token.mood == "inf")
    first = next(token for token in cue.tree.tokens if token.end > speaker[0])
    return first.end == speaker[1] and first.text.lower() in speech.authors


def _beside_marks(told: Told, scene: Scene) -> Told | None:
    """What is told with all marks it meets; cut where it runs into a speech of its own, None if
    little is told beside the marks. The scene keeps who tells the marks that are left."""
    text = scene.text
    met = scene.marked.meeting(told.start, told.end + _STEP)
    if not met:
        return told
    own = sum(_letters(a, b, met, text) for a, b in told.content.spans)
    if (
        own >= _OWN_LETTERS
        and told.start <= met[0].start
        and met[-1].end <= told.sentence_end + _STEP
    ):
        return _stretched(told, met[-1].end)
    scene.holders.update(dict.fromkeys(met, told))
    start, end = told.content.spans[0]
    if start < met[0].start < end and _letters(start, met[0].start, (), text) >= _OWN_LETTERS:
        stop = start + len(text[start : met[0].start].rstrip())
        return replace(told, content=replace(told.content, spans=((start, stop),)))
    return None


def _stretched(told: Told, end: int) -> Told:
    """As far as the marks that it runs into."""
    *spans, (start, stop) = told.content.spans
    return replace(told, content=replace(told.content, spans=(*spans, (start, max(stop, end)))))


def _letters(start: int, end: int, marks: Iterable[Mark], text: str) -> int:
    """Letters of a stretch that stand outside the marks."""
    count = sum(map(str.isalnum, text[start:end]))
    for mark in marks:
        count -= sum(map(str.isalnum, text[max(start, mark.start) : min(end, mark.end)]))
    return count


def _outermost(told: Iterable[Told]) -> list[Told]:
    """Of contents that share words the longest: what is told within it is told by its speaker. A
    colon gives way: in "X: Y says …" X may be no more than a topic."""
    kept: list[Told] = []
    for one in sorted(told, key=lambda told: (told.after_colon, told.start - told.end)):
        if not any(_cross(a, b) for other in kept for a in one.content.spans
                   for b in other.content.spans):  # fmt: skip
            kept.append(one)
    return kept


def _cross(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _quotes(told: Told, turn: int, marked: Stretches[Mark], text: str) -> Iterator[Quote]:
    content = told.content
    verb = told.cue.lemma if told.cue is not None else None
    for start, end in content.spans:
        held = [mark for mark in marked.meeting(start, end) if start <= mark.start]
        titled = content.is_topic and all(is_titled(mark, text) for mark in held)
        kind: QuoteKind = "topic" if titled else "mixed" if held else "indirect"
        end = max(end, held[-1].end) if held else end
        yield Quote(start, end, told.speaker, verb, content.stance, told.sentence,
                    kind, told.place, turn)  # fmt: skip


def _numbered(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Turns counted in the order of the text."""
    numbers: dict[int, int] = {}
    return tuple(
        replace(quote, turn=numbers.setdefault(quote.turn, len(numbers))) for quote in quotes
    )
