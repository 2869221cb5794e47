"""natasha's trees brought to our layer: cases for prepositions, participles, words as nouns."""

from __future__ import annotations

import resource
import time

import pytest

from dragoman.knowledge import Knowledge
from dragoman.model import Sentence, Token
from dragoman.read.parse import Parser, parser_for
from dragoman.read.parse_natasha import LONGEST_SENTENCE
from dragoman.trees import Tree


@pytest.fixture(scope="module")
def parser(knowledge: Knowledge) -> Parser:
    return parser_for(knowledge.languages["ru"])


def parsed(parser: Parser, text: str) -> list[Sentence]:
    return parser.sentences([(0, len(text), "body")], text)


def word(parser: Parser, text: str, form: str) -> tuple[Token, str]:
    """The token of this form, and what stands for its preposition."""
    for sentence in parsed(parser, text):
        for i, token in enumerate(sentence.tokens):
            if token.text == form:
                return token, Tree(sentence).case(i)
    raise AssertionError(f"{form} is no word of {text}")


@pytest.mark.parametrize(
    ("text", "form", "case"),
    [
        ("Начался вывод войск.", "войск", "gen"),
        ("Соглашение подписано послом.", "послом", "ins"),
        ("Помощь Украине прибыла.", "Украине", "dat"),
        ("Отряд напал на Донецк.", "Донецк", "на acc"),
        ("Бой идёт на границе.", "границе", "на"),
        ("Посол вернулся с фронта.", "фронта", "с gen"),
        ("Посол говорил с министром.", "министром", "с"),
        ("Во время переговоров погас свет.", "переговоров", "во время"),
        ("Со стороны Баку открыт огонь.", "Баку", "со стороны"),
        ("Мандат продлили на семь лет.", "лет", "на acc"),
        ("Министр приехал.", "Министр", ""),
    ],
)
def test_cases_stand_for_prepositions(parser: Parser, text: str, form: str, case: str) -> None:
    assert word(parser, text, form)[1] == case


@pytest.mark.parametrize(
    ("text", "form", "tense", "mood"),
    [
        ("Министр приедет.", "приедет", "future", "ind"),
        ("Министр ведёт переговоры.", "ведёт", "present", "ind"),
        ("Министр приехал.", "приехал", "past", "ind"),
        ("Министр приехал бы.", "приехал", "past", "cnd"),
        ("Завод построен.", "построен", "past", "part"),
        ("Отряд, напавший на село, отступил.", "напавший", "past", "ger"),
        ("Уезжая, министр молчал.", "Уезжая", None, "ger"),
        ("Он решил уехать.", "уехать", None, "inf"),
    ],
)
def test_tense_and_mood(parser: Parser, text: str, form: str, tense: str | None, mood: str) -> None:
    token, _ = word(parser, text, form)
    assert token.mood == mood
    assert tense is None or token.tense == tense


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("Полиция задержала протестующих.", "протестующих", "протестующий"),
        ("Военные открыли огонь.", "Военные", "военный"),
        ("Освобождены двое заключённых.", "заключённых", "заключенный"),
    ],
)
def test_people_named_by_what_they_do_are_nouns(
    parser: Parser, text: str, form: str, lemma: str
) -> None:
    token, _ = word(parser, text, form)
    assert (token.pos, token.lemma) == ("NOUN", lemma)


def test_a_capital_makes_no_name_of_a_sentences_first_word(parser: Parser) -> None:
    assert word(parser, "Санкции будут отменены.", "Санкции")[0].pos == "NOUN"
    assert word(parser, "Пашинян приехал.", "Пашинян")[0].pos == "PROPN"


def test_no_sentence_ends_with_an_abbreviation(parser: Parser) -> None:
    assert len(parsed(parser, "Погибли 5 тыс. Иванов насчитал больше. Он уехал.")) == 2
    assert len(parsed(parser, "Погибли 5 тыс.\n\nИванов насчитал больше.")) == 2


@pytest.mark.parametrize(
    "text",
    [
        *("", " \n ", "…", "«»", "а" * 3000, "слово " * 2000, "\u0301\u0301 ё"),
        "Он видел \U00017dd0 и \U00017dd0а.",  # Tangut: letters for which Python has no names
    ],
)
def test_odd_texts_keep_their_words(parser: Parser, text: str) -> None:
    found = parsed(parser, text)
    for sentence in found:
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
            assert 0 <= token.head < len(sentence.tokens)
    kept = "".join(t.text for s in found for t in s.tokens)
    assert len(kept) == len("".join(text.split()))


def test_a_run_without_a_stop_is_cut_before_it_is_parsed(parser: Parser) -> None:
    """Its memory grows with the square of the words that are parsed together: gigabytes."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = parsed(parser, "Он сказал. " * 7 + "«" * 6000)
    assert max(len(sentence.tokens) for sentence in found) == LONGEST_SENTENCE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_000_000


def test_stress_and_soft_hyphens_part_no_word(parser: Parser) -> None:
    plain = "Путин прибыл в Москву. Иван ушёл."
    marked = plain.replace("Путин", "Пу\u00adти\u0301н").replace("Москву", "Москву\u0301\u00ad")
    found = [t for sentence in parsed(parser, marked) for t in sentence.tokens]
    due = [t for sentence in parsed(parser, plain) for t in sentence.tokens]
    assert [(t.lemma, t.dep, t.head, t.entity) for t in found] == [
        (t.lemma, t.dep, t.head, t.entity) for t in due
    ]
    assert [t.text for t in found[:4]] == ["Пу\u00adти\u0301н", "прибыл", "в", "Москву\u0301\u00ad"]
    assert all(marked[t.start : t.end] == t.text for t in found)


def test_one_thread_parses(parser: Parser) -> None:
    """Several would wait for each other on matrices so small, and burn what others need."""
    text = "Делегация прибыла в порт утром и уехала вечером, ничего не подписав. " * 10
    parsed(parser, text)
    whole, own = time.process_time(), time.thread_time()
    parsed(parser, text)
    whole, own = time.process_time() - whole, time.thread_time() - own
    assert whole < 1.3 * own
