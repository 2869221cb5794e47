"""Inflected forms of the words our lexicons hold, for languages whose parser lemmatises badly.

In: `conjugation.toml` (endings of regular verbs, plural and feminine rules), `verbs.tsv` (the
others, form by form) and the words of the other lexicons. Out: `Forms`, form → dictionary forms.
Words of no lexicon are not inflected: nothing asks for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dragoman.knowledge.files import read_table, read_toml
from dragoman.knowledge.frames import Frames
from dragoman.knowledge.speech import SpeechRules

BARE = {"é": "e", "è": "e", "ê": "e", "à": "a", "â": "a", "î": "i", "ô": "o", "û": "u"}
"""Accents that a capital may go without ("Emeutes")."""


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")
    ending: str
    forms: list[str]


class ConjugationShape(BaseModel):
    model_config = ConfigDict(extra="forbid")
    infinitive: str
    endings: dict[str, list[str]]
    before_back_vowel: dict[str, str] = Field(default_factory=dict)
    """Spelling of a stem's last letter before an ending in a or o ("g" → "ge")."""
    noun: list[_Rule]
    adjective: list[_Rule]


@dataclass(frozen=True, slots=True)
class Forms:
    """Form (lower case) → lemmas, for verbs and for nouns and adjectives.

    `finite`: forms of regular verbs that a parser is prone to take for nouns in headlines.
    """

    verbs: Mapping[str, tuple[str, ...]]
    nouns: Mapping[str, tuple[str, ...]]
    finite: frozenset[str]
    future: frozenset[str]
    conditional: frozenset[str]

    def lemmas(self, form: str, pos: str) -> tuple[str, ...]:
        table = self.verbs if pos in {"VERB", "AUX"} else self.nouns
        return table.get(form.lower(), ())

    def tense(self, form: str) -> str | None:
        """ "future" or "conditional" where the ending alone shows it; parsers miss rare ones."""
        form = form.lower()
        return (
            "future" if form in self.future else "conditional" if form in self.conditional else None
        )


def load_forms(
    folder: Path,
    frames: Frames,
    governors: Mapping[str, Iterable[str]],
    support: Iterable[str],
    speech: SpeechRules,
) -> Forms | None:
    """None when the language has no `conjugation.toml`: then the parser's lemmas are used.

    A form of a speech word that is also another word's is left to the other."""
    path = folder / "conjugation.toml"
    if not path.exists():
        return None
    rules = read_toml(path, ConjugationShape)
    irregular = {
        row["lemma"]: row.members("forms")
        for row in read_table(folder / "verbs.tsv", ("lemma", "forms"))
    }
    controlled = [word for words in governors.values() for word in words]
    verbs = {*frames.words("v"), *controlled, *support, *irregular}
    verb_forms: dict[str, dict[str, None]] = {}
    finite: set[str] = set()
    for lemma in sorted(verbs):
        for form in irregular.get(lemma) or _conjugated(lemma, rules):
            verb_forms.setdefault(form, {})[lemma] = None
        verb_forms.setdefault(lemma, {})[lemma] = None
        if lemma not in irregular and lemma.endswith(rules.infinitive):
            stem = lemma.removesuffix(rules.infinitive)
            finite |= {stem + ending for ending in rules.endings["present"]}
    for lemma in sorted({word.split()[0] for word in speech.verbs} - verbs):
        for form in irregular.get(lemma) or _conjugated(lemma, rules):
            verb_forms.setdefault(form, {lemma: None})
        verb_forms.setdefault(lemma, {lemma: None})
    words = {*frames.words("n"), *controlled, *(w for c in frames.classes.values() for w in c)}
    words |= {
        value
        for fs in frames.by_lemma.values()
        for f in fs
        for c in f.when
        for value in c.values
        if not value.startswith("@")
    }
    noun_forms: dict[str, dict[str, None]] = {}
    for word in sorted(words):
        for form in _declined(word, rules):
            noun_forms.setdefault(form, {})[word] = None
    for word in sorted({*speech.nouns, *speech.adjectives} - words):
        for form in _declined(word, rules):
            noun_forms.setdefault(form, {word: None})
    return Forms(
        _frozen(verb_forms),
        _frozen(noun_forms),
        frozenset(finite),
        _ending_in(verb_forms, rules, "future", irregular),
        _ending_in(verb_forms, rules, "conditional", irregular),
    )


def _ending_in(
    forms: Mapping[str, Mapping[str, None]],
    rules: ConjugationShape,
    tense: str,
    irregular: Collection[str],
) -> frozenset[str]:
    """Forms that only this tense can be, told by how they end."""
    return frozenset(
        form
        for form, lemmas in forms.items()
        if any(_shows(form, lemma, rules, tense, lemma in irregular) for lemma in lemmas)
    )


def _shows(form: str, lemma: str, rules: ConjugationShape, tense: str, irregular: bool) -> bool:
    """A regular verb's form is stem and ending. Another's keeps the ending less its vowel, with
    an r or a vowel before it that the past of a stem in -r lacks ("enverra", "ira", not "tira")."""
    endings = rules.endings[tense]
    if not irregular:
        stem = lemma.removesuffix(rules.infinitive)
        return any(form == stem + ending for ending in endings)
    short = [ending.removeprefix(rules.infinitive[0]) for ending in endings]
    if lemma.endswith(rules.infinitive):
        return form.endswith((*endings, *("r" + e for e in short), *("i" + e for e in short)))
    stem_in_r = lemma.removesuffix("e").rstrip("r")[-1:] == "r" or lemma.endswith("rir")
    return form.endswith(tuple("r" + e if stem_in_r else e for e in short))


def _conjugated(lemma: str, rules: ConjugationShape) -> Iterator[str]:
    if not lemma.endswith(rules.infinitive):
        return
    stem = lemma.removesuffix(rules.infinitive)
    before_back = stem[:-1] + rules.before_back_vowel.get(stem[-1:], stem[-1:])
    for endings in rules.endings.values():
        for ending in endings:
            yield (before_back if ending[:1] in {"a", "â", "o"} else stem) + ending


def _declined(word: str, rules: ConjugationShape) -> Iterator[str]:
    yield word
    for table in (rules.noun, rules.adjective):
        for rule in table:  # the first ending that fits: rules go from special to general
            if word.endswith(rule.ending):
                stem = word.removesuffix(rule.ending)
                yield from (stem + form for form in rule.forms)
                break


def _frozen(table: Mapping[str, Mapping[str, None]]) -> dict[str, tuple[str, ...]]:
    """The form that is its own dictionary form comes first; capitals may have lost an accent."""
    frozen = {
        form: tuple(sorted(lemmas, key=lambda x: (x != form, x))) for form, lemmas in table.items()
    }
    for form in list(frozen):
        if form[0] in BARE:
            frozen.setdefault(BARE[form[0]] + form[1:], frozen[form])
    return frozen
