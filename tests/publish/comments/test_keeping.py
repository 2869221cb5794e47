"""What is past its time goes, at the start and daily, and nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest

from dragoman.config import CommentSettings
from dragoman.errors import StoreError
from dragoman.publish.comments.keeping import daily, purge
from dragoman.store import open_store
from tests.comments import new

SETTINGS = CommentSettings(on=True, spam_days=14, person_days=30)


@pytest.mark.parametrize(
    ("days", "left", "person"),
    [(13, ["held", "spam"], True), (15, ["held"], True), (31, ["held"], False)],
)
def test_by_the_settings(home: Path, days: int, left: list[str], person: bool) -> None:
    with open_store(home) as store:
        for state in ("held", "spam"):
            store.keep_comment(new(state=state))
        purge(store, SETTINGS, datetime.now(UTC) + timedelta(days=days))
        found = [one for n in (1, 2) if (one := store.comment(n)) is not None]
        assert [one.state for one in found] == left
        assert (found[0].person is not None) is person


def test_is_done_again_and_goes_on_when_the_store_refuses() -> None:
    done: list[int] = []

    def do() -> None:
        done.append(1)
        raise StoreError("locked")

    async def stay() -> None:
        async with daily(do, seconds=0.001):
            with anyio.fail_after(10):
                while len(done) < 3:
                    await anyio.sleep(0.001)

    anyio.run(stay)
    assert len(done) >= 3
