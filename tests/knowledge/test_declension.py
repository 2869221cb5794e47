"""Reading `declension.toml`, and the dictionary forms it gives."""

from __future__ import annotations

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge.declension import load_declension
from tests.knowledge.tables import Write

PLAIN = """
never = ["ruma"]
[[ending]]
of = [""]
after = "[bm]"
least = 2
forms = { gen = ["a"], loc = ["e"] }
[[ending]]
of = ["ia"]
groups = ["person"]
forms = { gen = ["ii"] }
"""
FAULTS = [
    ("of = ['']\nforms = { gen = ['a'] }\nafter = '('", "after: not a pattern"),
    ("of = ['']\nforms = { gen = ['a'] }\ngroups = ['pets']", "there is no 'pets'"),
    ("of = ['']\nforms = { gen = ['a'] }\nwhen = 3", "there is no such key"),
]


def test_forms_keep_the_case_of_letters(write: Write) -> None:
    declension = load_declension(write("declension.toml", PLAIN))
    assert [form.text for form in declension.forms("Sima")] == ["Sima", "Sim"]
    assert [form.text for form in declension.forms("SIMA")] == ["SIMA", "SIM"]
    assert [form.text for form in declension.forms("Lydii")] == ["Lydii", "Lydia"]


def test_short_stems_other_letters_and_words_of_their_own_have_no_other_form(write: Write) -> None:
    declension = load_declension(write("declension.toml", PLAIN))
    for word in ("ma", "sita", "Ruma"):
        assert [form.text for form in declension.forms(word)] == [word]


def test_the_words_of_a_name_agree(write: Write) -> None:
    declension = load_declension(write("declension.toml", PLAIN))
    phrases = list(declension.phrases("Sima Roba"))
    assert "Sim Rob" in phrases
    assert "Sim Rob" not in list(declension.phrases("Sima Robe"))


@pytest.mark.parametrize(("ending", "reason"), FAULTS)
def test_a_fault_is_named(ending: str, reason: str, write: Write) -> None:
    with pytest.raises(DataFileError, match=reason):
        load_declension(write("declension.toml", f"[[ending]]\n{ending}\n"))
