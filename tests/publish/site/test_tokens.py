"""What a form carries: good for a day, by whatever clock."""

from __future__ import annotations

from dragoman.publish.site.tokens import LONGEST_AGE, Tokens

PATH = "/event/e-1/error"


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_form_is_good_for_a_day() -> None:
    clock = Clock()
    tokens = Tokens(b"key", clock)
    made = tokens.made(PATH, None)
    clock.now += 90
    found = tokens.read(made, PATH, None)
    assert found is not None
    assert found.age == 90
    clock.now += LONGEST_AGE
    assert tokens.read(made, PATH, None) is None


def test_a_form_of_a_clock_that_was_ahead_is_not_good_for_a_year() -> None:
    clock = Clock()
    tokens = Tokens(b"key", clock)
    made = tokens.made(PATH, None)
    clock.now -= 365 * LONGEST_AGE
    assert tokens.read(made, PATH, None) is None


def test_of_a_clock_that_was_set_back_nobody_knows_how_long_it_was_open() -> None:
    """That it was filled in no time is said of machines."""
    clock = Clock()
    tokens = Tokens(b"key", clock)
    made = tokens.made(PATH, None)
    clock.now -= 3600
    found = tokens.read(made, PATH, None)
    assert found is not None
    assert found.age is None
    assert found.nonce


def test_one_that_is_sent_at_once_was_open_for_no_time() -> None:
    """Whatever part of a second it is."""
    clock = Clock()
    tokens = Tokens(b"key", clock)
    for part in range(20):
        clock.now = 1_700_000_000.0 + part / 100
        found = tokens.read(tokens.made(PATH, None), PATH, None)
        assert found is not None
        assert found.age is not None
        assert 0 <= found.age < 0.11
