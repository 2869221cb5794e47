"""What a source is given for: "according to X, …" and "X: …".

In: a sentence's tree, or a transcript's text. Out: `Told` records without a word of speech, and
`Quote` records of transcripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.knowledge.speech import SpeechRules
from dragoman.model import Quote, Sentence, Stance, Token
from dragoman.read.contents import Content
from dragoman.read.cues import segment
from dragoman.read.marks import Mark
from dragoman.read.speakers import phrase_after
from dragoman.read.stretches import Stretches
from dragoman.read.told import Span, Told
from dragoman.trees import Tree

_FEW_WORDS = 3
_FINITE = frozenset({"ind", "cnd", "sub"})


_TURN = re.compile(r"^[\"“”]?([A-ZÀ-Þ][A-ZÀ-Þ .’'-]{2,40}):[ \t]+(\S[^\n]*)", re.MULTILINE)
"""A line of a transcript: a name in capitals, a colon, what is said."""
_NAME_WORDS = 8


def find_sourced(tree: Tree, speech: SpeechRules, marked: Stretches[Mark]) -> Iterator[Told]:
    yield from _according(tree, speech, marked)
    yield from _after_colon(tree, speech, marked)


def find_transcript(sentences: Sequence[Sentence], text: str) -> list[Quote]:
    """What is said in the lines of a transcript, which has two speakers or more; `turn` is left."""
    starts = {sentence.start: sentence.index for sentence in sentences}
    lines = [line for line in _TURN.finditer(text) if line.start() in starts]
    if len({line[1] for line in lines}) < 2:
        return []
    return [
        Quote(
            line.start(2),
            line.start(2) + len(line[2].rstrip('"”“ ')),
            (line.start(1), line.start(1) + len(line[1].rstrip())),
            None,
            "neutral",
            starts[line.start()],
            "direct",
            (line.end(1), line.end(1) + 1),
        )
        for line in lines
    ]


def _after_colon(tree: Tree, speech: SpeechRules, marked: Stretches[Mark]) -> Iterator[Told]:
    """ "Pence: the tweet was a joke": a person, or a noun that tells, and a sentence of theirs."""
    tokens = tree.tokens
    at = next((i for i, token in enumerate(tokens[: _NAME_WORDS + 1]) if token.text == ":"), 0)
    before, after = tokens[:at], _trimmed(tokens[at + 1 :])
    if not before or not after or not _tells(before, speech):
        return
    if not any(t.pos in {"VERB", "AUX"} and t.mood not in {"inf", "part", "ger"} for t in after):
        return
    if marked.meeting(tokens[at].start, tokens[at].end):
        return
    place = tokens[at].start, tokens[at].end
    content = ((after[0].start, after[-1].end),)
    names = [t for t in before if t.pos != "DET"]
    speaker = names[0].start, names[-1].end
    yield replace(_told(tree, content, speaker, place, "neutral"), after_colon=True)


def _tells(before: Sequence[Token], speech: SpeechRules) -> bool:
    if any(token.pos in {"VERB", "AUX", "PUNCT"} for token in before):
        return False
    return all(token.entity == "PER" for token in before) or any(
        token.lemma.lower() in speech.tellers for token in before
    )


def _according(tree: Tree, speech: SpeechRules, marked: Stretches[Mark]) -> Iterator[Told]:
    tokens = tree.tokens
    words = [token.text.lower().replace("’", "'") for token in tokens]
    firsts = {source[0] for source in speech.sources}
    if words[0] in speech.views:
        firsts.add(words[0])
    for i in range(len(words)):
        source = _source_at(tree, words, i, speech) if words[i] in firsts else None
        if source is None or marked.meeting(tokens[i].start, tokens[i].start + 1):
            continue
        speaker = phrase_after(tree, i + len(source))
        if speaker is None or _is_no_source(tree, i + len(source), speaker, speech):
            continue
        spans = tuple(_told_by(tree, i, speaker[1], speech))
        if spans:
            place = tokens[i].start, tokens[i + len(source) - 1].end
            stance: Stance = (
                "think" if len(source) == 1 and source[0] in speech.views else "neutral"
            )
            yield _told(tree, spans, speaker, place, stance)
        return


def _source_at(
    tree: Tree, words: Sequence[str], i: int, speech: SpeechRules
) -> tuple[str, ...] | None:
    if i == 0 and words[0] in speech.views and len(words) > 2:
        after = tree.tokens[1]
        pronoun = after.pos == "PRON" and words[2] == "," and words[1] not in speech.authors
        if pronoun or after.entity in {"PER", "ORG"}:
            return (words[0],)  # "Pour Dupont, …", "Pour lui, …"
    return next((s for s in speech.sources if tuple(words[i : i + len(s)]) == s), None)


def _is_no_source(tree: Tree, at: int, speaker: Span, speech: SpeechRules) -> bool:
    """A measure ("selon le jour"), or nobody ("selon ce qui …")."""
    if tree.tokens[at].text.lower() in speech.authors:
        return True
    inside = [t for t in tree.tokens if speaker[0] <= t.start < speaker[1]]
    first = next((t for t in inside if t.pos in {"NOUN", "PROPN", "PRON"}), None)
    return first is None or first.lemma.lower() in speech.measures


def _told(tree: Tree, spans: tuple[Span, ...], speaker: Span, place: Span, stance: Stance) -> Told:
    sentence = tree.sentence
    return Told(Content(spans, stance), speaker, None, place, sentence.index, sentence.end)


def _told_by(tree: Tree, at: int, source_end: int, speech: SpeechRules) -> Iterator[Span]:
    """What a source is given for: all before it, else the rest of the sentence after it."""
    first, last = segment(tree, at)
    before = _trimmed(tree.tokens[first:at])
    if len(before) >= _FEW_WORDS and before[-1].lemma.lower() not in speech.that:
        yield before[0].start, before[-1].end
        return
    after = [i for i in range(at, last) if tree.tokens[i].start >= source_end]
    kept = _trimmed([tree.tokens[i] for i in _past_source(tree, after)])
    if kept:
        yield kept[0].start, kept[-1].end


def _past_source(tree: Tree, after: list[int]) -> list[int]:
    """Without what is still said of the source: "selon un sondage réalisé hier, …", "according to
    X, a doctor at Y, …"."""
    commas = [n for n, i in enumerate(after) if tree.tokens[i].text == ","]
    for n in commas[:2]:
        head, rest = after[:n], after[n + 1 :]
        of_source = not any(tree.tokens[i].mood in _FINITE for i in head) or n == commas[0] > 0
        if n > 0 and of_source and any(tree.tokens[i].mood in _FINITE for i in rest):
            return rest
    return after


def _trimmed(tokens: Sequence[Token]) -> list[Token]:
    kept = list(tokens)
    while kept and kept[-1].pos in {"PUNCT", "CCONJ"}:
        kept.pop()
    while kept and kept[0].pos in {"PUNCT", "CCONJ"}:
        kept.pop(0)
    return kept
