"""An upgrade that takes more than a moment says on stderr what goes on; another says nothing."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from benchmarks.kill_old import old_tables
from dragoman.cli import upgrading
from dragoman.cli.upgrading import Saying
from dragoman.store import open_store
from dragoman.store.schema import MIGRATIONS
from tests.cli.conftest import Run


def test_an_upgrade_says_how_far_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_tables(tmp_path / "desk.sqlite", "0020")
    steps = len(MIGRATIONS) - 1 - MIGRATIONS.index("0020")

    class Now(threading.Timer):
        """A moment that is over at once."""

        def start(self) -> None:
            self.function()

        def join(self, timeout: float | None = None) -> None: ...

    monkeypatch.setattr(upgrading, "Timer", Now)
    said = run("user", "list", "--json", "--home", tmp_path)
    assert said.code == 0, said.err
    json.loads(said.out)
    assert said.err.splitlines() == [
        "dragoman: the desk was made by an older version and is brought up to date; stopped "
        "half-way it stays as it was",
        *(f"dragoman: {done} of {steps} steps done" for done in range(steps + 1)),
    ]
    assert run("user", "list", "--home", tmp_path).err == ""


def test_a_desk_that_is_new_or_ready_at_once_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[tuple[int, int]] = []
    open_store(tmp_path, upgrading=lambda *one: told.append(one)).close()
    open_store(tmp_path, upgrading=lambda *one: told.append(one)).close()
    assert told == []
    before = threading.active_count()
    with Saying(3600) as saying:
        saying(0, 1)
        saying(1, 1)
    assert threading.active_count() == before
    assert capsys.readouterr().err == ""
