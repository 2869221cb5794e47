"""The benchmark of a flood: readers are answered, and what is sent is taken or asked to wait."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks import flood


def test_readers_and_flood_have_figures(filled: Path, tmp_path: Path) -> None:
    home = shutil.copytree(filled, tmp_path / "desk")
    found = flood.measure(home, per_minute=240, networks=2, seconds=4, workers=1)
    assert set(found) == {"quiet", "flood"}
    for figures in found.values():
        assert figures["asked"] >= flood.READERS
        assert 0 < figures["p50_ms"] <= figures["p95_ms"]
    assert found["flood"]["sent"] == 16
    assert found["flood"]["taken"] == 12
    assert found["flood"]["asked to wait"] == 4
