"""Words of reported speech in one language: a `speech.toml` in, `SpeechRules` out.

A word has one stance; only what it holds in another way may have another ("to call for", a demand,
beside "to call somebody something"). A word that stands twice for the same is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import DataFileError
from dragoman.knowledge.files import read_toml
from dragoman.model import Stance, VoiceKind

CLAUSE, INFINITIVE, OBJECT, PASSIVE, MARKS = "", "inf", "obj", "pass", "marks"
"""What a word holds its content in (`MARKS`: in nothing else); any other word is a preposition."""

_Entries = dict[Stance, list[str]]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    author: list[str]
    """Subjects by which whoever writes the article speaks, or nobody ("on sait que")."""
    source: list[str]
    """What comes before a source: "according to"."""
    view: list[str]
    """Prepositions that mean this only before a name that opens a sentence: "Pour Dupont, …"."""
    measure: list[str]
    """Nouns that after such a preposition are no source: "selon le jour"."""
    tellers: list[str]
    """Nouns that speak before a colon: "Police: …"."""
    that: list[str]
    """Conjunctions that open a reported clause."""
    release: list[str] = Field(default_factory=list)
    statement: list[str] = Field(default_factory=list)
    post: list[str] = Field(default_factory=list)
    """What carries somebody's words, also of several words: "press release", "on Telegram"."""
    goes_on: list[str] = Field(default_factory=list)
    """Pronouns that mean whoever spoke last: "Selon lui, …", "It added that …"."""
    same: list[str] = Field(default_factory=list)
    """What opens words that mean whoever spoke last: "the same source"."""
    spokesmen: list[str] = Field(default_factory=list)
    """Who speaks for whatever body is named, a state's or not."""
    state_press: list[str] = Field(default_factory=list)
    """Words by which media are a state's: "state", "d'État"."""
    said_in: list[str] = Field(default_factory=list)
    """Prepositions before the body that speaks by a plural verb without a subject: «сообщили в»."""
    he: list[str]
    she: list[str]
    """Pronouns, titles and articles that tell whether "he" or "she" means a name."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    verbs: _Entries
    nouns: _Entries
    adjectives: _Entries
    words: _Words


Slots = Mapping[str, Stance]
"""What a word holds its content in → the stance; a clause or quotation stands under `CLAUSE`."""


@dataclass(frozen=True, slots=True)
class SpeechRules:
    verbs: Mapping[str, Slots]
    """By lemma; with its particle where it has one ("point out")."""
    nouns: Mapping[str, Slots]
    adjectives: Mapping[str, Slots]
    sources: tuple[tuple[str, ...], ...]
    """Prepositions of attribution as words in lower case, longest first."""
    authors: frozenset[str]
    views: frozenset[str]
    measures: frozenset[str]
    tellers: frozenset[str]
    that: frozenset[str]
    gender: Mapping[str, str]
    """Word → "he" or "she"."""
    carriers: Mapping[str, VoiceKind] = field(default_factory=dict)
    """What carries words → "release", "post" or "statement", in this order."""
    goes_on: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    spokesmen: frozenset[str] = frozenset()
    state_press: frozenset[str] = frozenset()
    said_in: frozenset[str] = frozenset()


def load_speech(path: Path) -> SpeechRules:
    """Read and check a `speech.toml`."""
    data = read_toml(path, _File)
    sources = sorted((tuple(words.split()) for words in data.words.source), key=len)
    return SpeechRules(
        _words(path, data.verbs),
        _words(path, data.nouns),
        _words(path, data.adjectives),
        tuple(reversed(sources)),
        frozenset(data.words.author),
        frozenset(data.words.view),
        frozenset(data.words.measure),
        frozenset(data.words.tellers),
        frozenset(data.words.that),
        dict.fromkeys(data.words.he, "he") | dict.fromkeys(data.words.she, "she"),
        _carriers(data.words),
        frozenset(data.words.goes_on),
        frozenset(data.words.same),
        frozenset(data.words.spokesmen),
        frozenset(data.words.state_press),
        frozenset(data.words.said_in),
    )


def _carriers(words: _Words) -> Mapping[str, VoiceKind]:
    kinds: tuple[tuple[VoiceKind, list[str]], ...] = (
        ("release", words.release),
        ("post", words.post),
        ("statement", words.statement),
    )
    return {carrier: kind for kind, carriers in kinds for carrier in carriers}


def _words(path: Path, entries: _Entries) -> Mapping[str, Slots]:
    """The first stance in the file is that of clauses and quotations."""
    words: dict[str, dict[str, Stance]] = {}
    for stance, lines in entries.items():
        for line in lines:
            lemma, *slots = line.split()
            held = words.setdefault(lemma.replace("+", " "), {})
            added = slots if held else [CLAUSE, *slots]
            if not added or any(slot in held for slot in added):
                raise DataFileError(path, _line(path, line), f"{lemma!r} stands twice")
            held.update(dict.fromkeys(added, stance))
    return words


def _line(path: Path, entry: str) -> int | None:
    lines = path.read_text("utf-8").splitlines()
    here = [number for number, line in enumerate(lines, 1) if f'"{entry}"' in line]
    return here[-1] if here else None
