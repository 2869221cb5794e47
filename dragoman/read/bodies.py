"""Names that a common noun opens or ends: "Conseil de sécurité", "rue de Rivoli", "Nile River".

In: a sentence's words. Out: `Span`s of organisations and places whose kind the noun tells. The
tree is not needed: such a name goes on by a few kinds of words, and stops at any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge.naming import Naming
from dragoman.read.proper import Span, Words

NOUNS = frozenset({"NOUN", "PROPN", "X", "ADJ"})
LONGEST = 16
"""Words of a name at most; what is longer is a sentence gone astray."""


def headed_spans(words: Words, naming: Naming) -> list[Span]:
    """Names of organisations and places opened by a noun, in order, without overlap."""
    found: list[Span] = []
    heads, sites = naming.bodies.heads, naming.sites
    end = 0
    for i, key in enumerate(words.keys):
        if i < end:
            continue
        span: Span | None = None
        if key in heads:
            span = _body(words, naming, i)
        if span is None and (key in sites.head or key in sites.realm):
            span = _site(words, naming, i)
        if span is None and key in naming.bodies.last and words.caps[i]:
            span = _ended(words, naming, i, end)
        if span is None and words.caps[i] and key[-1].isdigit():
            span = _road(words, naming, i)
        if span is not None:
            span.start = max(span.start, end)
            found.append(span)
            end = span.end
    return found


def _body(words: Words, naming: Naming, i: int) -> Span | None:
    bodies, keys = naming.bodies, words.keys
    runs = (tuple(keys[i : i + n]) for n in (4, 3, 2, 1))
    whole = next((len(run) for run in runs if run in bodies.whole), 0)
    if any(tuple(keys[i : i + len(phrase)]) == phrase for phrase in bodies.never):
        return None
    capital = words.caps[i] and (not words.opens(i) or words.tokens[i].entity == "ORG")
    if not words.caps[i] and whole < 2 and keys[i] not in bodies.written_small:
        return None
    growth = _Growth(words, naming, i, max(i + whole, i + 1))
    growth.go_on(capital or (words.caps[i] and words.opens(i)))
    if not capital and not growth.named and whole < 2:
        return None
    if capital and not whole and growth.end == i + 1:
        return None
    return Span(words, _first(words, i, growth.end), growth.end, "ORG", "ORG", sure=True)


def _first(words: Words, i: int, end: int) -> int:
    """Where the name begins if capitals before its head are compounded with it: "Kyiv |School of
    Economics"."""
    while (
        i > 0
        and words.caps[i - 1]
        and words.gap(i) == " "
        and words.tokens[i - 1].dep == "compound"
        and i <= words.tokens[i - 1].head < end
    ):
        i -= 1
    return i


@dataclass(slots=True)
class _Growth:
    """A body's name as it grows to the right of its head."""

    words: Words
    naming: Naming
    start: int
    end: int
    named: bool = False
    """A capital or a nation's adjective stands in it after the head."""

    def go_on(self, capital: bool) -> None:
        bodies, head = self.naming.bodies, self.words.keys[self.start]
        open_head = (capital and head in bodies.open) or head in bodies.offices
        while self.end - self.start < LONGEST and self.end < len(self.words.tokens):
            if "\n" in self.words.gap(self.end):
                break
            if not (self._word(open_head, capital) or self._complement(open_head)):
                break

    def _word(self, open_head: bool, capital: bool) -> bool:
        """An adjective or a capital right after."""
        j, words, bodies = self.end, self.words, self.naming.bodies
        key, token, head = words.keys[j], words.tokens[j], words.keys[self.start]
        national = capital or head in bodies.national
        if words.is_hyphen(j):
            return self._take(j + 1)
        if words.caps[j]:
            fits = national or key not in self.naming.demonyms
            return fits and self._may_take(j) and self._take(j)
        if token.pos != "ADJ" or not key[0].isalpha():
            return False
        if key in self.naming.demonyms and head not in bodies.offices:
            return national and self._take(j)
        if open_head or head in bodies.small:
            self.end = j + 1
            return True
        return False

    def _complement(self, open_head: bool) -> bool:
        """ "de la Défense", "des droits", "pour l'enfance", "et des Sports"."""
        words, naming = self.words, self.naming
        link, j = words.keys[self.end], self.end
        if link in naming.joining and self.named and words.keys[j + 1 : j + 2] != []:
            k = self._noun_at(j + 2) if words.keys[j + 1] in naming.of else None
            return k is not None and words.caps[k] and self._take(k)
        purpose = open_head and link in naming.purpose
        k = self._noun_at(j + 1) if link in naming.of or purpose else None
        if k is None:
            return False
        if words.caps[k]:
            return self._may_take(k) and self._take(k)
        if purpose and words.keys[k - 1] not in naming.articles:
            return False
        if not open_head or words.tokens[k].pos not in NOUNS or words.keys[k] in naming.determiners:
            return False
        self.end = k + 1
        self.named = self.named or words.keys[self.start] in naming.bodies.offices
        return True

    def _noun_at(self, k: int) -> int | None:
        """The word after at most one article."""
        words = self.words
        if k < len(words.tokens) and words.keys[k] in self.naming.articles and not words.caps[k]:
            k += 1
        return k if k < len(words.tokens) and words.tokens[k].text[0].isalnum() else None

    def _may_take(self, k: int) -> bool:
        """A person is no part of a body's name, unless such bodies are called after people."""
        words, naming = self.words, self.naming
        key, tag = words.keys[k], words.tokens[k].entity
        if key in naming.titles:
            return False
        if words.caps[k - 1] and k - 1 > self.start and tag != "PER":
            return True  # "San |Francisco"
        person = tag == "PER" or key in naming.given
        return not person or words.keys[self.start] in naming.bodies.personal

    def _take(self, k: int) -> bool:
        """Token k belongs to it and makes it a name."""
        self.end = k + 1
        self.named = True
        return True


