"""How languages are told apart where the statistical model alone is not to be trusted.

In: `identify.toml` of each language's folder and of `languages/any`. Out: `Identifying`: scripts,
small words, letters of their own. It looks at no text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import DataFileError
from dragoman.knowledge.files import read_toml

EVERYWHERE = "any"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Language(_Strict):
    script: str = ""
    letters: str = ""
    small_words: list[str] = Field(default_factory=list)


class _Anywhere(_Strict):
    scripts: dict[str, str]
    mixed: list[str]
    latin: list[str]


@dataclass(frozen=True, slots=True)
class Identifying:
    """What tells languages apart, by language code."""

    scripts: Mapping[str, re.Pattern[str]]
    """Signs that only one language of the news writes with."""
    mixed: frozenset[str]
    """Languages that write some of their words with other signs than these."""
    letters: Mapping[str, frozenset[str]]
    """Letters that no language with a similar look has: ə is Azerbaijani and not Turkish."""
    small_words: Mapping[str, frozenset[str]]
    """What holds sentences together."""
    latin: frozenset[str]
    """Languages written in no other letters, of which a text in others is none."""


def load_identifying(languages: Path) -> Identifying:
    """Of the folder that holds the languages' folders."""
    anywhere = languages / EVERYWHERE / "identify.toml"
    shape = read_toml(anywhere, _Anywhere)
    scripts = {code: _signs(signs, anywhere) for code, signs in shape.scripts.items()}
    letters: dict[str, frozenset[str]] = {}
    words: dict[str, frozenset[str]] = {}
    for path in sorted(languages.glob("*/identify.toml")):
        code = path.parent.name
        if code == EVERYWHERE:
            continue
        own = read_toml(path, _Language)
        if own.script:
            scripts[code] = _signs(own.script, path)
        if own.letters:
            letters[code] = frozenset(own.letters.lower())
        if own.small_words:
            words[code] = frozenset(own.small_words)
    return Identifying(scripts, frozenset(shape.mixed), letters, words, frozenset(shape.latin))


def _signs(signs: str, path: Path) -> re.Pattern[str]:
    try:
        return re.compile(f"[{signs}]")
    except re.error as fault:
        raise DataFileError(path, None, f"script: not a range of signs ({fault})") from fault
