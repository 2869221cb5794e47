"""Proper names in a sentence: where each begins and ends.

In: a sentence's words with the parser's tags. Out: `Span`s over its tokens, cut free of articles,
titles and punctuation and grown over what the parser left out ("al-|Bab", "Arvind |Kejriwal"). What
kind of name each one is, `read/kinds.py` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.knowledge.naming import Naming, word_key
from dragoman.model import Kind, Sentence

KINDS: dict[str, Kind] = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
ORDINAL = re.compile(r"[IVX]{2,5}|Ier|1er|Jr\.?")
OPENING = frozenset({"«", "“", '"', ":", "‘", "–", "—", "•"})
OPENING_MARKS, CLOSING_MARKS = frozenset('«“„"'), frozenset('»”“"')
HYPHENS = frozenset("-‑–")
NAME_WORDS = frozenset({"PROPN", "X", "NOUN"})
VERBAL = frozenset({"AUX", "ADV", "PRON"})
SMALL = frozenset({"DET", "ADP", "PUNCT", "CCONJ", "PART", "SCONJ", "PRON"})


class Words:
    """A sentence's tokens as names are read from them; `declined`: by their dictionary forms."""

    def __init__(self, sentence: Sentence, text: str, declined: bool = False) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.keys = [word_key(t.lemma if declined else t.text) for t in sentence.tokens]
        self.caps = [t.text[0].isupper() for t in sentence.tokens]
        self.text = text

    def gap(self, i: int) -> str:
        """What stands between token i - 1 and token i."""
        return self.text[self.tokens[i - 1].end : self.tokens[i].start]

    def is_hyphen(self, i: int) -> bool:
        """A hyphen inside a word: nothing parts it from its neighbours."""
        inside = 0 < i < len(self.tokens) - 1 and self.tokens[i].text in HYPHENS
        return inside and not self.gap(i) and not self.gap(i + 1)

    def opens(self, i: int) -> bool:
        """Token i is the first word of a sentence or quotation: its capital says nothing."""
        if i and self.tokens[i - 1].text in OPENING:
            return True
        return all(not t.text[0].isalnum() for t in self.tokens[:i])

    def is_marked(self, i: int, j: int) -> bool:
        """By itself in quotation marks after a noun: «агентство „Горизонт“»."""
        if i < 2 or j >= len(self.tokens) or self.tokens[i - 2].pos != "NOUN":
            return False
        return self.tokens[i - 1].text in OPENING_MARKS and self.tokens[j].text in CLOSING_MARKS

    def words(self, i: int, j: int) -> str:
        return self.text[self.tokens[i].start : self.tokens[j - 1].end]


@dataclass(slots=True)
class Span:
    """Tokens start to end (without) of one sentence; `tag` is what the parser takes them for."""

    words: Words
    start: int
    end: int
    tag: Kind | None
    kind: Kind | None = None
    sure: bool = False
    """The words themselves say what kind it is."""
    doubtful: bool = False
    """Kept for who may be meant, but too unsure to be told as a name."""
    core: int | None = None
    """Where the bare name begins in it ("République du |Niger"), if it means the same."""

    @property
    def text(self) -> str:
        return self.words.words(self.start, self.end)

    @property
    def keys(self) -> list[str]:
        return self.words.keys[self.start : self.end]


def proper_spans(
    words: Words, naming: Naming, taken: Sequence[tuple[int, int]] = ()
) -> Iterator[Span]:
    """Names outside the token ranges `taken`, in order, without overlap."""
    free = [True] * len(words.tokens)
    for start, end in taken:
        free[start:end] = [False] * (end - start)
    last = 0
    for i, j, tag in _runs(words, naming, free):
        start, end = _trim(words, naming, i, j)
        if start >= end:
            continue
        start, end = _grow(words, naming, start, end, free, last)
        start, end = _trim(words, naming, start, end)
        end = _cut(words, naming, start, end, tag)
        while tag == "PER" and start + 1 < end and _is_common(words.keys[start], naming):
            start += 1
        if start < end and _is_name(words, naming, start, end, tag):
            yield Span(words, start, end, KINDS.get(tag))
            last = end


def _runs(words: Words, naming: Naming, free: list[bool]) -> Iterator[tuple[int, int, str]]:
    """Runs of one tag, and runs of capitals that the parser passed over."""
    tokens = words.tokens
    i = 0
    while i < len(tokens):
        tag = tokens[i].entity or ""
        j = i + 1
        if not free[i] or not (tag or words.caps[i]):
            i = j
            continue
        if tag:
            while j < len(tokens) and free[j] and tokens[j].entity == tag and _goes_on(words, j):
                j += 1
            # "Kofi |Kingston": a given name takes what is tagged as something else beside it.
            while j < len(tokens) and free[j] and _takes(words, naming, i, j):
                j, tag = j + 1, "PER"
            yield i, j, tag
        elif not words.opens(i) or tokens[i].pos == "PROPN":
            while j < len(tokens) and free[j] and not tokens[j].entity and words.caps[j]:
                if not _goes_on(words, j):
                    break
                j += 1
            yield i, j, ""
        i = j


