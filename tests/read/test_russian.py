"""Russian on its real parses: role nouns and names in any case, and what is said by whom."""

from __future__ import annotations

import pytest

from dragoman.pipeline import Steps
from tests.read.tables import reading_of

ROLES = [
    ("Посол уехал.", ["Посол"]),
    # every word is declined
    ("Он встретился с генеральным секретарём союза.", ["генеральным секретарём"]),
    # only the first one is
    ("Туск призвал министров иностранных дел ввести санкции.", ["министров иностранных дел"]),
    ("Письмо передали главе МИД.", ["главе МИД"]),
    # the dictionary form is of another number or gender
    ("Лагерь обстреляли подразделения вооружённых сил.", ["вооружённых сил"]),
    ("Слова официальной представительницы услышали все.", ["официальной представительницы"]),
    # a fixed phrase that names nobody
    ("Он пришёл к власти в мае.", []),
    ("Погода была хорошей.", []),
]


@pytest.mark.parametrize(("text", "due"), ROLES)
def test_roles(text: str, due: list[str], steps: Steps) -> None:
    mentions = reading_of(text, "ru", steps).mentions
    assert [m.text for m in mentions if m.kind == "ROLE"] == due


NAMES = [
    # whose president it is, and no holder of that name
    ("Президент Перу обвинил Чили в нарушении границы.", [("LOC", "Перу"), ("LOC", "Чили")]),
    ("Президент Ион Попеску уехал.", [("PER", "Ион Попеску")]),
    # the field of an office is no state's name
    (
        "Министр иностранных дел Армении Арам Петросян уехал.",
        [("LOC", "Армении"), ("PER", "Арам Петросян")],
    ),
    # nouns that open names, in another case
    ("Об этом написало агентство «Горизонт».", [("ORG", "Горизонт")]),
]


@pytest.mark.parametrize(("text", "due"), NAMES)
def test_names(text: str, due: list[tuple[str, str]], steps: Steps) -> None:
    mentions = reading_of(text, "ru", steps).mentions
    assert [(m.kind, m.text) for m in mentions if m.kind != "ROLE"] == due


# (text, what is said, by whom, with which verb, stance)
QUOTES = [
    ("Посол заявил, что мост закроют.", "что мост закроют", "Посол", "заявить", "neutral"),
    ("«Мы не уйдём», — сказал мэр Гори.", "Мы не уйдём", "мэр Гори", "сказать", "neutral"),
    ("„Мост закрыт“, – заявил мэр Гори.", "Мост закрыт", "мэр Гори", "заявить", "neutral"),
    ("Министр подчеркнул: «Мост открыт».", "Мост открыт", "Министр", "подчеркнуть", "affirm"),
    # sources
    ("По словам посла, мост закрыт.", "мост закрыт", "посла", None, "neutral"),
    ("Как сообщает ТАСС, мост закрыт.", "мост закрыт", "ТАСС", None, "neutral"),
    # the body that speaks has no subject's case
    ("Мост закрыт, сообщили в МЧС.", "Мост закрыт", "МЧС", "сообщить", "neutral"),
    # infinitives, prepositions, bare cases
    ("Он потребовал открыть мост.", "открыть мост", "Он", "потребовать", "demand"),
    ("Перу обвинило Чили в нарушении границы.", "нарушении границы", "Перу", "обвинить", "accuse"),
    ("Посол пригрозил санкциями.", "санкциями", "Посол", "пригрозить", "threaten"),
    # between dashes
    (
        "— Мы уйдём завтра, — сказал Иван Петров.",
        "Мы уйдём завтра", "Иван Петров", "сказать", "neutral",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", QUOTES)
def test_quotes(case: tuple[str, str, str | None, str | None, str], steps: Steps) -> None:
    text, said, who, verb, stance = case
    (quote,) = reading_of(text, "ru", steps).quotes
    speaker = None if quote.speaker is None else text[slice(*quote.speaker)]
    assert (text[quote.start : quote.end], speaker, quote.verb, quote.stance) == (
        said,
        who,
        verb,
        stance,
    )


def test_speech_between_dashes_goes_on(steps: Steps) -> None:
    text = "— Мы уйдём завтра, — сказал Иван Петров. — Так решил совет."
    first, second = reading_of(text, "ru", steps).quotes
    assert text[second.start : second.end] == "Так решил совет."
    assert (first.kind, second.kind) == ("direct", "direct")
    assert second.speaker == first.speaker


def test_a_list_with_dashes_is_no_speech(steps: Steps) -> None:
    text = "— мост через реку, — порт и вокзал"
    assert reading_of(text, "ru", steps).quotes == ()
