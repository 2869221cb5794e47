"""Who stands behind a quote, and which of many named sources are one.

In: a quote with its speaker, and the references of its article. Out: a `Voice`, or None for one who
stands for himself alone without a name: a witness, an analyst. Officials stand for their state or
body on the article's day; it is not said which of its officials spoke.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.languages import Language
from dragoman.knowledge.names import key_of
from dragoman.knowledge.outlets import Outlets
from dragoman.model import Quote, Reading, Reference, Speaker, Voice, VoiceKind

OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "IGO"})
"""Sectors whose people speak for the state or body they serve."""

NOT_TOLD = "not told"
"""The key of voices that have no name."""

Span = tuple[int, int]


class Voices:
    """The voices of one article."""

    def __init__(
        self,
        reading: Reading,
        references: Sequence[Reference],
        text: str,
        day: str | None,
        language: Language,
        atlas: Atlas,
        outlets: Outlets,
    ) -> None:
        self._reading = reading
        self._references = references
        self._text = text
        self._day = day
        self._atlas = atlas
        self._outlets = outlets
        self._carriers = language.speech.carriers
        self._state_press = language.speech.state_press
        self._goes_on = language.speech.goes_on
        self._same = language.speech.same
        self._spokesmen = language.speech.spokesmen
        self._pronouns = frozenset(language.words.personal_pronouns)

    def is_pronoun(self, quote: Quote) -> bool:
        """Nobody can tell whom its speaker means."""
        return quote.by is None or (
            quote.by.actor is None and quote.by.name.lower() in self._pronouns
        )

    def points_back(self, quote: Quote) -> bool:
        """Its speaker only points at one named before: a pronoun, "the same source", "the
        statement"."""
        if quote.by is None or quote.by.actor is not None:
            return False
        words = self._text[slice(*(quote.speaker or (quote.by.start, quote.by.end)))].lower()
        first = words.split()[0] if words.split() else ""
        return words in self._goes_on or first in self._same or words in self._carriers

    def goes_on(self, quote: Quote, before: Quote) -> bool:
        """Where it points back, it can only mean whoever spoke in the sentence before, or earlier
        in the same one: what was said there names no other person."""
        named = (
            r
            for r in self._references
            if r.mention.kind == "PER" and before.start <= r.mention.start < before.end
        )
        return quote.sentence - before.sentence <= 1 and next(named, None) is None

    def of_quote(self, quote: Quote) -> Voice | None:
        """The voice that a quote gives, with the kind of text it was given in."""
        if quote.by is None or self.is_pronoun(quote):
            return None
        voice = self.of_speaker(quote.by, quote.speaker)
        sentence = self._reading.sentences[quote.sentence]
        kind = self._carrier(self._text[sentence.start : sentence.end])
        return replace(voice, kind=kind) if voice and kind and voice.outlet is None else voice

    def of_speaker(self, speaker: Speaker, phrase: Span | None = None) -> Voice | None:
        low, high = phrase or (speaker.start, speaker.end)
        inside = [r for r in self._references if low <= r.mention.start < high]
        own = next((r for r in inside if r.mention.start == speaker.start), None)
        if speaker.actor is not None:
            sector = own.sector if own is not None else None
            if sector == "MED" and self._is_state_press(self._text[low:high]):
                sector = "GOV"
            return self._of_actor(speaker.actor, speaker.name, sector)
        known = self._surname(speaker.name)
        if known is not None:
            return self._of_actor(known.actor or "", known.name, known.sector)
        outlet = self._outlets.named(speaker.name) or self._outlets.agency(speaker.name)
        if outlet is not None:
            return Voice(outlet.name, "agency" if outlet.is_agency else "outlet", None, outlet.id)
        words = self._text[low:high]
        if own is not None and own.mention.kind == "PER":
            return Voice(speaker.name, body=self._served(inside, own))
        is_office = (
            own is not None
            and own.mention.kind == "ROLE"
            and (own.sector in OFFICIAL or self._speaks_for(own))
        )
        if is_office or self._opens_with_carrier(words):
            body = self._served(inside, own)
            return Voice(words, body=body, is_named=body is not None)
        return None

    def _surname(self, name: str) -> Reference | None:
        """The one person of the article whose name ends in these words."""
        words = _words(name)
        called = {
            r.actor: r
            for r in self._references
            if r.actor is not None and r.mention.kind == "PER" and _ends_in(_words(r.name), words)
        }
        return next(iter(called.values())) if len(called) == 1 else None

    def _of_actor(self, actor: str, name: str, sector: str | None) -> Voice | None:
        known = self._atlas.actors.get(actor)
        if known is None or known.kind != "person":
            of_people = sector is not None and sector not in OFFICIAL  # "Russian media"
            is_state = known is not None and known.kind == "state"
            return None if is_state and of_people else Voice(name, body=actor)
        role = self._atlas.role_on(actor, self._day)
        served = role.actor if role is not None else None
        if role is not None and role.sector not in OFFICIAL:
            body = self._atlas.actors.get(role.actor)
            served = None if body is None or body.kind == "state" else role.actor
        return Voice(name, body=served or actor)

    def _served(self, inside: Sequence[Reference], own: Reference | None) -> str | None:
        """The state or body that the words of an office belong to: named in them, or the state of a
        place named there ("the governor of Odesa")."""
        if own is not None and own.serves is not None:
            return own.serves
        offices = [r for r in inside if r.mention.kind == "ROLE" and r.sector in OFFICIAL]
        if own is not None and own.mention.kind == "PER" and not offices:
            return None  # "a baker from France" speaks for nobody
        for one in inside:
            is_body = one.mention.kind != "PER" and one.actor in self._atlas.actors
            if is_body and self._atlas.actors[one.actor or ""].kind != "person":
                return one.actor
        return next((r.place.country for r in inside if r.place and r.place.country), None)

    def _carrier(self, words: str) -> VoiceKind | None:
        padded = f" {' '.join(words.lower().replace('’', ' ').split())} "
        for mark in ',.;:"«»()':
            padded = padded.replace(mark, " ")
        found = (kind for word, kind in self._carriers.items() if f" {word} " in padded)
        return next(found, None)

    def _speaks_for(self, own: Reference) -> bool:
        return self._text[own.mention.start : own.mention.end].lower() in self._spokesmen

    def _is_state_press(self, words: str) -> bool:
        spoken = words.lower().replace("’", " ").replace("'", " ").split()
        return not self._state_press.isdisjoint(spoken)

    def _opens_with_carrier(self, words: str) -> bool:
        first = [word for word in words.lower().split() if len(word) > 1][:2]
        return any(" ".join(first[:n]) in self._carriers for n in (1, 2))


