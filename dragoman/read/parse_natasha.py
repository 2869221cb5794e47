"""natasha's models as a parser of Russian: texts in, sentences with UD trees out.

The only module that imports natasha, whose wheel holds the models (slovnet, navec). Cases stand
where other languages have prepositions: a noun without one keeps its bare case, and a preposition
with the rarer of its two cases is told apart ("на acc": onto). Dictionary forms are pymorphy's.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any

from threadpoolctl import ThreadpoolController

from dragoman.errors import MissingPart
from dragoman.knowledge.languages import Language
from dragoman.model import Label, Sentence, Token
from dragoman.read.pieces import pieces
from dragoman.read.prepositions import mark_prepositions
from dragoman.trees import Node, children

TENSES = {"Past": "past", "Pres": "present", "Fut": "future", "Notpast": "present"}
MOODS = {"Ind": "ind", "Imp": "imp", "Cnd": "cnd"}
VERB_FORMS = {"Inf": "inf", "Conv": "ger", "Part": "part"}
BARE = {"Gen": "gen", "Dat": "dat", "Ins": "ins"}
"""Cases that say by themselves what a preposition says elsewhere."""
OBLIQUE = frozenset({"obl", "nmod", "iobj"})
NOMINAL = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod"})
SAME = {
    "nummod:gov": "nummod", "obl:agent": "obl", "aux:tense": "aux", "nsubj:outer": "nsubj",
    "acl:cleft": "acl",
}  # fmt: skip
NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr"})
"""Grammemes of names in OpenCorpora's dictionary."""
LONGEST_SENTENCE = 400
"""Words that are parsed together; a longer run (a list without a stop) is cut before it is parsed:
what the parser needs for one grows with the square of its words."""

MARKS = re.compile(r"(?<=[^\W\d_])[\u0300\u0301\u00ad]+")
"""Stress and soft hyphens, behind a letter: the models would see two words, so they see none."""


