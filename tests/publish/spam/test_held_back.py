"""What we ship, on comments that it was not made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.spam import auc, caught
from dragoman.knowledge import Knowledge
from dragoman.publish.spam import prior
from dragoman.publish.spam.filter import SPAM, Filter
from dragoman.publish.spam.sameness import alike, signature

HELD_BACK = list(prior.judged(Path(__file__).with_name("held_back.jsonl")))


@pytest.fixture(scope="module")
def shipped() -> Filter:
    return Filter(Knowledge().lures)


@pytest.mark.parametrize(("language", "at_least"), [("fr", 0.97), ("en", 0.97)])
def test_spam_ranks_above_the_others(shipped: Filter, language: str, at_least: float) -> None:
    """A floor under what benchmarks/README.md tells."""
    held = [(shipped.score(w), spam) for w, spam in HELD_BACK if w.language == language]
    scores, judged = [score for score, _ in held], [spam for _, spam in held]
    assert auc(scores, judged) >= at_least
    assert caught(scores, judged) >= 0.75


def test_no_comment_of_a_reader_lies_with_the_spam(shipped: Filter) -> None:
    wrong = [
        writing.text for writing, spam in HELD_BACK if not spam and shipped.score(writing) >= SPAM
    ]
    assert not wrong


def test_the_halves_have_nothing_in_common() -> None:
    known = [signature(writing.text) for writing, _ in prior.judged()]
    assert not [w.text for w, _ in HELD_BACK if len(alike(signature(w.text), known))]


def test_both_halves_are_of_both_kinds() -> None:
    for judged in (HELD_BACK, list(prior.judged())):
        spam = sum(is_spam for _, is_spam in judged)
        assert 0.4 < spam / len(judged) < 0.6


@pytest.mark.parametrize(
    ("scores", "judged", "ranked", "share"),
    [
        ([0.9, 0.8, 0.1, 0.2], [True, True, False, False], 1.0, 1.0),
        ([0.9, 0.1, 0.5, 0.2], [True, True, False, False], 0.5, 0.5),
        ([0.5, 0.5], [True, False], 0.5, 0.0),
    ],
)
def test_figures(scores: list[float], judged: list[bool], ranked: float, share: float) -> None:
    assert auc(scores, judged) == ranked
    assert caught(scores, judged) == share


def test_one_false_alarm_in_a_hundred_is_allowed() -> None:
    scores = [0.95, *[0.1] * 99, 0.5]
    assert caught(scores, [*[False] * 100, True]) == 1.0
    assert caught(scores[1:], [*[False] * 99, True]) == 1.0
