"""Words of reported speech in one language: a `speech.toml` in, `SpeechRules` out.

Every verb has one stance; a verb that stands under two is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from dragoman.errors import DataFileError
from dragoman.knowledge.files import read_toml


class _Verbs(BaseModel):
    model_config = ConfigDict(extra="forbid")
    neutral: list[str]
    affirm: list[str]
    deny: list[str]
    demand: list[str]
    accuse: list[str]
    praise: list[str]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    source: list[str]
    """What comes before a source: "according to"."""
    that: list[str]
    """Conjunctions that open a reported clause."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    verbs: _Verbs
    prepositions: _Words


@dataclass(frozen=True, slots=True)
class SpeechRules:
    stances: Mapping[str, str]
    """Lemma of a speech verb → neutral, affirm, deny, demand, accuse or praise."""
    sources: tuple[tuple[str, ...], ...]
    """Prepositions of attribution as words in lower case, longest first."""
    that: frozenset[str]


def load_speech(path: Path) -> SpeechRules:
    """Read and check a `speech.toml`."""
    data = read_toml(path, _File)
    stances: dict[str, str] = {}
    for stance in _Verbs.model_fields:
        for lemma in getattr(data.verbs, stance):
            if lemma in stances:
                raise DataFileError(path, _line(path, lemma), f"verb {lemma!r} stands twice")
            stances[lemma] = stance
    sources = sorted((tuple(words.split()) for words in data.prepositions.source), key=len)
    return SpeechRules(stances, tuple(reversed(sources)), frozenset(data.prepositions.that))


def _line(path: Path, lemma: str) -> int | None:
    lines = path.read_text("utf-8").splitlines()
    here = [number for number, line in enumerate(lines, 1) if f'"{lemma}"' in line]
    return here[-1] if here else None
