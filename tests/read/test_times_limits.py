"""Time expressions at the ends of the calendar and in long texts: never a fault, never slow."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.knowledge.times import TimeRules, load_times
from dragoman.model import Time
from dragoman.read.times import publication_bounds, read_times

LANGUAGES = Path(dragoman.__path__[0]) / "languages"
EXPRESSIONS = {
    "en": (
        "tomorrow", "yesterday", "the day before yesterday", "last century", "next year",
        "this week", "last weekend", "next weekend", "on Friday", "next Monday", "last Sunday",
        "999 weeks ago", "300 centuries ago", "in two months", "the next three days",
        "over the past ten years", "for 900 years", "two days later", "the following day",
        "next November", "this winter", "on 31 December", "29 February", "Q4", "at 9 p.m.",
        "in the 1st century", "9999-12-31", "0001-01-01", "on 3 May 2024", "in late 1999",
    ),
    "fr": (
        "demain", "hier", "avant-hier", "après-demain", "le siècle dernier", "l'an prochain",
        "cette semaine", "le week-end prochain", "vendredi", "lundi prochain", "dimanche dernier",
        "il y a 999 semaines", "il y a 300 siècles", "dans deux mois", "ces trois prochains jours",
        "depuis 900 ans", "deux jours plus tard", "le lendemain", "la veille",
        "en novembre prochain", "cet hiver", "le 31 décembre", "le 29 février", "à 21 h 45",
        "au Ier siècle", "9999-12-31", "0001-01-01", "le 3 mai 2024", "fin 1999",
    ),
}  # fmt: skip
FRAMES = {
    "en": ("They met {}.", "Talks will resume {}.", "It is open until {}.", "He left {}."),
    "fr": ("Ils se sont vus {}.", "Le sommet aura lieu {}.", "Fermé jusqu'au {}.", "Parti {}."),
}
DAYS = st.one_of(
    st.sampled_from((date.min, date.max)),
    st.dates(max_value=date(1, 12, 31)),
    st.dates(min_value=date(9999, 1, 1)),
    st.dates(),
)


@lru_cache
def rules(language: str) -> TimeRules:
    return load_times(LANGUAGES / language / "times.toml")


def days_of(time: Time) -> list[date]:
    return [date.fromisoformat(day) for day in (time.start_day, time.end_day) if day]


@pytest.mark.parametrize("language", sorted(EXPRESSIONS))
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_no_published_date_and_expression_fails(language: str, data: st.DataObject) -> None:
    one = st.tuples(st.sampled_from(FRAMES[language]), st.sampled_from(EXPRESSIONS[language]))
    parts = data.draw(st.lists(one, min_size=1, max_size=5))
    text = " ".join(frame.format(words) for frame, words in parts)
    published = data.draw(
        st.one_of(st.none(), st.tuples(DAYS, DAYS).map(lambda two: (min(two), max(two))))
    )
    times = read_times(text, [(0, len(text))], rules(language), published)
    for time in times:
        assert days_of(time) == sorted(days_of(time))
    publication_bounds(times, text, rules(language))


@pytest.mark.parametrize("language", sorted(EXPRESSIONS))
@pytest.mark.parametrize("day", [date.min, date(1, 1, 2), date(9999, 12, 30), date.max])
def test_every_expression_at_the_ends_of_the_calendar(language: str, day: date) -> None:
    for frame in FRAMES[language]:
        for words in EXPRESSIONS[language]:
            text = frame.format(words)
            read_times(text, [(0, len(text))], rules(language), (day, day))


LAST_DAYS = [
    # (published, text, words, value, first day)
    (date.max, "They meet tomorrow.", "tomorrow", "XXXX-XX-XX", None),
    (date.min, "They met yesterday.", "yesterday", "XXXX-XX-XX", None),
    (date.min, "It fell last year.", "last year", "XXXX", None),
    (date.min, "It fell two weeks ago.", "two weeks ago", "PAST_REF", None),
    # a week that the calendar cuts keeps the days it has
    (date.max, "They met this week.", "this week", "9999-W52", "9999-12-27"),
    (date.max, "They met this year.", "this year", "9999", "9999-01-01"),
]


@pytest.mark.parametrize(("published", "text", "words", "value", "first"), LAST_DAYS)
def test_what_lies_beyond_the_calendar_stays_open(
    published: date, text: str, words: str, value: str, first: str | None
) -> None:
    (time,) = read_times(text, [(0, len(text))], rules("en"), (published, published))
    assert text[time.start : time.end] == words
    assert (time.value, time.start_day) == (value, first)
