"""The site's benchmark on a small desk: every screen is asked, answers, and has figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import site, store
from dragoman.knowledge import Knowledge
from dragoman.store import open_store


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    folder = tmp_path_factory.mktemp("load")
    store.ready(folder, 120, 600, knowledge)
    site.tell_stories(folder)
    return folder


def test_stories_are_told_once(home: Path) -> None:
    with open_store(home) as desk:
        before = [row.id for row in desk.stories(limit=100)]
    site.tell_stories(home)
    with open_store(home) as desk:
        assert [row.id for row in desk.stories(limit=100)] == before
        assert len(before) == 120 // site.IN_STORY


def test_every_screen_has_figures(home: Path) -> None:
    found = site.measure(home, asked=2, clients=2, workers=1)
    assert set(found) == {"bare page", *site.screens(home, 1)}
    for figures in found.values():
        for kind in ("cold", "warm", "alone") if "alone_p50_ms" in figures else ("cold", "warm"):
            assert 0 < figures[f"{kind}_p50_ms"] <= figures[f"{kind}_p95_ms"]
        assert figures["kB_most"] > 0


def test_no_address_is_asked_for_twice(home: Path) -> None:
    for addresses in site.screens(home, 300).values():
        assert len(set(addresses)) == len(addresses) == 300
