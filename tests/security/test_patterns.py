"""No regular expression of the program takes long over a text that is made against it."""

from __future__ import annotations

import re
from random import Random

import pytest

from dragoman.knowledge import Knowledge
from tests.security.patterns import Placed, of_code, of_data
from tests.security.slow import slow

SAMPLE, SEED = 80, 5
"""Of the patterns in the code, and of those in data files; all of them: `python -m
tests.security.slow`, with `--data` for the latter."""


def test_patterns_of_the_code() -> None:
    found = of_code()
    assert len(found) > 200
    assert list(slow(Random(SEED).sample(found, SAMPLE))) == []


def test_patterns_of_the_data(knowledge: Knowledge) -> None:
    found = of_data(knowledge)
    assert len(found) > 1_000
    assert list(slow(Random(SEED).sample(found, SAMPLE))) == []


@pytest.mark.parametrize(
    "written",
    [
        r"(a+)+$", r"(?:chief |[A-Z]\w+ )*editor", r"\s*\s*\s*\s*x$",
    ],
)  # fmt: skip
def test_what_is_slow_is_found(written: str) -> None:
    """The control: textbook cases, and one that our own data held."""
    assert list(slow([Placed(re.compile(written, re.IGNORECASE), "here")]))
