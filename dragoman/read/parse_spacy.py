"""spaCy's models as parsers: texts in, sentences with Universal Dependencies trees out.

The only module that imports spaCy. It brings a model's labels, tense and mood to the one layer of
`read/parse.py`, with our own sentence splitter before the parser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.errors import MissingPart
from dragoman.knowledge.languages import Language
from dragoman.model import Label, Sentence, Token
from dragoman.read.clear import to_universal
from dragoman.read.headlines import mend_verbless
from dragoman.read.mending import mend
from dragoman.read.participles import mend_participles
from dragoman.read.pieces import pieces
from dragoman.read.prepositions import mark_prepositions
from dragoman.trees import Node

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySentence
    from spacy.tokens import Token as SpacyToken

CLOSING = frozenset("»”\"')]’")
ENTITIES = {
    "PER": "PER",
    "PERSON": "PER",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "ORG": "ORG",
    "NORP": "MISC",
    "MISC": "MISC",
}
TENSES = {"Past": "past", "Imp": "past", "Pqp": "past", "Pres": "present", "Fut": "future"}
SAME = {"obl:arg": "obl", "obl:mod": "obl", "aux:tense": "aux"}
MOODS = {"Ind": "ind", "Cnd": "cnd", "Sub": "sub", "Imp": "imp"}
_STARTS, _GOES_ON = 1, 2**64 - 1
"""spaCy's marks for a token that begins a sentence and one that may not (-1 without a sign)."""
VERB_FORMS = {"Inf": "inf", "Part": "part", "Ger": "ger"}


class SpacyParser:
    """spaCy's tagger, parser and entity model, with our own sentence splitter before them."""

    def __init__(self, language: Language, models: tuple[str, ...]) -> None:
        self.language = language
        self.times = language.frames.classes.get("time", frozenset())
        settings = language.words
        self.pipeline = _open(
            language.code,
            models,
            tuple(settings.parser.exclude),
            frozenset(settings.sentences.abbreviations),
        )
        self.model = f"{self.pipeline.meta['name']} {self.pipeline.meta['version']}"

    def documents(self, texts: Iterable[str]) -> Iterable[Doc]:
        """The bare parse, as benchmarks time it. Curly apostrophes are straightened: the models
        were trained on straight ones and glue articles to names otherwise."""
        return self.pipeline.pipe((text.replace("’", "'") for text in texts), batch_size=64)

    def sentences(self, spans: Sequence[tuple[int, int, Label]], text: str) -> list[Sentence]:
        found: list[Sentence] = []
        parts = list(pieces(spans, text))
        docs = self.documents(text[start:end] for start, end, _ in parts)
        for (offset, _, label), doc in zip(parts, docs, strict=True):
            for sent in doc.sents:
                tokens = self._tokens(sent, offset, text)
                if tokens:
                    found.append(
                        Sentence(len(found), tokens[0].start, tokens[-1].end, label, tokens)
                    )
        return found

    def _tokens(self, sent: SpacySentence, offset: int, text: str) -> tuple[Token, ...]:
        kept = [token for token in sent if not token.is_space]
        places = {token.i: n for n, token in enumerate(kept)}
        nodes = [self._node(token, places) for token in kept]
        if self.language.words.parser.labels == "clear":
            to_universal(nodes, frozenset(self.language.words.be))
        mark_prepositions(nodes, self.language.words.prepositions)
        if self.language.forms is not None:
            mend_verbless(nodes, self.language.forms)
            mend_participles(nodes, self.language.forms, self.times)
        mend(nodes)
        return tuple(
            self._token(node, token, offset, text) for node, token in zip(nodes, kept, strict=True)
        )

    def _node(self, token: SpacyToken, places: dict[int, int]) -> Node:
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        place = places[token.i]
        dep = token.dep_.lower()
        dep = SAME.get(dep, dep)
        return Node(
            token.text, token.lemma_ or token.lower_, token.pos_, dep, places.get(head.i, place)
        )

    def _token(self, node: Node, token: SpacyToken, offset: int, text: str) -> Token:
        start = offset + token.idx
        morph = token.morph.to_dict()
        mood = MOODS.get(morph.get("Mood", "")) or VERB_FORMS.get(morph.get("VerbForm", ""))
        if mood in {"ind", "imp"} and morph.get("VerbForm") in {"Inf", "Part", "Ger"}:
            mood = VERB_FORMS[morph["VerbForm"]]
        tense = TENSES.get(morph.get("Tense", ""))
        shown = self.language.forms.tense(node.text) if self.language.forms is not None else None
        forms = self.language.forms
        if tense == "future" and forms is not None and forms.lemmas(node.text, node.pos):
            tense = "present"  # our forms know this verb, and no future of it ends so
        if node.pos == "VERB" and token.pos_ not in {"VERB", "AUX"} and node.lemma != token.lemma_:
            tense, mood = "past", "part"  # a participle that the parser took for another word
        if shown is not None and node.pos in {"VERB", "AUX"}:
            tense, mood = ("future", "ind") if shown == "future" else ("present", "cnd")
        return Token(
            start,
            start + len(token.text),
            text[start : start + len(token.text)],
            self._lemma(node),
            node.pos,
            node.dep,
            node.head,
            tense,
            mood,
            morph.get("Number") == "Plur",
            ENTITIES.get(token.ent_type_),
        )

    def _lemma(self, node: Node) -> str:
        forms = self.language.forms
        lower = node.text.lower()
        if forms is not None:
            known = forms.lemmas(lower, node.pos)
            plain = self.language.words.contractions.get(lower, lower)
            return known[0] if known else plain
        return self.language.words.contractions.get(lower, node.lemma.lower())


