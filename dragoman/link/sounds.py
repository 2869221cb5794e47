"""The sound of a name across spellings and scripts: "Erevan", "Yerevan", "Ереван" and
"Երևան" give "rvn".

In: a word and its language. Out: its consonants in Latin letters, those that languages write in
different ways made one. Vowels go: they differ most. Words of one consonant sound like too many.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.knowledge.letters import ARMENIAN, CYRILLIC, GEORGIAN
from dragoman.store.analyse import fold

MEMO = 200_000
# The single letters of `letters`, spelled as the spellings below have them.
_SPELLED = {"S": "sh", "C": "ch", "J": "dj", "Z": "zh", "T": "ts"}
_CYRILLIC = {
    letter: "".join(_SPELLED.get(one, one) for one in spoken)
    for letter, spoken in CYRILLIC.items()
    if len(letter) == 1
} | {"щ": "sh"}
_TURKISH = {"c": "dj", "ç": "ch", "ş": "sh", "j": "zh", "ğ": "g", "ı": "i"}
_ALPHABETS = {
    "hy": {a: _SPELLED.get(b, b) for a, b in ARMENIAN.items() if len(a) == 1},
    "ka": {a: _SPELLED.get(b, b) for a, b in GEORGIAN.items()},
    "tr": _TURKISH,
    "az": {**_TURKISH, "ə": "e", "x": "kh", "q": "g"},
}
"""Letters that a language speaks in its own way; others are Cyrillic, or Latin as they are."""
# In this order: longer spellings of a sound before shorter ones.
_SPELLINGS = (
    ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("tch", "c"), ("sch", "s"), ("ch", "c"), ("sh", "s"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("gu", "g"), ("q", "k"),
    ("x", "ks"), ("ts", "z"), ("tz", "z"), ("w", "v"), ("th", "t"),
)  # fmt: skip
_SILENT = re.compile(r"(?<!^)h|[aeiouy'’-]")
_DOUBLED = re.compile(r"(.)\1+")
# Case endings with a consonant that Russian gives a name: "Лавровым", "Хафтаром", "Зеленского".
_ENDING = re.compile(r"(?<=\w\w\w)[ое]м$|(?<=ов|ев|ёв|ин|ын|ск)(?:[ыи]м|[ое]го|[ое]му)$")


@lru_cache(maxsize=MEMO)
def sound(word: str, language: str | None) -> str:
    """A word's consonants; empty for one without any."""
    lower = word.lower()
    if language == "ru":
        lower = _ENDING.sub("", lower)
    letters = _ALPHABETS.get(language or "", _CYRILLIC)
    latin = fold("".join(letters.get(letter, letter) for letter in lower))
    for spelling, one in _SPELLINGS:
        latin = latin.replace(spelling, one)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", latin))
