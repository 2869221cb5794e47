"""What can be asked of a dossier, in addresses and on the command line."""

from __future__ import annotations

import pytest

from dragoman.publish.views.asking import PARAMETERS, Asked, Unanswerable, asked
from dragoman.record.dossier import Choice

CATEGORIES = {"CONSULT", "AID"}


def read(*parameters: tuple[str, str]) -> Asked:
    return asked(parameters, CATEGORIES.__contains__)


def test_nothing_asked_is_everything() -> None:
    assert read() == Asked()
    assert read(("quad", ""), ("theme", "dark"), ("by", " ")) == Asked()
    assert read().is_all


def test_values_are_given_often_or_with_commas() -> None:
    found = read(("quad", "3,4"), ("quad", "1"), ("category", "AID"), ("language", "unknown,fr"))
    assert found.choice == Choice(categories=("AID",), quads=(3, 4, 1), languages=("", "fr"))
    assert not found.is_all


def test_it_writes_itself_back() -> None:
    parameters = [("quad", "3,4"), ("by", "ba"), ("from", "2024-03"), ("order", "newest")]
    found = read(*parameters, ("start", "60"))
    assert found.start == 60
    assert found.newest is True
    assert found.address() == "?quad=3%2C4&by=ba&from=2024-03&order=newest"
    assert read(*parameters, ("start", "120")).address(60) == f"{found.address()}&start=60"
    assert Asked().address() == ""
    assert Asked().address(60) == "?start=60"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quad", "5"),
        ("category", "TEA"),
        ("by", "ac"),
        ("status", "rumoured"),
        ("told", "today"),
        ("language", "<fr>"),
        ("origins", "-1"),
        ("origins", "many"),
        ("from", "2024-13"),
        ("until", "yesterday"),
        ("order", "random"),
    ],
)
def test_what_means_nothing_is_refused_with_what_does(name: str, value: str) -> None:
    with pytest.raises(Unanswerable, match=f"{name} does not take .*; it takes "):
        read((name, value))


@pytest.mark.parametrize("start", ["-1", "x", "9" * 40, "²", ""])
def test_any_beginning_is_taken(start: str) -> None:
    assert read(("start", start)).start == 0


def test_every_parameter_is_told() -> None:
    assert all(PARAMETERS.values())
