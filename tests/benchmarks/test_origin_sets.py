"""Sets of texts read for real: those that are right stay right, and what is planted is counted."""

from __future__ import annotations

import pytest

from benchmarks.origin_sets import (
    Texts,
    Told,
    count_of,
    exact,
    origins_in,
    small_sets,
    steps_of_sets,
)
from benchmarks.origin_spoken import HALVES, STORIES, stories
from dragoman.pipeline import Steps

KEPT = (
    "a communique in three paraphrases",
    "two ministries of opposing states",
    "a wire and its cuts",
    "a report and an opinion piece on it",
    "a spokesman of an army and its commander",
    "two reporters with eyewitnesses",
    "officials, without a name or a state",
    "a state's radio and its ministry",
    "what a ministry told an agency",
    "state media, whose state is told",
    "pronouns go on with the ministry",
    "the other side is only recalled",
    "one text brings a second side",
    "a press release",
    "officials of one state contradict each other",
    "an agency's report, cited and credited",
)
SETS = {one.name: one for one in small_sets()}


@pytest.fixture(scope="module")
def steps() -> Steps:
    return steps_of_sets()


@pytest.mark.parametrize("name", KEPT)
def test_a_set_goes_back_to_so_many_origins(name: str, steps: Steps) -> None:
    assert count_of(origins_in(SETS[name].texts, steps)) == SETS[name].expected


def test_the_share_that_is_right(steps: Steps) -> None:
    told = (Told("lake", "en", "Quay", ("The ferries lay idle on Monday.",)),)
    assert exact([Texts("a", (1, 0, 0), told), Texts("b", (2, 0, 0), told)], steps) == 0.5
    assert exact([], steps) == 0.0


def test_stories_on_planted_speakers_are_the_same_for_a_seed() -> None:
    for half in HALVES:
        made = stories(half)
        assert made == stories(half) != stories(half, seed=1)
        assert len(made) == STORIES
        assert all(1 <= one.expected[0] <= len(one.texts) for one in made)
        assert all(len({t.host for t in one.texts}) == len(one.texts) for one in made)


def test_the_halves_have_no_sentence_in_common() -> None:
    dev, test = ({p for one in stories(h) for t in one.texts for p in t.text} for h in HALVES)
    assert not dev & test
