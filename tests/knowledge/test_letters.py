"""One name in many scripts and spellings has one spoken form; others have others."""

from __future__ import annotations

import pytest

from dragoman.knowledge.letters import by_surname, spoken_name

# fmt: off
SAME = [
    [("Nikol Pashinyan", "en"), ("Nikol Pachinian", "fr"), ("Nikol Paschinjan", "de"),
     ("Nikol Paşinyan", "az"),
     ("Никол Пашинян", "ru"), ("Нікол Пашинян", "uk"), ("Նիկոլ Փաշինյան", "hy")],
    [("Volodymyr Zelensky", "en"), ("Wolodymyr Selenskyj", "de"),
     ("Володимир Зеленський", "uk"), ("Volodymyr Zelenskyy", "en")],
    [("Aram Khachaturyan", "en"), ("Aram Khatchatourian", "fr"), ("Aram Chatschaturjan", "de"),
     ("Арам Хачатурян", "ru")],
    [("Recep Tayyip Erdoğan", "tr"), ("Реджеп Тайип Эрдоган", "ru"), ("Ռեջեփ Թայիփ Էրդողան", "hy")],
    [("Ilham Aliyev", "en"), ("İlham Əliyev", "az"), ("Ильхам Алиев", "ru"),
     ("Իլհամ Ալիև", "hy"), ("Ilham Alijew", "de")],
    [("Xi Jinping", "pinyin"), ("Си Цзиньпин", "ru"), ("სი ძინპინი"[:-1], "ka")],
    [("Iouchtchenko", "fr"), ("Ющенко", "ru"), ("Juschtschenko", "de"), ("Yushchenko", "en")],
]
# fmt: on


@pytest.mark.parametrize("spellings", SAME, ids=lambda names: names[0][0])
def test_one_name_has_one_spoken_form(spellings: list[tuple[str, str]]) -> None:
    forms = [spoken_name(name, [language]) for name, language in spellings]
    assert frozenset.intersection(*forms), forms


def test_other_names_have_other_forms() -> None:
    names = ["Iran", "Iraq", "Austria", "Australia", "Niger", "Nigeria", "Mali", "Malta", "Aliyev"]
    assert len(frozenset().union(*(spoken_name(name, ["en"]) for name in names))) == len(names)


def test_given_names_are_told_by_their_consonants() -> None:
    (english,) = spoken_name("Vladimir Putin", ["en"])
    assert by_surname("vladimer putin") == by_surname(english)
    assert by_surname("vladimer putina") != by_surname(english)