def _ended(words: Words, naming: Naming, i: int, end: int) -> Span | None:
    """Capitals up to the noun for a body: "Defence Ministry", "Harvard University"."""
    start = i
    while start > end and words.caps[start - 1] and words.gap(start) in {" ", ""}:
        key = words.keys[start - 1]
        if key in naming.no_names or key in naming.articles or words.opens(start - 1):
            break
        start -= 1
    if start == i or words.tokens[start].entity == "PER":
        return None
    return Span(words, start, i + 1, "ORG", "ORG", sure=True)


def _site(words: Words, naming: Naming, i: int) -> Span | None:
    """The word and the name that belongs to it: "rue Vignon", "République du Niger"."""
    sites, keys = naming.sites, words.keys
    if keys[i] in sites.capital and not (words.caps[i] and not words.opens(i)):
        return None
    j = i + 1
    if j < len(keys) and keys[j] in naming.of:
        j += 1
    elif keys[i] in sites.realm:
        return None  # "le président de la République Emmanuel Macron"
    if j < len(keys) and keys[j] in naming.articles and not words.caps[j]:
        j += 1
    if j >= len(keys) or not words.caps[j] or "\n" in words.words(i, j + 1):
        return None
    if keys[j] in naming.others or (keys[j] in naming.demonyms and words.tokens[j].pos == "ADJ"):
        return None  # "the Gulf War"
    core = j
    j += 1
    while j < len(keys):
        if words.is_hyphen(j):
            j += 2
        elif words.caps[j] and words.gap(j) == " " and keys[j] not in naming.common:
            j += 1
        else:
            break
    span = Span(words, i, j, "LOC", "LOC", sure=True)
    if keys[i] in sites.realm:
        span.core = core
    return span


def _road(words: Words, naming: Naming, i: int) -> Span | None:
    if not naming.sites.roads.fullmatch(words.tokens[i].text):
        return None
    return Span(words, i, i + 1, "LOC", "LOC", sure=True)


def places_within(words: Words, naming: Naming, span: Span) -> Iterator[Span]:
    """Places that an organisation's name speaks of, as the parser tags them: "parquet de |Lyon"."""
    k = span.start + 1
    if words.keys[span.start] in naming.bodies.offices:
        return  # "ministère de la |Défense" is not in the quarter of that name
    while k < span.end:
        j = k + 1
        if (
            words.tokens[k].entity == "LOC"
            and words.caps[k]
            and words.keys[k - 1] in naming.linking
        ):
            while j < span.end and words.caps[j] and words.tokens[j].entity == "LOC":
                j += 1
            yield Span(words, k, j, "LOC", "LOC", sure=True)
        k = j


def brackets(words: Words, spans: list[Span]) -> Iterator[tuple[Span, int]]:
    """Acronyms in brackets right after a name, with the token that holds each: "… (OTAN)"."""
    tokens = words.tokens
    for span in spans:
        k = span.end
        if k + 2 < len(tokens) and tokens[k].text == "(" and tokens[k + 2].text == ")":
            yield span, k + 1
