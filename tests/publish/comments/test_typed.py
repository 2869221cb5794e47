"""What a reader typed: shown without harm, and refused where nothing of it could be seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.publish.comments.typed import (
    Piece,
    fault_of,
    paragraphs,
    visible,
    visible_name,
)

FORBIDDEN = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad\x00\x1b\x85"
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
        ("pay\u200bpal\ufeff", "paypal"),
        ("a\x00b\x1b[2J", "a\u2400b\u241b[2J"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("e" + "\u0317" * 40, "e" + "\u0317" * 4),
        ("tag\U000e0041ged", "tagged"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\U0001f469\u200d\U0001f692", "\U0001f469\u200d\U0001f692"),
        ("Đặng Thái", "Đặng Thái"),
    ],
)
def test_what_acts_unseen_is_named_or_left_out(typed: str, shown: str) -> None:
    assert visible(typed) == shown


def test_name_stands_in_one_line() -> None:
    assert visible_name(" A\r\nSet-Cookie:\t b ") == "A Set-Cookie: b"


def addresses(text: str) -> list[str | None]:
    return [piece.address for part in paragraphs(text) for line in part for piece in line]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://a.example/b.", "https://a.example/b"),
        ("(http://a.example/x_(y))", "http://a.example/x_(y)"),
        ("« https://a.example/é »", "https://a.example/é"),
        ("HTTPS://A.EXAMPLE/Q?a=1&b=2,", "HTTPS://A.EXAMPLE/Q?a=1&b=2"),
    ],
)
def test_addresses_become_links_without_the_stop(text: str, found: str) -> None:
    assert [one for one in addresses(text) if one] == [found]


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "data:text/html,x", "www.a.example", "a@b.example", "ftp://a.example",
     "https://", "//a.example"],
)  # fmt: skip
def test_nothing_else_does(text: str) -> None:
    assert addresses(text) == [None]


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs("a\nb\n\n \n\nc\n") == (((Piece("a"),), (Piece("b"),)), ((Piece("c"),),))


@given(st.text(max_size=300))
def test_no_text_brings_it_down_or_through(text: str) -> None:
    made = paragraphs(text)
    shown = "".join(piece.text for part in made for line in part for piece in line)
    assert not set(shown + visible_name(text)) & set(FORBIDDEN)
    for address in addresses(text):
        assert address is None or address.lower().startswith(("http://", "https://"))


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_what_is_taken_can_be_seen(name: str, email: str, text: str) -> None:
    if fault_of(name, email, text) is None:
        assert visible_name(name)
        assert paragraphs(text)
        assert not set(email) & set("\r\n<>,; ")
