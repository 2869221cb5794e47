"""The window gives what is near within some days, whatever else it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dragoman.link.measure import measured
from dragoman.link.window import Window, days_around, days_between
from dragoman.model import STORY_DAYS
from tests.desk.signatures import corpus

MADE = corpus(30, seed=1, days=1)[:2]
ROW = measured(MADE[0].signature)


def test_only_days_around_are_looked_at() -> None:
    window = Window()
    first = date(2031, 3, 1)
    days = [(first + timedelta(days=n)).isoformat() for n in range(20)]
    for day in [*days, *days_around(days[0]), *days_around(days[-1])]:
        window.load(day, [(day, ROW)] if day in days else [])
    found = window.near("new", days[9], ROW)
    assert set(found) == set(days[9 - STORY_DAYS : 10 + STORY_DAYS])
    assert found[days[9]] > found[days[8]] > found[days[5]]


def test_an_article_is_not_near_itself_and_goes_when_it_is_dropped() -> None:
    window = Window()
    for day in [*days_around("2031-03-01"), *days_around("2031-03-02")]:
        window.load(day, [])
    for name in ("a", "b", "c"):
        window.put("2031-03-01", name, ROW)
    window.put("2031-03-02", "a", ROW)  # published a day later, as is known now
    assert set(window.near("a", "2031-03-02", ROW)) == {"b", "c"}
    assert window.near("d", "2031-03-01", ROW)["a"] < window.near("d", "2031-03-01", ROW)["b"]
    window.drop("b")
    assert set(window.near("d", "2031-03-01", ROW)) == {"a", "c"}


def test_many_articles_of_a_day() -> None:
    window = Window()
    for day in days_around("2031-03-01"):
        window.load(day, [])
    for number in range(100):
        window.put("2031-03-01", f"n{number}", ROW)
    assert len(window.near("new", "2031-03-01", ROW)) == 100


def test_what_has_no_day_is_near_to_what_has_none() -> None:
    window = Window()
    assert days_around("") == [""]
    window.load("", [("a", ROW)])
    assert set(window.near("b", "", ROW)) == {"a"}
    assert days_between("", "") == 0


def ask(window: Window, day: str, articles: int = 0) -> None:
    """For what is near to one of this day; a day that is not held has so many articles."""
    for other in days_around(day):
        if other not in window:
            window.load(other, [(f"{other} {n}", ROW) for n in range(articles)])
    window.near("x", day, ROW)


@pytest.fixture
def days() -> list[str]:
    """So far apart that none is around another."""
    apart = 2 * STORY_DAYS + 1
    return [(date(2031, 1, 1) + timedelta(days=n * apart)).isoformat() for n in range(6)]


def test_days_that_no_article_asked_for_lately_are_let_go(
    days: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.link.window.LATELY", 5)
    window = Window()
    for day in days[:2]:
        ask(window, day)
    for _ in range(4):
        ask(window, days[2])
    assert [day in window for day in days[:3]] == [False, True, True]
    ask(window, days[2])
    assert [day in window for day in days[:3]] == [False, False, True]


def test_of_too_many_articles_those_not_asked_for_longest_are_let_go(
    days: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.link.window.HELD", 30)
    window = Window()
    for day in (*days[:3], days[1]):
        ask(window, day, articles=1)
    ask(window, days[3], articles=1)
    assert len(window) <= 30
    assert [day in window for day in days[:4]] == [False, True, True, True]


def test_what_the_article_at_hand_needs_is_held_however_much_it_is(
    days: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.link.window.HELD", 30)
    window = Window()
    for day in days[:2]:
        ask(window, day, articles=20)
    assert all(other in window for other in days_around(days[1]))
    assert not any(other in window for other in days_around(days[0]))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_as_others_are(day: str) -> None:
    assert len(days_around(day)) == STORY_DAYS + 1
    assert day in days_around(day)


@pytest.mark.parametrize("language", ["hy", "ka"])
def test_what_the_encoder_does_not_know_is_found_by_its_names(language: str) -> None:
    """The same names under vectors that have nothing in common."""
    window = Window()
    known = replace(MADE[0].signature, language="fr")
    opposite = bytes((-byte) % 256 for byte in known.vector)
    other = replace(known, article_id="b", vector=opposite, language=language)
    for day in days_around("2031-03-01"):
        window.load(day, [])
    window.put("2031-03-01", "a", measured(known))
    assert "a" in window.near("b", "2031-03-01", measured(other))
    in_english = replace(other, language="en")
    assert "a" not in window.near("b", "2031-03-01", measured(in_english))
    nameless = replace(other, names=())
    assert "a" not in window.near("b", "2031-03-01", measured(nameless))