class NatashaParser:
    """Tagger, parser and entity model of natasha, with its own sentence splitter."""

    def __init__(self, language: Language) -> None:
        self.words = language.words
        self.abbreviations = frozenset(language.words.sentences.abbreviations)
        self.models = _models()
        self.model = f"natasha {self.models.version}"
        self.by_case = {
            (word, case): f"{word} {case}"
            for case, words in language.words.case_prepositions.items()
            for word in words
        }

    def sentences(self, spans: Sequence[tuple[int, int, Label]], text: str) -> list[Sentence]:
        found: list[Sentence] = []
        for start, end, label in pieces(spans, text):
            for tokens in self._parsed(text[start:end], start):
                found.append(Sentence(len(found), tokens[0].start, tokens[-1].end, label, tokens))
        return found

    def _parsed(self, piece: str, offset: int) -> list[tuple[Token, ...]]:
        marks = {n for found in MARKS.finditer(piece) for n in range(*found.span())}
        kept = [n for n in range(len(piece)) if n not in marks]
        doc = self.models.parsed("".join(piece[n] for n in kept), self.abbreviations)
        _put_back(doc, kept, len(piece))
        entities = {
            token.start: span.type for span in doc.spans or () for token in span.tokens or ()
        }
        found = []
        for sent in doc.sents or ():
            found.append(self._sentence(list(sent.tokens or ()), entities, piece, offset))
        return [tokens for tokens in found if tokens]

    def _sentence(
        self, tokens: Sequence[Any], entities: Mapping[int, str], piece: str, offset: int
    ) -> tuple[Token, ...]:
        places = {token.id: n for n, token in enumerate(tokens)}
        nodes = [
            Node(
                token.text,
                self._lemma(token),
                self._part_of_speech(n, token, entities),
                self._relation(token),
                places.get(token.head_id, n),
            )
            for n, token in enumerate(tokens)
        ]
        for n, node in enumerate(nodes):
            if node.head == n:
                node.dep = "root"
        _break_loops(nodes)
        features = [dict(token.feats or {}) for token in tokens]
        self._mend_words(nodes, features)
        mark_prepositions(nodes, self.words.prepositions)
        cases = [_case(nodes, features, n) for n in range(len(nodes))]
        self._tell_cases_apart(nodes, cases)
        return tuple(
            self._token(n, nodes, cases[n], features[n], token, entities, piece, offset)
            for n, token in enumerate(tokens)
        )

    def _mend_words(self, nodes: list[Node], features: Sequence[dict[str, str]]) -> None:
        """«Протестующие» in a noun's place are people, «завершён» is a verb's form, «отказ
        принять» is completed by a clause."""
        for node, own in zip(nodes, features, strict=True):
            if node.pos == "ADJ" and self.models.is_short_participle(node.text):
                node.pos = "VERB"
                own.update(VerbForm="Part", Voice="Pass")
            elif node.pos == "VERB" and own.get("VerbForm") == "Inf" and node.dep == "nmod":
                node.dep = "acl"
            elif node.dep in NOMINAL and own.get("Case") and own.get("Variant") != "Short":
                participle = node.pos in {"VERB", "NOUN"} and self.models.participle(node.text)
                node.lemma = participle or node.lemma
                if node.pos in {"VERB", "ADJ"}:
                    node.pos = "NOUN"

    def _lemma(self, token: Any) -> str:
        lower = token.text.lower()
        if lower in self.words.contractions:
            return self.words.contractions[lower]
        lemma = self.models.lemma(token.text, token.pos, tuple(sorted((token.feats or {}).items())))
        return lemma.replace("ё", "е")

    def _part_of_speech(self, n: int, token: Any, entities: Mapping[int, str]) -> str:
        """The capital of a sentence's first word makes no name of it."""
        pos = token.pos or "X"
        plain = n == 0 and pos == "PROPN" and token.start not in entities
        return "NOUN" if plain and self.models.is_common(token.text) else pos

    def _relation(self, token: Any) -> str:
        relation = (token.rel or "dep").lower()
        return SAME.get(relation, relation)

    def _tell_cases_apart(self, nodes: list[Node], cases: Sequence[str]) -> None:
        """ "на Киев" is an attack's target, "на границе" its place."""
        longer = {node.head for node in nodes if node.dep == "fixed"}
        for n, node in enumerate(nodes):
            if n in longer:
                node.lemma = node.text.lower()
            elif node.dep == "case":
                case = cases[node.head].lower()
                node.lemma = self.by_case.get((node.lemma, case), node.lemma)

    def _token(
        self,
        n: int,
        nodes: list[Node],
        case: str,
        features: Mapping[str, str],
        token: Any,
        entities: Mapping[int, str],
        piece: str,
        offset: int,
    ) -> Token:
        node = nodes[n]
        below = [nodes[j] for j in children(nodes, n)]
        bare = None
        if node.dep in OBLIQUE and not any(other.dep == "case" for other in below):
            bare = BARE.get(case)
            verbal = nodes[node.head].pos in {"VERB", "AUX"}
            if verbal and node.dep != "nmod":
                node.dep = "iobj" if bare == "dat" else "obl"
        tense, mood = _tense_and_mood(node.pos, features, below)
        start, end = token.start, token.stop
        return Token(
            offset + start,
            offset + end,
            piece[start:end],
            node.lemma,
            node.pos,
            node.dep,
            node.head,
            tense,
            mood,
            features.get("Number") == "Plur",
            entities.get(start),
            bare,
        )


def _case(nodes: list[Node], features: Sequence[Mapping[str, str]], n: int) -> str:
    """A counted noun stands in the genitive, whatever the case of both: its number tells it."""
    numbers = [j for j in children(nodes, n) if nodes[j].dep == "nummod"]
    told = [features[j].get("Case", "") for j in numbers]
    return next(filter(None, told), features[n].get("Case", ""))


def _tense_and_mood(
    pos: str, features: Mapping[str, str], below: Sequence[Node]
) -> tuple[str | None, str | None]:
    """An active participle is told as a gerund, since only a passive one turns its sides round."""
    if pos not in {"VERB", "AUX"}:
        return None, None
    tense = TENSES.get(features.get("Tense", ""))
    if tense == "present" and (features.get("Aspect") == "Perf" or pos == "AUX"):
        tense = "future"  # «встретится», «будут»: neither has a present
    form = features.get("VerbForm", "")
    if form == "Part" and features.get("Voice") != "Pass":
        return tense, "ger"
    if form == "Part":
        return "past", "part"
    mood = VERB_FORMS.get(form) or MOODS.get(features.get("Mood", ""))
    conditional = any(other.lemma in {"бы", "б"} for other in below)
    return tense, "cnd" if conditional and mood in {"ind", None} else mood


def _break_loops(nodes: list[Node]) -> None:
    """The parser gives each word its likeliest head, which need not make a tree: a word that is
    above itself becomes a root."""
    for n, node in enumerate(nodes):
        seen = {n}
        above = node.head
        while above not in seen:
            seen.add(above)
            above = nodes[above].head
        if above == n and node.head != n:
            node.head, node.dep = n, "root"


