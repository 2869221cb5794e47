"""Small things that unpack or grow to much: each ends in bounded time and memory, in words.

All of them are done by one child whose address space is limited, so that what holds more than it
may is an error and not a guess.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.security import bombs

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What became of each, by name."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.bombs", str(tmp_path_factory.mktemp("bombs"))],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["name"]: line for line in lines}


@pytest.mark.parametrize("name", sorted(bombs.BOMBS))
def test_a_bomb_does_no_harm(name: str, told: dict[str, dict[str, object]]) -> None:
    became = told[name]
    assert became["what"] in {"refused", "read"}, became
    assert became["seconds"] < bombs.MOST_SECONDS, became  # type: ignore[operator]
    if became["what"] == "refused":
        assert bombs.BOMBS[name].says in str(became["why"])
    else:
        assert bombs.BOMBS[name].says == ""


def test_the_limit_holds(told: dict[str, dict[str, object]]) -> None:
    """The control: something that takes more than a child may have is found out."""
    assert told[bombs.CONTROL]["what"] == "MemoryError"
