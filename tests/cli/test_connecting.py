"""`dragoman mcp` where it can't be: without its extra, and without a desk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_without_the_extra_it_says_how_to_get_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in sys.modules if one == "mcp" or one.startswith("mcp.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "dragoman.publish.mcp.server", raising=False)
    monkeypatch.setitem(sys.modules, "mcp", None)
    made = run("mcp", "--home", tmp_path)
    assert made.code == 1
    assert 'mcp is not installed; `pip install "dragoman[mcp]"` brings it' in made.err


def test_without_a_desk(run: Run, tmp_path: Path) -> None:
    made = run("mcp", "--home", tmp_path / "none")
    assert made.code == 1
    assert "there is no desk here" in made.err
