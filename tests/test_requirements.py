"""What `pip install .` brings, also by a pip that reads the names of extras letter by letter."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def brought(lines: Sequence[str], *, is_literal: bool) -> set[str]:
    """All that these requirements lead to, as far as it is installed here. `is_literal`: `a_b` asks
    for no extra called `a-b`, as with pip before 23.3, which Python 3.11 brings along."""
    found: set[str] = set()
    waiting = [(Requirement(line), "") for line in lines]
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted, extra = waiting.pop()
        name = canonicalize_name(wanted.name)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
            continue
        try:
            offered = distribution(name)
        except PackageNotFoundError:
            continue
        found.add(name)
        known = offered.metadata.get_all("Provides-Extra") or []
        for one in ("", *wanted.extras):
            here = one if is_literal else canonicalize_name(one)
            if (name, here) in seen or (is_literal and one and one not in known):
                continue
            seen.add((name, here))
            waiting += [(Requirement(line), here) for line in offered.requires or ()]
    return found


def test_an_old_pip_installs_all_that_a_new_one_does() -> None:
    lines = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    whole = brought(lines, is_literal=False)
    assert "lxml-html-clean" in whole
    assert brought(lines, is_literal=True) == whole
