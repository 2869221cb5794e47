"""When to come again: by a source's rhythm, its server's wishes and its failures."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.collect.schedule import (
    ENTRY_TRIES,
    LONGEST,
    SHORTEST,
    Visit,
    after_failure,
    after_visit,
    back_off,
    next_entry_try,
    next_interval,
    wants_whole,
)
from dragoman.errors import DragomanError, FaultKind, SourceError, Unreadable
from dragoman.model import SourceState

NOW = datetime(2024, 3, 18, 12, tzinfo=UTC)
HOUR = 3600.0


class Loaded(random.Random):
    """Dice that always show the least."""

    def uniform(self, a: float, b: float) -> float:
        return a


DICE = Loaded()


def dates(*hours_ago: float) -> list[datetime]:
    return [NOW - timedelta(hours=hours) for hours in hours_ago]


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        # Twenty entries, one an hour: back in about half an hour.
        (Visit(1, 19, dates(*range(20))), 19 / 20 * HOUR / 2),
        # Fifty in one hour: as often as we may.
        (Visit(50, 0, dates(*(n / 50 for n in range(50)))), SHORTEST),
        # One a week: once a day is enough.
        (Visit(0, 5, dates(*(n * 168 for n in range(5)))), LONGEST),
        # It had one an hour and has been silent for five days.
        (Visit(0, 20, dates(*(n + 120 for n in range(20)))), 139 / 20 * HOUR / 2),
        # Dates in the future tell nothing; the share of what is new does.
        (Visit(5, 0, dates(-9000, -9001, -9002)), HOUR / 2),
        # No dates: all new, some new, nothing new, nothing at all.
        (Visit(9, 1), HOUR / 2),
        (Visit(1, 9), HOUR),
        (Visit(0, 10), HOUR * 1.5),
        (Visit(0, 0), HOUR * 1.5),
    ],
)
def test_the_rhythm_decides(visit: Visit, expected: float) -> None:
    assert next_interval(HOUR, visit, NOW) == pytest.approx(expected)


@pytest.mark.parametrize("field", ["every", "fresh_for", "retry_after"])
def test_what_is_asked_for_is_the_least(field: str) -> None:
    assert next_interval(HOUR, Visit(9, 1, **{field: 5 * HOUR}), NOW) == 5 * HOUR  # type: ignore[arg-type]
    assert next_interval(HOUR, Visit(0, 9, **{field: 60.0}), NOW) == HOUR * 1.5  # type: ignore[arg-type]
    absurd = Visit(0, 9, **{field: 1e12})  # type: ignore[arg-type]
    assert next_interval(HOUR, absurd, NOW) == LONGEST


def test_an_answer_clears_the_failures() -> None:
    failed = after_failure(SourceState(polls=3), SourceError("x", kind="timeout"), NOW, DICE)
    assert (failed.failures, failed.error, failed.error_kind) == (0.5, "x", "timeout")
    assert failed.polls == 3
    well = after_visit(failed, Visit(1, 9), NOW, DICE)
    assert (well.failures, well.error, well.error_kind, well.polls) == (0.0, None, None, 4)
    assert well.succeeded == well.tried == NOW.isoformat()
    assert well.due == (NOW + timedelta(hours=1)).isoformat()


@pytest.mark.parametrize(
    ("fault", "weight"),
    [
        (SourceError("404", kind="gone"), 1.0),
        (SourceError("slow", kind="timeout"), 0.5),
        (SourceError("no name", kind="name"), 0.25),
        (Unreadable("feed", "this is a web page"), 1.0),
    ],
)
def test_failures_weigh_by_their_kind(fault: DragomanError, weight: float) -> None:
    assert after_failure(SourceState(), fault, NOW, DICE).failures == weight


def test_failing_on_and_on_ends_in_a_daily_try_that_is_shown() -> None:
    state, waits = SourceState(), []
    for _ in range(30):
        state = after_failure(state, SourceError("gone", kind="gone"), NOW, DICE)
        assert state.due is not None
        waits.append((datetime.fromisoformat(state.due) - NOW).total_seconds())
    assert waits[:4] == [1200, 2400, 4800, 9600]
    assert waits[-1] == LONGEST
    assert waits == sorted(waits)
    assert state.given_up
    assert not after_visit(state, Visit(1, 0), NOW, DICE).given_up


def test_the_server_may_ask_for_more_time() -> None:
    busy = SourceError("busy", kind="busy", retry_after=3 * HOUR)
    state = after_failure(SourceState(), busy, NOW, DICE)
    assert state.due == (NOW + timedelta(hours=3)).isoformat()
    forever = SourceError("busy", kind="busy", retry_after=1e15)
    assert after_failure(SourceState(), forever, NOW, DICE).due == (
        (NOW + timedelta(days=1)).isoformat()
    )


@given(st.floats(0, 1e6), st.none() | st.floats(0, 1e18), st.integers())
def test_no_failure_waits_over_a_day(failures: float, asked: float | None, seed: int) -> None:
    wait = back_off(failures, asked, random.Random(seed))
    assert SHORTEST <= wait <= LONGEST * 1.1


def test_the_same_dice_give_the_same_plan() -> None:
    fault = SourceError("slow", kind="timeout")
    one, other = (after_failure(SourceState(), fault, NOW, random.Random(seed)) for seed in (7, 7))
    assert one == other != after_failure(SourceState(), fault, NOW, random.Random(8))


def test_now_and_then_the_whole_feed_is_asked_for() -> None:
    whole = [polls for polls in range(30) if wants_whole(SourceState(polls=polls), NOW)]
    assert whole == [0, 12, 24]
    for hours, wanted in ((23, False), (24, True), (-2, False)):
        last = (NOW - timedelta(hours=hours)).isoformat(timespec="seconds")
        assert wants_whole(SourceState(polls=5, whole=last), NOW) is wanted, hours


@pytest.mark.parametrize(
    ("kind", "tries"), [("timeout", ENTRY_TRIES), ("gone", 2), ("robots", 1), ("too-large", 1)]
)
def test_pages_are_tried_again_as_long_as_it_may_help(kind: FaultKind, tries: int) -> None:
    fault = SourceError("no", kind=kind)
    made = 1
    while next_entry_try(made, fault, NOW, DICE) is not None:
        made += 1
    assert made == tries


def test_pages_wait_longer_each_time() -> None:
    fault = SourceError("no", kind="timeout")
    whens = [next_entry_try(n, fault, NOW, DICE) for n in range(1, ENTRY_TRIES)]
    assert whens[0] == (NOW + timedelta(minutes=10)).isoformat()
    assert whens == sorted(when for when in whens if when)
    assert next_entry_try(1, Unreadable("page", "binary"), NOW, DICE) is None
