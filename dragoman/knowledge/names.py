"""An index of names: which entries of the atlas a run of words may stand for.

In: (name, candidate) pairs. Out: longest matches over a text, with case rules that keep ordinary
words apart from names ("us" is not the US, "the chad" not Chad). It decides nothing between
candidates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u00ad]+[^\W_]*)*(?:\.[^\W_])*", re.UNICODE)
"""Letters, with accents that stand by themselves and soft hyphens within; dots of acronyms."""
END = ""
REMEMBERED = 20_000
"""Answers kept of names that were looked up: an article asks for one name again and again."""
ROMAN = re.compile(r"[IVX]+|[JS]r\.?")
"""Regnal numbers and "Jr." are no surnames: "World War II" names no king."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a name may stand for; `kind` is an actor's kind, or place, capital, demonym,
    metonym, or context (counts only if the actor's full name is in the same article); heard is a
    surname that is known from other scripts alone, and counts as context does."""

    id: str
    kind: str
    sector: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    oblique: frozenset[str] = frozenset()
    """Ids of those that the words name in another case than the nominative."""
    declined: bool = False
    """Whether the words stand otherwise than in the dictionary."""


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Lower case without accents, dots, soft hyphens: "Érevan" → "erevan", "U.S" → "us"."""
    flat = unicodedata.normalize("NFKD", word.lower())
    bare = "".join(c for c in flat if not unicodedata.combining(c) and c not in ".\u00ad")
    return word if word == bare else bare  # most are: one string then, not two


def key_of(name: str) -> str:
    """A name's words folded and joined by spaces: "Côte-d'Or" → "cote d or"."""
    return " ".join(fold(match.group()) for match in WORD.finditer(name))


def surnames(names: Iterable[str]) -> set[str]:
    """Last words of a person's names, with the particles before them ("de Hoop Scheffer")."""
    found: set[str] = set()
    for name in names:
        words = name.split()
        if len(words) > 1 and not ROMAN.fullmatch(words[-1]):
            found.add(words[-1])
            i = len(words) - 1
            while i > 1 and words[i - 1][:1].islower():
                i -= 1
                found.add(" ".join(words[i:]))
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    words: tuple[str, ...]
    candidate: Candidate

    def fits(self, surface: tuple[str, ...]) -> bool:
        """Case: an acronym exactly; a name wants capitals where the entry has them."""
        free = self.candidate.kind == "demonym"
        return all(
            _case_fits(own, seen, free) for own, seen in zip(self.words, surface, strict=True)
        )


def _case_fits(own: str, seen: str, free: bool) -> bool:
    if len(own.replace(".", "")) > 1 and own.isupper() and any(c.isalpha() for c in own):
        return seen.isupper()
    if own[:1].isupper():
        # A whole word in capitals is a headline in capitals; only longer words are then safe.
        return seen[:1].isupper() and (not seen.isupper() or len(seen) > 3 or own == seen)
    return free or seen[:1].islower() or seen.isupper() or len(seen) <= 3 or seen.istitle()


class NameIndex:
    """Longest-match look-up of names in a text, by a trie over folded words."""

    def __init__(self, entries: Iterable[tuple[str, Candidate]]) -> None:
        self._trie: dict[str, object] = {}
        self._looked_up: dict[str, tuple[Candidate, ...]] = {}
        self._first: set[str] = set()
        for name, candidate in entries:
            self._insert(name, candidate)

    def _insert(self, name: str, candidate: Candidate) -> None:
        words = tuple(match.group() for match in WORD.finditer(name))
        if not words:
            return
        node = self._trie
        for word in words:
            step = node.setdefault(fold(word), {})
            assert isinstance(step, dict)
            node = step
        bucket = node.setdefault(END, [])
        assert isinstance(bucket, list)
        bucket.append(Entry(words, candidate))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Non-overlapping longest hits in text[start:end], left to right."""
        words = list(WORD.finditer(text, start, len(text) if end is None else end))
        i = 0
        while i < len(words):
            begins = fold(words[i].group()) in self._trie  # most words begin no name
            hit = self._longest(text, words, i) if begins else None
            if hit is None:
                i += 1
                continue
            found, used = hit
            yield found
            i += used

    def look_up(self, name: str) -> tuple[Candidate, ...]:
        """Candidates of exactly this name."""
        known = self._looked_up.get(name)
        if known is None:
            words = list(WORD.finditer(name))
            hit = self._longest(name, words, 0) if words else None
            known = hit[0].candidates if hit and hit[1] == len(words) else ()
            if len(self._looked_up) >= REMEMBERED:
                self._looked_up.clear()
            self._looked_up[name] = known
        return known

    def _longest(self, text: str, words: list[re.Match[str]], i: int) -> tuple[Hit, int] | None:
        node: object = self._trie
        best: tuple[Hit, int] | None = None
        for j in range(i, len(words)):
            if j > i and not joined(text, words[j - 1].end(), words[j].start()):
                break
            assert isinstance(node, dict)
            node = node.get(fold(words[j].group()))
            if node is None:
                break
            assert isinstance(node, dict)
            surface = tuple(match.group() for match in words[i : j + 1])
            fitting = [e.candidate for e in node.get(END, ()) if e.fits(surface)]
            if fitting:
                a, b = words[i].start(), words[j].end()
                best = (Hit(a, b, text[a:b], tuple(dict.fromkeys(fitting))), j - i + 1)
        return best


def joined(text: str, left: int, right: int) -> bool:
    """Words of one name are parted by a space, hyphen, apostrophe or dot, never by more."""
    return right - left <= 2 and all(c in " \u00a0\u202f-‑–'’.\n" for c in text[left:right])
