"""Names across scripts and spellings: "Пашинян", "Փաշինյան", "Paschinjan", "Pachinian" are one.

In: a name and the language of its spelling. Out: its spoken form, in Latin letters of which each
stands for one sound (`S` as in ship, `C` as in chip, `J` as in jam, `T` as in tsar); what languages
hear alike or drop is made one. It knows nothing of who is called so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

MEMO = 4_000
WORD = re.compile(r"[^\W\d_]+")

CYRILLIC: Mapping[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e",
    "ж": "Z", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
    "ц": "T", "ч": "C", "ш": "S", "щ": "SC", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu",
    "я": "ia", "дж": "J", "цз": "T", "дз": "T", "ў": "u", "ђ": "J", "ј": "i", "љ": "l", "њ": "n",
    "ћ": "C", "џ": "J", "ѓ": "g", "ќ": "k", "ѕ": "z", "қ": "k", "ғ": "g", "ә": "a", "ө": "o",
    "ү": "u", "ұ": "u", "ң": "n", "һ": "h", "ҷ": "J", "ҳ": "h", "ӯ": "u", "ӣ": "i",
}  # fmt: skip
ARMENIAN: Mapping[str, str] = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "e", "թ": "t",
    "ժ": "Z", "ի": "i", "լ": "l", "խ": "h", "ծ": "T", "կ": "k", "հ": "h", "ձ": "T", "ղ": "g",
    "ճ": "C", "մ": "m", "յ": "i", "ն": "n", "շ": "S", "ո": "o", "չ": "C", "պ": "p", "ջ": "J",
    "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "T", "ւ": "v", "փ": "p", "ք": "k",
    "օ": "o", "ֆ": "f", "ու": "u", "և": "ev", "եւ": "ev",
}  # fmt: skip
GEORGIAN: Mapping[str, str] = {
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i",
    "კ": "k", "ლ": "l", "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "Z", "რ": "r", "ს": "s",
    "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "g", "ყ": "k", "შ": "S", "ჩ": "C", "ც": "T",
    "ძ": "T", "წ": "T", "ჭ": "C", "ხ": "h", "ჯ": "J", "ჰ": "h",
}  # fmt: skip
GREEK: Mapping[str, str] = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "t", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "ks", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "i", "φ": "f", "χ": "h", "ψ": "ps", "ω": "o", "ου": "u", "αι": "e",
    "ει": "i", "οι": "i", "αυ": "av", "ευ": "ev", "μπ": "b", "ντ": "nt", "γκ": "g", "τζ": "J",
}  # fmt: skip
SCRIPTS: Mapping[str, str] = {**CYRILLIC, **ARMENIAN, **GEORGIAN, **GREEK}
_UKRAINIAN = {"г": "h"}

_MARKED = {
    "š": "S", "č": "C", "ć": "C", "ž": "Z", "đ": "J", "ş": "S", "ı": "i", "ğ": "g", "ə": "e",
    "ł": "l", "ø": "o", "æ": "e", "œ": "e", "ß": "s", "þ": "t", "ð": "d", "ż": "Z", "ś": "S",
}  # fmt: skip
_ANY = {
    **_MARKED, "ph": "f", "th": "t", "kh": "h", "gh": "g", "ck": "k", "qu": "k", "q": "k",
    "x": "ks", "w": "v", "tz": "T", "ts": "T", "dz": "T", "c": "k", "ce": "se", "ci": "si",
    "cy": "si", "ç": "s", "y": "i", "zh": "Z", "dzh": "J",
}  # fmt: skip
LATIN: Mapping[str, Mapping[str, str]] = {
    "en": {
        **_ANY, "sh": "S", "ch": "C", "tch": "C", "shch": "SC", "j": "J", "dj": "J", "oo": "u",
        "ou": "u",
    },
    "fr": {
        **_ANY, "sh": "S", "ch": "S", "tch": "C", "chtch": "SC", "j": "Z", "dj": "J", "ou": "u",
        "oû": "u", "gue": "ge", "gui": "gi", "gué": "ge", "guï": "gi", "ge": "Ze", "gi": "Zi",
    },
    "de": {
        **_ANY, "sch": "S", "tsch": "C", "schtsch": "SC", "dsch": "J", "ch": "h", "sh": "S",
        "j": "i", "v": "v", "z": "T", "zz": "T",
    },
    "tr": {**_ANY, "c": "J", "ce": "Je", "ci": "Ji", "cy": "Ji", "ç": "C", "j": "Z", "x": "h"},
    "az": {
        **_ANY, "c": "J", "ce": "Je", "ci": "Ji", "cy": "Ji", "ç": "C", "j": "Z", "x": "h",
        "q": "g",
    },
    "pinyin": {
        "x": "s", "j": "T", "q": "T", "zh": "J", "ch": "C", "sh": "S", "c": "T", "z": "T", "y": "i",
        "ng": "n", "w": "v",
    },
}  # fmt: skip
"""How Latin letters are spoken in a language; `pinyin` as names of China are."""
OTHERWISE = {"az": {"ə": "a"}, "uk": {"г": "g"}, "ru": {"г": "h"}, "ka": {"ფ": "f"}}
"""Letters that a language hears in two ways: both are tried."""
# Across languages: no ear tells s from z or S from Z in a name, nor a y before a vowel from none.
_ONE = str.maketrans("zZ", "sS")
_GLIDE = re.compile(r"i+(?=e)|(?<=i)i+|[’'ʼ`´·-]")
_VOWELS = re.compile(r"[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=64)
def _reader(language: str | None, otherwise: bool) -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {**SCRIPTS, **(LATIN.get(language or "", LATIN["en"]))}
    if language == "uk":
        table.update(_UKRAINIAN)
    if otherwise:
        table.update(OTHERWISE.get(language or "", {}))
    longest = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), table


@lru_cache(maxsize=MEMO)
def spoken(word: str, language: str | None, otherwise: bool = False) -> str:
    """One word's spoken form: "Paschinjan", "de" → "pasinian"; "" for one without letters."""
    pattern, table = _reader(language, otherwise)
    # NFC keeps й and ç as letters of their own until they were read.
    lower = unicodedata.normalize("NFC", word.replace("İ", "i").lower())
    read = pattern.sub(lambda match: table[match[0]], lower)
    flat = "".join(c for c in unicodedata.normalize("NFKD", read) if not unicodedata.combining(c))
    return _DOUBLED.sub(r"\1", _GLIDE.sub("", flat).translate(_ONE))


