"""One browser and one served demo desk for a module: while playwright is open its event loop runs,
and no other test could run one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from dragoman.publish.site import posting
from dragoman.publish.site.rates import Rates
from tests.browser.served import Screen, screens, served
from tests.conftest import NeedsSystem


@pytest.fixture(scope="module")
def browser(needs_system: NeedsSystem) -> Iterator[Browser]:
    program = needs_system(program="chromium")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    with served(demo) as found:
        yield found


@pytest.fixture(scope="module")
def every_screen(demo: Path) -> list[Screen]:
    return screens(demo)


@pytest.fixture(scope="module", autouse=True)
def often() -> Iterator[None]:
    """Tests sign in more often than one place may: how often that is, is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posting, "Rates", lambda _per_minute: Rates(1000))
        yield
