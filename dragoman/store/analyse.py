"""Text to the words it is found by: lower case, accents folded, stemmed for its language.

Takes any text and a language code; gives stems in the order of the text. A language without a
stemmer is only folded. The same analysis feeds the index and the questions put to it.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip
MEMO = 200_000
"""Words remembered with their stem; a year of one desk's news has fewer distinct words."""

_WORD = re.compile(r"[^\W_]{2,}")  # one letter is an elided article or an initial
_WHOLE = {"й": "й", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "\u0131": "i"}
# й is a letter of its own, not an accented и; the others do not decompose.
_local = threading.local()


def composed(text: str) -> str:
    """The text with each accent in its letter (NFC): what offsets of words count in."""
    return unicodedata.normalize("NFC", text)


def placed(text: str, language: str | None) -> Iterator[tuple[int, int, str]]:
    """Start, end and stem of each word of a composed text."""
    for match in _WORD.finditer(text):
        # A word of vowel signs alone may leave no stem, and would stand in no index.
        if stemmed := stem(match.group().lower(), language):
            yield match.start(), match.end(), stemmed


def words(text: str, language: str | None) -> Iterator[tuple[str, str]]:
    """Each word as it stands in the composed text, with its stem."""
    text = composed(text)
    return ((text[start:end], stemmed) for start, end, stemmed in placed(text, language))


def analysed(text: str, language: str | None) -> str:
    """The stems alone, with spaces between: what the index is fed with."""
    return " ".join(stemmed for _, stemmed in words(text, language))


@lru_cache(maxsize=MEMO)
def stem(word: str, language: str | None) -> str:
    """The stem of one lower-case word; accents go first, so that a reader may leave them out."""
    folded = fold(word)
    name = STEMMERS.get(language[:2]) if language else None
    return str(_stemmer(name).stemWord(folded)) if name else folded


def fold(word: str) -> str:
    """The word without accents: "réédition" gives "reedition"."""
    return "".join(_WHOLE.get(letter) or _bare(letter) for letter in word.casefold())


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _stemmer(name: str) -> Stemmer.Stemmer:
    """One per thread, because a stemmer works in a buffer of its own."""
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name, 0)
    return stemmers[name]