def _cut(words: Words, naming: Naming, start: int, end: int, tag: str) -> int:
    """A small verb, adverb or preposition ends the name; a person's ends with a capital anyhow."""
    for k in range(start + 1, end):
        pos, key = words.tokens[k].pos, words.keys[k]
        stops = pos in VERBAL or (pos == "ADP" and tag != "ORG" and key not in naming.particles)
        if stops and not words.caps[k]:
            end = k
            break
    while end > start and not words.caps[end - 1]:
        if tag != "PER" and not naming.capitals and words.tokens[end - 1].pos not in SMALL:
            break
        end -= 1
    return end


def _takes(words: Words, naming: Naming, i: int, j: int) -> bool:
    alone = j == i + 1 and words.keys[i] in naming.given and words.caps[j]
    return alone and words.gap(j) == " " and words.keys[j] not in naming.common


def _is_common(key: str, naming: Naming) -> bool:
    return key in naming.common and key not in naming.given


def _goes_on(words: Words, j: int) -> bool:
    """No new line and no possessive parts it from what stands before: "Russia|'s Navy"."""
    return "\n" not in words.gap(j) and words.keys[j] != "'s"


def _trim(words: Words, naming: Naming, i: int, j: int) -> tuple[int, int]:
    tokens = words.tokens
    while i < j and _is_loose_start(words, naming, i, j):
        i += 1
    while j > i and (
        (tokens[j - 1].pos in SMALL and not words.caps[j - 1])
        or not tokens[j - 1].text[0].isalnum()
        or words.keys[j - 1] == "'s"
    ):
        j -= 1
    return i, j


def _is_loose_start(words: Words, naming: Naming, i: int, j: int) -> bool:
    key, token = words.keys[i], words.tokens[i]
    if key in naming.titles and j > i + 1:
        return key not in naming.given
    if not words.caps[i]:
        glued = key in naming.particles and i + 1 < j and words.is_hyphen(i + 1)
        road = key[:1].isdigit() and token.pos not in SMALL
        return not (glued or key in naming.binding or road)
    if key in naming.articles:
        return words.opens(i) or i + 1 == j
    return key in naming.demonyms and i + 1 < j and key not in naming.given


def _grow(
    words: Words, naming: Naming, i: int, j: int, free: list[bool], last: int
) -> tuple[int, int]:
    """Over hyphens, binding particles and neighbouring capitals."""
    size = len(words.tokens)
    while i > last:
        if words.is_hyphen(i - 1) and free[i - 2] and i - 2 >= last:
            if not words.caps[i - 2] and words.keys[i - 2] not in naming.particles:
                break
            i -= 2
        elif (
            free[i - 1]
            and words.keys[i] not in naming.capital_articles
            and _joins(words, naming, i - 1, i)
        ):
            i -= 1
        else:
            break
    while j < size:
        if words.is_hyphen(j) and free[j + 1]:
            j += 2
        elif free[j] and _joins(words, naming, j, j):
            j += 1
        elif j + 1 < size and _binds(words, naming, i, j) and words.caps[j + 1] and free[j + 1]:
            j += 2
        else:
            break
    return i, j


def _binds(words: Words, naming: Naming, i: int, j: int) -> bool:
    """ "Ursula |von der Leyen", "Dominique |de Villepin"."""
    if words.keys[j] in naming.binding:
        return True
    return j == i + 1 and words.keys[i] in naming.given and words.keys[j] in naming.nobility


def _joins(words: Words, naming: Naming, i: int, right: int) -> bool:
    """Token i is a capital beside the name; `right` is the token whose gap parts them."""
    key, token = words.keys[i], words.tokens[i]
    if i == right and ORDINAL.fullmatch(token.text):
        return words.gap(right) == " "
    if not words.caps[i] or words.gap(right) not in {" ", "\u00a0", ""} or token.entity:
        return False
    if key not in naming.given and key in naming.no_names:
        return False
    if key in naming.capital_articles and i < right:
        return not words.opens(i) or token.pos == "PROPN"
    if words.opens(i):
        return key in naming.given or _begins(words, naming, i)
    return token.pos in NAME_WORDS and (words.gap(right) != "" or key.endswith("'"))


def _begins(words: Words, naming: Naming, i: int) -> bool:
    """The sentence's first word is the first of a person's name: "|De Niro", "|Abiy Ahmed"."""
    if i + 1 >= len(words.tokens) or words.tokens[i + 1].entity != "PER":
        return False
    particle = words.keys[i] in naming.particles and words.keys[i + 1] not in naming.given
    return words.tokens[i].pos == "PROPN" or particle


def _is_name(words: Words, naming: Naming, i: int, j: int, tag: str) -> bool:
    keys = words.keys[i:j]
    if all(k in naming.demonyms or k in naming.common or k in naming.titles for k in keys):
        return False
    if not any(words.caps[i:j]):
        return False
    if not any(words.tokens[k].pos in NAME_WORDS for k in range(i, j)):
        return False
    if j > i + 1:
        return True
    if tag == "ORG" and words.is_marked(i, j):
        return True
    tagged = bool(tag) and words.opens(i) and not words.tokens[i].text.isupper()
    common = tagged and words.tokens[i].pos != "PROPN" and keys[0] not in naming.given
    return len(keys[0].strip(".")) > 1 and not common
