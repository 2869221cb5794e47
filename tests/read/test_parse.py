"""The parser boundary: offsets, sentence splitting, and one layer of labels for both parsers."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.model import Sentence, Token
from dragoman.pipeline import Steps
from dragoman.read.parse import parser_for
from tests.read.tables import reading_of

SENTENCES = {
    "en": (
        "The U.S. envoy met Mr. Ndour in Dakar.",
        "“We will not sign,” said the minister.",
        "Norway agreed to train border guards!",
        "Is Gen. Okello under arrest?",
        "Talks — long delayed — resumed at 3.30 p.m. on Friday.",
        "Sanctions lifted",
        "Kyiv’s army shelled the town; 12 people died…",
    ),
    "fr": (
        "Le ministre a rencontré M. Diallo à Conakry.",
        "« Nous ne signerons pas », a dit l'ambassadeur.",
        "L’armée aurait pilonné le village !",
        "Qui a tué le gén. Traoré ?",
        "Paris : « non » à l'accord — selon l'Élysée…",
        "Les pourparlers entre Oslo et Tunis reprennent",
        "Environ 3 000 manifestants, selon la police, ont défilé à Lomé.",
    ),
}
GAPS = (" ", "\n", "\n\n", "  ", "\u00a0", " \n ")


@pytest.mark.parametrize("language", sorted(SENTENCES))
@given(data=st.data())
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_spans_point_at_their_own_words(language: str, steps: Steps, data: st.DataObject) -> None:
    """Whatever is joined: every span of the reading lies in the text and says what it says."""
    parts = data.draw(st.lists(st.sampled_from(SENTENCES[language]), min_size=1, max_size=5))
    text = parts[0]
    for part in parts[1:]:
        text += data.draw(st.sampled_from(GAPS)) + part
    reading = reading_of(text, language, steps)
    tokens = [token for sentence in reading.sentences for token in sentence.tokens]
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    for sentence in reading.sentences:
        assert (sentence.start, sentence.end) == (
            sentence.tokens[0].start,
            sentence.tokens[-1].end,
        )
        assert all(0 <= token.head < len(sentence.tokens) for token in sentence.tokens)
    covered = "".join(token.text for token in tokens)
    assert "".join(covered.split()) == "".join(text.split())
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.phrase[0] <= mention.phrase[1]
    for clause in reading.clauses:
        sentence = reading.sentences[clause.sentence]
        assert sentence.start <= clause.start < clause.end <= sentence.end
        for argument in clause.arguments:
            assert all(0 <= p.start < p.end <= len(text) for p in argument.members)


# fmt: off
SPLITS = [
    # abbreviations end no sentence
    ("en", "Mr. Smith met Gen. Dupont in the U.S. capital. They talked.", ["Mr. Smith met Gen. Dupont in the U.S. capital.", "They talked."]),
    ("fr", "M. Dupont a rencontré le gén. Martin. Ils ont parlé.", ["M. Dupont a rencontré le gén. Martin.", "Ils ont parlé."]),
    # a lone initial ends none
    ("en", "George W. Bush left. Nobody saw him.", ["George W. Bush left.", "Nobody saw him."]),
    # closing quotation marks belong to the sentence before
    ("en", "“We will talk.” Then he left.", ["“We will talk.”", "Then he left."]),
    ("fr", "« Nous parlerons. » Puis il est parti.", ["« Nous parlerons. »", "Puis il est parti."]),
    # a blank line ends a sentence without a full stop
    ("en", "Talks resume in Oslo\n\nThe envoys met.", ["Talks resume in Oslo", "The envoys met."]),
    # French headlines are not cut at colons, commas or names
    ("fr", "Ukraine : la Russie frappe Kiev et Odessa, au moins douze morts", ["Ukraine : la Russie frappe Kiev et Odessa, au moins douze morts"]),
    ("fr", "Visite de la ministre suédoise à Tunis, signature d'un accord de pêche", ["Visite de la ministre suédoise à Tunis, signature d'un accord de pêche"]),
    ("fr", "Nucléaire iranien – Téhéran menace de quitter le traité", ["Nucléaire iranien – Téhéran menace de quitter le traité"]),
    # a decimal point ends nothing
    ("en", "Aid rose by 3.5 percent. Ghana agreed.", ["Aid rose by 3.5 percent.", "Ghana agreed."]),
    # after a question and an exclamation mark a sentence begins
    ("fr", "Qui a tiré ? Personne ne sait !", ["Qui a tiré ?", "Personne ne sait !"]),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "due"), SPLITS)
def test_sentences(language: str, text: str, due: list[str], steps: Steps) -> None:
    sentences = reading_of(text, language, steps).sentences
    assert [text[s.start : s.end] for s in sentences] == due


# fmt: off
LAYER = [
    # (language, text, word, relation, head word)
    # the agent of a passive
    ("en", "The bridge was destroyed by troops.", "troops", "obl:agent", "destroyed"),
    ("en", "The bridge was destroyed by troops.", "bridge", "nsubj:pass", "destroyed"),
    ("fr", "Le pont a été détruit par des soldats.", "soldats", "obl:agent", "détruit"),
    # a preposition is a case mark of its noun
    ("en", "Ankara sent observers to Georgia.", "to", "case", "Georgia"),
    ("en", "Ankara sent observers to Georgia.", "Georgia", "obl", "sent"),
    ("en", "The attack on Kharkiv failed.", "Kharkiv", "nmod", "attack"),
    # a preposition of two words: the first carries the noun
    ("en", "Troops pulled out of the city.", "of", "fixed", "out"),
    ("en", "Troops pulled out of the city.", "city", "obl", "pulled"),
    # the copula hangs from its predicate
    ("en", "The minister is happy.", "is", "cop", "happy"),
    ("en", "The minister is happy.", "minister", "nsubj", "happy"),
    # conjuncts point at the first
    ("en", "France, Italy, Spain and Malta met.", "Malta", "conj", "France"),
    # a gerund under a preposition
    ("en", "He was accused of attacking the convoy.", "attacking", "advcl", "accused"),
    ("en", "He was accused of attacking the convoy.", "of", "mark", "attacking"),
    # a possessor
    ("en", "Russia's plan failed.", "Russia", "nmod:poss", "plan"),
    # a relative clause
    ("en", "The envoy, who met the king, left.", "met", "acl:relcl", "envoy"),
    # a particle
    ("en", "Athens called off the summit.", "off", "compound:prt", "called"),
    # direct object
    ("en", "Hungary rejected the plan.", "plan", "obj", "rejected"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "word", "relation", "head"), LAYER)
def test_one_layer_of_labels(
    language: str, text: str, word: str, relation: str, head: str, steps: Steps
) -> None:
    sentence = reading_of(text, language, steps).sentences[0]
    token = token_of(sentence, word)
    assert (token.dep, sentence.tokens[token.head].text) == (relation, head)


def token_of(sentence: Sentence, word: str) -> Token:
    return next(token for token in sentence.tokens if token.text == word)


def test_no_label_of_the_other_scheme_is_left(steps: Steps) -> None:
    """What the English parser calls prep, pobj, dobj, attr... has a universal name afterwards."""
    text = " ".join(SENTENCES["en"])
    deps = {t.dep for s in reading_of(text, "en", steps).sentences for t in s.tokens}
    assert not deps & {"dobj", "nsubjpass", "auxpass", "poss", "pobj", "attr", "acomp", "agent"}


# fmt: off
MENDED = [
    # a headline whose verb may be taken for a noun keeps its verb
    ("L'Iran sanctionne deux ministres britanniques", "sanctionne", "Iran", "ministres"),
    ("L'Inde condamne l'attentat de Kaboul", "condamne", "Inde", "attentat"),
    ("Paris condamne les essais nucléaires", "condamne", "Paris", "essais"),
    # ... and where bare names hang from the verb by no relation of a side
    ("La Russie frappe Kiev", "frappe", "Russie", "Kiev"),
    ("Ankara menace la Suède", "menace", "Ankara", "Suède"),
    # ... also where it was taken for an auxiliary, which hides that no verb is left
    ("Sofia expulse deux diplomates russes.", "expulse", "Sofia", "diplomates"),
]
# fmt: on


@pytest.mark.parametrize(("text", "verb", "subject", "target"), MENDED)
def test_headline_verbs(text: str, verb: str, subject: str, target: str, steps: Steps) -> None:
    sentence = reading_of(text, "fr", steps, "headline").sentences[0]
    i = next(n for n, t in enumerate(sentence.tokens) if t.text == verb)
    assert sentence.tokens[i].pos == "VERB"
    assert sentence.tokens[i].dep == "root"
    hanging = {t.text: t.dep for t in sentence.tokens if t.head == i}
    assert hanging.get(subject) == "nsubj"
    assert hanging.get(target) == "obj"


def test_curly_apostrophes_keep_their_offsets(steps: Steps) -> None:
    text = "L’ONU a condamné l’attaque."
    words = [t.text for t in reading_of(text, "fr", steps).sentences[0].tokens]
    assert words[:2] == ["L’", "ONU"]
    assert "l’" in words


def test_furniture_is_not_read(steps: Steps) -> None:
    assert reading_of("Niger attacked Mali.", "en", steps, "comment").sentences == ()
    empty = reading_of("Niger attacked Mali.", "en", steps, "navigation")
    assert [doubt.field for doubt in empty.doubts] == ["reports"]


def test_a_parser_is_loaded_once(knowledge: Knowledge) -> None:
    language = knowledge.languages["en"]
    assert parser_for(language) is parser_for(language)


@contextmanager
def within(seconds: int) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_a_span_that_begins_with_space_is_read(steps: Steps) -> None:
    reading_of("Le pont est détruit.", "fr", steps)  # loads the model outside the time limit
    with within(3):
        reading_of("  L’armée aurait pilonné le village !", "fr", steps)