def spoken_name(name: str, languages: Iterable[str | None]) -> frozenset[str]:
    """A whole name's spoken forms, one for each way in which it may be read."""
    words = WORD.findall(name)
    return frozenset(
        key
        for language in languages
        for otherwise in ((False, True) if language in OTHERWISE else (False,))
        if (key := " ".join(filter(None, (spoken(w, language, otherwise) for w in words))))
    )


def bare(key: str) -> str:
    """A given name's spoken form without its vowels, which languages change: "Vladimir",
    "Vladimer" and "Volodymyr" are "xvldmr". One with fewer than two consonants stays whole."""
    consonants = _VOWELS.sub("", key)
    return f"x{consonants}" if len(consonants) > 1 else key


def by_surname(key: str) -> str:
    """The family name whole, those before it without their vowels."""
    *given, family = key.split()
    return " ".join((*map(bare, given), family))


def is_latin(name: str) -> bool:
    """Whether the name's first letter is a Latin one."""
    first = next((c for c in name if c.isalpha()), "")
    return bool(first) and "LATIN" in unicodedata.name(first, "")


def readings_of(name: str, country: str | None = None) -> tuple[str | None, ...]:
    """The languages in whose way a name of the atlas may be spelled."""
    if not is_latin(name):
        return ("ru",)
    own = {"AZE": ("az", "tr"), "TUR": ("tr",), "CHN": ("pinyin",), "TWN": ("pinyin",)}
    return ("en", "fr", "de", *own.get(country or "", ()))
