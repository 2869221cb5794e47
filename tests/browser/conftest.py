"""One browser and one served demo desk for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from dragoman.pipeline import Steps
from tests.browser.served import Screen, fill, screens, served
from tests.conftest import NeedsSystem


@pytest.fixture(scope="session")
def browser(needs_system: NeedsSystem) -> Iterator[Browser]:
    program = needs_system(program="chromium")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory, steps: Steps) -> Path:
    home = tmp_path_factory.mktemp("browsed")
    fill(home, steps)
    return home


@pytest.fixture(scope="session")
def address(demo_home: Path) -> Iterator[str]:
    with served(demo_home) as found:
        yield found


@pytest.fixture(scope="session")
def every_screen(demo_home: Path) -> list[Screen]:
    return screens(demo_home)
