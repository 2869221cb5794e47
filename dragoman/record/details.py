"""Context, counts and place of a coded act: what its sentence adds to who did what to whom.

In: the clause's sentence, references and the codebook. Out: context ids, `Count`s, a `Place`.
First forms: contexts by word lists, counts by number words beside what they count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.knowledge.codebook import Codebook
from dragoman.knowledge.languages import Language
from dragoman.knowledge.names import fold
from dragoman.model import Clause, Count, Place, Reference, Sentence
from dragoman.record.dating import in_scope

MAX_CONTEXTS = 3
NUMBER = re.compile(r"\d[\d   .,]*")
SCALES = {
    "thousand": 1000,
    "mille": 1000,
    "million": 10**6,
    "millions": 10**6,
    "milliard": 10**9,
    "milliards": 10**9,
    "billion": 10**9,
    "hundred": 100,
}


def contexts(sentence: Sentence, codebook: Codebook, language: str) -> tuple[str, ...]:
    """Contexts whose words stand in the sentence, by number of words."""
    lemmas = {fold(token.lemma) for token in sentence.tokens}
    lemmas |= {fold(token.text) for token in sentence.tokens}
    scores = [
        (len(lemmas & context.words.get(language, frozenset())), context.id)
        for context in codebook.contexts
    ]
    ranked = sorted((s for s in scores if s[0]), key=lambda s: (-s[0], s[1]))
    return tuple(identity for _, identity in ranked[:MAX_CONTEXTS])


def counts(sentence: Sentence, clause: Clause, language: Language) -> tuple[Count, ...]:
    """Numbers beside a counted noun or under a counting verb ("killed 12", "12 blessés")."""
    return tuple(_counts(sentence, language))


def _counts(sentence: Sentence, language: Language) -> Iterator[Count]:
    kinds = language.frames.classes
    table = {
        what: kinds.get(f"count_{what}", frozenset())
        for what in ("killed", "wounded", "detained", "displaced", "troops", "money")
    }
    for i, token in enumerate(sentence.tokens):
        if token.pos != "NUM" or not token.text[:1].isdigit():
            continue
        value = _value(sentence, i)
        if value is None or _is_date(sentence, i):
            continue
        for what, words in table.items():
            unit = _counted(sentence, i, words)
            if unit is not None:
                yield Count(what, value, value, unit, token.start, token.end)
                break


def _value(sentence: Sentence, i: int) -> int | None:
    digits = re.sub(r"[   .,](?=\d{3}\b)", "", sentence.tokens[i].text)
    try:
        number = float(digits.replace(",", "."))
    except ValueError:
        return None
    following = sentence.tokens[i + 1].text.lower() if i + 1 < len(sentence.tokens) else ""
    return round(number * SCALES.get(following, 1))


def _is_date(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    return len(token.text) == 4 and token.text.startswith(("19", "20")) and token.dep != "nummod"


def _counted(sentence: Sentence, i: int, words: frozenset[str]) -> str | None:
    """The noun the number modifies, or the verb that governs that noun, if it is in `words`."""
    tokens = sentence.tokens
    above = tokens[tokens[i].head]
    if tokens[i].dep in {"obj", "nsubj", "nsubj:pass"}:  # "killed 12"
        return above.lemma if above.lemma in words else None
    if tokens[i].dep != "nummod":
        return None
    if above.lemma in words:
        return above.lemma
    verb = tokens[above.head]
    governed = above.dep in {"obj", "nsubj:pass", "nsubj", "nmod"}
    return above.lemma if governed and verb.lemma in words else None


def place_of_act(
    clause: Clause, sentence: Sentence, references: Sequence[Reference], language: Language
) -> Place | None:
    """The place after a preposition of place that hangs from the predicate; the finest if several.

    A place elsewhere in the sentence is taken only when it is the only one and in the scope of the
    same verb.
    """
    located = [r for r in references if r.place is not None and _is_located(r, sentence, language)]
    own = [
        r
        for argument in clause.arguments
        if argument.slot.startswith(("pp:", "subj.pp:"))
        for phrase in argument.members
        for r in located
        if phrase.start <= r.mention.start < phrase.end
    ]
    chosen = own or [r for r in located if in_scope(clause.head, r.mention.head, sentence)]
    finer = [r for r in chosen if r.place is not None and not r.place.id.isupper()] or chosen
    places = {r.place.id: r.place for r in finer if r.place is not None}
    return next(iter(places.values())) if len(places) == 1 or (own and places) else None


def _is_located(reference: Reference, sentence: Sentence, language: Language) -> bool:
    before = [t for t in sentence.tokens if t.end <= reference.mention.start][-3:]
    words = [t.lemma for t in before if t.pos in {"ADP", "DET"}] + [t.text.lower() for t in before]
    away = {*language.words.of, *language.words.by, *language.words.between, "to", "with", "avec"}
    location = set(language.words.location) - away
    near = [t for t in before[-2:] if t.pos == "ADP"]
    return any(t.lemma in location or t.text.lower() in location for t in near) and bool(words)
