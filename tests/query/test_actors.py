"""Asking for an actor by a name in any script and case."""

from __future__ import annotations

import pytest

from dragoman.errors import QueryError
from dragoman.knowledge import Knowledge
from dragoman.model.query import OfActor
from dragoman.query import read_query
from dragoman.query.actors import actors_called, actors_named, near_actors

# fmt: off
CALLED = [
    ("nikol-pashinyan", ["nikol-pashinyan", "Nikol Pashinyan", "Никол Пашинян", "Никола Пашиняна",
                         "Նիկոլ Փաշինյան", "Նիկոլ Փաշինյանին", "ნიკოლ ფაშინიანი",
                         "ნიკოლ ფაშინიანმა",
                         "Nikol Paschinjan", "Nikol Paşinyan", "Нікол Пашинян", "Пашиняну"]),
    ("nato", ["НАТО", "ОТАН", "OTAN", "NATO", "ՆԱՏՕ", "ნატო"]),
    ("osce", ["ОБСЕ", "OSCE"]),
    ("AZE", ["AZE", "aze", "Azerbaïdjan", "Азербайджана", "Azərbaycan", "Баку", "Bakou",
             "Բաքու", "Բաքվում"]),
    ("ARM", ["Հայաստանում", "Armenien", "Ermənistan", "სომხეთი"]),
    ("volodymyr-zelenskyy", ["Володимира Зеленського", "Wolodymyr Selenskyj",
                             "Владимир Зеленский"]),
    ("vladimir-putin", ["ვლადიმერ პუტინის", "Володимир Путін", "Владимиру Путину",
                        "Пути\u0301ну", "Пу\u00adтин"]),
]
# fmt: on


@pytest.mark.parametrize(("who", "name"), [(who, name) for who, names in CALLED for name in names])
def test_a_name_in_any_script_and_case(who: str, name: str, knowledge: Knowledge) -> None:
    assert actors_called(knowledge, name) == (who,)


def test_several_are_all_told(knowledge: Knowledge) -> None:
    assert set(actors_called(knowledge, "Алиеву")) == {"heydar-aliyev", "ilham-aliyev"}
    assert set(actors_called(knowledge, "Рим")) == {"ITA", "choe-yong-rim"}
    with pytest.raises(QueryError, match="may be heydar-aliyev, ilham-aliyev"):
        read_query("actor:Алиев", knowledge)


def test_exact_names_win(knowledge: Knowledge) -> None:
    # Congo sounds like nobody else, and Niger is no Nigeria; Баку is no form of Бак.
    assert set(actors_called(knowledge, "Congo")) == {"COD", "COG"}
    assert actors_called(knowledge, "Niger") == ("NER",)


@pytest.mark.parametrize("name", ["Никол Пашинан", "Nikol Pashinan", "Նիկոլ Փաշինան"])
def test_near_names_are_suggested(name: str, knowledge: Knowledge) -> None:
    assert actors_called(knowledge, name) == ()
    assert near_actors(knowledge, name)[0] == "nikol-pashinyan"


@pytest.mark.parametrize("name", ["", "-", "Zzyzx", "Жжыжж", "სსსს"])
def test_nobody_is_called_so(name: str, knowledge: Knowledge) -> None:
    assert actors_called(knowledge, name) == ()


def test_fields_take_them(knowledge: Knowledge) -> None:
    for text in ('actor:"Նիկոլ Փաշինյան"', 'actor:"Никола Пашиняна"'):
        assert read_query(text, knowledge) == OfActor(("nikol-pashinyan",))


def test_names_in_a_row_of_words(knowledge: Knowledge) -> None:
    row = ["визит", "Никола", "Пашиняна", "в", "НАТО", "us"]
    assert list(actors_named(knowledge, row)) == [("nikol-pashinyan",), ("nato",)]
