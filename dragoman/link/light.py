"""Actors and places of an article that was read without a parser.

In: an article, its light reading and the knowledge. Out: `Reference`s in text order. Only names
count: no offices, no pronouns, no surname without the full name or an office in a state that the
article names. Where a name may stand for several, it stays open; less is decided rather than more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from babel.languages import get_official_languages

from dragoman.knowledge import Knowledge
from dragoman.knowledge.countries import countries
from dragoman.knowledge.gazetteer import PREFIX
from dragoman.knowledge.light import LightLanguage
from dragoman.knowledge.names import Candidate, NameIndex
from dragoman.link.actors import known_reference, preferred, reading_day
from dragoman.link.names import Found, find_names
from dragoman.link.place_mentions import settle_places
from dragoman.link.surnames import within
from dragoman.model import Article, Mention, Reading, Reference, Token

LOOSE = frozenset({"surname", "heard", "context"})
"""Kinds of name that count only beside another."""
SPEAKING = LOOSE | {"metonym"}


def link_lightly(article: Article, reading: Reading, knowledge: Knowledge) -> tuple[Reference, ...]:
    """References of all names that are known; a name nobody knows stays a person's name."""
    language = knowledge.light[reading.language]
    names = knowledge.names(language.code)
    reading = replace(reading, mentions=tuple(_bounded(article.text, reading, names)))
    found = find_names(article.text, reading, names)
    linker = _Linker(article, reading, knowledge, language, found)
    resolved = ((one, linker.resolve(one)) for one in found)
    references = [made for one, made in resolved if made.actor or not _is_hearsay(one)]
    spans = list(_capitals(reading, article.text)) if language.capitals else []
    settled = settle_places(references, article, reading, knowledge, spans)
    near = _spoken_in(language.code) | {one.actor for one in references}
    return tuple(one for one in settled if not _is_far(one, near))


def _is_hearsay(found: Found) -> bool:
    """All that speaks for a name is how a surname sounds in other scripts, or a short form."""
    kinds = {candidate.kind for candidate in found.candidates}
    return bool(kinds) and kinds <= {"heard", "context"}


def _is_far(reference: Reference, near: Collection[str | None]) -> bool:
    """Only the gazetteer knows the place, and neither does its state speak the language nor the
    article speak of it: its name may as well be a word or a person's."""
    place = reference.place
    minor = place is not None and place.id.startswith(PREFIX)
    return minor and place is not None and place.country not in near


@cache
def _spoken_in(language: str) -> frozenset[str]:
    """The states of which it is an official language."""
    return frozenset(
        state
        for state, codes in countries().items()
        if language in get_official_languages(codes.alpha2, regional=True)
    )


def _bounded(text: str, reading: Reading, names: NameIndex) -> Iterator[Mention]:
    """Runs of capitals without the names that the atlas knows in them: a run that begins with a
    known full name is that name, and one that goes on with another ("Anar Həsənov |Tehrana") ends
    before it."""
    for mention in reading.mentions:
        hits = list(names.find(text, mention.start, mention.end))
        if any(hit.start == mention.start and " " in hit.text for hit in hits):
            continue
        ends = (text[mention.start : hit.start].rstrip() for hit in hits)
        shorter = next((before for before in ends if " " in before), mention.text)
        end = mention.start + len(shorter)
        yield replace(mention, end=end, text=shorter, phrase=(mention.start, end))


class _Linker:
    def __init__(
        self,
        article: Article,
        reading: Reading,
        knowledge: Knowledge,
        language: LightLanguage,
        found: Sequence[Found],
    ) -> None:
        self.atlas = knowledge.atlas
        self.language = language
        self.reading = reading
        self.day = reading_day(article)
        self.full = {c.id for one in found for c in one.candidates if c.kind not in SPEAKING}
        self.near = self.full | {state for one in self.full if (state := self._state(one))}

    def resolve(self, found: Found) -> Reference:
        # Scripts without capitals name as well as others.
        mention = found.mention if self.language.capitals else replace(found.mention, named=True)
        candidates = [] if within(found, self.reading.times) else self._allowed(found)
        ids = tuple(dict.fromkeys(candidate.id for candidate in candidates))
        if len(ids) == 1:
            return known_reference(
                mention,
                candidates[0],
                self.atlas,
                self.language.code,
                self.day,
                is_declined=found.declined,
            )
        if ids:
            reason = f"{len(ids)} candidates left"
            return Reference(mention, None, mention.text, candidates=ids, reason=reason)
        reason = "short name without its full form" if found.candidates else "not in the atlas"
        tried = tuple(dict.fromkeys(candidate.id for candidate in found.candidates))
        return Reference(mention, None, mention.text, candidates=tried, reason=reason)

    def _allowed(self, found: Found) -> list[Candidate]:
        kept = [c for c in found.candidates if c.kind not in LOOSE]
        if kept:
            return preferred(kept) or kept
        named = [c for c in found.candidates if c.id in self.full]
        return named or [c for c in found.candidates if self._serves_here(c)]

    def _serves_here(self, candidate: Candidate) -> bool:
        """A surname's bearer holds an office that day in a state or body that the article names."""
        role = self.atlas.role_on(candidate.id, self.day)
        return (
            candidate.kind in {"surname", "heard"} and role is not None and role.actor in self.near
        )

    def _state(self, identity: str) -> str | None:
        spot = self.atlas.places.get(identity)
        return spot.country if spot is not None else None


def _capitals(reading: Reading, text: str) -> Iterator[tuple[int, int]]:
    """Capitals inside sentences, one or several in a row: each may name a place."""
    for sentence in reading.sentences:
        tokens, i = sentence.tokens, 1
        while i < len(tokens):
            last = i
            while last < len(tokens) and _is_capital(tokens, last, text, first=i):
                last += 1
            if last > i:
                yield tokens[i].start, tokens[last - 1].end
            i = max(last, i + 1)


def _is_capital(tokens: Sequence[Token], i: int, text: str, *, first: int) -> bool:
    word = tokens[i].text
    if not (word[0].isupper() and word[1:].islower()):
        return False
    if i == first:
        return tokens[i - 1].text not in {".", "?", "!", "«", "“", '"', ":"}
    return text[tokens[i - 1].end : tokens[i].start] == " "
