"""What unasked-for advertising is made of: calls, offers and pleas by kind, and telling hosts.

In: the folder `lures/`, a file for each language and `any.toml`. Out: `Lures`, all languages in
one, since a comment may be written in another language than the page it stands under.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from dragoman.errors import DataFileError
from dragoman.knowledge.files import read_toml

KEY = 3
"""Letters by which entries are looked up."""
_ENTRY = re.compile(r"(?:[^\W_]{3,}\*|[^\W_]+)(?: (?:[^\W_]+\*?|\*))*")
"""Words, each open at its end where a star stands; a star alone is any word."""
_WORD = re.compile(r"\w+")


class _Kinds(BaseModel):
    model_config = ConfigDict(extra="forbid")

    subscribe: list[str]
    click: list[str]
    own: list[str]
    offer: list[str]
    money: list[str]
    vice: list[str]
    plea: list[str]
    greeting: list[str]
    praise: list[str]


class _Hosts(BaseModel):
    model_config = ConfigDict(extra="forbid")

    disposable: list[str]
    shorteners: list[str]
    doubtful: list[str]


KINDS: tuple[str, ...] = tuple(_Kinds.model_fields)
"""Kinds of lures, in the order of the model's traits."""


@dataclass(frozen=True, slots=True)
class Lures:
    phrases: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]
    """Kind and pattern of each entry, the longest first, by the first letters (`KEY`) it has."""
    disposable: frozenset[str]
    """Hosts of e-mail addresses that live for minutes."""
    shorteners: frozenset[str]
    doubtful: frozenset[str]
    """Last parts of hosts."""

    def found(self, text: str) -> Mapping[str, list[str]]:
        """What a text that `folded` has been through holds of each kind, in order."""
        found: dict[str, list[str]] = {kind: [] for kind in KINDS}
        ends = dict.fromkeys(KINDS, 0)
        for word in _WORD.finditer(text):
            for kind, pattern in self.phrases.get(word[0][:KEY], ()):
                if word.start() >= ends[kind] and (match := pattern.match(text, word.start())):
                    ends[kind] = match.end()
                    found[kind].append(match[0])
        return found


def folded(text: str) -> str:
    """Lower case, no accents, single spaces for all that is neither letter nor digit."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in bare if not _is_mark(c))))


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and unicodedata.combining(char) > 0


def load_lures(folder: Path) -> Lures:
    """Read and check the folder; an entry that is not words and stars is a `DataFileError`."""
    entries: set[tuple[str, str]] = set()
    for path in sorted(folder.glob("*.toml")):
        if path.stem != "any":
            for kind, listed in read_toml(path, _Kinds).model_dump().items():
                entries |= {(_checked(path, entry), kind) for entry in listed}
    phrases: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for entry, kind in sorted(entries, key=lambda held: (-len(held[0]), held)):
        phrases.setdefault(entry[:KEY].split(" ")[0], []).append((kind, _pattern(entry)))
    hosts = read_toml(folder / "any.toml", _Hosts)
    return Lures(
        {key: tuple(patterns) for key, patterns in phrases.items()},
        frozenset(hosts.disposable),
        frozenset(hosts.shorteners),
        frozenset(hosts.doubtful),
    )


def _checked(path: Path, entry: str) -> str:
    """The entry folded, its stars kept."""
    if not _ENTRY.fullmatch(entry):
        raise DataFileError(
            path,
            None,
            f"{entry!r} must be words with single spaces between them; the first has a star after "
            f"{KEY} letters at the earliest",
        )
    return " ".join(folded(word) + "*" * word.endswith("*") for word in entry.split())


def _pattern(entry: str) -> re.Pattern[str]:
    words = (r"\w+" if word == "*" else word.replace("*", r"\w*") for word in entry.split())
    return re.compile(" ".join(words) + r"\b")