def keys(voices: Iterable[Voice]) -> Mapping[Voice, str]:
    """A key for each voice, equal where two are one source.

    Two are one if they stand for one body or outlet, or if one's name ends in the whole of the
    other's ("Kone", "Awa Kone") and only one name does. A name that has a body anywhere has it
    everywhere.
    """
    all_of_them = sorted(set(voices), key=lambda v: (v.name, v.body or "", v.outlet or "", v.kind))
    full: dict[tuple[str, ...], str] = {}
    for voice in all_of_them:
        if voice.body is not None and voice.is_named:
            full.setdefault(_words(voice.name), f"body:{voice.body}")
    unplaced = [v for v in all_of_them if v.body is None and v.outlet is None and v.is_named]
    for voice in sorted(unplaced, key=lambda v: -len(_words(v.name))):
        words = _words(voice.name)
        longer = {key for name, key in full.items() if _ends_in(name, words)}
        known = full.get(words) or (longer.pop() if len(longer) == 1 else None)
        full[words] = known or f"name:{' '.join(words)}"
    return {voice: _key(voice, full) for voice in all_of_them}


def _key(voice: Voice, full: Mapping[tuple[str, ...], str]) -> str:
    if voice.outlet is not None:
        return f"outlet:{voice.outlet}"
    if voice.body is not None:
        return f"body:{voice.body}"
    return full[_words(voice.name)] if voice.is_named else NOT_TOLD


def _words(name: str) -> tuple[str, ...]:
    return tuple(key_of(name).split()) or (name,)


def _ends_in(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return name[-len(words) :] == words


def by_key(voices: Iterable[Voice]) -> Mapping[str, tuple[Voice, ...]]:
    found: dict[str, list[Voice]] = defaultdict(list)
    for voice, key in keys(voices).items():
        found[key].append(voice)
    return {key: tuple(some) for key, some in found.items()}
