"""Quotes over hand-made trees: what is said, by whom, with which verb and stance."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

import dragoman
from dragoman.knowledge.speech import SpeechRules, load_speech
from dragoman.model import Quote, Sentence, Token
from dragoman.read.quotes import find_quotes

LANGUAGES = Path(dragoman.__path__[0]) / "languages"


@lru_cache
def speech(language: str) -> SpeechRules:
    return load_speech(LANGUAGES / language / "speech.toml")


def sentence(text: str, tree: str, start: int = 0, index: int = 0) -> Sentence:
    """A sentence from "word/lemma/POS/relation/head" items; heads count from 0."""
    tokens = []
    at = start
    for item in tree.split():
        word, lemma, pos, dep, head = item.split("/")
        at = text.index(word, at)
        tokens.append(Token(at, at + len(word), word, lemma, pos, dep, int(head)))
        at += len(word)
    return Sentence(index, tokens[0].start, at, "body", tuple(tokens))


def told(text: str, tree: str, language: str) -> list[tuple[str, str | None, str | None, str]]:
    return [shown(q, text) for q in find_quotes([sentence(text, tree)], text, speech(language))]


def shown(quote: Quote, text: str) -> tuple[str, str | None, str | None, str]:
    speaker = None if quote.speaker is None else text[slice(*quote.speaker)]
    return text[quote.start : quote.end], speaker, quote.verb, quote.stance


# (language, text, tree, quotes)
CASES = [
    # guillemets closed by an inverted verb with its subject
    (
        "fr",
        "« Nous partons », a déclaré la ministre.",
        "«/«/PUNCT/punct/2 Nous/nous/PRON/nsubj/2 partons/partir/VERB/ccomp/6 »/»/PUNCT/punct/2 "
        ",/,/PUNCT/punct/2 a/avoir/AUX/aux/6 déclaré/déclarer/VERB/root/6 la/le/DET/det/8 "
        "ministre/ministre/NOUN/nsubj/6 ././PUNCT/punct/6",
        [("Nous partons", "ministre", "déclarer", "neutral")],
    ),
    # pronoun hung on the verb
    (
        "fr",
        "« Nous partons », ajoute-t-elle.",
        "«/«/PUNCT/punct/2 Nous/nous/PRON/nsubj/2 partons/partir/VERB/root/2 »/»/PUNCT/punct/2 "
        ",/,/PUNCT/punct/2 ajoute/ajouter/VERB/parataxis/2 -t/-t/PRON/dep/5 "
        "-elle/-elle/PRON/dep/5 ././PUNCT/punct/2",
        [("Nous partons", "elle", "ajouter", "neutral")],
    ),
    # the speaker between commas within the marks
    (
        "fr",
        "« Ce pont, nous a dit Awa, tiendra. »",
        "«/«/PUNCT/punct/8 Ce/ce/DET/det/2 pont/pont/NOUN/nsubj/8 ,/,/PUNCT/punct/6 "
        "nous/nous/PRON/nsubj/6 a/avoir/AUX/aux/6 dit/dire/VERB/advcl/9 Awa/Awa/PROPN/obj/6 "
        ",/,/PUNCT/punct/6 tiendra/tenir/VERB/root/9 ././PUNCT/punct/9 »/»/PUNCT/punct/9",
        [("Ce pont, nous a dit Awa, tiendra.", "Awa", "dire", "neutral")],
    ),
    # a verb after the marks speaks for them before one within
    (
        "fr",
        "« Ce pont, dit Awa, tiendra », affirme Bo.",
        "«/«/PUNCT/punct/6 Ce/ce/DET/det/2 pont/pont/NOUN/nsubj/6 ,/,/PUNCT/punct/4 "
        "dit/dire/VERB/advcl/7 Awa/Awa/PROPN/obj/4 ,/,/PUNCT/punct/4 tiendra/tenir/VERB/ccomp/10 "
        "»/»/PUNCT/punct/7 ,/,/PUNCT/punct/7 affirme/affirmer/VERB/root/10 "
        "Bo/Bo/PROPN/nsubj/10 ././PUNCT/punct/10",
        [("Ce pont, dit Awa, tiendra", "Bo", "affirmer", "affirm")],
    ),
    # a name, a colon and marks
    (
        "fr",
        "Awa : « Nous partons »",
        "Awa/Awa/PROPN/parataxis/4 :/:/PUNCT/punct/0 «/«/PUNCT/punct/4 Nous/nous/PRON/nsubj/4 "
        "partons/partir/VERB/root/4 »/»/PUNCT/punct/4",
        [("Nous partons", "Awa", None, "neutral")],
    ),
    # a verb that the parser takes for a noun, right after the marks
    (
        "fr",
        "« On part », soupire Awa.",
        "«/«/PUNCT/punct/2 On/on/PRON/nsubj/2 part/partir/VERB/root/2 »/»/PUNCT/punct/2 "
        ",/,/PUNCT/punct/2 soupire/soupire/NOUN/obj/2 Awa/Awa/PROPN/nmod/5 ././PUNCT/punct/2",
        [("On part", "Awa", "soupirer", "neutral")],
    ),
    # clause with "que"; the stance is the verb's
    (
        "fr",
        "Ankara dément que ses navires approchent.",
        "Ankara/Ankara/PROPN/nsubj/1 dément/démentir/VERB/root/1 que/que/SCONJ/mark/5 "
        "ses/son/DET/det/4 navires/navire/NOUN/nsubj/5 approchent/approcher/VERB/ccomp/1 "
        "././PUNCT/punct/1",
        [("que ses navires approchent", "Ankara", "démentir", "deny")],
    ),
    # infinitive after a denial
    (
        "fr",
        "Ankara dément avoir tiré.",
        "Ankara/Ankara/PROPN/nsubj/1 dément/démentir/VERB/root/1 avoir/avoir/AUX/aux/3 "
        "tiré/tirer/VERB/xcomp/1 ././PUNCT/punct/1",
        [("avoir tiré", "Ankara", "démentir", "deny")],
    ),
    # "selon" before its sentence
    (
        "fr",
        "Selon un officier, le pont a sauté.",
        "Selon/selon/ADP/case/2 un/un/DET/det/2 officier/officier/NOUN/obl/7 ,/,/PUNCT/punct/2 "
        "le/le/DET/det/5 pont/pont/NOUN/nsubj/7 a/avoir/AUX/aux/7 sauté/sauter/VERB/root/7 "
        "././PUNCT/punct/7",
        [("le pont a sauté", "officier", None, "neutral")],
    ),
    # a name in guillemets is no speech
    (
        "fr",
        "Il visite le « Palais des Nations ».",
        "Il/il/PRON/nsubj/1 visite/visiter/VERB/root/1 le/le/DET/det/4 «/«/PUNCT/punct/4 "
        "Palais/palais/NOUN/obj/1 des/de/ADP/case/6 Nations/nation/PROPN/nmod/4 "
        "»/»/PUNCT/punct/4 ././PUNCT/punct/1",
        [],
    ),
    # curly quotes and inverted "said"
    (
        "en",
        "“We will leave,” said Mary Stone.",
        "“/“/PUNCT/punct/3 We/we/PRON/nsubj/3 will/will/AUX/aux/3 leave/leave/VERB/ccomp/6 "
        ",/,/PUNCT/punct/3 ”/”/PUNCT/punct/3 said/say/VERB/root/6 Mary/Mary/PROPN/compound/8 "
        "Stone/Stone/PROPN/nsubj/6 ././PUNCT/punct/6",
        [("We will leave,", "Mary Stone", "say", "neutral")],
    ),
    # clause without "that"
    (
        "en",
        "Kyiv claims the bridge fell.",
        "Kyiv/Kyiv/PROPN/nsubj/1 claims/claim/VERB/root/1 the/the/DET/det/3 "
        "bridge/bridge/NOUN/nsubj/4 fell/fall/VERB/ccomp/1 ././PUNCT/punct/1",
        [("the bridge fell", "Kyiv", "claim", "claim")],
    ),
    # an attack on a ship is no speech
    (
        "en",
        "Rebels attacked ships.",
        "Rebels/rebel/NOUN/nsubj/1 attacked/attack/VERB/root/1 ships/ship/NOUN/obj/1 "
        "././PUNCT/punct/1",
        [],
    ),
    # a clause that holds marked words is one quote
    (
        "en",
        "Kyiv said that the raid was “a grave mistake”.",
        "Kyiv/Kyiv/PROPN/nsubj/1 said/say/VERB/root/1 that/that/SCONJ/mark/9 the/the/DET/det/4 "
        "raid/raid/NOUN/nsubj/9 was/be/AUX/cop/9 “/“/PUNCT/punct/9 a/a/DET/det/9 "
        "grave/grave/ADJ/amod/9 mistake/mistake/NOUN/ccomp/1 ”/”/PUNCT/punct/9 ././PUNCT/punct/1",
        [("that the raid was “a grave mistake”", "Kyiv", "say", "neutral")],
    ),
    # a participle shares the subject above it
    (
        "en",
        "Kyiv protested, saying that shells fell.",
        "Kyiv/Kyiv/PROPN/nsubj/1 protested/protest/VERB/root/1 ,/,/PUNCT/punct/1 "
        "saying/say/VERB/advcl/1 that/that/SCONJ/mark/6 shells/shell/NOUN/nsubj/6 "
        "fell/fall/VERB/ccomp/3 ././PUNCT/punct/1",
        [("that shells fell", "Kyiv", "say", "neutral")],
    ),
    # "according to" after what is told
    (
        "en",
        "The bridge fell, according to an officer.",
        "The/the/DET/det/1 bridge/bridge/NOUN/nsubj/2 fell/fall/VERB/root/2 ,/,/PUNCT/punct/2 "
        "according/accord/VERB/case/7 to/to/ADP/fixed/4 an/a/DET/det/7 officer/officer/NOUN/obl/2 "
        "././PUNCT/punct/2",
        [("The bridge fell", "officer", None, "neutral")],
    ),
    # a modal before the verb that closes the sentence
    (
        "en",
        "The talks will need a week, officials said on Monday.",
        "The/the/DET/det/1 talks/talk/NOUN/nsubj/3 will/will/AUX/aux/3 need/need/VERB/ccomp/8 "
        "a/a/DET/det/5 week/week/NOUN/obj/3 ,/,/PUNCT/punct/8 officials/official/NOUN/nsubj/8 "
        "said/say/VERB/root/8 on/on/ADP/case/10 Monday/Monday/PROPN/obl/8 ././PUNCT/punct/8",
        [("The talks will need a week", "officials", "say", "neutral")],
    ),
    # a parser takes who says it for one more clause
    (
        "fr",
        "Le pont a sauté, a expliqué lundi la pompière Awa Kone.",
        "Le/le/DET/det/1 pont/pont/NOUN/nsubj/3 a/avoir/AUX/aux/3 sauté/sauter/VERB/root/3 "
        ",/,/PUNCT/punct/6 a/avoir/AUX/aux/6 expliqué/expliquer/VERB/conj/3 lundi/lundi/NOUN/obl/6 "
        "la/le/DET/det/9 pompière/pompier/NOUN/nsubj/6 Awa/Awa/PROPN/appos/9 "
        "Kone/Kone/PROPN/flat:name/10 ././PUNCT/punct/3",
        [("Le pont a sauté", "pompière Awa Kone", "expliquer", "neutral")],
    ),
    # but not where it goes on with "and"
    (
        "en",
        "The bridge fell into it, and the army said nothing.",
        "The/the/DET/det/1 bridge/bridge/NOUN/nsubj/2 fell/fall/VERB/root/2 into/into/ADP/case/4 "
        "it/it/PRON/obl/2 ,/,/PUNCT/punct/9 and/and/CCONJ/cc/9 the/the/DET/det/8 "
        "army/army/NOUN/nsubj/9 said/say/VERB/conj/2 nothing/nothing/PRON/obj/9 ././PUNCT/punct/2",
        [],
    ),
    # the clause hangs on what carries it
    (
        "en",
        "The bank said in a release that rates would rise.",
        "The/the/DET/det/1 bank/bank/NOUN/nsubj/2 said/say/VERB/root/2 in/in/ADP/case/5 "
        "a/a/DET/det/5 release/release/NOUN/obl/2 that/that/PRON/mark/9 rates/rate/NOUN/nsubj/9 "
        "would/would/AUX/aux/9 rise/rise/VERB/acl:relcl/5 ././PUNCT/punct/2",
        [("that rates would rise", "bank", "say", "neutral")],
    ),
    # a relative clause there tells of the carrier
    (
        "en",
        "The bank spoke in a release that nobody read.",
        "The/the/DET/det/1 bank/bank/NOUN/nsubj/2 spoke/speak/VERB/root/2 in/in/ADP/case/5 "
        "a/a/DET/det/5 release/release/NOUN/obl/2 that/that/PRON/obj/8 nobody/nobody/PRON/nsubj/8 "
        "read/read/VERB/acl:relcl/5 ././PUNCT/punct/2",
        [],
    ),
]


@pytest.mark.parametrize(("language", "text", "tree", "quotes"), CASES)
def test_quotes(
    language: str,
    text: str,
    tree: str,
    quotes: list[tuple[str, str | None, str | None, str]],
) -> None:
    assert told(text, tree, language) == quotes


def test_names_of_a_transcript_end_before_the_space() -> None:
    """French sets one before a colon."""
    text = "QUESTION : Quand ?\nSERGUEÏ LAVROV : Demain."
    tree = "QUESTION/question/NOUN/root/0 :/:/PUNCT/punct/0 Quand/quand/ADV/dep/0 ?/?/PUNCT/punct/0"
    other = "LAVROV/lavrov/PROPN/root/0 :/:/PUNCT/punct/0 Demain/demain/ADV/dep/0"
    start = text.index("SERGUEÏ")
    second = sentence(text, "SERGUEÏ/serguei/PROPN/flat/0 " + other, start, 1)
    quotes = find_quotes([sentence(text, tree), second], text, speech("fr"))
    assert [shown(quote, text)[:2] for quote in quotes] == [
        ("Quand ?", "QUESTION"),
        ("Demain.", "SERGUEÏ LAVROV"),
    ]


def test_second_quotation_of_a_paragraph_keeps_its_speaker() -> None:
    text = "“We leave,” she said. “The war is over.”"
    first = sentence(
        text,
        "“/“/PUNCT/punct/2 We/we/PRON/nsubj/2 leave/leave/VERB/ccomp/6 ,/,/PUNCT/punct/2 "
        "”/”/PUNCT/punct/2 she/she/PRON/nsubj/6 said/say/VERB/root/6 ././PUNCT/punct/6",
    )
    second = sentence(
        text,
        "“/“/PUNCT/punct/4 The/the/DET/det/2 war/war/NOUN/nsubj/4 is/be/AUX/cop/4 "
        "over/over/ADV/root/4 ././PUNCT/punct/4 ”/”/PUNCT/punct/4",
        start=first.end,
        index=1,
    )
    quotes = [shown(q, text) for q in find_quotes([first, second], text, speech("en"))]
    assert quotes[:1] == [("We leave,", "she", "say", "neutral")]
    assert all(speaker == "she" for _, speaker, _, _ in quotes)


def test_nothing_read_nothing_said() -> None:
    assert find_quotes([], "“Well,” he said.", speech("en")) == ()
