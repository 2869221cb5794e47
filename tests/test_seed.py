"""The document the product started from: its acts, its dates, and what must stay out of it.

Its text is read from the shared folder and never copied; the acts are named here by what they are.
How its lines are labelled is in tests/clean/test_seed.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.seed import ACTS, PLACES, ROLES, TIMES, act, score_facts
from dragoman.collect.pages import capture_file
from dragoman.model import FURNITURE_LABELS, Kept
from dragoman.pipeline import Steps


@pytest.fixture(scope="module")
def kept(steps: Steps, seed_path: Path) -> Kept:
    return steps.all(capture_file(seed_path))


def test_at_least_eight_acts_are_coded_right(kept: Kept) -> None:
    assert len({act(r) for r in kept.reports} & ACTS) >= 14


def test_at_least_seven_reports_in_ten_are_right(kept: Kept) -> None:
    right = [r for r in kept.reports if act(r) in ACTS]
    wrong = [act(r) for r in kept.reports if act(r) not in ACTS]
    assert len(right) >= 0.9 * len(kept.reports), wrong


def test_what_is_recalled_is_background(kept: Kept) -> None:
    recalled = [r for r in kept.reports if r.date and r.date.end and r.date.end < "2024"]
    assert {(r.date.start or "")[:4] for r in recalled if r.date} >= {"1994", "2008", "2020"}
    assert {r.told_as for r in recalled} == {"background"}


def test_the_date_is_bounded_from_the_text_and_says_so(kept: Kept) -> None:
    published = kept.article.published
    assert published is not None
    assert (published.start, published.precision) == ("2024-03-17", "range")
    assert published.end is not None
    assert published.end < "2024-11-01"
    assert published.basis.startswith("bounds:")


def test_furniture_feeds_nothing(kept: Kept) -> None:
    apart = [b for b in kept.article.blocks if b.label in FURNITURE_LABELS]
    spots = [r.evidence[0] for r in kept.reports] + [t.start for t in kept.reading.times]
    assert apart
    assert not [s for s in spots for b in apart if b.start <= s < b.end]


def test_it_reads_as_the_opinion_of_a_named_author(kept: Kept) -> None:
    assert kept.article.genre.value in {"opinion", "analysis"}
    assert [a.name for a in kept.article.authors] == ["Sébastien Boussois"]


def test_times_places_and_roles(kept: Kept) -> None:
    told = score_facts(kept)
    assert told == {
        "times": f"{len(TIMES)} of {len(TIMES)} right, 0 more",
        "places": f"{len(PLACES)} of {len(PLACES)} right, 0 more",
        "roles": f"{len(ROLES)} of {len(ROLES)} right, 0 more",
    }
