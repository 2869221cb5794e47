"""What a title means in a state on a day, and whether an office may be held."""

from __future__ import annotations

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge.atlas import Atlas, load_atlas
from dragoman.knowledge.tenure import title_key
from tests.knowledge.tables import Cells, Write, small_atlas

PEOPLE: list[Cells] = [
    ("ada-lund", "-", "Ada Lund", "-", "-", "NOR"),
    ("bo-ek", "-", "Bo Ek", "-", "-", "NOR"),
]
OFFICES: list[Cells] = [
    ("president", "one", "head_of_state", "-"),
    ("king", "one", "head_of_state", "-"),
    ("prime_minister", "one", "head_of_government", "-"),
    ("chancellor", "one", "prime_minister", "-"),
]
ROLES: list[Cells] = [
    ("ada-lund", "president", "NOR", "GOV", "2010", "2014", "2014", "-"),
    ("bo-ek", "chancellor", "NOR", "GOV", "2010", "-", "2020", "-"),
]
TITLES: list[Cells] = [
    ("NOR", "leader", "chancellor", "2012", "-", "-"),
    ("NOR", "Löv-House", "president", "-", "2013", "-"),
    ("NOR", "premier", "-", "-", "-", "-"),
]


@pytest.fixture
def atlas(write: Write) -> Atlas:
    return load_atlas(
        small_atlas(write, people=PEOPLE, offices=OFFICES, roles=ROLES, titles=TITLES)
    )


@pytest.mark.parametrize(
    ("title", "day", "due"),
    [
        ("president", "2012-05-01", ("ada-lund",)),
        ("head_of_state", "2012-05-01", ("ada-lund",)),
        # an office that answers to it, where there is none of the name
        ("prime_minister", "2012-05-01", ("bo-ek",)),
        # the leader is the president but where a row says otherwise
        ("leader", "2011-05-01", ("ada-lund",)),
        ("leader", "2012-05-01", ("bo-ek",)),
        # the resident of a seat, for as long as it was one's
        ("lov_house", "2012-05-01", ("ada-lund",)),
        ("lov_house", "2014-05-01", ()),
        # a title that means nobody for sure, an office out of time, none at all
        ("premier", "2012-05-01", ()),
        ("president", "2016-05-01", ()),
        ("emir", "2012-05-01", ()),
    ],
)
def test_titled(title: str, day: str, due: tuple[str, ...], atlas: Atlas) -> None:
    assert atlas.titled(title, "NOR", day) == due


def test_an_office_may_be_held_until_all_that_held_it_are_gone(atlas: Atlas) -> None:
    assert atlas.has("president", "NOR", "2013-01-01")
    assert atlas.has("president", "NOR", "1990-01-01")
    assert not atlas.has("president", "NOR", "2015-01-01")
    assert not atlas.has("emir", "NOR", "2013-01-01")
    assert atlas.has("head_of_state", "NOR", "2013-01-01")


def test_after_the_last_look_up_nobody_holds_it_for_sure(atlas: Atlas) -> None:
    assert atlas.titled("chancellor", "NOR", "2021-05-01") == ()
    (role,) = atlas.last_known("chancellor", "NOR", "2021-05-01")
    assert (role.person, role.as_of("2021-05-01")) == ("bo-ek", "2020")


def test_seats_are_found_in_any_spelling(atlas: Atlas) -> None:
    assert title_key("Löv House") == title_key("Löv-House") == "lov_house"
    assert atlas.seat_title("Löv house", "NOR") == "lov_house"
    assert atlas.seat_title("Kura House", "NOR") is None


def test_a_title_needs_a_known_office(write: Write) -> None:
    with pytest.raises(DataFileError, match="office 'shah' is in no table"):
        load_atlas(small_atlas(write, titles=[("NOR", "leader", "shah", "-", "-", "-")]))
