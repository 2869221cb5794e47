"""A clock that jumps: what was put down by it is neither believed for ever nor put in disorder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dragoman.model import Event, Kept, SameActor, Verdict
from dragoman.store import Store, open_store
from dragoman.store.handed_out import digest_of

NOON = "2024-03-18T12:00:00+00:00"
HOURS = 12.0
MakeKept = Callable[..., Kept]


class Desk:
    """A store whose clock stands until it is moved on, or back."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOON
        store._clock = lambda: self.now

    def jump(self, **by: float) -> None:
        moment = datetime.fromisoformat(self.now) + timedelta(**by)
        self.now = moment.isoformat(timespec="seconds")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path) as store:
        yield Desk(store)


@pytest.fixture
def session(desk: Desk) -> str:
    member = desk.store.add_member("Ada", "reader", password="a lantern in the reeds")
    return digest_of(desk.store.open_session(member.id, days=30)) or ""


def test_a_session_of_a_clock_that_was_ahead_has_ended(desk: Desk, session: str) -> None:
    assert desk.store.signed_in(session, hours=HOURS) is not None
    desk.jump(days=-365)
    assert desk.store.signed_in(session, hours=HOURS) is None
    assert desk.store.sessions(1, hours=HOURS) == []
    desk.jump(days=365)
    assert desk.store.signed_in(session, hours=HOURS) is not None, "it was the clock, not the key"


def test_a_session_outlives_a_clock_that_is_put_right(desk: Desk, session: str) -> None:
    for hours in (-1.0, 2.0, -11.0, 10.0):
        desk.jump(hours=hours)
        assert desk.store.signed_in(session, hours=HOURS) is not None


def test_what_is_withdrawn_was_made_before(
    desk: Desk, make_kept: MakeKept, make_event: Callable[..., Event], versions: dict[str, str]
) -> None:
    """As of the day on which it stood, it stands."""
    store = desk.store
    told = make_kept(reports=("first", "second"))
    store.keep(told, versions, events=[make_event("e-1", [r.id for r in told.reports])])
    desk.jump(days=-2)
    store.keep(make_kept(reports=("first",)), versions)
    row = store.report("r-one-second")
    assert row is not None
    assert row.retracted_at == NOON
    for day, number in (("2024-03-17", 0), ("2024-03-18", 1), ("2024-03-30", 1)):
        with store.as_of(day) as then:
            assert then.holding().reports == number


def test_the_last_word_is_the_last_that_was_said(desk: Desk) -> None:
    said = [desk.store.judge(Verdict("confirm", "r-1"), None, "ada")]
    desk.jump(days=-2)
    said.append(desk.store.judge(Verdict("reject", "r-1"), None, "ada"))
    desk.jump(hours=1)
    said.append(desk.store.judge(Verdict("unsure", "r-1"), None, "bob"))
    assert [one.id for one in desk.store.judgements("r-1")] == [one.id for one in said]
    assert desk.store.verdicts()["r-1"] == "unsure"
    other = desk.store.judge(SameActor("AAA", "BBB"), None, "ada")
    assert other.at == desk.now, "nothing was said of it before"


def test_an_undone_word_was_said_before(desk: Desk) -> None:
    said = desk.store.judge(Verdict("confirm", "r-1"), None, "ada")
    desk.jump(days=-2)
    assert desk.store.undo(said.id, None, "ada").undone_at == said.at
