"""What an article is compared by: its meaning, who and where, telling words, numbers and years.

In: an article and its reading, which may be empty. Out: a `Signature`, a function of these alone,
so that it is the same in every desk. Languages without a parser are signed by their text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

import numpy as np

from dragoman.encoder import encode, information
from dragoman.link.sounds import sound
from dragoman.model import BODY_LABELS, Article, Kept, Signature, Term
from dragoman.store.analyse import words

OPENING, LEAD = 200, 700
"""Characters of title and text that are encoded: the beginning twice, since it tells the most."""
NAMES, WORDS = 48, 96
"""At most so many of each, the most telling ones."""
NAME_RANGE = (9.0, 20.0)
WORD_RANGE = (10.0, 20.0)
"""Nats between which what a word tells goes from nothing to all (see `encoder.information`)."""
SHORT = 0.5
"""What a sound of two consonants counts, of what a longer one does."""
LONE = 12.0
"""Nats from which a capital at the start of a sentence alone makes a name."""

_CAPITAL = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENS = re.compile(r"(?:^|[.!?:…\n])[\s«»\"“„‘(\[–—-]*$")


def sign(kept: Kept) -> Signature:
    """The signature of an article; the day it was published is not part of it."""
    article, reading = kept.article, kept.reading
    title, body = _told(article)
    text = f"{title}\n{body}"
    figures = {match[0].replace(",", ".") for match in _NUMBER.finditer(text)}
    years = {figure for figure in figures if _YEAR.fullmatch(figure)}
    days = {
        time.start_day
        for time in reading.times
        if time.start_day is not None and time.start_day == time.end_day
    }
    return Signature(
        article.id,
        article.language,
        _vector(title, body),
        names=_most((*_linked(kept), *_names(text, article.language)), NAMES),
        words=_words(text, article.language),
        numbers=tuple(sorted(figure for figure in figures - years if len(figure) > 1)),
        years=tuple(sorted(years)),
        days=tuple(sorted(days)),
    )


def _told(article: Article) -> tuple[str, str]:
    """Title and body, as the article has them."""
    blocks = article.blocks
    body = "\n".join(article.text[b.start : b.end] for b in blocks if b.label in BODY_LABELS)
    headline = next((article.text[b.start : b.end] for b in blocks if b.label == "headline"), "")
    return article.title or headline, body


def _vector(title: str, body: str) -> bytes:
    whole = " ".join(f"{title}. {body}".split()) if title else " ".join(body.split())
    vector = encode([_cut(whole, OPENING), _cut(whole, LEAD)]).sum(axis=0)
    scaled = 127 * vector / max(float(np.linalg.norm(vector)), 1e-9)
    return bytes(np.rint(scaled).astype(np.int8).tobytes())


def _cut(text: str, length: int) -> str:
    """The beginning, up to the last whole word."""
    if len(text) <= length:
        return text
    return text[: length + 1].rpartition(" ")[0] or text[:length]


def _linked(kept: Kept) -> tuple[Term, ...]:
    """Actors and places that are known by id, whatever the language calls them."""
    found: Counter[str] = Counter()
    weights: dict[str, float] = {}
    shown: dict[str, str] = {}
    for reference in kept.references:
        identity = reference.actor or (reference.place.id if reference.place else None)
        if identity is None:
            continue
        key = f"@{identity}"
        found[key] += 1
        if key not in weights:
            weights[key] = max(
                (_share(word, NAME_RANGE) for word in reference.name.split()), default=0.0
            )
            shown[key] = reference.name
    return _best(found, weights, shown, NAMES)


def _names(text: str, language: str | None) -> tuple[Term, ...]:
    """Capitalised words by their sound, less those that the text writes small as well."""
    found: Counter[str] = Counter()
    weights: dict[str, float] = {}
    shown: dict[str, str] = {}
    for word, number in _capitalised(text, language).items():
        key = sound(word, language)
        if len(key) < 2:
            continue
        weight = _share(word, NAME_RANGE) * (SHORT if len(key) == 2 else 1.0)
        if weight > weights.get(key, 0.0):
            weights[key], shown[key] = weight, word
        found[key] += number
    return _best(found, weights, shown, NAMES)


def _capitalised(text: str, language: str | None) -> Counter[str]:
    small: set[str] = set()
    inside: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for match in _CAPITAL.finditer(text):
        word = match[0]
        if word[0].islower():
            small.add(word)
        elif word[0].isupper():
            before = text[max(match.start() - 8, 0) : match.start()]
            opens = match.start() == 0 or _OPENS.search(before) is not None
            (opening if opens else inside)[word] += 1
    sure = {word for word in opening if word in inside or information(word) >= LONE}
    found = inside + Counter({word: opening[word] for word in sure})
    return Counter({word: n for word, n in found.items() if word.lower() not in small})


def _words(text: str, language: str | None) -> tuple[Term, ...]:
    found: Counter[str] = Counter()
    weights: dict[str, float] = {}
    shown: dict[str, str] = {}
    for word, key in words(text, language):
        weight = _share(word, WORD_RANGE)
        if weight > 0:
            found[key] += 1
            if weight > weights.get(key, 0.0):
                weights[key], shown[key] = weight, word
    return _best(found, weights, shown, WORDS)


def _best(
    found: Mapping[str, int], weights: Mapping[str, float], shown: Mapping[str, str], most: int
) -> tuple[Term, ...]:
    terms = (Term(key, _counted(weights[key], found[key]), shown[key]) for key in weights)
    return _most((term for term in terms if term.weight > 0), most)


def _most(terms: Iterable[Term], number: int) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: (-term.weight, term.key))[:number])


def _share(word: str, between: tuple[float, float]) -> float:
    """What a word tells, from 0 to 1; the commoner of its two spellings counts."""
    low, high = between
    told = min(information(word), information(word.lower()))
    return min(max(told - low, 0.0) / (high - low), 1.0)


def _counted(weight: float, number: int) -> float:
    return round(weight * (1 + log(number)), 3)