@lru_cache(maxsize=8)
def _open(
    code: str, models: tuple[str, ...], exclude: tuple[str, ...], abbreviations: frozenset[str]
) -> Pipeline:
    """The first of `models` that is installed; loaded once however often it is asked for."""
    import spacy

    for name in models:
        if spacy.util.is_package(name) or "/" in name:
            pipeline = spacy.load(name, exclude=exclude)
            break
    else:
        raise MissingPart(
            f"no parser model for {code} is installed (looked for {', '.join(models)}); "
            "install one of them or name another under [models] in dragoman.toml"
        )
    name = f"dragoman_sentences_{code}"
    spacy.language.Language.component(name, func=_splitter(abbreviations))
    pipeline.add_pipe(name, before="parser")
    return pipeline


class _splitter:
    """Marks every sentence start, so that the parser (whose own splitting cuts two French
    headlines in five) may not add or drop one."""

    def __init__(self, abbreviations: frozenset[str]) -> None:
        self.abbreviations = abbreviations

    def __call__(self, doc: Doc) -> Doc:
        """The marks are set all at once: spaCy walks the whole text for each that is set alone."""
        marks = doc.to_array(["SENT_START"])
        marks[:] = [_STARTS if start else _GOES_ON for start in self._starts(doc)]
        return doc.from_array(["SENT_START"], marks)  # type: ignore[arg-type]  # typed as floats

    def _starts(self, doc: Doc) -> Iterator[bool]:
        start = True
        pending = False
        for token in doc:
            if pending and not _closes(token.text):
                start, pending = _opens(token.text) or start, False
            yield start
            start = False
            if "\n\n" in token.text:
                start, pending = True, False
            elif self._ends(doc, token.i):
                pending = True

    def _ends(self, doc: Doc, i: int) -> bool:
        text = doc[i].text
        if text[-1] not in ".!?…":
            return False
        if text[-1] in "!?…" or text == "...":
            return True
        word = text[:-1] or (doc[i - 1].text if i and not doc[i - 1].whitespace_ else "")
        lone_initial = len(word) == 1 and word.isupper()
        return bool(word) and not lone_initial and word.lower() not in self.abbreviations


def _closes(text: str) -> bool:
    return text in CLOSING or text.isspace() or text[0] in ".!?…"


def _opens(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit() or text[0] in "«“\"'([—–-"
