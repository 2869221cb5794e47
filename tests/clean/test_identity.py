"""Ids: one page under many spellings of its address, one text without any."""

from __future__ import annotations

import pytest

from dragoman.clean.identity import article_id, normal_address

from .conftest import Cleaner

SAME = [
    "https://www.harbourtimes.example/sea/crossing",
    "http://harbourtimes.example/sea/crossing/",
    "https://harbourtimes.example:443/sea/crossing?utm_source=feed&fbclid=1#comments",
    "HTTPS://HarbourTimes.example/sea/./crossing",
]


@pytest.mark.parametrize("address", SAME)
def test_spellings_of_one_address(address: str) -> None:
    assert normal_address(address) == "harbourtimes.example/sea/crossing"


def test_a_parameter_that_names_the_page_stays() -> None:
    assert normal_address("https://a.example/x?id=7&b=2") == "a.example/x?b=2&id=7"


@pytest.mark.parametrize("address", [None, "", "mailto:a@b.example", "http://[", "file:///x", "x"])
def test_what_is_no_page_has_no_normal_form(address: str | None) -> None:
    assert normal_address(address) is None


def test_without_an_address_the_words_decide(cleaned: Cleaner) -> None:
    one = cleaned("The  ferry runs again, the harbour office said on Tuesday.")
    other = cleaned("The ferry runs again, the harbour office said on Tuesday.\n")
    assert one.id == other.id
    assert one.id != article_id(None, "Another text altogether.")
    assert len(one.id) == 18