def _joined(sents: Iterable[Any], text: str, abbreviations: Set[str]) -> list[Any]:
    """natasha's sentences, with what it cut after an abbreviation put together again."""
    found: list[Any] = []
    for sent in sents:
        before: list[str] = found[-1].text.split() if found else []
        word = before[-1].rstrip(".").lstrip("«(").lower() if before else ""
        short = bool(before) and before[-1].endswith(".") and word in abbreviations
        if short and "\n" not in text[found[-1].stop : sent.start]:
            found[-1].stop, found[-1].text = sent.stop, text[found[-1].start : sent.stop]
            found[-1].tokens = [*found[-1].tokens, *sent.tokens]
        else:
            found.append(sent)
    return found


def _cut(sents: Iterable[Any], text: str) -> Iterator[Any]:
    """The same sentences, none of them longer than the longest that is parsed."""
    for sent in sents:
        tokens = list(sent.tokens or ())
        for first in range(0, len(tokens), LONGEST_SENTENCE):
            part = tokens[first : first + LONGEST_SENTENCE]
            start, stop = part[0].start, part[-1].stop
            yield type(sent)(start, stop, text[start:stop], part)


def _put_back(doc: Any, kept: Sequence[int], length: int) -> None:
    """The places of tokens in the text with its marks; a word's last mark is the word's."""
    after = [*kept[1:], length]
    for token in doc.tokens or ():
        token.start, token.stop = kept[token.start], after[token.stop - 1]
    for span in doc.spans or ():
        span.start, span.stop = kept[span.start], after[span.stop - 1]


def _is_readable(word: str) -> bool:
    """pymorphy asks each letter for its Unicode name and fails where Python knows none."""
    return all(unicodedata.name(c, "") for c in word)


class _Models:
    """natasha's parts, loaded together."""

    def __init__(self) -> None:
        try:
            import pymorphy3
        except ImportError:
            raise MissingPart("pymorphy3 is not installed: pip install pymorphy3") from None
        # natasha asks for pymorphy2, which needs a part of setuptools that is gone; its heir
        # answers the same.
        sys.modules.setdefault("pymorphy2", pymorphy3)
        sys.modules.setdefault("pymorphy2.analyzer", pymorphy3.analyzer)
        try:
            import natasha
        except ImportError:
            raise MissingPart("no parser of Russian is installed: pip install natasha") from None
        from importlib.metadata import version

        self.version = version("natasha")
        self._words = pymorphy3.MorphAnalyzer()
        self._document = natasha.Doc
        self._segmenter = natasha.Segmenter()
        self._vocabulary = natasha.MorphVocab()
        embedding = natasha.NewsEmbedding()
        self._morphology = natasha.NewsMorphTagger(embedding)
        self._syntax = natasha.NewsSyntaxParser(embedding)
        self._entities = natasha.NewsNERTagger(embedding)
        self._threads = ThreadpoolController()

    def parsed(self, text: str, abbreviations: Set[str]) -> Any:
        """natasha's document of a text; one without words has no sentences. None ends with an
        abbreviation."""
        doc = self._document(text)
        doc.segment(self._segmenter)
        doc.sents = list(_cut(_joined(doc.sents or (), text, abbreviations), text))
        if not doc.tokens:
            return doc
        # Its matrices are so small that several threads only wait for each other.
        with self._threads.limit(limits=1):
            doc.tag_morph(self._morphology)
            doc.parse_syntax(self._syntax)
            doc.tag_ner(self._entities)
        return doc

    @lru_cache(maxsize=50_000)  # noqa: B019  # lives as long as the process
    def lemma(self, text: str, pos: str | None, features: tuple[tuple[str, str], ...]) -> str:
        known = _is_readable(text) and self._vocabulary.lemmatize(text, pos, dict(features))
        return str(known or text).lower()

    @lru_cache(maxsize=50_000)  # noqa: B019  # the same
    def participle(self, text: str) -> str | None:
        """The dictionary form of a participle as a noun, «протестующий»; None for other words."""
        if not _is_readable(text):
            return None
        likeliest = self._words.parse(text)[0]
        made = likeliest.tag.POS == "PRTF" and likeliest.inflect({"nomn", "sing", "masc"})
        return str(made.word).replace("ё", "е") if made else None

    @lru_cache(maxsize=50_000)  # noqa: B019  # the same
    def is_short_participle(self, text: str) -> bool:
        return _is_readable(text) and str(self._words.tag(text)[0].POS) == "PRTS"

    @lru_cache(maxsize=50_000)  # noqa: B019  # the same
    def is_common(self, text: str) -> bool:
        """A word of the dictionary that names no person, place or body."""
        known = self._words.word_is_known(text.lower())
        return bool(known and not NAMES & self._words.tag(text)[0].grammemes)


@lru_cache(maxsize=1)
def _models() -> _Models:
    return _Models()
